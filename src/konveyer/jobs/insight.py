"""Roll-ups of the funnel are counted anew every minute where something was written."""

from datetime import datetime
from typing import Any
from uuid import UUID

from konveyer.domain.insight.operations import count_months
from konveyer.jobs.app import clock, each, job
from konveyer.kit.enqueue import enqueue

COUNT = "insight.count_months"


@clock("insight.dirty_months", "* * * * * 0")
def _look(now: datetime) -> None:
    each(COUNT, "select distinct workspace_id from funnel_dirty_month")


@job(COUNT)
def _count(*, workspace_id: UUID, now: datetime, **_ids: Any) -> None:
    if count_months(workspace_id=workspace_id):
        enqueue(COUNT, workspace_id=workspace_id)
