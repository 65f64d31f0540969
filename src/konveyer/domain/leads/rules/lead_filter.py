"""Which leads are meant: one filter for the list, the figures' drill-down, CSV and the API.

A figure and the list it opens are the same filter, so they cannot disagree.
"""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from konveyer.kit.refusal import Invalid

STATES = ("open", "on_hold", "won", "lost")
KEYS = ("origin", "page", "owner", "telemarketer", "closer")
WAITS = ("late", "queue", "handoff", "contact", "wake")
# Address parameters whose name differs from the field: `from` is a word of Python.
PARAMETERS = {"first": "from", "last": "to"}


@dataclass(frozen=True)
class LeadFilter:
    """Every field narrows the leads; None, "" and False do not.

    `first`–`last` are local days of arrival, `won_from`–`won_to` of the win, `reached_from`–`reached_to` of the
    first time the lead came to the stage `reached`; both ends are inside. `conveyor` (a code) and `stage` say
    where the lead stands now, `reached` a stage that it came to, now or before, skipped ones included; stages
    are given as "key" or "conveyor/key". `without` names one of KEYS that is not stated. `origin` and `page` are
    keys; members are given by their key in reports, or by id. `doubtful`: won before it arrived. `mine`: for
    somebody who does not see everybody's leads, without those that wait in queues; figures are asked so.
    `waits` names one of WAITS, what the lead stands still for: past the term of its stage, in a queue, handed on
    and not taken in time, come in and not answered yet, resting and about to wake within a week.
    """

    conveyor: str | None = None
    stage: str | None = None
    reached: str | None = None
    reached_from: datetime.date | None = None
    reached_to: datetime.date | None = None
    origin: str | None = None
    page: str | None = None
    owner: str | None = None
    telemarketer: str | None = None
    closer: str | None = None
    without: str | None = None
    state: str | None = None
    doubtful: bool = False
    first: datetime.date | None = None
    last: datetime.date | None = None
    won_from: datetime.date | None = None
    won_to: datetime.date | None = None
    mine: bool = False
    waits: str | None = None

    def narrowed(self, **changes: Any) -> "LeadFilter":
        """The same filter with more said."""
        return replace(self, **changes)

    def as_query(self) -> dict[str, str]:
        """The filter as parameters of an address; `parse` reads them back."""
        return {name: text for name, text in self._parameters() if text}

    def _parameters(self) -> Iterator[tuple[str, str]]:
        for one in fields(self):
            value = getattr(self, one.name)
            text = "1" if value is True else "" if value in (None, False) else str(value)
            yield PARAMETERS.get(one.name, one.name), text


def parse(query: Mapping[str, str]) -> LeadFilter:
    """Read a filter from an address; unknown parameters are left to others.

    `month=2026-03` stands for the arrival days of that month. Raises Invalid with the fields to mend.
    """
    days = ("from", "to", "won_from", "won_to", "reached_from", "reached_to")
    read: dict[str, Any] = {name: _day(query, name) for name in days if query.get(name)}
    for name in ("conveyor", "stage", "reached", *KEYS):
        if query.get(name):
            read[name] = _text(query, name)
    if query.get("without"):
        read["without"] = _one_of(query, "without", KEYS)
    if query.get("state"):
        read["state"] = _one_of(query, "state", STATES)
    if query.get("waits"):
        read["waits"] = _one_of(query, "waits", WAITS)
    for name in ("doubtful", "mine"):
        if query.get(name):
            read[name] = _one_of(query, name, ("1", "0")) == "1"
    if query.get("month"):
        start, end = month_days(_text(query, "month"))
        read["from"] = max(read.get("from") or start, start)
        read["to"] = min(read.get("to") or end, end)
    return LeadFilter(first=read.pop("from", None), last=read.pop("to", None), **read)


def month_days(text: str) -> tuple[datetime.date, datetime.date]:
    """The first and the last day of "2026-03". Raises Invalid."""
    try:
        start = datetime.datetime.strptime(text, "%Y-%m").date()  # noqa: DTZ007 - a month has no zone
        following = (start + datetime.timedelta(days=31)).replace(day=1)
    except (ValueError, OverflowError) as error:
        raise Invalid(
            "month", _("This is not a month. Example: 2026-03."), fields={"month": "form"}
        ) from error
    return start, following - datetime.timedelta(days=1)


def _day(query: Mapping[str, str], name: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(query[name])
    except ValueError as error:
        raise Invalid("date", _("This is not a date. Example: 2026-03-31."), fields={name: "form"}) from error


def _one_of(query: Mapping[str, str], name: str, allowed: tuple[str, ...]) -> str:
    if query[name] not in allowed:
        raise Invalid(
            "filter",
            _("This filter does not exist. Open the list anew and choose from it."),
            fields={name: "unknown"},
        )
    return query[name]


def _text(query: Mapping[str, str], name: str) -> str:
    """A key as text; PostgreSQL cannot hold NUL."""
    if "\x00" in query[name] or len(query[name]) > 400:
        raise Invalid(
            "filter",
            _("This filter does not exist. Open the list anew and choose from it."),
            fields={name: "form"},
        )
    return query[name]
