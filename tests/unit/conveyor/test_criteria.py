"""Criteria set in advance: when the facts qualify, when they do not, when they cannot say yet."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konveyer.domain.conveyor.models import CriteriaSet
from konveyer.domain.conveyor.operations import set_criteria
from konveyer.domain.conveyor.queries import conveyors
from konveyer.domain.conveyor.queries.criteria import as_item, criteria_of, read_item
from konveyer.domain.conveyor.rules.criteria import Criterion, Holds, Verdict, judge
from konveyer.domain.journal.models import Entry
from konveyer.kit.refusal import Forbidden
from tests.refusals import refused
from tests.world import NOON, World

NEED = Criterion("need", "What they need")
BUDGET = Criterion("budget", "Budget", "number", least=Decimal(100), most=Decimal(900))
WHEN = Criterion("when", "When", "choice", must=False, choices=("soon", "later"), good=("soon",))
CHIEF = Criterion("chief", "He decides himself", "yes", must=False)
ALL = (NEED, BUDGET, WHEN, CHIEF)


@pytest.mark.shows("I3.qualification", "R12")
@pytest.mark.parametrize(
    ("one", "value", "stands"),
    [
        (NEED, "", Holds.UNKNOWN), (NEED, " a roof ", Holds.YES), (BUDGET, "100", Holds.YES), (BUDGET, "900,00", Holds.YES),
        (BUDGET, "99.99", Holds.NO), (BUDGET, "901", Holds.NO), (BUDGET, "plenty", Holds.UNKNOWN), (WHEN, "soon", Holds.YES),
        (WHEN, "later", Holds.NO), (replace(WHEN, good=()), "later", Holds.YES), (CHIEF, "yes", Holds.YES), (CHIEF, "no", Holds.NO),
    ],
)  # fmt: skip
def test_how_a_criterion_stands(one: Criterion, value: str, stands: Holds) -> None:
    assert one.stands(value) is stands


@pytest.mark.shows("I3.qualification", "R12")
@pytest.mark.parametrize(
    ("facts", "verdict"),
    [
        ({"need": "roof", "budget": "500", "when": "soon"}, Verdict.QUALIFIED),
        ({"need": "roof", "budget": "500", "when": "later", "chief": "yes"}, Verdict.QUALIFIED),
        ({"need": "roof", "budget": "500", "when": "later"}, Verdict.OPEN),
        ({"need": "roof", "when": "soon"}, Verdict.OPEN),
        ({"need": "roof", "budget": "500", "when": "later", "chief": "no"}, Verdict.NOT_QUALIFIED),
        ({"budget": "1"}, Verdict.NOT_QUALIFIED),
        ({}, Verdict.OPEN),
    ],
)
def test_the_verdict(facts: dict[str, str], verdict: Verdict) -> None:
    assert judge(ALL, 1, facts).verdict is verdict


FACTS = st.fixed_dictionaries(
    {}, optional={"need": st.just("x"), "budget": st.sampled_from(["1", "500"]), "when": st.sampled_from(["soon", "later"]),
                  "chief": st.sampled_from(["yes", "no"])},
)  # fmt: skip


@pytest.mark.shows("I3.qualification")
@given(FACTS, FACTS, st.integers(0, 2))
def test_more_facts_never_take_a_verdict_back(
    facts: dict[str, str], more: dict[str, str], wanted: int
) -> None:
    before = judge(ALL, wanted, facts).verdict
    assert before is Verdict.OPEN or judge(ALL, wanted, more | facts).verdict is before


@given(st.sampled_from(ALL))
def test_a_criterion_is_stored_and_read_as_it_was(one: Criterion) -> None:
    assert read_item(as_item(one)) == one


@pytest.mark.django_db
@pytest.mark.shows("I3.qualification", "I2.stale", "I2.journal")
def test_criteria_are_drawn_up_anew_and_never_changed(world: World) -> None:
    conveyor = conveyors(world.workspace.pk)[0]
    boss = world.actor("Igor")
    ready = criteria_of(world.workspace.pk, conveyor.pk)
    assert (ready.number, ready.wanted, [one.fact for one in ready.items if one.must]) == (
        1,
        1,
        ["pain", "decision_maker"],
    )
    found = set_criteria(actor=boss, at=NOON, conveyor_id=conveyor.pk, items=ALL, wanted=2, was=1)
    assert (found.number, found.items, found.wanted) == (2, ALL, 2)
    again = set_criteria(actor=boss, at=NOON, conveyor_id=conveyor.pk, items=ALL, wanted=2, was=2)
    assert again.number == 2  # the same is no new set
    assert CriteriaSet.objects.filter(conveyor=conveyor).count() == 2
    assert Entry.objects.filter(subject_id=conveyor.pk, action="criteria").count() == 1
    with refused("criteria_stale"):
        set_criteria(actor=boss, at=NOON, conveyor_id=conveyor.pk, items=(NEED,), wanted=0, was=1)


@pytest.mark.django_db
@pytest.mark.shows("I3.qualification", "I2.bad-input")
@pytest.mark.parametrize(
    ("items", "wanted", "code"),
    [
        ((NEED, NEED), 0, "criteria_twice"), (ALL, 3, "wanted"), ((replace(NEED, label=" "),), 0, "criterion"),
        ((replace(WHEN, good=("never",)),), 0, "good"), ((replace(BUDGET, least=Decimal(1000)),), 0, "least"),
        (tuple(replace(NEED, fact=f"f{n}") for n in range(21)), 0, "criteria"),
    ],
)  # fmt: skip
def test_criteria_that_nobody_could_meet_are_refused(
    world: World, items: tuple[Criterion, ...], wanted: int, code: str
) -> None:
    conveyor = conveyors(world.workspace.pk)[0]
    with refused(code):
        set_criteria(
            actor=world.actor("Igor"), at=NOON, conveyor_id=conveyor.pk, items=items, wanted=wanted, was=1
        )


@pytest.mark.django_db
def test_who_draws_them_up(world: World) -> None:
    conveyor = conveyors(world.workspace.pk)[0]
    with pytest.raises(Forbidden):
        set_criteria(
            actor=world.actor("Alina"), at=NOON, conveyor_id=conveyor.pk, items=(NEED,), wanted=0, was=1
        )
