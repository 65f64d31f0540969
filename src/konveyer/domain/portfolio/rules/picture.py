"""The base over time: how many stood in each class at each day's end, and what moved on it."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from konveyer.domain.portfolio.rules.classes import CLASSES, KINDS, MOVES, moves_of
from konveyer.domain.portfolio.rules.tally import Moved

NAMED = tuple((kind, name) for kind in KINDS for name in MOVES)


@dataclass(frozen=True)
class Day:
    """Parties by class at the end of a day, and its moves by (kind, name); `last`: of a week, its last day."""

    first: date
    last: date
    classes: dict[str, int]
    moves: dict[tuple[str, str], int]

    def moved(self, name: str) -> int:
        """Parties of both kinds that made a move."""
        return sum(self.moves[kind, name] for kind in KINDS)

    @property
    def base(self) -> int:
        """All parties."""
        return sum(self.classes.values())


@dataclass(frozen=True)
class Picture:
    """The base today by (kind, class), and the days of a period, each with what it left behind.

    `before`: by class on the eve of the period.
    """

    standing: dict[tuple[str, str], int]
    before: dict[str, int]
    days: list[Day]

    def of(self, name: str) -> int:
        """Parties of a class today."""
        return sum(self.standing[kind, name] for kind in KINDS)

    @property
    def base(self) -> int:
        """All parties today."""
        return sum(self.standing.values())

    def moved(self, name: str, *kinds: str) -> int:
        """Parties that made a move in the period, of these kinds or of both."""
        return sum(day.moves[kind, name] for day in self.days for kind in kinds or KINDS)

    def net(self, name: str) -> int:
        """By how many parties a class grew in the period."""
        return self.of(name) - self.before[name]


def picture(moved: Mapping[Moved, int], first: date, today: date) -> Picture:
    """From all moves up to today. Those before `first` may stand on any earlier day."""
    by_day: dict[date, list[tuple[str, str, str, int]]] = defaultdict(list)
    for (day, kind, was, became), parties in moved.items():
        if day <= today:
            by_day[max(day, first - timedelta(days=1))].append((kind, was, became, parties))
    standing = dict.fromkeys([(kind, name) for kind in KINDS for name in CLASSES], 0)
    _move(standing, by_day.pop(first - timedelta(days=1), []))
    before = _by_class(standing)
    days = []
    for place in range((today - first).days + 1):
        day = first + timedelta(days=place)
        _move(standing, by_day.get(day, []))
        named: Counter[tuple[str, str]] = Counter()
        for kind, was, became, parties in by_day.get(day, []):
            named.update({(kind, name): parties for name in moves_of(was, became)})
        days.append(Day(day, day, _by_class(standing), {key: named[key] for key in NAMED}))
    return Picture(standing, before, days)


def by_week(days: Sequence[Day], length: int = 7) -> list[Day]:
    """Days put together from the last one backwards, so that only the first stretch may be shorter."""
    found: list[Day] = []
    for end in range(len(days), 0, -length):
        part = days[max(0, end - length) : end]
        moves = {key: sum(day.moves[key] for day in part) for key in NAMED}
        found.append(Day(part[0].first, part[-1].last, part[-1].classes, moves))
    return found[::-1]


def _move(standing: dict[tuple[str, str], int], moves: Sequence[tuple[str, str, str, int]]) -> None:
    for kind, was, became, parties in moves:
        standing[kind, became] += parties
        if was:
            standing[kind, was] -= parties


def _by_class(standing: Mapping[tuple[str, str], int]) -> dict[str, int]:
    return {name: sum(standing[kind, name] for kind in KINDS) for name in CLASSES}
