"""Days named in a text: in digits, in words, by weekday, as spans and parts of the year. Years come from the letter's date."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from konveyer.domain.delivery.rules.calendar_words import (
    DAY_WORDS,
    MONTHS,
    NUMBERS,
    QUARTERS,
    UNITS,
    WEEKDAYS,
    one_of,
)

STALE = 45  # days by which a day without a year may lie back before it is taken for the next year's

_MONTH = one_of(MONTHS)
_DAY = r"(?P<d>\d{1,2})(?:-?(?:го|е|ого|му|st|nd|rd|th|er)|\.)?"
_YEAR = r"(?:,?\s+(?P<y>20\d\d)|\s+(?P<yy>\d\d)(?=\s*г))?"
_FORMS = (
    re.compile(r"(?<![\d.])(?P<y>20\d\d)-(?P<m>\d\d)-(?P<d>\d\d)(?!\d)"),
    re.compile(r"(?<![\d.:/])(?P<d>\d{1,2})(?P<s>[./])(?P<m>\d{1,2})(?:(?P=s)(?P<y>20\d\d|\d\d(?!\d)))?(?![\d:/]|\.\d| ?%)"),
    re.compile(rf"(?<![\d.:]){_DAY}\s+(?:of\s+|de\s+|di\s+)?(?P<month>{_MONTH})(?:[а-яё]{{1,2}})?\b\.?{_YEAR}"),
    re.compile(rf"\b(?P<month>{_MONTH})(?:[а-яё]{{1,2}})?\b\.?\s+(?:the\s+)?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:.]\d|\s?(?:pm|am)\b|\d){_YEAR}"),
)  # fmt: skip
_DAY_ONLY = re.compile(
    r"(?<![\d.])(?P<d>\d{1,2})(?:-?го|-?ого|st|nd|rd|th)\b(?!\s*(?:floor|этаж|quarter|квартал|раз\b|класс))"
)
_RANGE_DAY = re.compile(
    rf"(?<![\d.])(?P<d>\d{{1,2}})(?:-?го|st|nd|rd|th|\.)?\s*(?:по|до|[-–—]|to|through|until|bis)\s*\d{{1,2}}(?:-?го|st|nd|rd|th|\.)?\s+(?:{_MONTH})"
)
_WEEKDAY = re.compile(rf"\b(?:{one_of(WEEKDAYS)})(?:[а-яё]{{1,2}})?\b")
_RELATIVE = re.compile(
    rf"\b(?:(?:недел\w+|дн\w+|месяц\w*|дней)\s+)?(?:через|in|in about|dans|tra|en|within|спустя)\s+(?:about\s+|примерно\s+|где-то\s+|около\s+|эдак\s+|a couple of\s+|a few\s+)?(?:(?P<n>\d{{1,2}}|{one_of(NUMBERS)})(?:-(?:\d{{1,2}}|\w+))?\s+)?(?:of\s+)?(?P<u>{one_of(UNITS)})\w*"
    rf"|(?P<u2>недел\w+|месяц\w+|дн\w+)\s+через\s+(?P<n2>\d{{1,2}}|{one_of(NUMBERS)})\b"
)  # fmt: skip
_QUARTER = re.compile(
    rf"\bq(?P<q>[1-4])\b|\b(?P<w>{one_of(QUARTERS)}|[1-4](?:-?[а-я]+|st|nd|rd|th)?)\s+(?:квартал|quarter|quartal)"
)
_NEXT = re.compile(
    r"(?P<week>(?:на )?(?:следующ\w+|будущ\w+) недел\w+|next week|nächste[rn]? woche)|(?P<month>(?:в )?следующ\w+ месяц\w*|next month|nächste[nr]? monat)|(?P<quarter>next quarter|следующ\w+ квартал\w*|nächste[sn] quartal)|"
    r"(?P<endmonth>(?:до |в )?конц\w месяца|end of (?:the )?month|ende des monats)|(?P<endweek>(?:до |в )?конц\w недели|end of (?:the )?week|ende der woche)|"
    r"(?P<tomorrow>\bзавтра\b|\btomorrow\b|\bmorgen\b(?! (?:früh|nachmittag)))"
)
_IN_MONTH = re.compile(
    rf"\b(?:в|на|с|к|до|от|in|by|from|until|till|im|ab|en|после|начале|середине|конце|early|late|mid)\s+(?:начал\w\s+|середин\w\s+|конц\w\s+|early\s+|late\s+|mid-?\s?)?(?P<month>{_MONTH})(?:[а-яё]{{1,2}})?\b(?!\s*\d{{1,2}}\b(?!\d))(?:\s+(?P<y>20\d\d))?"
)


class Day(NamedTuple):
    """A day, where it stands in the text, and how it was told: date, day, weekday, relative, month, quarter."""

    value: date
    start: int
    end: int
    form: str


def days_in(text: str, today: date) -> Iterator[Day]:
    """Every day that small letters name, as seen from `today`; not in their order."""
    taken: list[tuple[int, int]] = []
    for form in _FORMS:
        for found in form.finditer(text):
            value = _exact(found, today, text)
            if value and not any(start < found.end() and found.start() < end for start, end in taken):
                taken.append(found.span())
                yield Day(value, *found.span(), "date")
    for found in _DAY_ONLY.finditer(text):
        if not any(
            start < found.end() and found.start() < end for start, end in taken
        ) and not _RANGE_DAY.match(text, found.start()):
            value = _next_day(int(found["d"]), today)
            if value:
                yield Day(value, *found.span(), "day")
    yield from _spoken(text, today)


def _exact(found: re.Match[str], today: date, text: str) -> date | None:
    named = found.groupdict()
    day = int(named["d"])
    month = (
        MONTHS[
            next(stem for stem in sorted(MONTHS, key=len, reverse=True) if named["month"].startswith(stem))
        ]
        if named.get("month")
        else int(named["m"])
    )
    if named.get("s") == "/" and (month > 12 or (day <= 12 and _american(text))):
        day, month = month, day
    said = named.get("y") or named.get("yy") or ""
    year = int(said) if len(said) == 4 else 2000 + int(said) if said else today.year
    value = _date(year, month, day)
    if value and not said:
        if value < today - timedelta(days=STALE):
            return _date(year + 1, month, day)
        if value > today + timedelta(days=330):
            return _date(year - 1, month, day)
    return value


def _american(text: str) -> bool:
    return bool(re.search(r"\(\d{3}\) \d{3}-\d{4}|\b\d{3}-\d{3}-\d{4}\b", text))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _next_day(day: int, today: date) -> date | None:
    here = _date(today.year, today.month, day)
    if here and here >= today:
        return here
    later = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    return _date(later.year, later.month, day)


def _spoken(text: str, today: date) -> Iterator[Day]:
    for found in _WEEKDAY.finditer(text):
        wanted = WEEKDAYS[
            next(stem for stem in sorted(WEEKDAYS, key=len, reverse=True) if found[0].startswith(stem))
        ]
        yield Day(today + timedelta(days=(wanted - today.weekday() - 1) % 7 + 1), *found.span(), "weekday")
    for found in _RELATIVE.finditer(text):
        yield Day(
            _after(today, found["n"] or found["n2"] or "", found["u"] or found["u2"]),
            *found.span(),
            "relative",
        )
    for found in _NEXT.finditer(text):
        yield Day(_named(found.lastgroup or "", today), *found.span(), "relative")
    for found in _QUARTER.finditer(text):
        quarter = int(found["q"]) if found["q"] else QUARTERS.get(found["w"]) or int(found["w"][0])
        first = date(today.year, quarter * 3 - 2, 1)
        yield Day(first if first > today else first.replace(year=today.year + 1), *found.span(), "quarter")
    for found in _IN_MONTH.finditer(text):
        month = MONTHS[
            next(stem for stem in sorted(MONTHS, key=len, reverse=True) if found["month"].startswith(stem))
        ]
        year = int(found["y"]) if found["y"] else today.year + (month < today.month)
        yield Day(date(year, month, 1), *found.span(), "month")


def _after(today: date, number: str, unit: str) -> date:
    count = int(number) if number.isdigit() else DAY_WORDS.get(number, NUMBERS.get(number, 1))
    kind = UNITS[next(stem for stem in sorted(UNITS, key=len, reverse=True) if unit.startswith(stem))]
    if kind == "half_year":
        return _months(today, 6)
    if kind == "month":
        return _months(today, count)
    if kind == "year":
        return _months(today, 12 * count)
    return today + timedelta(days=count * (7 if kind == "week" else 1))


def _months(today: date, count: int) -> date:
    month = today.month - 1 + count
    year, month = today.year + month // 12, month % 12 + 1
    return date(year, month, min(today.day, monthrange(year, month)[1]))


def _named(name: str, today: date) -> date:
    monday = today + timedelta(days=7 - today.weekday())
    if name == "week":
        return monday
    if name == "endweek":
        return today + timedelta(days=(4 - today.weekday()) % 7)
    if name == "tomorrow":
        return today + timedelta(days=1)
    last = today.replace(day=monthrange(today.year, today.month)[1])
    if name == "endmonth":
        return last
    if name == "month":
        return last + timedelta(days=1)
    quarter = (today.month - 1) // 3 + 1
    return date(today.year + quarter // 4, quarter % 4 * 3 + 1, 1)
