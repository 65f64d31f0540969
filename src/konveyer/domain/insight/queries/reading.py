"""Reading counts: clean months from the roll-ups, everything else live, in one statement and so of one moment."""

import datetime
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from konveyer.domain.insight.queries.facts import TOTAL, cells, parameters
from konveyer.domain.insight.rules.question import By, Kind, Question
from konveyer.domain.workspace.rules.actor import Actor

_MONTHS = """
    bounds as (
      select coalesce(%(first)s::date, least(
               (select min(arrived_on) from lead where workspace_id = %(workspace)s),
               (select min(won_on) from lead where workspace_id = %(workspace)s and won_on is not null),
               (select (min(entered_at) at time zone %(zone)s)::date from stage_pass where workspace_id = %(workspace)s)
             )) as first,
             coalesce(%(last)s::date, greatest(
               (select max(arrived_on) from lead where workspace_id = %(workspace)s),
               (select max(won_on) from lead where workspace_id = %(workspace)s and won_on is not null),
               (select (max(entered_at) at time zone %(zone)s)::date from stage_pass where workspace_id = %(workspace)s)
             )) as last),
    months as (
      select m::date as month, greatest(m::date, b.first) as first,
             least((m + interval '1 month - 1 day')::date, b.last) as last
        from bounds b,
             generate_series(date_trunc('month', b.first::timestamp), b.last::timestamp, interval '1 month') m),
    clean as materialized (
      select m.month from months m
        join funnel_counted_month c on c.workspace_id = %(workspace)s and c.month = m.month
       where m.first = m.month and m.last = (m.month + interval '1 month - 1 day')::date
         and not exists (select from funnel_dirty_month d where d.workspace_id = %(workspace)s and d.month = m.month)),
    numbered as (
      select m.first, m.last, c.month is null as live, count(c.month) over (order by m.month) as island
        from months m left join clean c on c.month = m.month),
    ranges as materialized (select min(first) as first, max(last) as last from numbered where live group by island),"""


@dataclass(frozen=True)
class Found:
    """Sums of the cells of one key; `conveyor_id` is set for stages only."""

    conveyor_id: UUID | None
    key: str | None
    leads: int
    won: int
    doubtful: int
    from_deals: int
    days_median: int | None
    days_p90: int | None


def count(question: Question, by: str, conveyor_id: UUID | None, actor: Actor) -> list[Found]:
    """Counts by key ("total" for one row), for the leads that the actor's figures speak of. Three queries.

    An actor who does not see everybody's leads gets the leads of those he sees, all of them live.
    """
    asked = {
        "first": question.first,
        "last": question.last,
        "conveyor": conveyor_id,
        "beginning": question.first or datetime.date.min,
        "end": question.last or datetime.date.max,
    }
    with connection.cursor() as cursor:
        bound = parameters(cursor, actor.workspace_id, actor.seen_members) | asked
        cursor.execute(_statement(question, by, mine=actor.seen_members is not None), bound)
        return [Found(*row) for row in cursor.fetchall()]


def _statement(question: Question, by: str, *, mine: bool) -> str:
    stored = TOTAL if by == By.MONTH else by
    parts = [_part(*part, stored, mine) for part in _parts(question.kind, by)]
    key = "to_char(month, 'YYYY-MM')" if by == By.MONTH else "key"
    conveyor = "conveyor_id" if by == By.STAGE else "null::uuid"
    return f"""
    with {"" if mine else _MONTHS}
    parts as ({" union all ".join(parts)}),
    merged as (
      select {conveyor} as conveyor_id, {key} as key, days, sum(leads) as leads, sum(won) as won,
             sum(doubtful) as doubtful, sum(from_deals) as from_deals
        from parts where %(conveyor)s::uuid is null or conveyor_id = %(conveyor)s group by 1, 2, 3),
    placed as (
      select *, sum(won) filter (where days is not null) over (partition by conveyor_id, key order by days) as upto,
             sum(won) filter (where days is not null) over (partition by conveyor_id, key) as dated
        from merged)
    select conveyor_id, key, sum(leads)::int, sum(won)::int, sum(doubtful)::int, sum(from_deals)::int,
           min(days) filter (where upto * 2 >= dated), min(days) filter (where upto * 10 >= dated * 9)
      from placed group by 1, 2"""


def _parts(kind: Kind, by: str) -> list[tuple[str, str]]:
    """(basis, columns): in the activity funnel leads and wins come from different months."""
    everything = "days, leads, won, doubtful, from_deals"
    if kind == Kind.COHORT:
        return [("arrived", everything)]
    leads_alone = "null::integer as days, leads, 0 as won, 0 as doubtful, from_deals"
    return [("entered" if by == By.STAGE else "arrived", leads_alone), ("won", everything)]


def _part(basis: str, columns: str, by: str, mine: bool) -> str:
    columns = f"month, conveyor_id, key, {columns}"
    if mine:
        live = cells(basis, by, first="%(beginning)s::date", last="%(end)s::date", mine=True)
        return f"select {columns} from ({live}) f"
    live = cells(basis, by, first="r.first", last="r.last")
    return f"""
      select {columns} from funnel_cell
       where workspace_id = %(workspace)s and by = '{by}' and basis = '{basis}' and month in (select month from clean)
       union all
      select {columns} from ranges r cross join lateral ({live}) f"""
