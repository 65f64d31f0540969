"""Actions on many records, too many to wait for."""

from datetime import datetime
from typing import Any
from uuid import UUID

from konveyer.domain.lists.operations import bulk
from konveyer.jobs.app import alone


@alone(bulk.JOB)
def _work(*, workspace_id: UUID, now: datetime, action_id: str, **_ids: Any) -> None:
    bulk.work_on(workspace_id=workspace_id, at=now, action_id=UUID(action_id))
