"""Rates with their intervals, and percentiles that are always a value that occurred."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

SMALL_SAMPLE = 30
Z = 1.959963984540054  # the 97.5 % point of the normal distribution


@dataclass(frozen=True)
class Interval:
    """Both ends of an interval, fractions 0–1."""

    low: float
    high: float


def wilson(won: float, leads: float) -> Interval:
    """Wilson's 95 % interval of a share (E. B. Wilson, JASA 22, 1927).

    Raises ValueError when there is no sample or when `won` is no part of `leads`.
    """
    if leads <= 0 or not 0 <= won <= leads:
        raise ValueError(f"{won} of {leads} is no share")
    share, weight = won / leads, Z * Z / leads
    centre = (share + weight / 2) / (1 + weight)
    half = Z / (1 + weight) * math.sqrt(share * (1 - share) / leads + weight / leads / 4)
    low = 0.0 if won == 0 else max(0.0, centre - half)
    high = 1.0 if won == leads else min(1.0, centre + half)
    return Interval(low, high)


def nearest_rank(counts: Mapping[int, int], part: Fraction) -> int | None:
    """The value at place ⌈part · n⌉ of the sorted values, where `counts` says how often each occurs; None of nothing.

    The same as percentile_disc in PostgreSQL. `part` is exact (Fraction(9, 10)), so that the ninth of ten
    values is not missed by the last bit of 0.9.
    """
    total = sum(counts.values())
    if not total:
        return None
    place = max(1, math.ceil(part * total))
    seen = 0
    for value in sorted(counts):
        seen += counts[value]
        if seen >= place:
            return value
    raise AssertionError("a place beyond the last value")


class Verdict(StrEnum):
    """Whether a row differs from the whole by more than chance."""

    ABOVE = "above"
    BELOW = "below"
    NONE = ""


def verdict(interval: Interval | None, leads: int, whole: float | None) -> Verdict:
    """Above or below only when the whole interval lies on one side of `whole`; never for a small sample."""
    if interval is None or whole is None or leads < SMALL_SAMPLE:
        return Verdict.NONE
    if interval.low > whole:
        return Verdict.ABOVE
    return Verdict.BELOW if interval.high < whole else Verdict.NONE
