"""Scans for duplicates and merges of everything over a score; every night what changed is looked through."""

from datetime import datetime
from typing import Any
from uuid import UUID

from konveyer.domain.duplicates.operations import ask_scan, work_on
from konveyer.domain.duplicates.operations.runs import JOB
from konveyer.domain.workspace.rules.actor import for_workspace
from konveyer.jobs.app import alone, clock, each, job
from konveyer.kit.refusal import Refused

NIGHTLY = "duplicates.nightly"


@alone(JOB)
def _run(*, workspace_id: UUID, now: datetime, run_id: str, **_ids: Any) -> None:
    work_on(workspace_id=workspace_id, at=now, run_id=UUID(run_id))


@clock("duplicates.night", "7 2 * * * 0")
def _look(now: datetime) -> None:
    """Once a night, in every workspace."""
    each(NIGHTLY, "select id from workspace")


@job(NIGHTLY)
def _scan(*, workspace_id: UUID, now: datetime, **_ids: Any) -> None:
    try:
        ask_scan(actor=for_workspace(workspace_id, "system"), at=now)
    except Refused:
        return  # somebody's own scan or merge goes on
