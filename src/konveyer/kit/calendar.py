"""Working time: between two instants, after an instant, and when it begins next.

    WorkCalendar(zone, weekly, country="RU", days_off=frozenset(), working_days=frozenset())
    parse_hours("mon-fri 09:00-13:00 14:00-18:00; sat 10:00-15:00") -> weekly
    working_time(calendar, start, end) -> timedelta      whole of it in working hours
    add_working_time(calendar, at, amount) -> datetime   the instant when `amount` has passed: a deadline
    next_working_moment(calendar, at) -> datetime        `at` itself while the office is open
    is_working(calendar, at), is_working_day(calendar, day)

Instants are aware datetimes, answers are in UTC. Hours are those on the wall of the zone, so that a day of a clock
change is longer or shorter by an hour. Public holidays and moved working days come from `country` (ISO 3166, two
letters, '' for none); `days_off` and `working_days` of the firm go before them. A working Saturday has the hours of
the first working day of the week.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

Minutes = tuple[int, int]
Weekly = tuple[tuple[Minutes, ...], ...]

MONDAY_TO_FRIDAY: Weekly = (((540, 1080),),) * 5 + ((),) * 2
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_HOURS = re.compile(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})")
_LOOK_AHEAD = 400  # days: longer than any run of holidays, shorter than for ever


class NoWorkingTime(ValueError):
    """The calendar has no working minute within a year."""


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """`weekly`: for Monday to Sunday the spans of minutes since midnight, in order, without overlap."""

    zone: str
    weekly: Weekly = MONDAY_TO_FRIDAY
    country: str = "RU"
    days_off: frozenset[date] = frozenset()
    working_days: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        if len(self.weekly) != 7:
            raise ValueError("weekly hours need seven days")
        for spans in self.weekly:
            edges = [edge for span in spans for edge in span]
            if any(not 0 <= begin < end <= 1440 for begin, end in spans) or edges != sorted(edges):
                raise ValueError(f"not a day's working hours: {spans}")


def parse_hours(text: str) -> Weekly:
    """Weekly hours from «mon-fri 09:00-18:00; sat 10:00-15:00»; days not named are free. Raises ValueError."""
    weekly: list[tuple[Minutes, ...]] = [()] * 7
    for part in filter(None, (one.strip().lower() for one in re.split(r"[;,\n]", text))):
        days, _, hours = part.partition(" ")
        first, _, last = days.partition("-")
        spans = _HOURS.findall(hours)
        if first not in _DAYS or (last or first) not in _DAYS or not spans or _HOURS.sub("", hours).strip():
            raise ValueError(f"not working hours: {part}")
        begin, end = _DAYS.index(first), _DAYS.index(last or first)
        for day in range(begin, end + 1 if end >= begin else end + 8):
            weekly[day % 7] = tuple((int(a) * 60 + int(b), int(c) * 60 + int(d)) for a, b, c, d in spans)
    return WorkCalendar("UTC", tuple(weekly)).weekly


@lru_cache(maxsize=200)
def _holidays(country: str, year: int) -> tuple[frozenset[date], frozenset[date]]:
    """(days off, weekend days worked instead) of a country; both empty where it is not known."""
    import holidays  # late: 20 MB that most processes never need

    try:
        found = holidays.country_holidays(country, years=year)
    except NotImplementedError:
        return frozenset(), frozenset()
    worked: set[date] = getattr(found, "weekend_workdays", set())
    return frozenset(found), frozenset(day for day in worked if day.year == year)


def is_working_day(calendar: WorkCalendar, day: date) -> bool:
    """Some of the day's minutes are working time."""
    return bool(_hours(calendar, day))


def _hours(calendar: WorkCalendar, day: date) -> tuple[Minutes, ...]:
    usual = calendar.weekly[day.weekday()]
    moved = usual or next((spans for spans in calendar.weekly if spans), ())
    if day in calendar.days_off:
        return ()
    if day in calendar.working_days:
        return moved
    if calendar.country:
        off, worked = _holidays(calendar.country, day.year)
        if day in worked:
            return moved
        if day in off:
            return ()
    return usual


@lru_cache(maxsize=20_000)
def _spans(calendar: WorkCalendar, day: date) -> tuple[tuple[datetime, datetime], ...]:
    """Working spans that begin on the local day, as instants."""
    zone = ZoneInfo(calendar.zone)
    found = []
    for begin, end in _hours(calendar, day):
        edges = [_instant(day, minutes, zone) for minutes in (begin, end)]
        if edges[0] < edges[1]:
            found.append((edges[0], edges[1]))
    return tuple(found)


def _instant(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    days, rest = divmod(minutes, 1440)
    clock = time(rest // 60, rest % 60)
    return datetime.combine(day + timedelta(days=days), clock, zone).astimezone(UTC)


def _spans_from(calendar: WorkCalendar, at: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Spans that end after `at`, for as long as somebody asks; raises NoWorkingTime when none comes."""
    day = at.astimezone(ZoneInfo(calendar.zone)).date() - timedelta(days=1)
    idle = 0
    while idle < _LOOK_AHEAD:
        spans = [span for span in _spans(calendar, day) if span[1] > at]
        yield from spans
        idle = 0 if spans else idle + 1
        day += timedelta(days=1)
    raise NoWorkingTime(calendar.zone)


def working_time(calendar: WorkCalendar, start: datetime, end: datetime) -> timedelta:
    """Working time from `start` to `end`, negative when `end` comes first."""
    if end < start:
        return -working_time(calendar, end, start)
    total = timedelta()
    zone = ZoneInfo(calendar.zone)
    day = start.astimezone(zone).date() - timedelta(days=1)
    last = end.astimezone(zone).date()
    while day <= last:
        for begin, finish in _spans(calendar, day):
            total += max(min(finish, end) - max(begin, start), timedelta())
        day += timedelta(days=1)
    return total


def add_working_time(calendar: WorkCalendar, at: datetime, amount: timedelta) -> datetime:
    """The first instant by which `amount` of working time has passed since `at`. Raises NoWorkingTime."""
    if amount < timedelta():
        raise ValueError("working time is added forwards only")
    left = amount
    for begin, finish in _spans_from(calendar, at):
        begin = max(begin, at)
        if left <= finish - begin:
            return begin.astimezone(UTC) + left
        left -= finish - begin
    raise NoWorkingTime(calendar.zone)


def next_working_moment(calendar: WorkCalendar, at: datetime) -> datetime:
    """`at` while it is working time, else the next opening. Raises NoWorkingTime."""
    return add_working_time(calendar, at, timedelta())


def is_working(calendar: WorkCalendar, at: datetime) -> bool:
    """Working time has begun and not ended; the closing minute is outside."""
    return next_working_moment(calendar, at) == at
