"""From calls to money: the example of docs/figures.md, short histories, and a firm that has a sheet and nothing else."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from konveyer.domain.insight.queries.forecast import Asked, Past, forecast
from konveyer.domain.insight.queries.foretold import as_data, lines
from konveyer.domain.insight.rules.forecast import (
    SALES_OF_WARM,
    WARM_OF_CALLS,
    Chain,
    Needed,
    month,
    needed,
    rate,
    sellers_rate,
)
from konveyer.domain.leads.models import Lead
from konveyer.domain.sheet.operations import write_cells
from konveyer.domain.sheet.operations.writing import Cell
from tests.world import NOON, World

TODAY = date(2026, 11, 24)
OF_THE_PAGE = Chain(rate(50, 1000, WARM_OF_CALLS), rate(3, 50, SALES_OF_WARM), Decimal(50_000))


@pytest.mark.shows("I3.forecast")
def test_the_example_of_the_page() -> None:
    call, warm = OF_THE_PAGE.call_worth, OF_THE_PAGE.warm_worth
    assert call is not None
    assert warm is not None
    assert [round(end, 2) for end in (call.low, call.likely, call.high)] == [49.82, 150.0, 419.98]
    assert [round(end, 2) for end in (warm.low, warm.likely, warm.high)] == [1030.75, 3000.0, 8108.55]
    assert needed(Decimal(300_000), OF_THE_PAGE, 20, 2) == Needed(2000, 715, 6022, 100, 50)


@pytest.mark.shows("I3.forecast", "R21")
def test_the_method_stands_in_where_nothing_was_counted() -> None:
    """R21: 1 000 calls, about 50 warm, 2–3 deals."""
    chain = Chain(rate(0, 0, WARM_OF_CALLS), rate(0, 0, SALES_OF_WARM), None)
    ahead = month(1000, chain)
    assert (ahead.warm.likely, round(ahead.sales.likely, 6), ahead.money) == (50.0, 2.5, None)
    assert (chain.warm.source, chain.sale.source, chain.call_worth) == ("benchmark", "benchmark", None)
    assert needed(Decimal(1000), chain, 20, 1) is None


@pytest.mark.shows("I3.forecast")
@pytest.mark.parametrize(
    ("part", "whole", "value", "source"),
    [(0, 5, 2 / 45, "mixed"), (0, 100, 2 / 140, "mixed"), (3, 30, 0.1, "own"), (9, 5, 0.05, "benchmark")],
)
def test_a_short_history_leans_on_the_method(part: int, whole: int, value: float, source: str) -> None:
    found = rate(part, whole, WARM_OF_CALLS)
    assert (found.value, found.source) == (pytest.approx(value), source)
    assert 0 < found.low < found.value < found.high


@pytest.mark.shows("I3.forecast")
def test_no_call_of_a_seller_is_worth_nothing() -> None:
    team = rate(50, 1000, WARM_OF_CALLS)
    few = sellers_rate(0, 5, team)
    assert (few.value, few.source, few.small) == (0.05, "team", True)
    unlucky = sellers_rate(0, 30, team)
    assert (unlucky.value, unlucky.source) == (pytest.approx(0.025), "own")
    assert 0 < unlucky.low < unlucky.value < unlucky.high
    assert sellers_rate(70, 970, team).value == pytest.approx(71.5 / 1000)


@pytest.mark.django_db
@pytest.mark.shows("I3.forecast", "I3.sheet", "R21", "R22")
def test_a_firm_without_a_lead_gets_everything_from_its_sheet(world: World) -> None:
    fill(world)
    assert not Lead.objects.exists()
    found = forecast(world.actor("Anna"), TODAY, Asked(2, target=Decimal(300_000)))
    counted = {name: int(value) for name, value in found.sums.items() if value}
    assert counted == {"cold_calls": 1000, "warm": 50, "sales": 3, "received": 150_000}
    assert found.chain == OF_THE_PAGE
    assert [one.month for one in found.ahead] == [date(2026, 12, 1), date(2027, 1, 1)]
    assert found.past == [Past(date(2026, 11, 1), Decimal(150_000))]
    assert [(one.name, one.rate.whole, one.rate.source) for one in found.sellers] == [
        ("Alina", 980, "own"), ("Pavel", 20, "team"),
    ]  # fmt: skip
    assert found.needed is not None
    assert found.needed.calls == 2000
    data = as_data(found)
    assert data["call_worth"] == {"low": 49.8226, "likely": 150.0, "high": 419.9825}
    assert (data["check"], data["check_source"], data["history"]["last"]) == (50_000.0, "own", "2026-11-23")
    assert data["received"] == [{"month": "2026-11", "money": 150_000.0}]
    assert any("150" in line for line in lines(found, "en"))
    own = forecast(world.actor("Pavel"), TODAY)
    assert int(own.sums["cold_calls"]) == 20, "of those in view only"
    assert forecast(world.system, TODAY, Asked(1, check=Decimal(10), calls=500)).ahead[0].figures.calls == 500


def fill(world: World) -> None:
    for name, cells in {
        "Alina": {"cold_calls": 980, "warm": 50}, "Pavel": {"cold_calls": 20}, "Marina": {"sales": 3, "received": 150_000},
    }.items():  # fmt: skip
        write_cells(
            actor=world.actor("Anna"), at=NOON, member_id=world.people[name].pk,
            wanted=[Cell(TODAY - timedelta(days=9), measure, Decimal(value), None) for measure, value in cells.items()],
        )  # fmt: skip
