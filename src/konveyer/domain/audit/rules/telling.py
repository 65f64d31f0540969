"""Figures of a finding in the words of a reader.

The name of a figure says what it is: `…share` is shown as per cent, `…money` as a sum, texts as they are, other
numbers as numbers.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from konveyer.kit import formats

Figures = Mapping[str, Any]


class Unit(StrEnum):
    """What a check measures."""

    SHARE = "share"
    COUNT = "count"
    TIMES = "times"


def figure(value: Any, name: str, language: str, currency: str) -> str:
    """One figure as text; a dash where there is none."""
    if value is None:
        return "–"
    if isinstance(value, str):
        return value
    if name.endswith("share"):
        return formats.percent(value, language)
    if name.endswith("money"):
        return formats.money_short(value, currency, language)
    return formats.number(value, language, 0 if float(value).is_integer() else 1)


def sentence(template: str, figures: Figures, language: str, currency: str) -> str:
    """The template with its figures put in."""
    return template % {name: figure(value, name, language, currency) for name, value in figures.items()}


def measured(value: Any, unit: Unit, language: str) -> str:
    """What was measured, or a bound, in its unit."""
    if value is None:
        return "–"
    if unit == Unit.SHARE:
        whole = float(value) * 100
        return formats.percent(value, language, places=0 if round(whole, 6).is_integer() else 1)
    places = 0 if float(value).is_integer() else 1
    text = formats.number(value, language, places)
    return f"{text}{formats.NBSP}×" if unit == Unit.TIMES else text
