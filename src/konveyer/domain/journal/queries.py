"""Reading the journal."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from konveyer.domain.journal.models import Entry, PersonalValue
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit import keyset


@dataclass
class Line:
    """An entry as people read it: personal values put back where they still exist."""

    entry: Entry
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)


def of_record(workspace_id: UUID, subject_id: UUID, *, limit: int = 100) -> list[Line]:
    """What happened to a record, newest first. Two queries."""
    entries = list(
        Entry.objects.filter(workspace_id=workspace_id, subject_id=subject_id)
        .select_related("actor")
        .order_by("-at", "-id")[:limit]
    )
    return _with_personal(workspace_id, entries)


@dataclass
class LinesPage:
    """Lines of the journal, newest first, with the cursors of the pages after and before them."""

    lines: list[Line]
    after: str | None
    before: str | None


def latest(
    actor: Actor,
    *,
    member_id: UUID | None = None,
    after: str | None = None,
    before: str | None = None,
    size: int = 50,
) -> LinesPage:
    """The journal of the workspace, or what one member did himself, newest first. Two queries.

    Who does not see everybody's records reads what the people he sees did. Raises Forbidden without journal.read.
    """
    actor.require(Right.JOURNAL_READ)
    rows = Entry.objects.filter(workspace_id=actor.workspace_id).select_related("actor")
    if member_id is not None:
        rows = rows.filter(actor_id=member_id).exclude(by="import")
    if actor.seen_members is not None:
        rows = rows.filter(actor_id__in=actor.seen_members).exclude(by="import")
    found = keyset.page(rows, ("-at", "-id"), after=after, before=before, size=size)
    return LinesPage(_with_personal(actor.workspace_id, found.rows), found.after, found.before)


def _with_personal(workspace_id: UUID, entries: list[Entry]) -> list[Line]:
    lines = {entry.id: Line(entry, dict(entry.before), dict(entry.after)) for entry in entries}
    values = PersonalValue.objects.filter(workspace_id=workspace_id, entry_id__in=list(lines))
    for value in values:
        line = lines[value.entry_id]
        if value.field in line.before:
            line.before[value.field] = value.before
        if value.field in line.after:
            line.after[value.field] = value.after
    return list(lines.values())
