"""Leads whose day has come wake up; handoffs that nobody took in time go to the queue."""

from datetime import datetime
from typing import Any
from uuid import UUID

from konveyer.domain.leads.operations import recycle_overdue, wake_due
from konveyer.domain.workspace.rules.actor import for_workspace
from konveyer.jobs.app import clock, each, job
from konveyer.kit.enqueue import enqueue

WAKE, RECYCLE = "leads.wake", "leads.recycle_handoffs"
AT_ONCE = 500
# A day has begun somewhere when it has in the workspace's zone; the operation looks at the zone again.
SLEEPERS = """select distinct l.workspace_id from lead l join workspace w on w.id = l.workspace_id
               where l.state = 'on_hold' and l.wake_on <= (now() at time zone w.timezone)::date"""
OVERDUE = "select distinct workspace_id from handoff where state = 'sent' and due_at < now() and to_member_id is not null"


@clock("leads.sleepers", "*/5 * * * * 30")
def _look_for_sleepers(now: datetime) -> None:
    each(WAKE, SLEEPERS)


@clock("leads.overdue_handoffs", "* * * * * 15")
def _look_for_overdue(now: datetime) -> None:
    each(RECYCLE, OVERDUE)


@job(WAKE)
def _wake(*, workspace_id: UUID, now: datetime, **_ids: Any) -> None:
    if wake_due(actor=for_workspace(workspace_id, "system"), at=now, limit=AT_ONCE) == AT_ONCE:
        enqueue(WAKE, workspace_id=workspace_id)


@job(RECYCLE)
def _recycle(*, workspace_id: UUID, now: datetime, **_ids: Any) -> None:
    recycle_overdue(actor=for_workspace(workspace_id, "system"), at=now)
