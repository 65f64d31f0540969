"""Whose turn it is: which leads a rule of rotation speaks of, and whom it picks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

ORDER, LOAD = "order", "load"
HOW = (ORDER, LOAD)
Person = TypeVar("Person")


@dataclass(frozen=True)
class Segment:
    """Which leads: those that have one of the words wherever a list names any. An empty segment means every lead.

    `origins` are keys of sources, `levels` of product levels; `cities` and `industries` as written, in any case;
    `amount` the least expected money in the workspace's currency; `incoming` whether they came by themselves.
    """

    origins: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    amount: Decimal | None = None
    incoming: bool | None = None


@dataclass(frozen=True)
class Suits:
    """What a segment asks of a lead."""

    origin: str = ""
    level: str = ""
    city: str = ""
    industry: str = ""
    amount: Decimal | None = None
    incoming: bool = False


def matches(segment: Segment, lead: Suits) -> bool:
    """Whether the rule speaks of this lead. An unknown amount is under every least one."""
    return (
        _among(segment.origins, lead.origin)
        and _among(segment.levels, lead.level)
        and _among(segment.cities, lead.city)
        and _among(segment.industries, lead.industry)
        and (segment.amount is None or (lead.amount is not None and lead.amount >= segment.amount))
        and (segment.incoming is None or lead.incoming == segment.incoming)
    )


def _among(words: tuple[str, ...], word: str) -> bool:
    return not words or _plain(word) in {_plain(one) for one in words}


def _plain(word: str) -> str:
    return " ".join(word.casefold().replace("ё", "е").split())


def pick(
    how: str, people: Sequence[Person], after: Person | None, held: Mapping[Person, int]
) -> Person | None:
    """The next of `people`, who all can take the lead, in the order of the rule; None of nobody.

    By order: the first behind whoever got the last one. By load: who holds least, of several the first in that order.
    """
    if not people:
        return None
    start = people.index(after) + 1 if after in people else 0
    turn = [*people[start:], *people[:start]]
    return turn[0] if how == ORDER else min(turn, key=lambda one: held.get(one, 0))
