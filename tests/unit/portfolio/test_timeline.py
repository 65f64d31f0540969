"""The way of a party through the classes: exact days, and what holds for every way there can be."""

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konveyer.domain.leads.rules.temperature import ORDER
from konveyer.domain.portfolio.rules.classes import CLASSES, MOVES, SLEEPS_AFTER, moves_of
from konveyer.domain.portfolio.rules.picture import by_week, picture
from konveyer.domain.portfolio.rules.tally import Tally
from konveyer.domain.portfolio.rules.timeline import Facts, Stay, class_on, stays

START = date(2026, 1, 1)


def on(days: int) -> date:
    return START + timedelta(days=days)


def told(facts: Facts) -> list[tuple[str, int]]:
    return [(stay.became, (stay.first - START).days) for stay in stays(facts)]


@pytest.mark.shows("I3.portfolio", "R24")
def test_silence_of_ninety_days_puts_a_warm_one_to_sleep_and_an_exchange_wakes_it() -> None:
    facts = Facts(START, [("a", on(10), "warm"), ("a", on(200), "hot")], [on(3), on(50), on(190)])
    assert told(facts) == [
        ("cold", 0), ("warm", 10), ("sleeping", 140), ("warm", 190), ("hot", 200), ("sleeping", 290),
    ]  # fmt: skip
    assert [stay.days for stay in stays(facts)] == [None, 10, None, None, None, None]


@pytest.mark.shows("I3.portfolio")
def test_the_example_of_the_figures_by_hand() -> None:
    """docs/figures.md."""
    facts = Facts(
        START,
        [("a", date(2026, 1, 11), "warm"), ("a", date(2026, 7, 20), "hot")],
        [date(2026, 2, 20), date(2026, 7, 10)],
    )
    assert [(stay.became, stay.first, stay.days) for stay in stays(facts)] == [
        ("cold", START, None), ("warm", date(2026, 1, 11), 10), ("sleeping", date(2026, 5, 21), None),
        ("warm", date(2026, 7, 10), None), ("hot", date(2026, 7, 20), None), ("sleeping", date(2026, 10, 18), None),
    ]  # fmt: skip


@pytest.mark.shows("I3.portfolio")
def test_a_client_is_one_by_a_won_lead_and_never_sleeps() -> None:
    won = Facts(START, [("a", on(5), "warm")], won=on(40))
    assert told(won) == [("cold", 0), ("warm", 5), ("client", 40)]
    assert stays(won)[-1] == Stay("client", "warm", on(40), None, 35)
    assert told(Facts(START, won=on(0), vip=on(400))) == [("client", 0), ("vip", 400)]
    assert stays(Facts(START, won=START))[0].days is None  # nobody knows when it warmed
    assert told(Facts(START, [("a", on(7), "client")])) == [("cold", 0), ("hot", 7), ("sleeping", 97)]
    assert told(Facts(START, [("a", on(7), "vip")], won=on(7))) == [("cold", 0), ("vip", 7)]


@pytest.mark.shows("I3.portfolio")
def test_the_warmest_lead_counts_and_only_a_person_cools() -> None:
    two = [
        ("a", on(1), "warm"),
        ("b", on(2), "hot"),
        ("b", on(4), "cold"),
        ("a", on(6), "cold"),
        ("a", on(8), "warm"),
    ]
    assert told(Facts(START, two)) == [
        ("cold", 0), ("warm", 1), ("hot", 2), ("warm", 4), ("cold", 6), ("warm", 8), ("sleeping", 98),
    ]  # fmt: skip
    same_day = [("a", on(1), "warm"), ("a", on(1), "hot")]
    assert told(Facts(START, same_day))[:2] == [("cold", 0), ("hot", 1)]  # a class is that of the day's end


days = st.integers(0, 500).map(on)
ways = st.builds(
    Facts,
    arrived=days,
    heats=st.lists(st.tuples(st.sampled_from("ab"), days, st.sampled_from(ORDER)), max_size=6).map(
        lambda heats: sorted(heats, key=lambda heat: heat[1])
    ),
    exchanges=st.lists(days, max_size=6),
    won=st.none() | days,
    vip=st.none() | days,
)


@given(ways)
@pytest.mark.shows("I3.portfolio")
def test_stays_follow_each_other_without_gaps_and_without_end(facts: Facts) -> None:
    way = stays(facts)
    assert way[0].first == facts.arrived
    assert way[0].was == ""
    assert way[-1].until is None
    for one, then in itertools.pairwise(way):
        assert one.until == then.first
        assert one.first < then.first
        assert then.was == one.became != then.became
    assert all(stay.became in CLASSES for stay in way)


@given(ways, days)
@pytest.mark.shows("I3.portfolio")
def test_the_class_of_a_day_follows_from_what_was_known_by_then(facts: Facts, day: date) -> None:
    """The same asked the slow way: nothing after the day counts."""
    if day < facts.arrived:
        assert class_on(stays(facts), day) == ""
        return
    now: dict[object, str] = {}
    awake = [one for one in facts.exchanges if one <= day]
    warmest = "cold"
    for at in sorted({heat[1] for heat in facts.heats if heat[1] <= day}):
        now.update({lead: name for lead, one, name in facts.heats if one == at})
        became = max(now.values(), key=ORDER.index)
        awake += [at] if became not in ("cold", warmest) else []
        warmest = became
    if facts.vip and facts.vip <= day:
        expected = "vip"
    elif facts.won and facts.won <= day:
        expected = "vip" if warmest == "vip" else "client"
    elif warmest == "cold":
        expected = "cold"
    else:
        asleep = (day - max(awake)).days >= SLEEPS_AFTER
        expected = "sleeping" if asleep else "warm" if warmest == "warm" else "hot"
    assert class_on(stays(facts), day) == expected


@given(st.lists(ways, max_size=8), days)
@pytest.mark.shows("I3.portfolio")
def test_classes_part_the_base_on_every_day(many: list[Facts], today: date) -> None:
    tally = Tally()
    for facts in many:
        for stay in stays(facts):
            tally.add("company", stay.was, stay.became, stay.first, stay.days)
    first = today - timedelta(days=29)
    found = picture(tally.moved, first, today)
    for day in found.days:
        expected = [class_on(stays(facts), day.last) for facts in many]
        assert day.classes == {name: expected.count(name) for name in CLASSES}
        assert day.base == sum(facts.arrived <= day.last for facts in many)
    assert {name: found.of(name) for name in CLASSES} == found.days[-1].classes
    assert {name: found.net(name) for name in CLASSES} == {
        name: found.days[-1].classes[name] - found.before[name] for name in CLASSES
    }
    weeks = by_week(found.days)
    assert [len(weeks), weeks[-1].last, weeks[0].first] == [5, today, first]
    for name in MOVES:
        assert sum(week.moved(name) for week in weeks) == found.moved(name) == found.moved(name, "company")


@pytest.mark.shows("I3.portfolio")
def test_moves_have_names() -> None:
    assert moves_of("", "cold") == ["came"]
    assert moves_of("", "warm") == ["came", "warmed"]
    assert moves_of("cold", "hot") == ["warmed"]
    assert moves_of("sleeping", "warm") == ["woke"]
    assert moves_of("warm", "sleeping") == ["slept"]
    assert moves_of("", "client") == ["came", "won"]
    assert moves_of("client", "vip") == moves_of("hot", "warm") == []
