"""Mailboxes that wait to be tried out."""

from datetime import datetime
from uuid import UUID

from konveyer.domain.delivery.operations.trials import JOB, LEASE, try_waiting
from konveyer.jobs.app import alone, clock, each
from konveyer.kit import clock as wall

DUE = "select distinct workspace_id from mailbox where trial = 'waiting' or (trial = 'running' and tried_at < %s)"


@alone(JOB)
def _try(*, workspace_id: UUID, now: datetime) -> None:
    """The network is waited for outside transactions."""
    try_waiting(workspace_id=workspace_id, at=wall.now())


@clock("delivery.tries", "* * * * * 25")
def _look(now: datetime) -> None:
    """Trials whose worker died are taken up again."""
    each(JOB, DUE, now - LEASE)
