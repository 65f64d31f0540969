"""From a figure, its sample and a benchmark to a verdict."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Verdict(StrEnum):
    """What a check comes to. `no_data`: a table it needs has no row; `not_enough_data`: fewer than its least sample."""

    BAD = "bad"
    WEAK = "weak"
    GOOD = "good"
    NOT_ENOUGH_DATA = "not_enough_data"
    NO_DATA = "no_data"


VERDICTS = tuple(one.value for one in Verdict)
WORST_FIRST = (Verdict.BAD, Verdict.WEAK, Verdict.GOOD, Verdict.NOT_ENOUGH_DATA, Verdict.NO_DATA)


class Better(StrEnum):
    """Which way a figure is better."""

    MORE = "more"
    LESS = "less"


@dataclass(frozen=True)
class Bounds:
    """Up to `good` (from it on, when more is better) all is well, up to `weak` it is weak, beyond it bad; both ends inside."""

    better: Better
    good: Decimal
    weak: Decimal

    def __post_init__(self) -> None:
        if self.better == Better.MORE and self.weak > self.good:
            raise ValueError(f"weak ({self.weak}) must not lie above good ({self.good})")
        if self.better == Better.LESS and self.weak < self.good:
            raise ValueError(f"weak ({self.weak}) must not lie below good ({self.good})")


def judge(measured: Decimal | None, sample: int, least: int, bounds: Bounds, *, empty: bool) -> Verdict:
    """The verdict. `empty`: a table that the check reads has no row; `measured` None means nothing could be divided."""
    if empty:
        return Verdict.NO_DATA
    if measured is None or sample < least:
        return Verdict.NOT_ENOUGH_DATA
    sign = 1 if bounds.better == Better.MORE else -1
    if sign * measured >= sign * bounds.good:
        return Verdict.GOOD
    return Verdict.WEAK if sign * measured >= sign * bounds.weak else Verdict.BAD
