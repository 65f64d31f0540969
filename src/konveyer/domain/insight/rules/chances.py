"""How likely a lead of a stage is to be won: the stage's own history, shrunk towards its conveyor's."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from konveyer.domain.insight.rules.arithmetic import SMALL_SAMPLE, wilson

Reached = tuple[
    str, str, int, int
]  # conveyor, key of the stage, leads that came to it, those of them that were won


@dataclass(frozen=True)
class Chance:
    """A fraction won with its interval, and the stage's own sample."""

    value: float
    low: float
    high: float
    leads: int
    won: int

    @property
    def small(self) -> bool:
        """Too few came to the stage to judge it by itself."""
        return self.leads < SMALL_SAMPLE


def chances(rows: Iterable[Reached]) -> dict[tuple[str, str], Chance]:
    """(conveyor, stage) → fraction won of those that came to the stage, with Wilson's interval of the two samples together.

    Thirty leads of the conveyor's average stand beside the stage's own, so that two wins of two are no certainty. A
    conveyor on which nothing was won yet has no chances: nobody knows them.
    """
    found = list(rows)
    whole: dict[str, tuple[int, int]] = {}
    for conveyor, _key, leads, won in found:  # the stage that most leads came to stands for all of them
        whole[conveyor] = max(whole.get(conveyor, (0, 0)), (leads, won))
    return {
        (conveyor, key): _chance(leads, min(won, leads), _share(whole, conveyor))
        for conveyor, key, leads, won in found
        if whole[conveyor][1]
    }


def _chance(leads: int, won: int, share: float) -> Chance:
    part, whole = won + SMALL_SAMPLE * share, leads + SMALL_SAMPLE
    ends = wilson(part, whole)
    return Chance(part / whole, ends.low, ends.high, leads, won)


def _share(whole: Mapping[str, tuple[int, int]], conveyor: str) -> float:
    leads, won = whole[conveyor]
    return min(1.0, won / leads)
