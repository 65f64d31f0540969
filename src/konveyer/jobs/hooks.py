"""Deliveries of webhooks, and forgetting old ones and old answers to Idempotency-Keys."""

from datetime import datetime, timedelta
from uuid import UUID

from konveyer.domain.hooks.operations.delivering import deliver_due, forget_old
from konveyer.domain.staff.operations.requests import forget
from konveyer.jobs.app import alone, clock, job
from konveyer.kit import clock as wall
from konveyer.kit.enqueue import enqueue
from konveyer.kit.sweep import reading_across

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
    with reading_across() as found:
        workspaces = [row[0] for row in found.execute(DUE, [now]).fetchall()]
    for workspace_id in workspaces:
        enqueue("hooks.deliver", workspace_id=workspace_id)


@clock("hooks.tidy", "17 3 * * * 0")
def tidy(now: datetime) -> None:
    """Once a night."""
    with reading_across() as found:
        workspaces = [row[0] for row in found.execute("select id from workspace").fetchall()]
    for workspace_id in workspaces:
        enqueue("hooks.forget", workspace_id=workspace_id)


@job("hooks.forget")
def forget_both(*, workspace_id: UUID, now: datetime) -> None:
    """Settled deliveries after a month, answers to repeated requests after two days."""
    forget_old(workspace_id=workspace_id, before=now - KEPT)
    forget(workspace_id=workspace_id, at=now)
