"""Figures of the sheet: what was entered, else what the events say (see "The model"); never both added."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection

# A call is cold or warm by the lead's temperature at that moment: the last change before it, else what the first
# change after it says was so, else the temperature of today. A touch without a lead is of a stranger: cold.
EVENTS = """
select t.member_id, (t.happened_at at time zone %(zone)s)::date as day,
       case when t.channel = 'meeting' then 'meetings'
            when coalesce(
              (select c.became from temperature_change c where c.workspace_id = t.workspace_id and c.lead_id = t.lead_id
                  and c.at < t.happened_at order by c.at desc limit 1),
              (select c.was from temperature_change c where c.workspace_id = t.workspace_id and c.lead_id = t.lead_id
                  and c.at >= t.happened_at order by c.at limit 1),
              l.temperature, 'cold') = 'cold' then 'cold_calls' else 'warm_calls' end as measure,
       1::numeric as n
  from touch t left join lead l on l.workspace_id = t.workspace_id and l.id = t.lead_id
 where t.workspace_id = %(workspace)s and t.member_id = any(%(members)s) and not t.automatic
   and t.happened_at >= (%(first)s::date::timestamp at time zone %(zone)s)
   and t.happened_at < ((%(last)s::date + 1)::timestamp at time zone %(zone)s)
   and ((t.channel = 'call' and t.direction = 'out') or (t.channel = 'meeting' and t.outcome = 'held'))
union all
select t.member_id, (t.happened_at at time zone %(zone)s)::date, 'talks', 1
  from touch t
 where t.workspace_id = %(workspace)s and t.member_id = any(%(members)s) and not t.automatic
   and t.happened_at >= (%(first)s::date::timestamp at time zone %(zone)s)
   and t.happened_at < ((%(last)s::date + 1)::timestamp at time zone %(zone)s)
   and t.channel = 'call' and t.direction = 'out' and t.counted
union all
select c.member_id, (c.at at time zone %(zone)s)::date, 'warm', 1
  from temperature_change c
 where c.workspace_id = %(workspace)s and c.became = 'warm' and c.was = 'cold' and c.member_id = any(%(members)s)
   and c.at >= (%(first)s::date::timestamp at time zone %(zone)s)
   and c.at < ((%(last)s::date + 1)::timestamp at time zone %(zone)s)
union all
select d.created_by_id, (d.created_at at time zone %(zone)s)::date, 'proposals', 1
  from deal d
 where d.workspace_id = %(workspace)s and d.created_by_id = any(%(members)s) and not d.history
   and d.created_at >= (%(first)s::date::timestamp at time zone %(zone)s)
   and d.created_at < ((%(last)s::date + 1)::timestamp at time zone %(zone)s)
union all
select coalesce(l.closer_id, l.owner_id), l.won_on, 'sales', 1
  from lead l
 where l.workspace_id = %(workspace)s and l.won_on between %(first)s and %(last)s
   and coalesce(l.closer_id, l.owner_id) = any(%(members)s)
union all
select coalesce(l.closer_id, l.owner_id), p.received_on, 'received',
       case p.kind when 'refund' then -p.amount else p.amount end
  from payment p join deal d on d.workspace_id = p.workspace_id and d.id = p.deal_id
  join lead l on l.workspace_id = d.workspace_id and l.id = d.lead_id
 where p.workspace_id = %(workspace)s and p.received_on between %(first)s and %(last)s and p.currency = %(currency)s
   and coalesce(l.closer_id, l.owner_id) = any(%(members)s)
"""
_BOTH = f"""
with counted as (select member_id, day, measure, sum(n) as n from ({EVENTS}) e group by 1, 2, 3),
     entered as (select member_id, day, measure, value from daily_count
                  where workspace_id = %(workspace)s and member_id = any(%(members)s) and day between %(first)s and %(last)s),
     figure as (select member_id, day, measure, e.value as entered, c.n as counted
                  from counted c full join entered e using (member_id, day, measure))
"""  # both are ours


@dataclass(frozen=True)
class Figure:
    """One cell: what was entered (None: nothing) and what the events say. `value` is what counts."""

    entered: Decimal | None
    counted: Decimal

    @property
    def value(self) -> Decimal:
        """The sheet's figure if entered, else the events."""
        return self.counted if self.entered is None else self.entered

    @property
    def apart(self) -> Decimal:
        """By how much the entered figure goes beyond the events."""
        return Decimal(0) if self.entered is None else self.entered - self.counted


NOTHING = Figure(None, Decimal(0))


def cells(
    workspace_id: UUID, members: Collection[UUID], first: date, last: date
) -> dict[tuple[UUID, date, str], Figure]:
    """Every cell of these members and days, both days inside, that holds anything."""
    rows = _read(
        f"{_BOTH} select member_id, day, measure, entered, coalesce(counted, 0) from figure",
        workspace_id, members, first, last,
    )  # fmt: skip
    return {
        (member, day, measure): Figure(entered, counted) for member, day, measure, entered, counted in rows
    }


def sums(
    workspace_id: UUID, members: Collection[UUID], first: date, last: date
) -> dict[tuple[UUID, str], Decimal]:
    """The figures that count, summed over the days: (member, measure) → sum."""
    rows = _read(
        f"{_BOTH} select member_id, measure, sum(coalesce(entered, counted)) from figure group by 1, 2",
        workspace_id, members, first, last,
    )  # fmt: skip
    return {(member, measure): total for member, measure, total in rows}


def _read(sql: str, workspace_id: UUID, members: Collection[UUID], first: date, last: date) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute("select timezone, currency from workspace where id = %s", [workspace_id])
        zone, currency = cursor.fetchone()
        cursor.execute(
            sql,
            {
                "workspace": workspace_id, "members": list(members), "first": first, "last": last, "zone": zone,
                "currency": currency,
            },
        )  # fmt: skip
        return list(cursor.fetchall())
