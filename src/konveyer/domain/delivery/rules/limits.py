"""How many letters a mailbox sends: a day, an hour, and the gap between two. The smallest limit wins, and is named.

Pure: the same answer each time it is asked, by the sender and by the screen that says when the next letter goes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

DAY, HOUR, GAP, STOPPED = "day", "hour", "gap", "stopped"


@dataclass(frozen=True)
class Limits:
    """`day` letters in a day of the zone, `hour` in any sixty minutes, `gap` seconds between two."""

    day: int
    hour: int
    gap: int


@dataclass(frozen=True)
class Spent:
    """What really went: letters of the current day of the zone, and the moments of the last hour in order."""

    today: int = 0
    moments: tuple[datetime, ...] = ()


@dataclass(frozen=True)
class Next:
    """The earliest moment for the next letter, and the limit that binds; no limit when it is now."""

    at: datetime
    limit: str = ""


def next_letter(
    limits: Limits, spent: Spent, now: datetime, zone: str, stopped_until: datetime | None = None
) -> Next:
    """When the mailbox may send its next letter."""
    found = Next(now)
    if stopped_until and stopped_until > now:
        found = Next(stopped_until, STOPPED)
    if spent.today >= limits.day:
        found = max(found, Next(tomorrow(now, zone), DAY), key=_moment)
    in_hour = [moment for moment in spent.moments if moment > now - timedelta(hours=1)]
    if len(in_hour) >= limits.hour:
        found = max(found, Next(in_hour[len(in_hour) - limits.hour] + timedelta(hours=1), HOUR), key=_moment)
    if spent.moments and (free := spent.moments[-1] + timedelta(seconds=limits.gap)) > now:
        found = max(found, Next(free, GAP), key=_moment)
    return found


def plan(
    limits: Limits,
    spent: Spent,
    now: datetime,
    zone: str,
    due: Sequence[datetime],
    stopped_until: datetime | None = None,
) -> list[Next]:
    """When each waiting letter goes, if nothing else comes between: letters in the order in which they are due.

    A letter that is due later names no limit unless one holds it beyond that.
    """
    found, moments, today, day_ends = list[Next](), list(spent.moments), spent.today, tomorrow(now, zone)
    at = now
    for moment in due:
        at = max(at, moment)
        limit = ""
        while True:
            if at >= day_ends:
                today, day_ends = 0, tomorrow(at, zone)
            coming = next_letter(limits, Spent(today, tuple(moments)), at, zone, stopped_until)
            if not coming.limit:
                break
            at, limit = coming.at, coming.limit
        found.append(Next(at, limit))
        moments = [*(one for one in moments if one > at - timedelta(hours=1)), at]
        today += 1
    return found


def tomorrow(now: datetime, zone: str) -> datetime:
    """The first moment of the next day there."""
    local = now.astimezone(ZoneInfo(zone))
    return datetime(local.year, local.month, local.day, tzinfo=ZoneInfo(zone)) + timedelta(days=1)


def _moment(found: Next) -> datetime:
    return found.at
