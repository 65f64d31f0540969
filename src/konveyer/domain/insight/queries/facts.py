"""The facts of the funnel as SQL: one definition, read live, counted into months, and checked against them.

A cell is (month, conveyor_id, key, days) with leads, won, doubtful, from_deals (see FunnelCell).
"""

from collections.abc import Collection
from typing import Any, Protocol
from uuid import UUID

from konveyer.domain.insight.rules.question import MEMBER_KEYS, By


class Cursor(Protocol):
    """What both Django's cursor and psycopg's can do."""

    def execute(self, query: Any, params: Any = None, /) -> Any:
        """Run a statement."""
        ...

    def fetchall(self) -> list[Any]:
        """Its rows."""
        ...


TOTAL = "total"
BASES = ("arrived", "won", "entered")

# Every roll-up there is: what is counted, by whose month.
CELLS = (
    *((basis, by) for by in (TOTAL, By.ORIGIN, By.PAGE, *MEMBER_KEYS) for basis in ("arrived", "won")),
    ("arrived", By.STAGE),
    ("won", By.STAGE),
    ("entered", By.STAGE),
)

_DAY = {"arrived": "l.arrived_on", "won": "l.won_on"}
_DAYS = "case when l.won_on >= l.arrived_on then l.won_on - l.arrived_on end"
_MINE = "(l.owner_id = any(%(seen)s) or l.telemarketer_id = any(%(seen)s) or l.closer_id = any(%(seen)s))"
# Stages as numbers, by arrays that come as parameters: a join would leave it to the planner to begin with the stages,
# which it takes for few, and to scan all leads once for each.
_PLACE = "(%(stage_places)s::int[])[array_position(%(stage_ids)s::uuid[], p.stage_id)]"
_CONVEYOR = "(%(stage_conveyors)s::uuid[])[{0}.place]"
_KEY = "(%(stage_keys)s::text[])[{0}.place]"


def parameters(cursor: Cursor, workspace_id: UUID, seen: Collection[UUID] | None = None) -> dict[str, Any]:
    """What every statement here binds. Stages of one key in several versions of a conveyor are one. Two queries."""
    cursor.execute("select timezone from workspace where id = %s", [workspace_id])
    [(zone,)] = cursor.fetchall()
    cursor.execute(
        """select s.id, v.conveyor_id, s.key
             from stage s join conveyor_version v on v.workspace_id = s.workspace_id and v.id = s.conveyor_version_id
            where s.workspace_id = %s order by s.id""",
        [workspace_id],
    )
    stages = cursor.fetchall()
    first: dict[tuple[UUID, str], int] = {}
    for place, (_ident, conveyor, key) in enumerate(stages, 1):
        first.setdefault((conveyor, key), place)
    return {
        "workspace": workspace_id,
        "zone": zone,
        "seen": None if seen is None else list(seen),
        "stage_ids": [ident for ident, _conveyor, _key in stages],
        "stage_places": [first[conveyor, key] for _ident, conveyor, key in stages],
        "stage_conveyors": [conveyor for _ident, conveyor, _key in stages],
        "stage_keys": [key for _ident, _conveyor, key in stages],
    }


def cells(basis: str, by: str, *, first: str, last: str, mine: bool = False) -> str:
    """SELECT of the cells of the local days `first`–`last` (SQL expressions), both inside.

    `mine` leaves only leads that one of `seen` works, brought or closes.
    """
    if basis == "entered":
        return _entered(first, last, mine)
    where = (
        f"l.workspace_id = %(workspace)s and {_DAY[basis]} between {first} and {last}"
        f"{f' and {_MINE}' if mine else ''}"
    )
    if by == By.STAGE:
        conveyor, key = _CONVEYOR.format("s"), _KEY.format("s")
        rows = f"""lead l cross join lateral (
            select distinct {_PLACE} as place from stage_pass p
             where p.workspace_id = l.workspace_id and p.lead_id = l.id) s"""
    else:
        conveyor, key = "l.conveyor_id", "null::text" if by == TOTAL else f"l.{by}_id::text"
        rows = "lead l"
    told = f"count(*) filter (where l.credit_from_deals and l.{by}_id is not null)"
    return f"""
        select date_trunc('month', {_DAY[basis]}::timestamp)::date as month, {conveyor} as conveyor_id, {key} as key,
               {_DAYS} as days, {"count(*)" if basis == "arrived" else "0"} as leads, count(l.won_on) as won,
               count(*) filter (where l.won_on < l.arrived_on) as doubtful,
               {told if by in MEMBER_KEYS else "0"} as from_deals
          from {rows} where {where} group by 1, 2, 3, 4"""


def _entered(first: str, last: str, mine: bool) -> str:
    """Leads by stage and the month in which they came to it for the first time."""
    start = f"({first}::timestamp at time zone %(zone)s)"
    end = f"(({last} + 1)::timestamp at time zone %(zone)s)"
    own = "join lead l on l.workspace_id = p.workspace_id and l.id = p.lead_id and " + _MINE if mine else ""
    return f"""
        select date_trunc('month', e.at at time zone %(zone)s)::date as month, {_CONVEYOR.format("e")} as conveyor_id,
               {_KEY.format("e")} as key, null::integer as days, count(*) as leads, 0 as won, 0 as doubtful, 0 as from_deals
          from (select distinct p.lead_id from stage_pass p {own}
                 where p.workspace_id = %(workspace)s and p.entered_at >= {start} and p.entered_at < {end}) x
         cross join lateral (
               select {_PLACE} as place, min(p.entered_at) as at from stage_pass p
                where p.workspace_id = %(workspace)s and p.lead_id = x.lead_id group by 1) e
         where e.at >= {start} and e.at < {end} group by 1, 2, 3"""
