"""The audit is gone through every night, and when somebody asks for it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from konveyer.domain.audit.operations import run_audit
from konveyer.domain.audit.operations.running import JOB
from konveyer.domain.workspace.rules.actor import for_workspace
from konveyer.jobs.app import clock, job
from konveyer.kit import tenancy
from konveyer.kit.enqueue import enqueue
from konveyer.kit.sweep import reading_across

# Night in the workspace's zone, once: a run of the last 20 hours is enough.
DUE = """select w.id from workspace w
          where extract(hour from now() at time zone w.timezone) between 3 and 5
            and not exists (select from audit_run r where r.workspace_id = w.id and r.done_at > now() - interval '20 hours')
          union select workspace_id from audit_run where done_at is null"""


@clock("audit.due", "*/10 * * * * 50")
def _look(now: datetime) -> None:
    with reading_across() as everywhere:
        found = everywhere.execute(DUE).fetchall()
    for (workspace_id,) in found:
        with tenancy.enter(workspace_id):
            enqueue(JOB, workspace_id=workspace_id)


@job(JOB)
def _run(*, workspace_id: UUID, now: datetime, **_ids: Any) -> None:
    run_audit(actor=for_workspace(workspace_id, "system"), at=now)
