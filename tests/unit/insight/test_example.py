"""The worked example of docs/figures.md, figure by figure."""

from datetime import date
from functools import partial
from typing import Any

import pytest

from konveyer.domain.insight.queries.funnel import funnel, report
from konveyer.domain.insight.rules.question import By, Kind, Question
from konveyer.domain.insight.rules.rows import NOTES, Note
from tests.again import again
from tests.unit.insight.planting import Garden, planted
from tests.world import World

FEW = str(NOTES[Note.FEW])


@pytest.fixture
def garden(world: World) -> Garden:
    return again("example", partial(planted, world))


def figures(garden: Garden, by: By, kind: Kind = Kind.COHORT, **more: Any) -> list[tuple[Any, ...]]:
    rows = funnel(Question(by, kind, **more), garden.world.system)
    return [
        (
            row.counts.key,
            row.counts.leads,
            row.counts.won,
            *(None if value is None else round(value, 5) for value in _shares(row)),
            row.counts.days_median,
            row.counts.days_p90,
            row.counts.doubtful,
        )
        for row in rows
    ]


def _shares(row: Any) -> tuple[Any, ...]:
    ends = row.interval
    return row.rate, ends and ends.low, ends and ends.high


@pytest.mark.shows("I2.funnel", "S28", "S29")
def test_by_origin(garden: Garden) -> None:
    assert figures(garden, By.ORIGIN) == [
        ("fair", 4, 2, 0.5, 0.15004, 0.84996, 0, 10, 0),
        ("search", 3, 2, 0.66667, 0.20766, 0.93851, 32, 32, 1),
        ("unknown", 1, 0, 0.0, 0.0, 0.79345, None, None, 0),
        (None, 1, 1, 1.0, 0.20655, 1.0, 10, 10, 0),
    ]


@pytest.mark.shows("I2.funnel")
def test_by_month_of_the_cohort_and_of_the_activity(garden: Garden) -> None:
    assert [row[:3] for row in figures(garden, By.MONTH)] == [
        ("2026-03", 4, 2),
        ("2026-04", 4, 3),
        ("2026-05", 1, 0),
    ]
    assert figures(garden, By.MONTH, Kind.ACTIVITY) == [
        ("2026-03", 4, 2, 0.5, 0.15004, 0.84996, 0, 10, 0),
        ("2026-04", 4, 1, 0.25, 0.04559, 0.69936, None, None, 1),
        ("2026-05", 1, 2, 2.0, None, None, 10, 32, 0),
    ]
    notes = [row.as_data()["note"] for row in funnel(Question(By.MONTH, Kind.ACTIVITY), garden.world.system)]
    assert notes == [FEW, FEW, str(NOTES[Note.NOT_THE_SAME])]


@pytest.mark.shows("I2.funnel")
def test_by_telemarketer(garden: Garden) -> None:
    assert [row[:3] for row in figures(garden, By.TELEMARKETER)] == [
        ("Alina", 3, 2),
        ("Pavel", 2, 2),
        (None, 4, 1),
    ]


@pytest.mark.shows("I2.funnel")
def test_both_days_of_a_period_are_inside_in_the_zone_of_the_workspace(garden: Garden) -> None:
    march = figures(garden, By.MONTH, first=date(2026, 3, 9), last=date(2026, 3, 31))
    assert [row[:3] for row in march] == [("2026-03", 2, 1)]  # leads 3 and 4; 5 is April's by local time
    april = figures(garden, By.ORIGIN, Kind.ACTIVITY, first=date(2026, 4, 1), last=date(2026, 4, 1))
    assert [row[:3] for row in april] == [("search", 1, 1)]  # lead 5 arrives, lead 6 is won


@pytest.mark.shows("I2.funnel")
def test_the_whole(garden: Garden) -> None:
    total = report(Question(By.ORIGIN), garden.world.system).total
    assert (total.counts.leads, total.counts.won, total.counts.doubtful) == (9, 5, 1)
    assert (total.counts.days_median, total.counts.days_p90) == (10, 32)  # of 0, 10, 10, 32


def test_an_empty_workspace_has_no_rows(world: World) -> None:
    for by in By:
        for kind in Kind:
            assert funnel(Question(by, kind), world.system) == []
