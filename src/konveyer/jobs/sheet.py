"""Day sums of the sheet are counted anew every minute where something was written."""

from datetime import datetime
from typing import Any
from uuid import UUID

from konveyer.domain.sheet.operations import count_days
from konveyer.jobs.app import clock, job
from konveyer.kit import tenancy
from konveyer.kit.enqueue import enqueue
from konveyer.kit.sweep import reading_across

COUNT = "sheet.count_days"


@clock("sheet.dirty_days", "* * * * * 30")
def _look(now: datetime) -> None:
    with reading_across() as everywhere:
        found = everywhere.execute("select distinct workspace_id from sheet_dirty_day").fetchall()
    for (workspace_id,) in found:
        with tenancy.enter(workspace_id):
            enqueue(COUNT, workspace_id=workspace_id)


@job(COUNT)
def _count(*, workspace_id: UUID, now: datetime, **_ids: Any) -> None:
    if count_days(workspace_id=workspace_id):
        enqueue(COUNT, workspace_id=workspace_id)
