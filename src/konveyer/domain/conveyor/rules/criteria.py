"""When a lead is qualified: facts that must hold, set in advance (R12), and wishes of which some must."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from konveyer.domain.conveyor.rules.gates import YES, number_of

ASKS = ("text", "yes", "choice", "number")


class Verdict(StrEnum):
    """What the facts say. OPEN: not enough is known to say."""

    QUALIFIED = "qualified"
    NOT_QUALIFIED = "not_qualified"
    OPEN = "open"


class Holds(StrEnum):
    """How a criterion stands with what is known."""

    YES = "holds"
    NO = "fails"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Criterion:
    """One fact and what is wanted of it.

    By `ask`: a text must be known, a yes said, a choice be one of `good` (none named: any), a number lie between `least`
    and `most`. `must`: without it nobody is qualified; else it is a wish.
    """

    fact: str
    label: str
    ask: str = "text"
    must: bool = True
    choices: tuple[str, ...] = ()
    good: tuple[str, ...] = ()
    least: Decimal | None = None
    most: Decimal | None = None

    def stands(self, value: str) -> Holds:
        """How it stands with a value; an empty one is unknown."""
        value = value.strip()
        if not value:
            return Holds.UNKNOWN
        if self.ask == "yes":
            return Holds.YES if value == YES else Holds.NO
        if self.ask == "choice":
            return Holds.YES if value in self.good or not self.good else Holds.NO
        if self.ask == "number":
            return self._between(value)
        return Holds.YES

    def _between(self, value: str) -> Holds:
        number = number_of(value)
        if number is None:
            return Holds.UNKNOWN
        low = self.least is not None and number < self.least
        high = self.most is not None and number > self.most
        return Holds.NO if low or high else Holds.YES


@dataclass(frozen=True)
class Judgement:
    """The verdict, and how each criterion stood."""

    verdict: Verdict
    reasons: tuple[tuple[Criterion, Holds], ...]

    @property
    def open(self) -> list[Criterion]:
        """What is still to be asked."""
        return [one for one, holds in self.reasons if holds is Holds.UNKNOWN]


def judge(criteria: Sequence[Criterion], wanted: int, facts: Mapping[str, str]) -> Judgement:
    """Every must holds, and at least `wanted` of the wishes. What is unknown leaves open what it could still decide."""
    reasons = tuple((one, one.stands(facts.get(one.fact, ""))) for one in criteria)
    musts = [holds for one, holds in reasons if one.must]
    wishes = [holds for one, holds in reasons if not one.must]
    held, unknown = wishes.count(Holds.YES), wishes.count(Holds.UNKNOWN)
    if Holds.NO in musts or held + unknown < wanted:
        return Judgement(Verdict.NOT_QUALIFIED, reasons)
    if Holds.UNKNOWN in musts or held < wanted:
        return Judgement(Verdict.OPEN, reasons)
    return Judgement(Verdict.QUALIFIED, reasons)
