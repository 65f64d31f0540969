"""Dates and times as lists write them.

    read_moment(text, order="dmy") -> Written(day, clock, offset, precision); raises Problem
    at_zone(written, zone) -> Moment(at, precision, on): the instant in UTC and the local day

A date alone stays a date: its instant is the local midnight, its precision "day".
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import NamedTuple
from zoneinfo import ZoneInfo

from konveyer.domain.imports.rules.problem import Problem

FIRST_YEAR, LAST_YEAR = 1950, 2100
_CLOCK = (
    r"(?:[T ,]+(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d{1,9})?)?\s*([AaPp][Mm])?\s*(Z|[+-]\d{2}:?\d{2})?)?"
)
_FIGURES = re.compile(r"(\d{1,4})([./\-])(\d{1,2})\2(\d{1,4})\s?(?:г\.?)?" + _CLOCK)
_NAMED = re.compile(
    r"(\d{1,2})[\s.\-]+([a-zа-я]{3,9})\.?,?[\s\-]+(\d{4}|\d{2})\s?(?:г\.?|года)?" + _CLOCK, re.IGNORECASE
)
_MONTH_FIRST = re.compile(r"([a-z]{3,9})\.?\s+(\d{1,2}),?\s+(\d{4})" + _CLOCK, re.IGNORECASE)
_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan янв", "feb фев", "mar мар", "apr апр", "may май мая", "jun июн", "jul июл", "aug авг", "sep сен",
         "oct окт", "nov ноя", "dec дек"), start=1)
    for name in names.split()
}  # fmt: skip


class Written(NamedTuple):
    """What stands in the cell: a local day, the time if there is one, the offset if it is named."""

    day: date
    clock: time | None
    offset: timedelta | None
    precision: str


class Moment(NamedTuple):
    """An instant in UTC with how exactly it is known ("day", "minute", "second") and its local day."""

    at: datetime
    precision: str
    on: date


def read_moment(text: str, order: str = "dmy", years: tuple[int, int] = (FIRST_YEAR, LAST_YEAR)) -> Written:
    """The moment a cell names; `order` decides where a date does not begin with a year of four digits."""
    written = _read(text, order)
    if not years[0] <= written.day.year <= years[1]:
        raise Problem("date_out_of_range", value=text[:80])
    return written


def _read(text: str, order: str) -> Written:
    plain = " ".join(text.split())
    if found := _FIGURES.fullmatch(plain):
        year, month, day = _arranged(found[1], int(found[3]), found[4], order, text)
        return _written(year, month, day, found.groups()[4:], text)
    if found := _NAMED.fullmatch(plain):
        return _written(_year(found[3]), _month(found[2], text), int(found[1]), found.groups()[3:], text)
    if found := _MONTH_FIRST.fullmatch(plain):
        return _written(int(found[3]), _month(found[1], text), int(found[2]), found.groups()[3:], text)
    raise Problem("date_unreadable", value=text[:80])


def _arranged(first: str, middle: int, last: str, order: str, text: str) -> tuple[int, int, int]:
    if len(first) == 4:
        return int(first), middle, int(last)
    if len(first) == 3 or len(last) not in (2, 4) or (order == "ymd" and len(last) == 4 and len(first) > 2):
        raise Problem("date_unreadable", value=text[:80])
    if order == "ymd" and len(last) == 2:
        return _year(first), middle, int(last)
    if order == "mdy":
        return _year(last), int(first), middle
    return _year(last), middle, int(first)


def _year(text: str) -> int:
    year = int(text)
    return year if len(text) == 4 else year + (2000 if year < 70 else 1900)


def _month(word: str, text: str) -> int:
    number = _MONTHS.get(word[:3].lower())
    if number is None:
        raise Problem("date_unreadable", value=text[:80])
    return number


def _written(year: int, month: int, day: int, clock: tuple[str | None, ...], text: str) -> Written:
    hour, minute, second, half, zone = clock
    try:
        on = date(year, month, day)
    except ValueError:
        raise Problem("no_such_day", value=text[:80]) from None
    if hour is None or minute is None:
        return Written(on, None, None, "day")
    try:
        return Written(
            on, time(_hour(int(hour), half), int(minute), int(second or 0)), _offset(zone),
            "second" if second else "minute",
        )  # fmt: skip
    except ValueError:
        raise Problem("no_such_time", value=text[:80]) from None


def _hour(hour: int, half: str | None) -> int:
    if half is None:
        return hour
    if not 1 <= hour <= 12:
        raise ValueError(hour)
    return hour % 12 + (12 if half.lower() == "pm" else 0)


def _offset(zone: str | None) -> timedelta | None:
    if zone is None:
        return None
    if zone == "Z":
        return timedelta()
    return (-1 if zone[0] == "-" else 1) * timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))


def at_zone(written: Written, zone: ZoneInfo) -> Moment:
    """The instant, taken as local time of `zone` unless the cell names its own offset."""
    tz = zone if written.offset is None else timezone(written.offset)
    local = datetime.combine(written.day, written.clock or time(), tz)
    at = local.astimezone(UTC)
    return Moment(at, written.precision, at.astimezone(zone).date() if written.clock else written.day)
