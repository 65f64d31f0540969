"""What the address of the board asks for."""

from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from konveyer.domain.leads.queries.seen import WHOSE, BoardFilter
from konveyer.domain.workspace.queries import team_of
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import View
from konveyer.web.work import WorkRequest

NAMES = ("conveyor", "whose", "owner", "late", "untouched", "level")


@dataclass(frozen=True)
class Asked:
    """A conveyor's code, what the board is narrowed to, and the same as an address."""

    code: str
    wanted: BoardFilter
    query: str


def asked(request: WorkRequest) -> Asked:
    """Read the address. What cannot be right narrows nothing; without a word a seller sees his own leads."""
    query = request.GET
    whose = query.get("whose", "")
    if whose not in WHOSE:
        whose = "mine" if request.actor.view is View.OWN else "all"
    wanted = BoardFilter(
        whose=whose,
        owner=_uuid(query.get("owner", "")),
        team=_team(request.actor) if whose == "team" else frozenset(),
        roles=request.actor.roles,
        overdue=query.get("late") == "1",
        untouched=query.get("untouched") == "1",
        level=query.get("level", ""),
    )
    kept = {name: query[name] for name in NAMES if query.get(name)}
    return Asked(query.get("conveyor", ""), wanted, urlencode(kept))


def _team(actor: Actor) -> frozenset[UUID]:
    return team_of(actor.workspace_id, actor.member_id) if actor.member_id else frozenset()


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
