"""What happened to a lead since somebody last looked."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from konveyer.domain.conveyor.models import Stage
from konveyer.domain.journal.queries import of_record
from konveyer.domain.leads.models import Lead
from konveyer.domain.workspace.models import Member

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
    stages = dict(
        Stage.objects.filter(workspace_id=workspace_id, conveyor_version_id=lead.conveyor_version_id).values_list("pk", "name")
    )  # fmt: skip
    names = {str(pk): name for pk, name in stages.items()}
    mentioned = {
        value
        for line in lines
        for value in (line.before.get("owner_id"), line.after.get("owner_id"))
        if value
    }
    people = Member.objects.filter(workspace_id=workspace_id, pk__in=mentioned).values_list("pk", "name")
    names |= {str(pk): name for pk, name in people}
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
