"""Frames: the limits within which a member works (R28 in its first form).

A frame hangs on a role or on one member. The member's own wins; else, of the frames that his roles state, the
most generous. A role that states nothing neither limits nor frees.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from konveyer.domain.workspace.rules.rights import View, widest
from konveyer.kit.refusal import Invalid


class FrameKind(StrEnum):
    """What a frame limits."""

    DISCOUNT_PERCENT = "discount_percent"  # per cent of the price he may give away
    OPEN_LEADS = "open_leads"  # open leads in his hands at a time
    HOURS = "hours"  # working days and hours, "1-5 09:00-18:00"
    DAILY_CALLS = "daily_calls"  # the norm: calls a day
    EXPORT = "export"  # rows in one export, 0 = none
    VIEW = "view"  # whose records he sees; of a member only, roles have a view of their own


KIND_NAMES = {
    FrameKind.DISCOUNT_PERCENT: gettext_lazy("Largest discount, %"),
    FrameKind.OPEN_LEADS: gettext_lazy("Open leads at a time"),
    FrameKind.HOURS: gettext_lazy("Working days and hours"),
    FrameKind.DAILY_CALLS: gettext_lazy("Calls a day (norm)"),
    FrameKind.EXPORT: gettext_lazy("Rows in one export"),
    FrameKind.VIEW: gettext_lazy("Whose records are seen"),
}

_LIMITS = {
    FrameKind.DISCOUNT_PERCENT: (Decimal(0), Decimal(100), 2),
    FrameKind.OPEN_LEADS: (Decimal(1), Decimal(100_000), 0),
    FrameKind.DAILY_CALLS: (Decimal(1), Decimal(1_000), 0),
    FrameKind.EXPORT: (Decimal(0), Decimal(100_000_000), 0),
}
_HOURS = re.compile(r"([1-7])(?:-([1-7]))?\s+(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})")


@dataclass(frozen=True)
class Hours:
    """Working hours of one day of the week, Monday = 1."""

    day: int
    start: time
    end: time


FrameValue = Decimal | str


def read_frame(kind: FrameKind, text: str) -> FrameValue:
    """The value that a person wrote, in its stored form: a number, or hours "1-5 09:00-18:00", or a view.

    Raises Invalid with an example of what is right.
    """
    plain = text.strip()
    if kind == FrameKind.HOURS:
        return _normal(read_hours(plain))
    if kind == FrameKind.VIEW:
        if plain not in {view.value for view in View}:
            raise _wrong(_("Choose one of: own, team, all."))
        return plain
    low, high, places = _LIMITS[kind]
    try:
        number = Decimal(plain.replace(",", ".").replace("\N{NO-BREAK SPACE}", "").replace(" ", ""))
    except InvalidOperation as error:
        raise _wrong(_("This is not a number.")) from error
    if not number.is_finite():
        raise _wrong(_("This is not a number."))
    if not low <= number <= high:  # first: a number beyond the range cannot always be rounded
        raise _wrong(_("The number must be from %(low)s to %(high)s.") % {"low": low, "high": high})
    if number != round(number, places):
        raise _wrong(_("This is not a number.") if places else _("This must be a whole number."))
    return number.quantize(Decimal(1).scaleb(-places))


def read_hours(text: str) -> list[Hours]:
    """Parts "day[-day] from-to", apart by semicolons, as working hours per day of the week, in order.

    Raises Invalid when a part is no such thing, a day stands twice, or it ends before it begins.
    """
    days: dict[int, Hours] = {}
    for part in filter(None, (piece.strip() for piece in text.split(";"))):
        found = _HOURS.fullmatch(part)
        if not found:
            raise _wrong(
                _("Write working hours as 1-5 09:00-18:00 (1 is Monday); several parts with a semicolon.")
            )
        first, last = int(found[1]), int(found[2] or found[1])
        try:
            start, end = time(int(found[3]), int(found[4])), time(int(found[5]), int(found[6]))
        except ValueError as error:
            raise _wrong(_("There is no such time of day.")) from error
        if start >= end or first > last or any(day in days for day in range(first, last + 1)):
            raise _wrong(_("Working hours overlap or end before they begin."))
        days.update({day: Hours(day, start, end) for day in range(first, last + 1)})
    if not days:
        raise _wrong(
            _("Write working hours as 1-5 09:00-18:00 (1 is Monday); several parts with a semicolon.")
        )
    return [days[day] for day in sorted(days)]


def most_generous(kind: FrameKind, values: Iterable[FrameValue]) -> FrameValue | None:
    """The widest of several frames of one kind: the largest number, the widest view, the longest week."""
    given = list(values)
    if not given:
        return None
    if kind == FrameKind.VIEW:
        return widest([View(str(value)) for value in given]).value
    if kind == FrameKind.HOURS:
        return max((str(value) for value in given), key=lambda text: (_minutes(text), text))
    return max(Decimal(value) for value in given)


def _minutes(text: str) -> int:
    spans = read_hours(text)
    return sum((span.end.hour - span.start.hour) * 60 + span.end.minute - span.start.minute for span in spans)


def _normal(days: list[Hours]) -> str:
    runs: list[tuple[int, int, str]] = []
    for span in days:
        times = f"{span.start:%H:%M}-{span.end:%H:%M}"
        if runs and runs[-1][1] == span.day - 1 and runs[-1][2] == times:
            runs[-1] = (runs[-1][0], span.day, times)
        else:
            runs.append((span.day, span.day, times))
    return "; ".join(f"{a if a == b else f'{a}-{b}'} {times}" for a, b, times in runs)


def _wrong(message: Any) -> Invalid:
    return Invalid("frame_value", message, fields={"value": message})
