"""The chance of a win by stage, and the order of the day that follows from it."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import partial

import pytest

from konveyer.domain.insight.operations import count_months
from konveyer.domain.insight.queries.chances import stage_chances
from konveyer.domain.insight.rules.arithmetic import wilson
from konveyer.domain.insight.rules.chances import chances
from konveyer.domain.workplace.rules import Turn, Worth, place
from tests.again import again
from tests.unit.insight.planting import Garden
from tests.unit.insight.test_roll_ups import sown
from tests.world import NOON, World


@pytest.mark.shows("I3.my-day", "R20")
def test_a_stage_has_its_own_history_shrunk_towards_the_conveyors() -> None:
    found = chances(
        [("a", "first", 100, 20), ("a", "meeting", 30, 15), ("a", "order", 2, 2), ("b", "first", 50, 0)]
    )
    assert found[("a", "first")].value == pytest.approx(26 / 130)
    assert found[("a", "meeting")].value == pytest.approx((15 + 6) / 60)
    assert found[("a", "order")].value == pytest.approx((2 + 6) / 32)  # two of two are no certainty
    ends = wilson(26, 130)
    assert (found[("a", "first")].low, found[("a", "first")].high) == pytest.approx((ends.low, ends.high))
    assert [found[("a", key)].small for key in ("first", "meeting", "order")] == [False, False, True]
    assert ("b", "first") not in found  # nothing was won there yet: nobody knows


@pytest.mark.shows("I3.my-day")
def test_what_has_a_clock_goes_first_then_what_is_worth_most() -> None:
    at = datetime(2026, 3, 2, 9, tzinfo=UTC)
    dear, cheap = Worth(Decimal(400_000), 0.1), Worth(Decimal(50_000), 0.5)
    assert (dear.value, cheap.value) == (Decimal(40_000), Decimal(25_000))
    lines = [
        ("later, dear", place(Turn.LATER, dear, at + timedelta(days=2))), ("later, soon", place(Turn.LATER, None, at + timedelta(days=1))),
        ("today, unknown", place(Turn.TODAY, None, at)), ("today, cheap", place(Turn.TODAY, cheap, at)),
        ("today, dear", place(Turn.TODAY, dear, at + timedelta(hours=5))), ("late, cheap", place(Turn.LATE, cheap, at - timedelta(days=9))),
        ("promised, cheap", place(Turn.PROMISED, cheap, at)), ("promised, dear", place(Turn.PROMISED, dear, at + timedelta(hours=1))),
    ]  # fmt: skip
    assert [name for name, _key in sorted(lines, key=lambda one: one[1])] == [
        "promised, cheap", "promised, dear", "late, cheap", "today, dear", "today, cheap", "today, unknown", "later, soon", "later, dear",
    ]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.shows("I3.my-day")
def test_chances_come_from_the_counted_months(world: World) -> None:
    garden: Garden = again("example and a lead elsewhere", partial(sown, world))
    home = garden.world.workspace.pk
    assert stage_chances(home, NOON.date()) == {}
    assert count_months(workspace_id=home, limit=100) == 0
    found = stage_chances(home, NOON.date())
    assert found
    assert all(0 < chance < 1 for chance in found.values())
    assert stage_chances(garden.world.twin.pk, NOON.date()) == {}
    assert stage_chances(home, NOON.date().replace(year=2028)) == {}  # older than a year
