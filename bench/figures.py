"""One measured figure, its limit from the same run, and its goal."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Figure:
    """`goal` says in words what `met` decides; `met` is None for figures that are only told.

    `limit` is what the same machine did in the same run without the product (see `limit_is`); `ratio` is the figure
    over its limit.
    """

    name: str
    value: float
    unit: str
    limit: float | None = None
    limit_is: str = ""
    ratio: float | None = None
    goal: str = ""
    met: bool | None = None
    more: dict[str, Any] = field(default_factory=dict)

    def as_data(self) -> dict[str, Any]:
        """For JSON, without what is not there."""
        return {name: value for name, value in asdict(self).items() if value not in (None, "", {})}

    def line(self) -> str:
        """For people."""
        parts = [f"{self.name:<42}{plain(self.value):>11} {self.unit:<7}"]
        if self.ratio is not None:
            parts.append(f"{plain(self.ratio):>7} of {plain(self.limit or 0)} ({self.limit_is})")
        if self.goal:
            parts.append(f"goal {self.goal}: {'met' if self.met else 'MISSED'}")
        return "  ".join(parts)


def plain(number: float) -> str:
    """Three digits that matter, thousands apart."""
    if abs(number) >= 100:
        return f"{number:,.0f}".replace(",", " ")
    return f"{number:.3g}"


def missed(figures: Sequence[Figure]) -> list[str]:
    """Names of the figures whose goal is missed."""
    return [figure.name for figure in figures if figure.met is False]


def at(values: Sequence[float], part: float) -> float:
    """The value at that part of the sorted ones, by nearest rank; 0.5 is the median."""
    if not values:
        raise ValueError("nothing was measured")
    ranked = sorted(values)
    return ranked[max(0, -(-int(len(ranked) * part * 1000) // 1000) - 1)]
