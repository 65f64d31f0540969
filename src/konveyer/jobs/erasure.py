"""Persons are erased by the worker; when it starts on a copy that was brought back, those erased since go again."""

from datetime import datetime
from typing import Any
from uuid import UUID

from konveyer.domain.erasure.operations import work_on
from konveyer.domain.erasure.operations.asking import JOB
from konveyer.jobs.app import alone


@alone(JOB)
def _erase(*, workspace_id: UUID, now: datetime, erasure_id: str, **_ids: Any) -> None:
    work_on(workspace_id=workspace_id, at=now, erasure_id=UUID(erasure_id))
