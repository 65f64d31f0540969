"""Companies and people whose class a write may have changed are counted anew every minute."""

from datetime import datetime
from typing import Any
from uuid import UUID

from konveyer.domain.portfolio.operations import count_parties
from konveyer.jobs.app import clock, each, job
from konveyer.kit.enqueue import enqueue

COUNT = "portfolio.count_parties"


@clock("portfolio.marked", "* * * * * 15")
def _look(now: datetime) -> None:
    each(COUNT, "select distinct workspace_id from portfolio_mark")


@job(COUNT)
def _count(*, workspace_id: UUID, now: datetime, **_ids: Any) -> None:
    if count_parties(workspace_id=workspace_id):
        enqueue(COUNT, workspace_id=workspace_id)
