"""The facts of parties as SQL, and the ways through the classes that follow from them.

One definition: counted into rows by the worker, read live where a write is not counted yet, asked again by `konveyer
reconcile`. Cost goes with the number of parties asked about, never with the base.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from konveyer.domain.portfolio.rules.classes import COMPANY, PERSON
from konveyer.domain.portfolio.rules.timeline import Facts, Heat, Stay, stays


class Cursor(Protocol):
    """What both Django's cursor and psycopg's can do."""

    def execute(self, query: Any, params: Any = None, /) -> Any:
        """Run a statement."""
        ...

    def fetchall(self) -> list[Any]:
        """Its rows."""
        ...


Party = tuple[str, UUID]  # kind, id

# OFFSET 0 keeps look-ups look-ups by the index named in their condition, whatever the planner knows of the table.
_WORKS = """(select from employment e where e.workspace_id = %(workspace)s and e.contact_id = {0} and e.ended_on is null)"""
_PARTIES = f"""
select 'company', c.id, (c.created_at at time zone %(zone)s)::date
  from unnest(%(subjects)s::uuid[]) s(id) join company c on c.workspace_id = %(workspace)s and c.id = s.id
union
select 'company', c.id, (c.created_at at time zone %(zone)s)::date
  from unnest(%(subjects)s::uuid[]) s(id),
       lateral (select e.company_id from employment e
                 where e.workspace_id = %(workspace)s and e.contact_id = s.id and e.ended_on is null offset 0) e
  join company c on c.workspace_id = %(workspace)s and c.id = e.company_id
union
select 'contact', p.id, (p.created_at at time zone %(zone)s)::date
  from unnest(%(subjects)s::uuid[]) s(id) join contact p on p.workspace_id = %(workspace)s and p.id = s.id
 where p.name_key <> '' and not exists {_WORKS.format("p.id")}"""  # ours; without a name: erased
# Whose people, whose leads: a company's are those under its name, and those of its people under no name of a company.
_THEIRS = """
subject(party, contact) as materialized (
  select c.id, e.contact_id from unnest(%(companies)s::uuid[]) c(id), lateral (
         select e.contact_id from employment e
          where e.workspace_id = %(workspace)s and e.company_id = c.id and e.ended_on is null offset 0) e
  union all select id, id from unnest(%(contacts)s::uuid[]) id),
own as materialized (
  select c.id as party, l.* from unnest(%(companies)s::uuid[]) c(id), lateral (
         select l.id, l.arrived_on, l.won_on, l.level, l.temperature from lead l
          where l.workspace_id = %(workspace)s and l.company_id = c.id offset 0) l
  union all
  select s.party, l.* from subject s, lateral (
         select l.id, l.arrived_on, l.won_on, l.level, l.temperature from lead l
          where l.workspace_id = %(workspace)s and l.contact_id = s.contact and l.company_id is null offset 0) l)"""
_LEADS = f"with {_THEIRS} select party, id, arrived_on, won_on, level, temperature from own"
# A lead of which no change is told was always as warm as it is.
_HEATS = f"""with {_THEIRS}
select o.party, o.id, (c.at at time zone %(zone)s)::date, c.was, c.became
  from own o, lateral (select c.at, c.id, c.was, c.became from temperature_change c
                        where c.workspace_id = %(workspace)s and c.lead_id = o.id offset 0) c
 order by c.at, c.id"""
_EXCHANGES = f"""with {_THEIRS}
select distinct party, (happened_at at time zone %(zone)s)::date from (
  select o.party, t.happened_at from own o, lateral (select t.happened_at from touch t
          where t.workspace_id = %(workspace)s and t.lead_id = o.id and t.counted offset 0) t
  union all
  select s.party, t.happened_at from subject s, lateral (select t.happened_at from touch t
          where t.workspace_id = %(workspace)s and t.contact_id = s.contact and t.counted offset 0) t
  union all
  select c.id, t.happened_at from unnest(%(companies)s::uuid[]) c(id), lateral (select t.happened_at from touch t
          where t.workspace_id = %(workspace)s and t.company_id = c.id and t.counted offset 0) t) x order by 1, 2"""


@dataclass
class _Known:
    """Facts of one party while they are gathered."""

    arrived: date
    heats: list[Heat] = field(default_factory=list)
    exchanges: list[date] = field(default_factory=list)
    won: date | None = None
    vip: date | None = None


def ways(cursor: Cursor, workspace_id: UUID, zone: str, subjects: Iterable[UUID]) -> dict[Party, list[Stay]]:
    """The ways of the parties that these companies and contacts are, or whose people they are. Four queries."""
    bound: dict[str, Any] = {"workspace": workspace_id, "zone": zone, "subjects": list(set(subjects))}
    if not bound["subjects"]:
        return {}
    cursor.execute(_PARTIES, bound)
    known = {(kind, ident): _Known(arrived) for kind, ident, arrived in cursor.fetchall()}
    places = {ident: one for (_kind, ident), one in known.items()}
    bound["companies"] = [ident for kind, ident in known if kind == COMPANY]
    bound["contacts"] = [ident for kind, ident in known if kind == PERSON]
    _leads(cursor, bound, places)
    warm = {ident for ident, one in places.items() if one.heats}
    bound["companies"] = [ident for ident in bound["companies"] if ident in warm]
    bound["contacts"] = [ident for ident in bound["contacts"] if ident in warm]
    cursor.execute(_EXCHANGES, bound)  # of who never warmed they say nothing
    for party, day in cursor.fetchall():
        places[party].exchanges.append(day)
    return {
        party: stays(Facts(one.arrived, one.heats, one.exchanges, one.won, one.vip))
        for party, one in known.items()
    }


def _leads(cursor: Cursor, bound: Mapping[str, Any], places: Mapping[UUID, _Known]) -> None:
    cursor.execute(_HEATS, bound)
    told: dict[tuple[UUID, UUID], list[tuple[date, str, str]]] = defaultdict(list)
    for party, lead, day, was, became in cursor.fetchall():
        told[party, lead].append((day, was, became))
    cursor.execute(_LEADS, bound)
    for party, lead, arrived, won, level, temperature in cursor.fetchall():
        one = places[party]
        changes = told.get((party, lead), [])
        began = changes[0][1] if changes else temperature
        heats = [(lead, min(arrived, changes[0][0]) if changes else arrived, began)]
        heats += [(lead, day, became) for day, _was, became in changes]
        one.heats += [heat for heat in heats if heat[2] != "cold" or len(heats) > 1]
        one.arrived = min([one.arrived, arrived, *([won] if won else [])])
        one.won = min(one.won or won, won) if won else one.won
        one.vip = min(one.vip or won, won) if won and level == "vip" else one.vip
