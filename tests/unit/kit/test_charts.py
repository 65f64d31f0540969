"""The arithmetic behind the drawings."""

from konveyer.web.kit import charts


def test_share_stays_between_nothing_and_all() -> None:
    assert charts.share(46, 45) == 1.0
    assert charts.share(-1, 45) == 0.0
    assert charts.share(0, 0) == 0.0
    assert charts.pct(charts.share(3, 8)) == "37.5%"


def test_interval_gives_a_verdict_only_when_all_of_it_is_on_one_side() -> None:
    above = charts.interval(0.20, 0.30, 0.25, 0.19, 0.5)
    astride = charts.interval(0.17, 0.38, 0.26, 0.30, 0.5)
    below = charts.interval(0.17, 0.38, 0.26, 0.401, 0.5)
    assert (above.verdict, astride.verdict, below.verdict) == ("hi", "", "lo")
    assert (below.left, below.width, below.point, below.team) == ("34%", "42%", "52%", "80.2%")
    assert charts.interval(0.1, 0.2, 0.15, None, 1).verdict == ""


def test_funnel_blocks_touch_each_other() -> None:
    calls, warm, paid = charts.funnel([("Calls", 4180, "/c"), ("Warm", 187, ""), ("Paid", 10, "")], height=68)
    assert (calls.y, calls.height) == ("0.0", "68.0")
    assert calls.rate == 187 / 4180
    # the flow ends where the next block begins
    assert f" 100 {warm.y}V" in calls.flow
    assert (warm.y, warm.height) == ("12.6", "42.7")
    assert (paid.rate, paid.flow, paid.last) == (None, "", True)
    assert warm.width == "4.47%"


def test_funnel_of_nothing_is_flat() -> None:
    first, second = charts.funnel([("Calls", 0, ""), ("Warm", 0, "")])
    assert (first.rate, first.height, second.height) == (None, "1.0", "1.0")
    assert charts.funnel([]) == []


def test_spark_spans_the_drawing() -> None:
    points, x, y = charts.spark([0, 5, 10])
    assert points == "0.0,16.0 36.0,9.0 72.0,2.0"
    assert (x, y) == ("72.0", "2.0")
    assert charts.spark([3]) == ("0.0,16.0", "0.0", "16.0")
    assert charts.spark([]) == ("", "0", "0")


def test_layers_stand_upon_each_other() -> None:
    clients, cold = charts.layers([[1, 2], [3, 2]], width=100, height=40)
    assert clients == "M0.0 30.0L100.0 20.0L100.0 40.0L0.0 40.0Z"
    assert cold == "M0.0 0.0L100.0 0.0L100.0 20.0L0.0 30.0Z"
    assert charts.layers([[5]], width=100, height=40) == ["M0.0 0.0L100.0 0.0L100.0 40.0L0.0 40.0Z"]
    assert charts.layers([[], []]) == ["", ""]
