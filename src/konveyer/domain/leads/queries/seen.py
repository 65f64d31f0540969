"""Which leads stand on somebody's board, as predicates that an index answers one by one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from konveyer.domain.catalog.models import LEVELS
from konveyer.domain.workspace.rules.actor import Actor

WHOSE = ("mine", "team", "all")


@dataclass(frozen=True)
class BoardFilter:
    """What the board is narrowed to.

    `whose`: "mine" (I work it, or it waits in the queue of a stage of my `roles`), "team" (`team` works it, or it
    waits in a queue), "all" that I see. `owner` is one member instead. `overdue`: the stage's time is over; `untouched`: no touch yet.
    """

    whose: str = "all"
    owner: UUID | None = None
    team: frozenset[UUID] = frozenset()
    roles: frozenset[UUID] = frozenset()
    overdue: bool = False
    untouched: bool = False
    level: str = ""

    @property
    def narrows(self) -> bool:
        """Whether something in view is left out."""
        return bool(self.whose != "all" or self.owner or self.overdue or self.untouched or self.level)


# The stages asked for, as `s`: a predicate on its role is settled once per stage, before any lead is read.
STAGES = "(select st.id, st.role_id from stage st where st.workspace_id = %(workspace)s and st.id = any(%(stages)s)) s"


def branches(actor: Actor, wanted: BoardFilter, now: datetime) -> tuple[list[str], dict[str, Any]]:
    """Predicates on lead `l` in stage `s`, exclusive of each other, and their values."""
    common = [
        "l.workspace_id = %(workspace)s",
        "l.stage_id = s.id",
        "l.closed_at is null",
        "l.state in ('open', 'won')",
    ]
    values: dict[str, Any] = {"workspace": actor.workspace_id, "now": now}
    if wanted.overdue:
        common.append("l.due_at < %(now)s")
    if wanted.untouched:
        common.append("l.first_touch_at is null")
    if wanted.level in LEVELS:
        common.append("l.level = %(level)s")
        values["level"] = wanted.level
    sources, more = _who(actor, wanted)
    return [" and ".join([*common, *source]) for source in sources], values | more


def _who(actor: Actor, wanted: BoardFilter) -> tuple[list[list[str]], dict[str, Any]]:
    seen = None if actor.seen_members is None else list(actor.seen_members)
    if wanted.owner:
        return _one_owner(wanted.owner, seen)
    if wanted.whose == "mine":
        mine = ["l.owner_id = %(me)s"]
        queue = ["s.role_id = any(%(roles)s)", "l.owner_id is null", "l.queue_id = s.role_id"]
        return [mine, queue], {"me": actor.member_id, "roles": list(wanted.roles)}
    if wanted.whose == "team":
        team = [member for member in wanted.team if seen is None or member in seen]
        return [["l.owner_id = any(%(team)s)"], ["l.owner_id is null"]], {"team": team}
    if seen is None:
        return [[]], {}
    others = "(l.owner_id is not null and l.owner_id <> all(%(seen)s))"
    return [
        ["l.owner_id = any(%(seen)s)"],
        ["l.owner_id is null"],
        [others, "l.telemarketer_id = any(%(seen)s)"],
        [others, "l.closer_id = any(%(seen)s)", "(l.telemarketer_id is null or l.telemarketer_id <> all(%(seen)s))"],
    ], {"seen": seen}  # fmt: skip


def _one_owner(owner: UUID, seen: list[UUID] | None) -> tuple[list[list[str]], dict[str, Any]]:
    chosen = ["l.owner_id = %(owner)s"]
    if seen is not None and owner not in seen:
        chosen.append("(l.telemarketer_id = any(%(seen)s) or l.closer_id = any(%(seen)s))")
    return [chosen], {"owner": owner, "seen": seen or []}
