"""Dates and times in cells → date or datetime with its precision.

    read_date(text, order="dmy") -> ReadDate(value, precision, reason)
    in_zone(value, zone) -> datetime in UTC, or the same date: a day without a time stays a day

Understood: 26.02.2018, 26-02-18 19:58, 2018-02-26T19:58:01+03:00, 20180226, «26 февраля 2018 г.», Feb 26, 2018
7:58 PM, a spreadsheet's serial number (43157.83), Unix seconds and milliseconds. A year of four digits in front is
year-month-day in any order. Years of two digits: 70–99 are 19xx.
Precision: day, minute, second. Reasons, when `value` is None: empty, no_date, no_year, impossible_day,
impossible_month, impossible_time, other_order (it would be a date with day and month exchanged),
year_out_of_range (before 1900 or after 2100).
"""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import NamedTuple
from zoneinfo import ZoneInfo


class ReadDate(NamedTuple):
    """`value`: a date, a datetime without zone (local time), or one with the offset that the text named."""

    value: date | datetime | None
    precision: str
    reason: str


_TIME = (
    r"(?:[T\s,]+(?:в\s+|at\s+)?(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d{1,9})?)?"
    r"\s*(?P<half>[AaPp]\.?[Mm]\.?)?\s*(?P<offset>Z|[+\-]\d{2}:?\d{2}|UTC|GMT)?)?"
)
_DIGITS = re.compile(
    rf"(?P<a>\d{{1,4}})(?P<sep>[./\-])(?P<b>\d{{1,2}})(?P=sep)(?P<c>\d{{1,4}})(?:\s?г\.?)?{_TIME}",
    re.IGNORECASE,
)
_COMPACT = re.compile(rf"(?P<a>(?:19|20)\d{{2}})(?P<b>\d{{2}})(?P<c>\d{{2}}){_TIME}")
_DAY_WORD = re.compile(
    rf"(?:[^\W\d_]+\.?,?\s+)?(?P<day>\d{{1,2}})(?:st|nd|rd|th|-?го)?[\s.\-/]*(?P<month>[^\W\d_]{{3,10}})\.?[\s.,\-/]*(?P<year>\d{{4}}|\d{{2}})?"
    rf"(?:\s?г(?:\.|ода)?)?{_TIME}",
    re.IGNORECASE,
)
_WORD_DAY = re.compile(
    rf"(?:[^\W\d_]+,\s+)?(?P<month>[^\W\d_]{{3,10}})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(?P<year>\d{{4}}))?{_TIME}",
    re.IGNORECASE,
)
_SERIAL = re.compile(r"(\d{5})(?:[.,](\d{1,10}))?")
_UNIX = re.compile(r"([12]\d{9})(\d{3})?")
_SERIAL_START = datetime(1899, 12, 30)  # noqa: DTZ001  # a spreadsheet's day has no zone
_SERIALS = range(18_264, 73_051)  # 1950 to 2099
_MONTHS = {
    "янв": 1, "фев": 2, "мар": 3, "апр": 4, "май": 5, "мая": 5, "июн": 6, "июл": 7, "авг": 8, "сен": 9, "окт": 10,
    "ноя": 11, "дек": 12, "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9,
    "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
_PLACES = {"dmy": (2, 1, 0), "mdy": (2, 0, 1), "ymd": (0, 1, 2)}
_SWAPPED = {"dmy": "mdy", "mdy": "dmy"}


def read_date(text: str, order: str = "dmy") -> ReadDate:
    """The date or moment in the cell. `order`: dmy, mdy or ymd, for dates written in digits."""
    plain = " ".join(text.split())
    if not plain:
        return ReadDate(None, "", "empty")
    found = _DIGITS.fullmatch(plain) or _COMPACT.fullmatch(plain)
    if found:
        return _from_digits(found, order)
    number = _from_number(plain)
    if number:
        return number
    named = _DAY_WORD.fullmatch(plain) or _WORD_DAY.fullmatch(plain)
    month = _MONTHS.get(named["month"].casefold()[:3]) if named else None
    if not named or not month:
        return ReadDate(None, "", "no_date")
    if not named["year"]:
        return ReadDate(None, "", "no_year")
    return _built(_full_year(named["year"]), month, int(named["day"]), named)


def _from_digits(found: re.Match[str], order: str) -> ReadDate:
    parts = (found["a"], found["b"], found["c"])
    if len(parts[0]) == 4:
        order = "ymd"
    elif order == "ymd" and len(parts[2]) == 4:
        order = "dmy"
    year, month, day = (parts[place] for place in _PLACES[order])
    if len(year) not in (2, 4) or len(month) > 2 or len(day) > 2:
        return ReadDate(None, "", "no_date")
    if int(month) > 12 and int(day) <= 12 and order in _SWAPPED:
        return ReadDate(None, "", "other_order")
    return _built(_full_year(year), int(month), int(day), found)


def _from_number(text: str) -> ReadDate | None:
    serial = _SERIAL.fullmatch(text)
    if serial and int(serial[1]) in _SERIALS:
        moment = _SERIAL_START + timedelta(days=float(f"{serial[1]}.{serial[2] or 0}"))
        if not serial[2] or not serial[2].strip("0"):
            return ReadDate(moment.date(), "day", "")
        whole = (moment + timedelta(milliseconds=500)).replace(microsecond=0)
        return ReadDate(whole, "second" if whole.second else "minute", "")
    unix = _UNIX.fullmatch(text)
    if unix:
        return ReadDate(datetime.fromtimestamp(int(unix[1]), UTC), "second", "")
    return None


def _full_year(text: str) -> int:
    return int(text) if len(text) == 4 else int(text) + (1900 if int(text) >= 70 else 2000)


def _built(year: int, month: int, day: int, found: re.Match[str]) -> ReadDate:
    if not 1 <= month <= 12:
        return ReadDate(None, "", "impossible_month")
    if not 1900 <= year <= 2100:
        return ReadDate(None, "", "year_out_of_range")
    try:
        calendar_day = date(year, month, day)
    except ValueError:
        return ReadDate(None, "", "impossible_day")
    if found["hour"] is None:
        return ReadDate(calendar_day, "day", "")
    hour, minute, second = int(found["hour"]), int(found["minute"]), int(found["second"] or 0)
    half = (found["half"] or "").lower().replace(".", "")
    if half and not 1 <= hour <= 12:
        return ReadDate(None, "", "impossible_time")
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    days = 1 if (hour, minute, second) == (24, 0, 0) else 0  # ISO 8601 lets a day end so
    if (hour > 23 and not days) or minute > 59 or second > 59:
        return ReadDate(None, "", "impossible_time")
    clock = time(hour % 24, minute, second, tzinfo=_offset(found["offset"]))
    moment = datetime.combine(calendar_day, clock) + timedelta(days=days)
    return ReadDate(moment, "second" if found["second"] else "minute", "")


def _offset(text: str | None) -> timezone | None:
    if not text:
        return None
    if text[0] not in "+-":
        return UTC
    digits = text[1:].replace(":", "")
    minutes = int(digits[:2]) * 60 + int(digits[2:])
    return timezone(timedelta(minutes=minutes if text[0] == "+" else -minutes)) if minutes < 1440 else UTC


def in_zone(value: date | datetime, zone: str) -> date | datetime:
    """A local moment of the zone (IANA name) as an instant in UTC; a plain date comes back as it is.

    Of an hour that the clock shows twice the first is taken; one that it skips is moved past the gap.
    """
    if not isinstance(value, datetime):
        return value
    local = value if value.tzinfo else value.replace(tzinfo=ZoneInfo(zone))
    return local.astimezone(UTC)
