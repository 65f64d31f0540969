"""Counting dirty days anew from the events."""

from uuid import UUID

from django.db import connection, transaction

from konveyer.domain.sheet.models import DirtyDay
from konveyer.domain.sheet.queries.facts import EVENTS, GIVEN, SUMS, bound, dirty_days
from konveyer.domain.sheet.rules.measures import MEASURES
from konveyer.domain.workspace.models import Member

AT_ONCE = 31  # days

_LOCK = "select pg_try_advisory_xact_lock(hashtextextended('sheet ' || %s::text, 0))"
# The marks go first: what is written from here on, before the counting below, leaves marks of its own.
_CLEAR = (
    "delete from sheet_dirty_day where workspace_id = %(workspace)s and day = any(%(days)s)",
    "delete from sheet_day_sums where workspace_id = %(workspace)s and day = any(%(days)s)",
)
_COUNT = f"""
insert into sheet_day_sums (id, workspace_id, member_id, day, {", ".join(MEASURES)})
with days as materialized ({GIVEN})
select md5(row(%(workspace)s::uuid, member_id, day)::text)::uuid, %(workspace)s, member_id, day, {SUMS}
  from ({EVENTS}) e group by member_id, day
"""  # ours


def count_days(*, workspace_id: UUID, limit: int = AT_ONCE) -> int:
    """Count the newest dirty days, at most `limit`; returns how many others are left to do.

    While another transaction counts the same workspace it does nothing and leaves all to that one. The workspace must be
    entered.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_LOCK, [workspace_id])
        if cursor.fetchone() == (False,):
            return 0
        everybody = list(Member.objects.filter(workspace_id=workspace_id).values_list("pk", flat=True))
        done = dirty_days(workspace_id, limit)
        asked = bound(workspace_id, everybody, days=done)
        for statement in (*_CLEAR, _COUNT):
            cursor.execute(statement, asked)
    marked = DirtyDay.objects.filter(workspace_id=workspace_id).exclude(day__in=done)
    return marked.values("day").distinct().count()
