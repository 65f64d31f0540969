"""From a figure, its sample and a benchmark to a verdict; figures as words."""

from decimal import Decimal

import pytest

from konveyer.domain.audit.rules import telling
from konveyer.domain.audit.rules.telling import Unit
from konveyer.domain.audit.rules.verdict import Better, Bounds, judge

MORE = Bounds(Better.MORE, Decimal("0.8"), Decimal("0.5"))
LESS = Bounds(Better.LESS, Decimal("0.1"), Decimal("0.3"))


@pytest.mark.shows("I3.audit")
@pytest.mark.parametrize(
    ("measured", "bounds", "verdict"),
    [
        ("0.8", MORE, "good"), ("0.79", MORE, "weak"), ("0.5", MORE, "weak"), ("0.49", MORE, "bad"), ("0", MORE, "bad"),
        ("0", LESS, "good"), ("0.1", LESS, "good"), ("0.11", LESS, "weak"), ("0.3", LESS, "weak"), ("0.31", LESS, "bad"),
    ],
)  # fmt: skip
def test_both_bounds_belong_to_the_better_side(measured: str, bounds: Bounds, verdict: str) -> None:
    assert judge(Decimal(measured), 30, 30, bounds, empty=False) == verdict


@pytest.mark.shows("I3.audit")
def test_too_few_are_not_judged_and_an_empty_table_is_said() -> None:
    assert judge(Decimal("0.9"), 29, 30, LESS, empty=False) == "not_enough_data"
    assert judge(None, 100, 30, LESS, empty=False) == "not_enough_data"
    assert judge(None, 0, 30, LESS, empty=True) == "no_data"


def test_bounds_the_wrong_way_round_are_none() -> None:
    with pytest.raises(ValueError, match="above good"):
        Bounds(Better.MORE, Decimal("0.5"), Decimal("0.8"))
    with pytest.raises(ValueError, match="below good"):
        Bounds(Better.LESS, Decimal("0.3"), Decimal("0.1"))


def test_a_sentence_shows_each_figure_as_what_it_is() -> None:
    figures = {
        "all": 1250,
        "late_share": 0.565,
        "top_money": 2724500,
        "name": "Kama",
        "average": 6.25,
        "hours": None,
    }
    template = "%(all)s, %(late_share)s, %(top_money)s, %(name)s, %(average)s, %(hours)s"
    assert telling.sentence(template, figures, "en", "GBP") == "1,250, 56.5%, £2.72M, Kama, 6.3, –"
    assert telling.sentence("%(late_share)s", figures, "ru", "RUB") == "56,5\N{NO-BREAK SPACE}%"
    assert telling.measured(Decimal("3.6"), Unit.TIMES, "en") == "3.6\N{NO-BREAK SPACE}×"
    assert telling.measured(None, Unit.SHARE, "en") == "–"
