"""Deliveries of webhooks, and forgetting old ones and old answers to Idempotency-Keys."""

from datetime import datetime, timedelta
from uuid import UUID

from konveyer.domain.hooks.operations.delivering import deliver_due, forget_old
from konveyer.domain.staff.operations.requests import forget
from konveyer.jobs.app import alone, clock, each, job
from konveyer.kit import clock as wall

KEPT = timedelta(days=30)
DUE = """
select distinct d.workspace_id from webhook_delivery d join webhook w on w.workspace_id = d.workspace_id and w.id = d.webhook_id
 where d.state = 'waiting' and d.next_at <= %s and w.active
"""


@alone("hooks.deliver")
def deliver(*, workspace_id: UUID, now: datetime) -> None:
    """Send until nothing is due: the network is waited for outside transactions."""
    while deliver_due(workspace_id=workspace_id, at=wall.now()):
        pass


@clock("hooks.due", "* * * * * */10")
def look(now: datetime) -> None:
    """Second attempts come due by the clock."""
    each("hooks.deliver", DUE, now)


@clock("hooks.tidy", "17 3 * * * 0")
def tidy(now: datetime) -> None:
    """Once a night."""
    each("hooks.forget", "select id from workspace")


@job("hooks.forget")
def forget_both(*, workspace_id: UUID, now: datetime) -> None:
    """Settled deliveries after a month, answers to repeated requests after two days."""
    forget_old(workspace_id=workspace_id, before=now - KEPT)
    forget(workspace_id=workspace_id, at=now)
