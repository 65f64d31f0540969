"""The audit is gone through every night, and when somebody asks for it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from konveyer.domain.audit.operations import run_audit
from konveyer.domain.audit.operations.letters import send_letters
from konveyer.domain.audit.operations.running import JOB
from konveyer.domain.workspace.rules.actor import for_workspace
from konveyer.jobs.app import clock, each, job

# Night in the workspace's zone, once: a run of the last 20 hours is enough.
DUE = """select w.id from workspace w
          where extract(hour from now() at time zone w.timezone) between 3 and 5
            and not exists (select from audit_run r where r.workspace_id = w.id and r.done_at > now() - interval '20 hours')
          union select workspace_id from audit_run where done_at is null"""

LETTER = "audit.letter"
# Monday morning in the workspace's zone, while somebody has had no letter of this week.
LETTERS_DUE = """select w.id from workspace w
                  where extract(isodow from now() at time zone w.timezone) = 1
                    and extract(hour from now() at time zone w.timezone) between 7 and 10
                    and exists (select from audit_run r where r.workspace_id = w.id and r.done_at > now() - interval '2 days')"""


@clock("audit.due", "*/10 * * * * 50")
def _look(now: datetime) -> None:
    each(JOB, DUE)


@clock("audit.letters", "5 * * * * 20")
def _look_for_letters(now: datetime) -> None:
    each(LETTER, LETTERS_DUE)


@job(JOB)
def _run(*, workspace_id: UUID, now: datetime, **_ids: Any) -> None:
    run_audit(actor=for_workspace(workspace_id, "system"), at=now)


@job(LETTER)
def _write(*, workspace_id: UUID, now: datetime, **_ids: Any) -> None:
    actor = for_workspace(workspace_id, "system")
    send_letters(actor=actor, at=now, address=f"{settings.BASE_URL}/audit/")
