"""Jobs of a worker that was killed: nobody else takes them by themselves, so they are put back into the queue."""

from datetime import datetime

from django.db import connection

from konveyer.jobs.app import clock

SILENT_AFTER = 30  # seconds; a living worker reports every 10

REQUEUE = """
with silent as (
  select j.id from procrastinate_jobs j left join procrastinate_workers w on w.id = j.worker_id
   where j.status = 'doing' and (w.id is null or w.last_heartbeat < now() - make_interval(secs => %s))
   for update of j skip locked
)
select procrastinate_retry_job_v2(silent.id, now(), null, null, null) from silent
"""


@clock("stalled.requeue", "* * * * * */20")
def _requeue(now: datetime) -> None:
    requeue()


def requeue(silent_after: float = SILENT_AFTER) -> int:
    """Put back the jobs whose worker has been silent for this many seconds; how many they were."""
    with connection.cursor() as cursor:
        cursor.execute(REQUEUE, [silent_after])
        return len(cursor.fetchall())
