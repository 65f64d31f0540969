"""What the events say of a day: the facts behind the day sums and the cells that nobody entered."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from konveyer.domain.sheet.rules.measures import MEASURES

# A call is cold or warm by the lead's temperature at that moment: the last change before it, else what the first
# change after it says was so, else the temperature of today. A touch without a lead is of a stranger: cold.
_COLD = """coalesce(
         (select c.became from temperature_change c where c.workspace_id = t.workspace_id and c.lead_id = t.lead_id
             and c.at < t.happened_at order by c.at desc limit 1),
         (select c.was from temperature_change c where c.workspace_id = t.workspace_id and c.lead_id = t.lead_id
             and c.at >= t.happened_at order by c.at limit 1),
         l.temperature, 'cold') = 'cold'"""
# Beside a relation `days(day, start, finish)`, local days with the moments they begin and end. Each part looks every
# day up by an index; whoever counts one day reads that day alone.
EVENTS = f"""
select t.member_id, d.day, m.measure, 1::numeric as n
  from days d
  join touch t on t.workspace_id = %(workspace)s and t.member_id = any(%(members)s) and not t.automatic
   and t.happened_at >= d.start and t.happened_at < d.finish
   and ((t.channel = 'call' and t.direction = 'out') or (t.channel = 'meeting' and t.outcome = 'held'))
  left join lead l on l.workspace_id = t.workspace_id and l.id = t.lead_id
 cross join lateral (values
   (case when t.channel = 'meeting' then 'meetings' when {_COLD} then 'cold_calls' else 'warm_calls' end),
   (case when t.channel = 'call' and t.counted then 'talks' end)) m(measure)
 where m.measure is not null
union all
select c.member_id, d.day, 'warm', 1
  from days d join temperature_change c on c.workspace_id = %(workspace)s and c.became = 'warm' and c.was = 'cold'
   and c.at >= d.start and c.at < d.finish and c.member_id = any(%(members)s)
union all
select e.created_by_id, d.day, 'proposals', 1
  from days d join deal e on e.workspace_id = %(workspace)s and e.created_at >= d.start and e.created_at < d.finish
   and e.created_by_id = any(%(members)s) and not e.history
union all
select coalesce(l.closer_id, l.owner_id), l.won_on, 'sales', 1
  from days d join lead l on l.workspace_id = %(workspace)s and l.won_on = d.day
   and coalesce(l.closer_id, l.owner_id) = any(%(members)s)
union all
select coalesce(l.closer_id, l.owner_id), p.received_on, 'received',
       case p.kind when 'refund' then -p.amount else p.amount end
  from days d
  join payment p on p.workspace_id = %(workspace)s and p.received_on = d.day and p.currency = %(currency)s
  join deal e on e.workspace_id = p.workspace_id and e.id = p.deal_id
  join lead l on l.workspace_id = e.workspace_id and l.id = e.lead_id
   and coalesce(l.closer_id, l.owner_id) = any(%(members)s)
"""  # both are ours

_BOUNDS = """day, (day::timestamp at time zone %(zone)s) as start, ((day + 1)::timestamp at time zone %(zone)s) as finish"""
# Marked days of a period, and any days given: relations for EVENTS.
MARKED = f"""select distinct {_BOUNDS} from sheet_dirty_day
              where workspace_id = %(workspace)s and day between %(first)s and %(last)s"""
GIVEN = f"select {_BOUNDS} from unnest(%(days)s::date[]) day"
# The columns of the day sums, from the events.
SUMS = ", ".join(f"coalesce(sum(n) filter (where measure = '{name}'), 0) as {name}" for name in MEASURES)


def bound(workspace_id: UUID, members: list[UUID], **more: Any) -> dict[str, Any]:
    """What EVENTS is asked with: the workspace, its zone and currency, the members."""
    with connection.cursor() as cursor:
        cursor.execute("select timezone, currency from workspace where id = %s", [workspace_id])
        zone, currency = cursor.fetchone()
    return {"workspace": workspace_id, "members": members, "zone": zone, "currency": currency, **more}


def dirty_days(workspace_id: UUID, limit: int) -> list[date]:
    """Marked days, newest first: people look at these."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select distinct day from sheet_dirty_day where workspace_id = %s order by day desc limit %s",
            [workspace_id, limit],
        )
        return [row[0] for row in cursor.fetchall()]
