"""Qualified, handed over, accepted, held: counted apart, for who gives and for who receives (S25, the model).

Every count stands on the day on which it happened; a later one may belong to a handoff of an earlier period, so a rate
is taken of the handoffs of the period only: of those sent, how many were accepted.
"""

import datetime
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from konveyer.domain.sheet.queries.people import ever_seen
from konveyer.domain.workspace.rules.actor import Actor

BOUNDS = """
with bounds as (select (%(first)s::date::timestamp at time zone %(zone)s) as start,
                       ((%(last)s::date + 1)::timestamp at time zone %(zone)s) as finish)"""
# A meeting is held for the handoff before it; without one it is nobody's result here.
HELD_FOR = """
         from bounds b
         join touch t on t.workspace_id = %(workspace)s and t.channel = 'meeting' and t.outcome = 'held'
          and t.happened_at >= b.start and t.happened_at < b.finish and t.lead_id is not null
        cross join lateral (
              select h.from_member_id, h.to_member_id from handoff h
               where h.workspace_id = %(workspace)s and h.lead_id = t.lead_id and h.sent_at <= t.happened_at
                 and h.state = 'accepted' and not h.history and h.from_member_id is distinct from h.to_member_id
               order by h.sent_at desc limit 1) g"""
_SQL = f"""{BOUNDS},
     judged as (
       select q.member_id, count(distinct q.lead_id) filter (where q.verdict = 'qualified') as qualified,
              count(distinct q.lead_id) filter (where q.verdict = 'not_qualified') as rejected
         from bounds b join qualification q on q.workspace_id = %(workspace)s and q.at >= b.start and q.at < b.finish
        group by 1),
     sent as (
       select h.from_member_id, h.to_member_id, h.state, h.sent_at, h.settled_at
         from bounds b join handoff h on h.workspace_id = %(workspace)s and h.sent_at >= b.start and h.sent_at < b.finish
        where not h.history and h.from_member_id is distinct from h.to_member_id),
     held as (
       select g.from_member_id, g.to_member_id, count(distinct t.lead_id) as held {HELD_FOR}
        group by 1, 2),
     parts as (
       select 'given' as side, member_id, qualified, rejected, 0 as sent, 0 as accepted, 0 as returned, 0 as recycled,
              0 as waiting, 0 as held, null::interval as took from judged
       union all
       select s.side, s.member_id, 0, 0, 1, (state = 'accepted')::int, (state = 'returned')::int, (state = 'recycled')::int,
              (state = 'sent')::int, 0, case when state = 'accepted' then settled_at - sent_at end
         from sent cross join lateral (values ('given', from_member_id), ('taken', to_member_id)) s(side, member_id)
       union all
       select s.side, s.member_id, 0, 0, 0, 0, 0, 0, 0, held, null
         from held cross join lateral (values ('given', from_member_id), ('taken', to_member_id)) s(side, member_id))
select side, member_id, sum(qualified)::int, sum(rejected)::int, sum(sent)::int, sum(accepted)::int, sum(returned)::int,
       sum(recycled)::int, sum(waiting)::int, sum(held)::int,
       extract(epoch from percentile_disc(0.5) within group (order by took))::float
  from parts where member_id = any(%(members)s) group by 1, 2
"""


@dataclass(frozen=True)
class Handoffs:
    """One member on one side. `sent` counts what he gave, or what came to him; `took`: median seconds to a yes."""

    member_id: UUID
    name: str
    qualified: int
    rejected: int
    sent: int
    accepted: int
    returned: int
    recycled: int
    waiting: int
    held: int
    took: float | None


def handoffs(
    actor: Actor, first: datetime.date, last: datetime.date, zone: str
) -> tuple[list[Handoffs], list[Handoffs]]:
    """Those who gave and those who took in the period, both days inside, of the members in view; by name. Two queries."""
    names = {one.pk: one.name for one in ever_seen(actor)}
    with connection.cursor() as cursor:
        cursor.execute(
            _SQL,
            {
                "workspace": actor.workspace_id,
                "first": first,
                "last": last,
                "zone": zone,
                "members": list(names),
            },
        )
        rows = [(row[0], Handoffs(row[1], names[row[1]], *row[2:])) for row in cursor.fetchall()]
    order = {one: place for place, one in enumerate(names)}
    rows.sort(key=lambda row: order[row[1].member_id])
    return [row for side, row in rows if side == "given"], [row for side, row in rows if side == "taken"]
