"""The journal of a lead as sentences: who did what, and what was before."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from konveyer.domain.conveyor.queries import fact_labels
from konveyer.domain.journal.queries import Line
from konveyer.domain.leads.queries.card import GIVEN, GOT
from konveyer.domain.leads.queries.changes import names_in
from konveyer.domain.leads.rules.returns import RETURN_REASONS
from konveyer.web.kit.tags.numbers import day, moment
from konveyer.web.lead.words import LEVELS, STATES, TEMPERATURES

ACTIONS = {
    "created": gettext_lazy("brought the lead in"),
    "moved": gettext_lazy("moved the lead on"),
    "moved_back": gettext_lazy("moved the lead back"),
    "mapped": gettext_lazy("published a new version of the conveyor, which took the lead over"),
    "assigned": gettext_lazy("gave the lead to somebody"),
    "taken": gettext_lazy("took the lead"),
    "changed": gettext_lazy("changed the lead"),
    "fact": gettext_lazy("wrote a fact down"),
    "qualified": gettext_lazy("found the lead qualified"),
    "not_qualified": gettext_lazy("found the lead not qualified"),
    "temperature": gettext_lazy("changed the temperature"),
    "planned": gettext_lazy("planned the next step"),
    "rescheduled": gettext_lazy("moved the next step"),
    "task_done": gettext_lazy("did the step"),
    "refused": gettext_lazy("closed the lead or put it aside"),
    "rerouted": gettext_lazy("took the lead to another conveyor"),
    "held": gettext_lazy("put the lead to rest"),
    "asked_again": gettext_lazy("wrote down that they asked again"),
    "woken": gettext_lazy("brought the lead back to work"),
    "reopened": gettext_lazy("opened the lead again"),
    "handoff_accepted": gettext_lazy("accepted the handoff"),
    "handoff_returned": gettext_lazy("returned the handoff"),
    "note_added": gettext_lazy("wrote a note"),
    "note_changed": gettext_lazy("changed a note"),
    "note_removed": gettext_lazy("took a note away"),
    "file_added": gettext_lazy("added a file"),
    "file_removed": gettext_lazy("took a file away"),
    "handoff_recycled": gettext_lazy("gave the handoff back to the queue: nobody accepted it in time"),
}
FIELDS = {
    "stage_id": pgettext_lazy("changed", "stage"),
    "stage": pgettext_lazy("changed", "stage"),
    "version": pgettext_lazy("changed", "version"),
    "criteria": pgettext_lazy("changed", "criteria no."),
    "conveyor": pgettext_lazy("changed", "conveyor"),
    "state": pgettext_lazy("changed", "state"),
    "owner_id": pgettext_lazy("changed", "owner"),
    "queue_id": pgettext_lazy("changed", "queue"),
    "telemarketer_id": pgettext_lazy("changed", "telemarketer"),
    "closer_id": pgettext_lazy("changed", "closer"),
    "temperature": pgettext_lazy("changed", "temperature"),
    "due_at": pgettext_lazy("changed", "term"),
    "wake_on": pgettext_lazy("changed", "rests until"),
    "won_at": pgettext_lazy("changed", "won"),
    "conveyor_id": pgettext_lazy("changed", "conveyor"),
    "title": pgettext_lazy("changed", "title"),
    "product_id": pgettext_lazy("changed", "product"),
    "expected_amount": pgettext_lazy("changed", "expected amount"),
    "currency": pgettext_lazy("changed", "currency"),
    "self_reported": pgettext_lazy("changed", "what they said themselves"),
    "level": pgettext_lazy("changed", "level"),
    "task": pgettext_lazy("changed", "step"),
    "due": pgettext_lazy("changed", "when"),
    "note": pgettext_lazy("changed", "note"),
    "origin": pgettext_lazy("changed", "source"),
    "file": pgettext_lazy("changed", "file"),
}
HIDDEN = {"next_task_id", "closed_at", "refusal_id", "handoff", "outcome", "after_lead"}
WORDS: dict[str, Mapping[str, Any]] = {"state": STATES, "temperature": TEMPERATURES, "level": LEVELS}
MOMENTS = {"due_at", "won_at", "due"}


@dataclass(frozen=True)
class Difference:
    """One field: what was, what became."""

    name: str
    was: str
    became: str


@dataclass
class Sentence:
    """Who, when, what; then the fields that differ, and the reason if one was given."""

    at: datetime
    who: str
    what: str
    differences: list[Difference] = field(default_factory=list)
    reason: str = ""


def sentences(workspace_id: UUID, lines: Iterable[Line], version_id: UUID) -> list[Sentence]:
    """The lines of one lead's journal in the reader's language. Five queries for the names."""
    lines = list(lines)
    names = names_in(workspace_id, lines)
    labels = fact_labels(workspace_id, version_id)
    return [
        Sentence(
            at=line.entry.at,
            who=line.entry.actor.name if line.entry.actor else _("Konveyer"),
            what=str(ACTIONS.get(line.entry.action, line.entry.action)),
            differences=list(_differences(line, names, labels)),
            reason=str(RETURN_REASONS.get(line.entry.reason, line.entry.reason)),
        )
        for line in lines
    ]


def _differences(line: Line, names: dict[str, str], labels: dict[str, str]) -> Iterator[Difference]:
    for key in line.after:
        if key in HIDDEN or (key == "stage" and "stage_id" in line.after):
            continue
        was, became = _said(key, line.before.get(key), names), _said(key, line.after[key], names)
        if was or became:
            yield Difference(_label(key, labels), was, became)


def _label(key: str, labels: dict[str, str]) -> str:
    if key.startswith(GIVEN):
        return pgettext("exchange", "given")
    if key.startswith(GOT):
        return pgettext("exchange", "got")
    return str(FIELDS.get(key) or labels.get(key, key))


def _said(key: str, value: Any, names: dict[str, str]) -> str:
    """A value as people say it."""
    if value is None or value == "":
        return ""
    if isinstance(value, dict):
        return _("erased")
    text = str(value)
    if key in MOMENTS:
        found = parse_datetime(text)
        return moment(found) if found else text
    if key == "wake_on":
        return day(parse_date(text))
    words: Mapping[str, Any] = WORDS.get(key, {})
    if text == "yes":
        return _("yes")
    return str(words.get(text) or names.get(text, text))
