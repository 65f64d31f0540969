"""The journal of a record as sentences: who did what, when, from what to what."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from konveyer.domain.journal.operations import PERSONAL
from konveyer.domain.journal.queries import Line
from konveyer.web.base import marks
from konveyer.web.kit.tags.numbers import day, file_size

ACTIONS: dict[str, str | Promise] = {
    "created": gettext_lazy("put it into the base"),
    "changed": gettext_lazy("changed"),
    "point_added": gettext_lazy("added"),
    "point_removed": gettext_lazy("took away"),
    "employed": gettext_lazy("wrote down a place of work"),
    "employment_changed": gettext_lazy("changed a place of work"),
    "employment_ended": gettext_lazy("wrote down that the work there ended"),
    "note_added": gettext_lazy("wrote a note"),
    "note_changed": gettext_lazy("changed a note"),
    "note_removed": gettext_lazy("took a note away"),
    "file_added": gettext_lazy("added a file"),
    "file_removed": gettext_lazy("took a file away"),
    "imported": gettext_lazy("brought it in by an import"),
    "import_undone": gettext_lazy("undid an import"),
    "merged": gettext_lazy("merged duplicates"),
}
FIELDS: dict[str, str | Promise] = {
    "name": pgettext_lazy("field", "name"),
    "legal_name": pgettext_lazy("field", "legal name"),
    "tax_number": pgettext_lazy("field", "tax number"),
    "domain": pgettext_lazy("field", "site"),
    "city": pgettext_lazy("field", "city"),
    "industry": pgettext_lazy("field", "industry"),
    "last_name": pgettext_lazy("field", "last name"),
    "first_name": pgettext_lazy("field", "first name"),
    "patronymic": pgettext_lazy("field", "patronymic"),
    "timezone": pgettext_lazy("field", "time zone"),
    "language": pgettext_lazy("field", "language"),
    "title": pgettext_lazy("field", "position"),
    "buying_role": pgettext_lazy("field", "role"),
    "started_on": pgettext_lazy("field", "since"),
    "ended_on": pgettext_lazy("field", "until"),
    "note": pgettext_lazy("field", "note"),
    "file": pgettext_lazy("field", "file"),
    "size": pgettext_lazy("field", "size"),
    "external_key": pgettext_lazy("field", "external key"),
}
HIDDEN = {"sha256", "company_id", "contact_id", "history"}
WHO = {
    "import": gettext_lazy("Import"),
    "api": gettext_lazy("API"),
    "command": gettext_lazy("A command"),
    "system": gettext_lazy("Konveyer"),
    "member": gettext_lazy("A former member"),
}


@dataclass(frozen=True)
class Change:
    """One field: its words, what it was and what it became ('' for nothing, None where it does not apply)."""

    words: str
    was: str | None
    became: str | None


@dataclass(frozen=True)
class Sentence:
    """One line of the journal, ready to be read."""

    who: str
    by: str
    at: datetime
    words: str
    reason: str
    changes: list[Change] = field(default_factory=list)


def sentences(lines: Iterable[Line]) -> list[Sentence]:
    """The lines in words; a value that was erased says so."""
    return [
        Sentence(
            who=line.entry.actor.name if line.entry.actor else str(WHO.get(line.entry.by, line.entry.by)),
            by=line.entry.by,
            at=line.entry.at,
            words=str(ACTIONS.get(line.entry.action, line.entry.action.replace("_", " "))),
            reason=line.entry.reason,
            changes=_changes(line.before, line.after),
        )
        for line in lines
    ]


def _changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    names = [name for name in dict.fromkeys([*before, *after]) if name not in HIDDEN]
    return [
        Change(
            words=str(FIELDS.get(name) or marks.KINDS.get(name) or name.replace("_", " ")),
            was=_shown(name, before[name]) if name in before else None,
            became=_shown(name, after[name]) if name in after else None,
        )
        for name in names
    ]


def _shown(name: str, value: Any) -> str:
    if value == PERSONAL:
        return _("erased")
    if value in (None, ""):
        return _("empty")
    if name in marks.KINDS:
        number, _sign, extension = str(value).partition(" #")
        return marks.shown_point(name, number, extension)
    if name == "buying_role":
        return str(marks.ROLES.get(value, value))
    if name in ("started_on", "ended_on"):
        return day(datetime.fromisoformat(value).date())
    if name == "size" and isinstance(value, int):
        return file_size(value)
    return str(value)
