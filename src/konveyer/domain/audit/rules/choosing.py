"""Which findings stand in the weekly letter: at most three, the worst, the newest, the one with most money."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from konveyer.domain.audit.rules.verdict import Verdict

MOST = 3
_RANK = {Verdict.BAD: 2, Verdict.WEAK: 1}


@dataclass(frozen=True)
class Candidate:
    """A finding to choose from. `far`: how far beyond the bound of good, in bounds; `new`: worse than a week ago; `money` at stake."""

    code: str
    verdict: Verdict
    far: Decimal
    new: bool
    money: Decimal


def how_far(measured: Decimal, good: Decimal) -> Decimal:
    """The distance from the bound of good, in parts of that bound; of a bound of zero the distance itself."""
    distance = abs(measured - good)
    return distance / good if good else distance


def choose(found: Iterable[Candidate]) -> list[str]:
    """Codes of the letter. One of each kind if there is one, then the next worst; the good are never written about."""
    rest = [one for one in found if one.verdict in _RANK]
    chosen: list[str] = []
    kinds: tuple[Callable[[Candidate], bool], ...] = (
        lambda one: True, lambda one: one.new, lambda one: one.money > 0, lambda one: True, lambda one: True,
    )  # fmt: skip
    for number, fits in enumerate(kinds):
        fitting = [one for one in rest if fits(one) and one.code not in chosen]
        if not fitting or len(chosen) == MOST:
            continue
        by_money = number == 2
        best = max(
            fitting, key=lambda one: (one.money if by_money else 0, _RANK[one.verdict], one.far, one.code)
        )
        chosen.append(best.code)
    return chosen
