"""Moves between classes added up: by day, and by how long ripening took."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from konveyer.domain.portfolio.rules.classes import WARMED, WON, moves_of

Moved = tuple[date, str, str, str]  # day, kind, class before, class after
Ripe = tuple[date, str, int | None]  # first day of the month, move, days it took


@dataclass
class Tally:
    """Counts of parties. A difference has counts below nothing too."""

    moved: Counter[Moved] = field(default_factory=Counter)
    ripe: Counter[Ripe] = field(default_factory=Counter)

    def add(self, kind: str, was: str, became: str, day: date, days: int | None, parties: int = 1) -> None:
        """So many parties moved on a day; `days`: what ripening took, see rules.timeline.Stay."""
        self.moved[day, kind, was, became] += parties
        for name in moves_of(was, became):
            if name in (WARMED.name, WON.name):
                self.ripe[day.replace(day=1), name, days] += parties
