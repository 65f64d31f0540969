"""What happened to a lead since somebody last looked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from konveyer.domain.conveyor.models import Conveyor, Stage
from konveyer.domain.journal.queries import Line, of_record
from konveyer.domain.leads.models import Lead
from konveyer.domain.workspace.models import Member, Role

_MEMBERS = ("owner_id", "telemarketer_id", "closer_id")
_SHOWN = ("stage_id", "owner_id", "state")


@dataclass(frozen=True)
class Change:
    """One change by one person. `was` and `became` hold names: of a stage, of a member, or a state."""

    at: datetime
    who: str
    what: str
    was: str
    became: str


def changes_since(workspace_id: UUID, lead: Lead, version: int) -> list[Change]:
    """Stage, owner and state as they changed after that version, oldest first.

    Each version is one journal entry of the lead, so the last (version now − version seen) entries are meant.
    """
    behind = min(max(lead.version - version, 0), 20)
    lines = of_record(workspace_id, lead.pk, limit=behind) if behind else []
    names = names_in(workspace_id, lines)
    return [
        Change(
            line.entry.at,
            line.entry.actor.name if line.entry.actor else "",
            field,
            names.get(line.before.get(field) or "", line.before.get(field) or ""),
            names.get(line.after.get(field) or "", line.after.get(field) or ""),
        )
        for line in reversed(lines)
        for field in _SHOWN
        if field in line.after
    ]


def names_in(workspace_id: UUID, lines: Iterable[Line]) -> dict[str, str]:
    """Names of the stages, members, roles and conveyors that journal lines mention, by id. At most four queries."""
    mentioned: dict[str, set[str]] = {}
    for line in lines:
        for values in (line.before, line.after):
            for key, value in values.items():
                if key.endswith("_id") and isinstance(value, str):
                    mentioned.setdefault("member_id" if key in _MEMBERS else key, set()).add(value)
    tables: dict[str, Any] = {
        "stage_id": Stage,
        "member_id": Member,
        "queue_id": Role,
        "conveyor_id": Conveyor,
    }
    found: dict[str, str] = {}
    for key, table in tables.items():
        if mentioned.get(key):
            rows = table.objects.filter(workspace_id=workspace_id, pk__in=mentioned[key])
            found |= {str(pk): name for pk, name in rows.values_list("pk", "name")}
    return found
