"""Wilson and nearest rank: exact values, properties, and PostgreSQL's own answer."""

import math
from fractions import Fraction

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from konveyer.domain.insight.rules.arithmetic import Interval, Verdict, nearest_rank, verdict, wilson

MEDIAN, NINETY = Fraction(1, 2), Fraction(9, 10)


@pytest.mark.shows("I2.funnel", "S28")
@pytest.mark.parametrize(
    ("won", "leads", "low", "high"),
    [
        (2, 4, 0.150038989, 0.849961011),
        (0, 5, 0.0, 0.434482465),
        (5, 5, 0.565517535, 1.0),
        (1, 1, 0.206549314, 1.0),
        (10, 100, 0.055229137, 0.174365662),
        (842, 8000, 0.098713828, 0.112165094),
    ],
)
def test_wilson_of_known_samples(won: int, leads: int, low: float, high: float) -> None:
    """The ends are the roots of the defining equation, found with 40 digits."""
    found = wilson(won, leads)
    assert found.low == pytest.approx(low, abs=1e-9)
    assert found.high == pytest.approx(high, abs=1e-9)


@given(st.integers(1, 10**7).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_surrounds_the_share_and_mirrors(sample: tuple[int, int]) -> None:
    won, leads = sample
    found, mirrored = wilson(won, leads), wilson(leads - won, leads)
    assert 0 <= found.low <= won / leads <= found.high <= 1
    assert found.low < found.high
    assert math.isclose(found.low, 1 - mirrored.high, abs_tol=1e-9)
    assert (found.low == 0) == (won == 0)
    assert (found.high == 1) == (won == leads)


@given(st.integers(1, 1000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_both_ends_solve_the_equation_of_wilson(sample: tuple[int, int]) -> None:
    """The ends are where |p − π| = z √(π(1 − π)/n): the definition, not the formula again."""
    won, leads = sample
    found, share, z = wilson(won, leads), won / leads, 1.959963984540054
    for end in (found.low, found.high):
        assert math.isclose((share - end) ** 2, z * z * end * (1 - end) / leads, abs_tol=1e-12)


@pytest.mark.parametrize(("won", "leads"), [(0, 0), (3, 2), (-1, 5), (1, -1)])
def test_no_share_has_no_interval(won: int, leads: int) -> None:
    with pytest.raises(ValueError, match="no share"):
        wilson(won, leads)


@pytest.mark.shows("I2.funnel")
@pytest.mark.parametrize(
    ("values", "median", "ninety"),
    [
        ([], None, None),
        ([7], 7, 7),
        ([0, 10], 0, 10),
        ([1, 2, 3], 2, 3),
        (list(range(1, 11)), 5, 9),
        (list(range(1, 12)), 6, 10),
        ([5, 5, 5, 400], 5, 400),
    ],
)
def test_nearest_rank_of_known_values(values: list[int], median: int | None, ninety: int | None) -> None:
    counts = {value: values.count(value) for value in values}
    assert (nearest_rank(counts, MEDIAN), nearest_rank(counts, NINETY)) == (median, ninety)


@given(st.lists(st.integers(0, 500), min_size=1), st.fractions(0, 1))
def test_nearest_rank_is_a_value_with_enough_below_it(values: list[int], part: Fraction) -> None:
    found = nearest_rank({value: values.count(value) for value in values}, part)
    assert found in values
    assert sum(value <= found for value in values) >= part * len(values)
    assert sum(value < found for value in values) < max(1, part * len(values))


@pytest.mark.django_db
@pytest.mark.parametrize("size", [1, 2, 3, 9, 10, 11, 20, 99, 100, 101])
def test_nearest_rank_is_percentile_disc(size: int) -> None:
    counts = {value * value % 37: 0 for value in range(size)}
    for value in range(size):
        counts[value * value % 37] += 1
    with connection.cursor() as cursor:
        cursor.execute(
            "select percentile_disc(array[0.5, 0.9]) within group (order by v) "
            "from unnest(%s::int[], %s::int[]) as h(v, n), generate_series(1, n)",
            [list(counts), list(counts.values())],
        )
        assert cursor.fetchone() == ([nearest_rank(counts, MEDIAN), nearest_rank(counts, NINETY)],)


@pytest.mark.shows("S28")
def test_a_verdict_needs_the_whole_interval_on_one_side() -> None:
    wide, above, below = Interval(0.1, 0.5), Interval(0.31, 0.5), Interval(0.1, 0.29)
    assert verdict(wide, 100, 0.3) is Verdict.NONE
    assert verdict(above, 100, 0.3) is Verdict.ABOVE
    assert verdict(below, 100, 0.3) is Verdict.BELOW
    assert verdict(above, 29, 0.3) is Verdict.NONE
    assert verdict(None, 100, 0.3) is Verdict.NONE
    assert verdict(above, 100, None) is Verdict.NONE
