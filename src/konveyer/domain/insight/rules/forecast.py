"""From calls to money (R21): rates with intervals, the worth of a call, a target turned into calls.

Every formula stands in docs/figures.md with an example. Money is in the workspace's currency; nothing here is certain,
so each figure carries a low and a high end, meant as 95 %.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from konveyer.domain.insight.rules.arithmetic import SMALL_SAMPLE, Z, wilson

OWN, MIXED, BENCHMARK, TEAM = "own", "mixed", "benchmark", "team"
PRIOR_OF = 40  # so many made-up trials carry the method's rate while one's own history is short


@dataclass(frozen=True)
class Rate:
    """A share with its interval. `source`: own history, the method's benchmark, or a mixture of both."""

    part: int
    whole: int
    value: float
    low: float
    high: float
    source: str

    @property
    def small(self) -> bool:
        """Too few trials to stand alone."""
        return self.whole < SMALL_SAMPLE


@dataclass(frozen=True)
class Known:
    """The method's figure for a rate, and the span it gives for it."""

    value: float
    low: float
    high: float

    @property
    def of_prior(self) -> int:
        """Successes among the made-up trials."""
        return round(self.value * PRIOR_OF)


WARM_OF_CALLS = Known(0.05, 0.01, 0.10)  # R21: 1 000 calls, about 50 warm; R20: sellers differ, 1 % to 10 %
SALES_OF_WARM = Known(0.05, 0.04, 0.06)  # R21: of 50 warm 2–3 deals


@dataclass(frozen=True)
class Span:
    """A figure with a low and a high end."""

    low: float
    likely: float
    high: float

    def times(self, factor: float) -> "Span":
        """So many of it."""
        return Span(self.low * factor, self.likely * factor, self.high * factor)


@dataclass(frozen=True)
class Chain:
    """What is known of the way from call to money. `check` None: no sale with money yet and none was given."""

    warm: Rate
    sale: Rate
    check: Decimal | None

    @property
    def warm_worth(self) -> Span | None:
        """Money that a warm client brings on average."""
        return self._money(self.sale)

    @property
    def call_worth(self) -> Span | None:
        """Money that a cold call brings on average."""
        return self._money(self.warm, self.sale)

    def _money(self, *rates: Rate) -> Span | None:
        return None if self.check is None else product(rates).times(float(self.check))


def rate(part: int, whole: int, known: Known) -> Rate:
    """Own history when it is long enough and holds a success, else mixed with the benchmark, else the benchmark.

    A rate of more than all (more warm than calls: they came another way) is no share and is taken from the benchmark.
    """
    if not whole or part > whole:
        return Rate(part, whole, known.value, known.low, known.high, BENCHMARK)
    if whole >= SMALL_SAMPLE and part:
        ends = wilson(part, whole)
        return Rate(part, whole, part / whole, ends.low, ends.high, OWN)
    part_too, whole_too = part + known.of_prior, whole + PRIOR_OF
    ends = wilson(part_too, whole_too)
    return Rate(part, whole, part_too / whole_too, ends.low, ends.high, MIXED)


def product(rates: Sequence[Rate]) -> Span:
    """Rates multiplied; their errors are independent, so their relative half-widths add as squares of logarithms."""
    likely = math.prod(one.value for one in rates)
    down = math.sqrt(sum(math.log(one.value / one.low) ** 2 for one in rates))
    up = math.sqrt(sum(math.log(one.high / one.value) ** 2 for one in rates))
    return Span(likely * math.exp(-down), likely, likely * math.exp(up))


def sellers_rate(part: int, whole: int, team: Rate) -> Rate:
    """A seller's rate, shrunk towards the team's by 30 trials; under 30 calls of his own the team's, and said so."""
    if whole < SMALL_SAMPLE or part > whole:
        return Rate(part, whole, team.value, team.low, team.high, TEAM)
    value = (part + SMALL_SAMPLE * team.value) / (whole + SMALL_SAMPLE)
    ends = wilson(part, whole)
    return Rate(part, whole, value, max(min(ends.low, value), value / 10), max(ends.high, value), OWN)


@dataclass(frozen=True)
class Months:
    """What a month of so many calls brings."""

    calls: float
    warm: Span
    sales: Span
    money: Span | None


def month(calls: float, chain: Chain) -> Months:
    """Counts are drawn anew each month: beside the rate's error stands the chance of so few (Poisson, √n)."""
    both = product((chain.warm, chain.sale))
    sales = _with_chance(both.times(calls))
    warm = _with_chance(product((chain.warm,)).times(calls))
    return Months(calls, warm, sales, None if chain.check is None else sales.times(float(chain.check)))


def _with_chance(span: Span) -> Span:
    chance = Z * Z * span.likely
    low = math.sqrt((span.likely - span.low) ** 2 + chance)
    high = math.sqrt((span.high - span.likely) ** 2 + chance)
    return Span(max(0.0, span.likely - low), span.likely, span.likely + high)


@dataclass(frozen=True)
class Needed:
    """Calls for a sum of money: in a month, on a working day, of one seller on a working day. Rounded up.

    `most` by the low end of a call's worth, `least` by the high one.
    """

    calls: int
    least: int
    most: int
    per_day: int
    per_seller: int


def needed(target: Decimal, chain: Chain, days: int, sellers: int) -> Needed | None:
    """How many calls the target asks for; None while nobody knows what a sale brings."""
    worth = chain.call_worth
    if worth is None or worth.likely <= 0:
        return None
    calls = math.ceil(float(target) / worth.likely - 1e-9)
    return Needed(
        calls,
        math.ceil(float(target) / worth.high - 1e-9),
        math.ceil(float(target) / worth.low - 1e-9),
        math.ceil(calls / max(days, 1)),
        math.ceil(calls / max(days, 1) / max(sellers, 1)),
    )
