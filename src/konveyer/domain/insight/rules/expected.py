"""What open leads are worth together: amount times the chance of a win, stage by stage, with an interval."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from konveyer.domain.insight.rules.arithmetic import Z
from konveyer.domain.insight.rules.chances import Chance
from konveyer.domain.insight.rules.forecast import Span


@dataclass(frozen=True)
class Stood:
    """Open leads in one stage: how many, how many of them with an amount, the sum of the amounts and of their squares."""

    label: str
    asked: str  # what a filter of leads calls the stage
    currency: str
    leads: int
    rated: int
    amount: Decimal
    squares: float
    chance: Chance | None  # None: nothing was won on this conveyor within a year


@dataclass(frozen=True)
class Value:
    """Money expected of some leads. Never more than their amounts and never less than nothing."""

    amount: Decimal
    span: Span


@dataclass(frozen=True)
class Expected:
    """By stage and by currency. `unrated` leads have no amount, `chanceless` ones an amount and no chance: {currency: (leads, amount)}."""

    rows: list[tuple[Stood, Value | None]]
    totals: dict[str, Value]
    leads: int
    unrated: int
    chanceless: dict[str, tuple[int, Decimal]] = field(default_factory=dict)


def expected(stood: Iterable[Stood]) -> Expected:
    """Currencies are never added. The errors of stages are taken as independent."""
    rows = [(one, worth([one]) if one.rated and one.chance else None) for one in stood]
    valued: dict[str, list[Stood]] = {}
    chanceless: dict[str, tuple[int, Decimal]] = {}
    for one, value in rows:
        if value is not None:
            valued.setdefault(one.currency, []).append(one)
        elif one.rated:
            leads, amount = chanceless.get(one.currency, (0, Decimal(0)))
            chanceless[one.currency] = (leads + one.rated, amount + one.amount)
    return Expected(
        rows,
        {currency: worth(many) for currency, many in sorted(valued.items())},
        sum(one.leads for one, _value in rows),
        sum(one.leads - one.rated for one, _value in rows),
        chanceless,
    )


def worth(stood: Iterable[Stood]) -> Value:
    """Σ amount · chance of stages in one currency that have a chance.

    To the rate's error comes the chance of the draw: a lead is won whole or not at all, Σ a² · p · (1 − p).
    """
    likely = down = up = draw = 0.0
    amount = Decimal(0)
    for one in stood:
        if one.chance is None:
            raise ValueError(f"{one.label} has no chance")
        chance, whole = one.chance, float(one.amount)
        amount += one.amount
        likely += whole * chance.value
        down += (whole * (chance.value - chance.low)) ** 2
        up += (whole * (chance.high - chance.value)) ** 2
        draw += Z * Z * one.squares * chance.value * (1 - chance.value)
    low, high = likely - math.sqrt(down + draw), likely + math.sqrt(up + draw)
    return Value(amount, Span(max(0.0, low), likely, min(float(amount), high)))
