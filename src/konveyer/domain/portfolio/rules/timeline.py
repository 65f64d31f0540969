"""In which class a party stood on each day, from its dated facts. Everything is by local days, the class is that of a day's end."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from konveyer.domain.leads.rules.temperature import ORDER
from konveyer.domain.portfolio.rules.classes import (
    CLIENT,
    CLIENTS,
    COLD,
    HOT,
    RIPE,
    SLEEPING,
    SLEEPS_AFTER,
    VIP,
    WARM,
)

Heat = tuple[object, date, str]  # which lead, the day, the temperature that it got


@dataclass(frozen=True)
class Facts:
    """What is known of a party.

    `arrived`: the first day it was in the base. `heats`: temperatures of its leads in the order in which they came.
    `exchanges`: days of counted touches. `won`: the day of its first won lead; `vip`: of the first won one of level VIP.
    """

    arrived: date
    heats: Sequence[Heat] = ()
    exchanges: Sequence[date] = ()
    won: date | None = None
    vip: date | None = None


@dataclass(frozen=True)
class Stay:
    """A stretch of days in one class, until the day before `until` (None: so far to the end).

    `was`: the class before, "" at the beginning. `days`: what ripening counts. On the first stay that warmed they are
    the days since the party came; on the first one as a client those since it warmed, None if it never stood warm before.
    """

    became: str
    was: str
    first: date
    until: date | None
    days: int | None = None


def stays(facts: Facts) -> list[Stay]:
    """The whole way, without gaps, from the day it came; the last stays may begin after today: who is silent will sleep."""
    way: list[tuple[date, str]] = []
    for day, name in _days(facts):
        if not way or way[-1][1] != name:
            way.append((day, name))
    return list(_told(way))


def class_on(way: Sequence[Stay], day: date) -> str:
    """The class on a day; "" before it came."""
    place = bisect_right([stay.first for stay in way], day)
    return way[place - 1].became if place else ""


def _days(facts: Facts) -> Iterator[tuple[date, str]]:
    """(day, class) for every day on which the class may differ from that of the day before."""
    warmth = _warmth(facts)
    warming = [day for day, name in warmth if name != COLD]
    awake = sorted({*facts.exchanges, *warming}) if warming else []
    asleep = [day + timedelta(days=SLEEPS_AFTER) for day in awake]
    known = {facts.arrived, *(day for day, _name in warmth), *asleep, *awake}
    known |= {day for day in (facts.won, facts.vip) if day is not None}
    steps = [day for day, _name in warmth]
    for day in sorted(max(day, facts.arrived) for day in known):
        place = bisect_right(steps, day)
        warm = warmth[place - 1][1] if place else COLD
        yield day, _name_on(day, facts, warm, awake)


def _name_on(day: date, facts: Facts, warm: str, awake: Sequence[date]) -> str:
    if facts.vip is not None and facts.vip <= day:
        return VIP
    if facts.won is not None and facts.won <= day:
        return VIP if warm == VIP else CLIENT
    if warm == COLD:
        return COLD
    place = bisect_right(awake, day)
    if place and day < awake[place - 1] + timedelta(days=SLEEPS_AFTER):
        return WARM if warm == WARM else HOT  # called a client or VIP by somebody, but nothing was won
    return SLEEPING


def _warmth(facts: Facts) -> list[tuple[date, str]]:
    """(day, highest temperature of all its leads at that day's end), only where it changes."""
    now: dict[object, str] = {}
    by_day: dict[date, list[tuple[object, str]]] = defaultdict(list)
    for lead, day, name in facts.heats:
        by_day[day].append((lead, name))
    found: list[tuple[date, str]] = []
    for day in sorted(by_day):
        now.update(by_day[day])
        highest = max(now.values(), key=ORDER.index)
        if not found or found[-1][1] != highest:
            found.append((day, highest))
    return found


def _told(way: Sequence[tuple[date, str]]) -> Iterator[Stay]:
    was, warmed, client = "", None, False
    for place, (first, name) in enumerate(way):
        until = way[place + 1][0] if place + 1 < len(way) else None
        days = None
        if name in RIPE and warmed is None and was in ("", COLD):
            warmed, days = first, (first - way[0][0]).days
        elif name in CLIENTS and not client:
            client, days = True, None if warmed is None else (first - warmed).days
        yield Stay(name, was, first, until, days)
        was = name
