"""Gates: what is missing before a lead may leave a stage forward. They ask nobody, they read facts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

YES = "yes"


class Missing(StrEnum):
    """Why a condition does not hold."""

    UNKNOWN = "unknown"  # no such fact yet
    DIFFERENT = "different"  # known, but not what is expected
    NEAR = "near"  # a code word that is almost right
    TOO_FEW = "too_few"
    NOT_A_NUMBER = "not_a_number"
    NOT_A_CHOICE = "not_a_choice"


@dataclass(frozen=True)
class Condition:
    """A gate condition, free of the database; see GateCondition for the fields."""

    id: str
    stage: str
    kind: str
    fact: str
    label: str
    hint: str = ""
    ask: str = "text"
    choices: tuple[str, ...] = ()
    expected: str = ""
    number: Decimal | None = None


def missing(conditions: Iterable[Condition], facts: Mapping[str, str]) -> dict[Condition, Missing]:
    """The conditions that do not hold with these facts (kind → value), each with why."""
    found = {condition: _why(condition, facts.get(condition.fact, "").strip()) for condition in conditions}
    return {condition: why for condition, why in found.items() if why}


def _why(condition: Condition, value: str) -> Missing | None:
    if not value:
        return Missing.UNKNOWN
    if condition.ask == "yes":
        return None if value == YES else Missing.DIFFERENT
    if condition.ask == "choice" and condition.choices and value not in condition.choices:
        return Missing.NOT_A_CHOICE
    if condition.ask == "number" or condition.number is not None:
        return _number(condition, value)
    if condition.expected:
        return _expected(condition.expected, value)
    return None


def number_of(value: str) -> Decimal | None:
    """A fact's value as a number; None when it is none."""
    try:
        number = Decimal(value.replace("\u00a0", "").replace(" ", "").replace(",", "."))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _number(condition: Condition, value: str) -> Missing | None:
    number = number_of(value)
    if number is None:
        return Missing.NOT_A_NUMBER
    return Missing.TOO_FEW if condition.number is not None and number < condition.number else None


def _expected(expected: str, value: str) -> Missing | None:
    right, said = _letters(expected), _letters(value)
    if right == said:
        return None
    return Missing.NEAR if _distance(right, said) <= 2 else Missing.DIFFERENT


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold().replace("ё", "е") if letter.isalnum())


def _distance(one: str, other: str) -> int:
    """Levenshtein distance; code words are short."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        previous, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (a != b))
    return row[-1]
