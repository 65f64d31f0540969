"""Imports of the browser and the API: trials, writing, taking back, forgetting."""

from datetime import datetime
from typing import Any
from uuid import UUID

from konveyer.domain.imports.operations import committing, taking_back, trials
from konveyer.domain.imports.operations.forgetting import forget_old
from konveyer.jobs.app import alone, clock, each, job

FORGET = "imports.forget"


@alone(trials.JOB)
def _try(*, workspace_id: UUID, now: datetime, batch_id: str, **_ids: Any) -> None:
    trials.make_trial(workspace_id=workspace_id, at=now, batch_id=UUID(batch_id))


@alone(committing.JOB)
def _write(*, workspace_id: UUID, now: datetime, batch_id: str, **_ids: Any) -> None:
    committing.write_on(workspace_id=workspace_id, at=now, batch_id=UUID(batch_id))


@alone(taking_back.JOB)
def _take_back(*, workspace_id: UUID, now: datetime, batch_id: str, **_ids: Any) -> None:
    taking_back.take_back(workspace_id=workspace_id, at=now, batch_id=UUID(batch_id))


@clock("imports.tidy", "47 3 * * * 0")
def _tidy(now: datetime) -> None:
    """Once a night."""
    each(FORGET, "select distinct workspace_id from import_batch")


@job(FORGET)
def _forget(*, workspace_id: UUID, now: datetime, **_ids: Any) -> None:
    forget_old(workspace_id=workspace_id, at=now)
