"""Reading the journal."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from konveyer.domain.journal.models import Entry, PersonalValue


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


def latest(workspace_id: UUID, *, before: tuple[Any, UUID] | None = None, limit: int = 50) -> list[Line]:
    """The journal of the whole workspace, newest first; `before` = (at, id) of the last line read."""
    rows = Entry.objects.filter(workspace_id=workspace_id).select_related("actor").order_by("-at", "-id")
    if before:
        rows = rows.extra(where=["(journal_entry.at, journal_entry.id) < (%s, %s)"], params=list(before))
    return _with_personal(workspace_id, list(rows[:limit]))


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
