"""Absences begin on their first day and end on the day after their last."""

from datetime import datetime
from typing import Any
from uuid import UUID

from konveyer.domain.absence.operations import begin_due, end_due
from konveyer.domain.workspace.rules.actor import for_workspace
from konveyer.jobs.app import clock, each, job

TURN = "absence.turn"
# A day has begun somewhere when it has in the workspace's zone; the operation looks at the zone again.
DUE = """select distinct a.workspace_id from absence a join workspace w on w.id = a.workspace_id
          where a.state = 'planned' and a.starts_on <= (now() at time zone w.timezone)::date
             or a.state = 'away' and a.ends_on < (now() at time zone w.timezone)::date"""


@clock("absence.due", "*/5 * * * * 45")
def _look(now: datetime) -> None:
    each(TURN, DUE)


@job(TURN)
def _turn(*, workspace_id: UUID, now: datetime, **_ids: Any) -> None:
    """Who comes back today may be the deputy of who goes today: ends first."""
    actor = for_workspace(workspace_id, "system")
    end_due(actor=actor, at=now)
    begin_due(actor=actor, at=now)
