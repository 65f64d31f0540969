"""How long ripening takes (R24): from the day a party came to warm, from warm to the first sale."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from konveyer.domain.insight.rules.arithmetic import SMALL_SAMPLE, Interval, nearest_rank, wilson
from konveyer.domain.portfolio.rules.tally import Ripe

FROM, TO = 30, 365  # R24: from one or two months to a year


@dataclass(frozen=True)
class Ripening:
    """Of parties that made a move in a period: days it took, and how many took what the method says.

    `unknown`: nobody knows since when; they stand outside `sample`.
    """

    move: str
    sample: int
    unknown: int
    median: int | None
    p90: int | None
    within: int
    ends: Interval | None

    @property
    def small(self) -> bool:
        """Too few to judge."""
        return self.sample < SMALL_SAMPLE

    @property
    def share(self) -> float | None:
        """The part that took from a month to a year."""
        return self.within / self.sample if self.sample else None


def ripening(move: str, ripe: Mapping[Ripe, int]) -> Ripening:
    """Nearest rank, so that a median is always a time that was really taken."""
    counts: Counter[int] = Counter()
    unknown = 0
    for (_month, name, days), parties in ripe.items():
        if name != move:
            continue
        if days is None:
            unknown += parties
        else:
            counts[days] += parties
    known = {days: parties for days, parties in counts.items() if parties > 0}
    sample = sum(known.values())
    within = sum(parties for days, parties in known.items() if FROM <= days <= TO)
    return Ripening(
        move, sample, unknown, nearest_rank(known, Fraction(1, 2)), nearest_rank(known, Fraction(9, 10)), within,
        wilson(within, sample) if sample else None,
    )  # fmt: skip
