"""Mailboxes that wait to be tried out, and letters that are due."""

from datetime import datetime
from typing import Any
from uuid import UUID

from konveyer.domain.delivery.operations.queueing import JOB as SEND
from konveyer.domain.delivery.operations.sending import send_due
from konveyer.domain.delivery.operations.settling import EVIDENCE, sweep
from konveyer.domain.delivery.operations.trials import JOB, LEASE, try_waiting
from konveyer.jobs.app import alone, clock, each
from konveyer.kit import clock as wall

UNTRIED = "select distinct workspace_id from mailbox where trial = 'waiting' or (trial = 'running' and tried_at < %s)"
# One worker at a time for a mailbox: a server that hangs does not gather jobs behind it.
DUE = """
select distinct m.workspace_id, m.mailbox_id from outbox_message m
  join mailbox b on b.workspace_id = m.workspace_id and b.id = m.mailbox_id
 where m.state = 'queued' and m.due_at <= %s and b.active and b.sealed_password <> ''
   and (b.stopped = '' or b.stopped_until <= %s)
   and not exists (select from outbox_message c where c.workspace_id = m.workspace_id and c.mailbox_id = m.mailbox_id
                      and c.state in ('claimed', 'at_dot') and c.lease_until > %s)"""
LEFT = """
select workspace_id from outbox_message where state in ('claimed', 'at_dot') and lease_until < %s
 union select workspace_id from outbox_message where state = 'unknown' and settled_at > %s"""
SWEEP = "delivery.sweep"


@alone(JOB)
def _try(*, workspace_id: UUID, now: datetime) -> None:
    """The network is waited for outside transactions."""
    try_waiting(workspace_id=workspace_id, at=wall.now())


@alone(SEND)
def _send(*, workspace_id: UUID, now: datetime, mailbox_id: str, **_ids: Any) -> None:
    """As far as the limits of the mailbox go."""
    send_due(workspace_id=workspace_id, mailbox_id=UUID(mailbox_id))


@alone(SWEEP)
def _sweep(*, workspace_id: UUID, now: datetime) -> None:
    """What a dead worker left is put right."""
    sweep(workspace_id=workspace_id, now=wall.now())


@clock("delivery.due", "* * * * * */5")
def _look(now: datetime) -> None:
    """Letters come due by the clock, and gaps between two end."""
    each(SEND, DUE, now, now, now, also=("mailbox_id",))


@clock("delivery.left", "* * * * * 35")
def _look_for_left(now: datetime) -> None:
    """Claims that ended, and trials whose worker died."""
    each(SWEEP, LEFT, now, now - EVIDENCE)
    each(JOB, UNTRIED, now - LEASE)
