"""Counting dirty months anew from the facts."""

from collections.abc import Iterator
from uuid import UUID

from django.db import connection, transaction

from konveyer.domain.insight.models import DirtyMonth
from konveyer.domain.insight.queries.facts import CELLS, cells, parameters

AT_ONCE = 12

_END = "(m.month + interval '1 month - 1 day')::date"
_LOCK = "select pg_try_advisory_xact_lock(hashtextextended('funnel ' || %(workspace)s::text, 0))"
_CHOOSE = """
    select month from funnel_dirty_month where workspace_id = %(workspace)s
     group by month order by min(id::text) limit %(limit)s"""
# The marks go first: what is written from here on, before the counting below, leaves marks of its own.
_CLEAR = (
    "delete from funnel_dirty_month where workspace_id = %(workspace)s and month = any(%(months)s)",
    "delete from funnel_cell where workspace_id = %(workspace)s and month = any(%(months)s)",
    """insert into funnel_counted_month (workspace_id, month) select %(workspace)s, unnest(%(months)s::date[])
       on conflict do nothing""",
)


def count_months(*, workspace_id: UUID, limit: int = AT_ONCE) -> int:
    """Count the months that have been dirty longest, at most `limit`; returns how many are left to do.

    While another transaction counts the same workspace it does nothing and leaves all to that one. The workspace must be
    entered.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        bound = parameters(cursor, workspace_id) | {"limit": limit}
        cursor.execute(_LOCK, bound)
        if cursor.fetchone() == (False,):
            return 0
        cursor.execute(_CHOOSE, bound)
        bound["months"] = [month for (month,) in cursor.fetchall()]
        for statement in (*_CLEAR, *_counting()):
            cursor.execute(statement, bound)
    return DirtyMonth.objects.filter(workspace_id=workspace_id).values("month").distinct().count()


def _counting() -> Iterator[str]:
    for basis, by in CELLS:
        yield f"""
            insert into funnel_cell
                   (id, workspace_id, basis, by, month, conveyor_id, key, days, leads, won, doubtful, from_deals)
            select md5(row(%(workspace)s::uuid, '{basis}', '{by}', f.month, f.conveyor_id, f.key, f.days)::text)::uuid,
                   %(workspace)s, '{basis}', '{by}', f.*
              from unnest(%(months)s::date[]) m(month)
             cross join lateral ({cells(basis, by, first="m.month", last=_END)}) f"""
