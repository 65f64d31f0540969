"""The facts of the funnel as SQL: one definition, read live, counted into months, and checked against them.

A cell is (month, conveyor_id, key, days) with leads, won, doubtful, from_deals (see FunnelCell). Parameters of every
statement here: `workspace`, `zone`, and `seen` where `mine` is asked for.
"""

from konveyer.domain.insight.rules.question import MEMBER_KEYS, By

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
_STAGES = """
  (select st.id, v.conveyor_id, st.key from stage st
     join conveyor_version v on v.workspace_id = st.workspace_id and v.id = st.conveyor_version_id
    where st.workspace_id = %(workspace)s)"""


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
        conveyor, key = "s.conveyor_id", "s.key"
        rows = f"""lead l cross join lateral (
            select distinct s.conveyor_id, s.key from stage_pass p join {_STAGES} s on s.id = p.stage_id
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
        select date_trunc('month', e.at at time zone %(zone)s)::date as month, e.conveyor_id, e.key,
               null::integer as days, count(*) as leads, 0 as won, 0 as doubtful, 0 as from_deals
          from (select p.lead_id, s.conveyor_id, s.key, min(p.entered_at) as at
                  from stage_pass p join {_STAGES} s on s.id = p.stage_id {own}
                 where p.workspace_id = %(workspace)s and p.entered_at >= {start} and p.entered_at < {end}
                 group by 1, 2, 3) e
         where not exists (
               select from stage_pass b join {_STAGES} t on t.id = b.stage_id
                where b.workspace_id = %(workspace)s and b.lead_id = e.lead_id and b.entered_at < {start}
                  and t.conveyor_id = e.conveyor_id and t.key = e.key)
         group by 1, 2, 3"""
