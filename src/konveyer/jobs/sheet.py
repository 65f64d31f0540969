"""Day sums of the sheet are counted anew every minute where something was written."""

from datetime import datetime
from typing import Any
from uuid import UUID

from konveyer.domain.sheet.operations import count_days
from konveyer.jobs.app import clock, each, job
from konveyer.kit.enqueue import enqueue

COUNT = "sheet.count_days"


@clock("sheet.dirty_days", "* * * * * 30")
def _look(now: datetime) -> None:
    each(COUNT, "select distinct workspace_id from sheet_dirty_day")


@job(COUNT)
def _count(*, workspace_id: UUID, now: datetime, **_ids: Any) -> None:
    if count_days(workspace_id=workspace_id):
        enqueue(COUNT, workspace_id=workspace_id)
