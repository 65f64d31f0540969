"""Lines of the journal as sentences about records of every kind."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from konveyer.domain.insight.queries.called import called
from konveyer.domain.journal.queries import Line
from konveyer.domain.leads.rules.returns import RETURN_REASONS
from konveyer.web.base import marks
from konveyer.web.journal.words import ACTIONS, BY, FIELDS, HIDDEN, SCREENS, SUBJECTS
from konveyer.web.kit.tags.numbers import day, file_size


@dataclass(frozen=True)
class Difference:
    """One field: what was, what became."""

    name: str
    was: str
    became: str


@dataclass
class Sentence:
    """Who did what to which record, and what differs."""

    at: datetime
    who: str
    how: str
    what: str
    subject: str
    name: str
    href: str
    reason: str
    differences: list[Difference] = field(default_factory=list)


def sentences(workspace_id: UUID, lines: Iterable[Line]) -> list[Sentence]:
    """The lines in the reader's language. One query for all names."""
    lines = list(lines)
    names = called(workspace_id, [found for line in lines for found in _mentioned(line)])
    return [_sentence(line, names) for line in lines]


def _mentioned(line: Line) -> Iterator[UUID]:
    yield line.entry.subject_id
    for values in (line.before, line.after):
        for value in values.values():
            for one in value if isinstance(value, list) else [value]:
                found = _uuid(one)
                if found:
                    yield found


def _uuid(value: Any) -> UUID | None:
    try:
        return UUID(value) if isinstance(value, str) and len(value) == 36 else None
    except ValueError:
        return None


def _sentence(line: Line, names: dict[UUID, str]) -> Sentence:
    entry = line.entry
    return Sentence(
        at=entry.at,
        who=entry.actor.name if entry.actor else str(BY.get(entry.by, entry.by)),
        how=str(BY[entry.by]) if entry.actor and entry.by != "member" and entry.by in BY else "",
        what=str(ACTIONS.get(entry.action, entry.action)),
        subject=str(SUBJECTS.get(entry.subject, entry.subject)),
        name=names.get(entry.subject_id, ""),
        href=_address(entry.subject, entry.subject_id) if entry.subject_id in names else "",
        reason=str(RETURN_REASONS.get(entry.reason, entry.reason)),
        differences=list(_differences(line, names)),
    )


def _address(subject: str, subject_id: UUID) -> str:
    screen = SCREENS.get(subject)
    try:
        return reverse(screen, args=[subject_id]) if screen else ""
    except NoReverseMatch:
        return ""


def _differences(line: Line, names: dict[UUID, str]) -> Iterator[Difference]:
    for key in line.after or line.before:
        if key in HIDDEN:
            continue
        was, became = _shown(key, line.before.get(key), names), _shown(key, line.after.get(key), names)
        if was or became:
            yield Difference(str(FIELDS.get(key, key)), was, became)


def _shown(key: str, value: Any, names: dict[UUID, str]) -> str:
    """A value of a field: contact points, roles, days and sizes as people read them."""
    if value in (None, "") or isinstance(value, dict):
        return _said(value, names)
    if key in marks.KINDS:
        number, _space, extension = str(value).partition(" #")
        return marks.shown_point(key, number, extension)
    if key == "buying_role":
        return str(marks.ROLES.get(value, value))
    if key in ("started_on", "ended_on"):
        return day(date.fromisoformat(str(value)[:10]))
    if key == "size" and isinstance(value, int):
        return file_size(value)
    return _said(value, names)


def _said(value: Any, names: dict[UUID, str]) -> str:
    """A value as people say it."""
    if value is None or value == "" or value == []:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(_said(one, names) for one in value)
    if isinstance(value, dict):
        return _("erased") if value.get("personal") else ""
    found = _uuid(value)
    return names.get(found, "") if found else str(value)
