"""Roll-ups of the funnel are counted anew every minute where something was written."""

from datetime import datetime
from typing import Any
from uuid import UUID

from konveyer.domain.insight.operations import count_months
from konveyer.jobs.app import clock, job
from konveyer.kit import tenancy
from konveyer.kit.enqueue import enqueue
from konveyer.kit.sweep import reading_across

COUNT = "insight.count_months"


@clock("insight.dirty_months", "* * * * * 0")
def _look(now: datetime) -> None:
    with reading_across() as everywhere:
        found = everywhere.execute("select distinct workspace_id from funnel_dirty_month").fetchall()
    for (workspace_id,) in found:
        with tenancy.enter(workspace_id):
            enqueue(COUNT, workspace_id=workspace_id)


@job(COUNT)
def _count(*, workspace_id: UUID, now: datetime, **_ids: Any) -> None:
    if count_months(workspace_id=workspace_id):
        enqueue(COUNT, workspace_id=workspace_id)
