"""The sheet as the templates want it."""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from konveyer.domain.sheet.queries.figures import NOTHING, Figure
from konveyer.domain.sheet.rules.measures import MEASURES, MONEY, TITLES, WHY

STEP = {"day": 1, "week": 7}


@dataclass(frozen=True)
class Box:
    """One cell of the grid. `text`: what stands in it; `was`: what was entered when it was read."""

    name: str
    text: str
    was: str
    figure: Figure
    label: str
    why: Any = ""


def month_of(text: str, today: date) -> date:
    """The first day of the month named like 2026-11; of this month when it names none."""
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        first = today.replace(day=1)
    return first if 2000 <= first.year <= today.year + 1 else today.replace(day=1)


def last_of(first: date) -> date:
    """The last day of a month."""
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])


def plain(value: Decimal | None) -> str:
    """A figure as it stands in a field."""
    return "" if value is None else f"{value.normalize():f}"


def grid(
    member_id: UUID,
    first: date,
    last: date,
    figures: Mapping[tuple[UUID, date, str], Figure],
    typed: Mapping[str, str],
    wrong: Mapping[str, str],
) -> list[dict[str, Any]]:
    """The days of a month down to the last one that has come. What somebody typed and was refused stays in its field."""
    rows = []
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        boxes = []
        for measure in MEASURES:
            figure, name = figures.get((member_id, day, measure), NOTHING), f"{day}:{measure}"
            was = plain(figure.entered)
            why = WHY.get(wrong.get(name, ""), "")
            boxes.append(Box(name, typed.get(name, was), was, figure, f"{TITLES[measure]}, {day:%d.%m}", why))
        rows.append(
            {"day": day, "boxes": boxes, "off": day.weekday() > 4, "any": any(b.figure.value for b in boxes)}
        )
    return rows


def totals(members: list[UUID], sums: Mapping[tuple[UUID, str], Decimal]) -> list[tuple[str, Decimal]]:
    """The sum of each measure over these members."""
    return [
        (name, sum((sums.get((one, name), Decimal(0)) for one in members), Decimal(0))) for name in MEASURES
    ]


def heads() -> list[dict[str, Any]]:
    """The columns."""
    return [{"code": name, "title": TITLES[name], "money": name == MONEY} for name in MEASURES]


def span_of(period: str, day: date) -> tuple[date, date]:
    """The first and the last day of a day, week or month."""
    if period == "month":
        return day.replace(day=1), last_of(day.replace(day=1))
    first = day - timedelta(days=day.weekday()) if period == "week" else day
    return first, first + timedelta(days=STEP[period] - 1)
