"""What open leads are worth, how long ripening takes: by hand, and what holds always."""

import math
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konveyer.domain.conveyor.models import Stage
from konveyer.domain.insight.operations import count_months
from konveyer.domain.insight.queries.expected import open_value
from konveyer.domain.insight.rules.arithmetic import Z, wilson
from konveyer.domain.insight.rules.chances import Chance, chances
from konveyer.domain.insight.rules.expected import Stood, expected, worth
from konveyer.domain.insight.rules.ripening import ripening
from konveyer.domain.leads.models import Lead
from tests.unit.insight.planting import Garden, day, example
from tests.world import NOON, World

MARCH = date(2026, 3, 1)


def stood(leads: int, rated: int, amounts: list[int], chance: Chance | None, currency: str = "RUB") -> Stood:
    return Stood(
        "New: Order", "new/order", currency, leads, rated, Decimal(sum(amounts)), float(sum(a * a for a in amounts)), chance
    )  # fmt: skip


@pytest.mark.shows("I3.portfolio")
def test_the_example_of_the_figures_by_hand() -> None:
    """docs/figures.md: 20 of 100 won, three leads of 100 000 each."""
    chance = chances([("new", "order", 100, 20)])["new", "order"]
    assert (chance.value, round(chance.low, 5), round(chance.high, 5)) == (0.2, 0.1403, 0.27692)
    value = worth([stood(3, 3, [100_000] * 3, chance)])
    assert value.amount == 300_000
    assert value.span.likely == pytest.approx(60_000)
    draw = Z * Z * 3 * 100_000**2 * 0.2 * 0.8
    assert draw == pytest.approx(1.843898e10, rel=1e-4)
    assert value.span.low == 0.0  # 60 000 − √(17 910² + 135 790²) is below nothing
    assert value.span.high == pytest.approx(60_000 + math.sqrt((300_000 * (chance.high - 0.2)) ** 2 + draw))
    assert round(value.span.high, -2) == 197_700


@pytest.mark.shows("I3.portfolio")
def test_currencies_amounts_and_chances_that_lack_are_told_apart() -> None:
    chance = chances([("new", "order", 100, 20)])["new", "order"]
    found = expected(
        [
            stood(3, 2, [10, 20], chance),
            stood(2, 2, [5, 5], chance, "USD"),
            stood(4, 1, [7], None),
            stood(5, 0, [], chance),
        ]
    )
    assert {currency: one.span.likely for currency, one in found.totals.items()} == {
        "RUB": pytest.approx(6.0), "USD": pytest.approx(2.0),
    }  # fmt: skip
    assert (found.leads, found.unrated) == (14, 9)
    assert found.chanceless == {"RUB": (1, Decimal(7))}
    assert [value is None for _one, value in found.rows] == [False, False, True, True]


@given(
    st.lists(st.tuples(st.lists(st.integers(1, 10**9), min_size=1, max_size=5), st.integers(1, 400), st.integers(0, 400)), min_size=1, max_size=4)
)  # fmt: skip
@pytest.mark.shows("I3.portfolio")
def test_a_value_lies_between_its_ends_and_never_beyond_the_amounts(
    many: list[tuple[list[int], int, int]],
) -> None:
    rows = []
    for amounts, leads, won in many:
        ends = wilson(min(won, leads), leads)
        rows.append(
            stood(
                len(amounts),
                len(amounts),
                amounts,
                Chance(min(won, leads) / leads, ends.low, ends.high, leads, won),
            )
        )
    value = worth(rows)
    whole = float(value.amount)
    assert 0 <= value.span.low <= value.span.likely * (1 + 1e-9)
    assert value.span.likely <= value.span.high * (1 + 1e-9) <= whole * (1 + 1e-8)


@pytest.mark.shows("I3.portfolio", "R24")
def test_ripening_is_nearest_rank_and_tells_how_much_of_it_the_method_foresaw() -> None:
    ripe = {
        (MARCH, "warmed", 4): 3,
        (MARCH, "warmed", 40): 5,
        (MARCH, "warmed", 400): 2,
        (MARCH, "warmed", None): 7,
        (MARCH, "won", 30): 1,
    }
    one = ripening("warmed", ripe)
    assert (one.sample, one.unknown, one.median, one.p90, one.within, one.small) == (10, 7, 40, 400, 5, True)
    assert one.share == 0.5
    assert one.ends == wilson(5, 10)
    none = ripening("won", {(MARCH, "won", None): 2})
    assert (none.sample, none.unknown, none.median, none.share, none.ends) == (0, 2, None, None, None)
    assert ripening("won", ripe).within == 1


@pytest.mark.django_db
@pytest.mark.shows("I3.portfolio")
def test_open_leads_are_added_up_by_stage_for_whom_sees_them(world: World) -> None:
    garden = Garden(world)
    planted = example(garden)
    first = garden.stages()[0]
    Lead.objects.filter(pk=planted[2].pk).update(expected_amount=Decimal(300_000))
    Lead.objects.filter(pk=planted[7].pk).update(expected_amount=Decimal(70), currency="USD")
    garden.lead(day("11-01"), owner="Pavel")
    Lead.objects.filter(pk=planted[9].pk).update(state="on_hold", wake_on=NOON.date(), queue=None)
    assert count_months(workspace_id=world.workspace.pk, limit=100) == 0
    found, resting = open_value(world.system, NOON.date())
    assert resting == 1
    assert [(one.asked, one.currency, one.leads, one.rated, one.amount) for one, _value in found.rows] == [
        (f"new_clients/{first.key}", "RUB", 3, 1, Decimal(300_000)), (f"new_clients/{first.key}", "USD", 1, 1, Decimal(70)),
    ]  # fmt: skip
    chance = found.rows[0][0].chance
    assert chance is not None
    assert (chance.leads, chance.won, chance.small) == (10, 5, True)
    assert found.totals["RUB"].span.likely == pytest.approx(300_000 * chance.value)
    assert found.unrated == 2
    assert Stage.objects.filter(pk=first.pk, key=first.key).exists()
    alina, _resting = open_value(world.actor("Alina"), NOON.date())
    assert alina.leads <= found.leads
    assert (
        open_value(world.system, NOON.date().replace(year=2028))[0].totals == {}
    )  # nothing won within a year of then
