"""Whose turn it is: by order, by load, by segment; who is away, full or outside the role is passed over."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konveyer.domain.conveyor.queries import conveyors
from konveyer.domain.journal.models import Entry
from konveyer.domain.leads.models import Lead, RotationRule
from konveyer.domain.leads.operations import move_lead, receive_lead, remove_rule, save_rule
from konveyer.domain.leads.operations.rotation import Wanted, stored
from konveyer.domain.leads.queries.rotation import read_segment, rules_of
from konveyer.domain.leads.rules.rotation import LOAD, ORDER, Segment, Suits, matches, pick
from konveyer.domain.people.operations import create_company
from konveyer.domain.people.rules.facts import CompanyFacts
from konveyer.domain.staff.operations.frames import set_frame
from konveyer.domain.workspace.models import Role
from konveyer.kit.refusal import Forbidden
from tests.refusals import refused
from tests.unit.leads.test_thread import company, opened
from tests.world import NOON, World


@pytest.mark.shows("I3.handoff")
@pytest.mark.parametrize(
    ("segment", "lead", "yes"),
    [
        (Segment(), Suits(), True), (Segment(cities=("Орёл",)), Suits(city=" орел "), True), (Segment(cities=("Орёл",)), Suits(), False),
        (Segment(levels=("vip", "core")), Suits(level="core"), True), (Segment(levels=("vip",)), Suits(level="core"), False),
        (Segment(origins=("fair",)), Suits(origin="site"), False), (Segment(industries=("Mills",)), Suits(industry="mills"), True),
        (Segment(amount=Decimal(100)), Suits(amount=Decimal(100)), True), (Segment(amount=Decimal(100)), Suits(), False),
        (Segment(incoming=False), Suits(incoming=True), False), (Segment(incoming=True), Suits(incoming=True), True),
    ],
)  # fmt: skip
def test_which_leads_a_rule_speaks_of(segment: Segment, lead: Suits, yes: bool) -> None:
    assert matches(segment, lead) is yes


@given(st.lists(st.integers(0, 9), unique=True, min_size=1), st.integers(1, 40))
def test_in_turn_nobody_gets_two_more_than_another(people: list[int], leads: int) -> None:
    got = dict.fromkeys(people, 0)
    last: int | None = None
    for _lead in range(leads):
        last = pick(ORDER, people, last, {})
        assert last is not None
        got[last] += 1
    assert max(got.values()) - min(got.values()) <= 1


@given(st.dictionaries(st.integers(0, 9), st.integers(0, 5), min_size=1))
def test_by_load_whoever_holds_least(held: dict[int, int]) -> None:
    found = pick(LOAD, list(held), None, held)
    assert found is not None
    assert held[found] == min(held.values())
    assert pick(LOAD, [], None, held) is None


@given(
    st.builds(
        Segment,
        cities=st.tuples(st.text(min_size=1)),
        amount=st.none() | st.decimals(0, 9, places=2),
        incoming=st.none() | st.booleans(),
    )
)
def test_a_segment_is_stored_and_read_as_it_was(segment: Segment) -> None:
    assert read_segment(stored(segment)) == segment


def rule(
    world: World,
    role: str,
    how: str,
    people: Sequence[str] = (),
    segment: Segment | None = None,
    position: int = 1,
) -> RotationRule:
    return save_rule(
        actor=world.actor("Igor"), at=NOON, conveyor_id=conveyors(world.workspace.pk)[0].pk,
        wanted=Wanted(
            Role.objects.get(workspace=world.workspace, code=role).pk, f"{role} {position}", how, position, segment or Segment(),
            [world.people[name].pk for name in people],
        ),
    )  # fmt: skip


def to_meeting(world: World, name: str, **more: Any) -> Lead:
    lead = opened(world, by="Anna", company=company(world, name), owner_id=world.people["Alina"].pk)
    stage = next(one for one in lead.conveyor_version.stages.all() if one.key == "meeting")
    return move_lead(
        actor=world.actor("Anna"),
        at=NOON,
        lead_id=lead.pk,
        to_stage_id=stage.pk,
        override_reason="known",
        **more,
    )


def owners(world: World, count: int) -> list[str | None]:
    found = [to_meeting(world, f"Firm {n}") for n in range(count)]
    return [one.owner.name if one.owner else None for one in found]


@pytest.mark.django_db
@pytest.mark.shows("I3.handoff", "S25")
def test_without_a_rule_a_lead_waits_in_the_queue_with_one_they_take_turns(world: World) -> None:
    assert owners(world, 1) == [None]
    rule(world, "closer", ORDER, ["Timur", "Marina"])
    assert [to_meeting(world, f"Next {n}").owner.name for n in range(3)] == ["Timur", "Marina", "Timur"]  # type: ignore[union-attr]
    named = to_meeting(world, "Named", to_member_id=world.people["Timur"].pk)
    assert named.owner == world.people["Timur"]  # who is named goes before any rule
    assert to_meeting(world, "After").owner == world.people["Marina"]


@pytest.mark.django_db
@pytest.mark.shows("I3.handoff", "R28")
def test_who_is_away_or_full_is_passed_over(world: World) -> None:
    rule(world, "closer", ORDER)
    marina, timur = world.people["Marina"], world.people["Timur"]
    set_frame(actor=world.actor("Igor"), at=NOON, kind="open_leads", value="1", member_id=marina.pk)
    first = owners(world, 3)
    assert sorted(filter(None, first)) == ["Marina", "Timur", "Timur"]
    timur.away_until = NOON.date() + timedelta(days=2)
    timur.save()
    assert to_meeting(world, "Nobody").owner is None  # Marina is full, Timur away: the queue


@pytest.mark.django_db
@pytest.mark.shows("I3.handoff")
def test_by_load_and_by_segment(world: World) -> None:
    rule(world, "closer", LOAD, position=2)
    rule(world, "closer", ORDER, ["Timur"], Segment(amount=Decimal(1000)), position=1)
    for name in ("One", "Two"):
        to_meeting(world, name, to_member_id=world.people["Timur"].pk)
    assert owners(world, 2) == ["Marina", "Marina"]
    rich = opened(world, by="Anna", company=company(world, "Rich"), owner_id=world.people["Alina"].pk)
    Lead.objects.filter(pk=rich.pk).update(expected_amount=1000)
    stage = next(one for one in rich.conveyor_version.stages.all() if one.key == "meeting")
    moved = move_lead(
        actor=world.actor("Anna"), at=NOON, lead_id=rich.pk, to_stage_id=stage.pk, override_reason="known"
    )
    assert moved.owner == world.people["Timur"]


@pytest.mark.django_db
@pytest.mark.shows("I3.handoff", "R34")
def test_an_inquiry_goes_to_whose_turn_it_is_unless_the_client_is_known(world: World) -> None:
    rule(world, "marketer", ORDER, ())
    rule(world, "telemarketer", ORDER, ["Pavel", "Alina"])
    inbound = next(one for one in conveyors(world.workspace.pk) if one.code == "inbound")
    save_rule(
        actor=world.actor("Igor"), at=NOON, conveyor_id=inbound.pk,
        wanted=Wanted(Role.objects.get(workspace=world.workspace, code="telemarketer").pk, "inbound", ORDER, 1, Segment(), ()),
    )  # fmt: skip
    firms = [
        create_company(actor=world.actor("Anna"), at=NOON, facts=CompanyFacts(name=f"Caller {n}"))
        for n in range(3)
    ]
    got = [
        receive_lead(
            actor=world.actor("Anna"), at=NOON, incoming=True, conveyor_id=inbound.pk, company_id=one.pk
        ).lead.owner.name
        for one in firms
    ]
    assert got == ["Alina", "Pavel", "Alina"]


@pytest.mark.django_db
@pytest.mark.shows("I3.handoff", "I2.stale", "I2.bad-input", "I2.journal")
def test_rules_are_drawn_up_changed_and_removed(world: World) -> None:
    made = rule(world, "closer", ORDER, ["Timur"])
    conveyor, role = made.conveyor_id, made.role_id
    igor = world.actor("Igor")
    wanted = Wanted(role, "Closers", LOAD, 2, Segment(cities=("Perm",)), [world.people["Marina"].pk])
    with refused("rotation_stale"):
        save_rule(actor=igor, at=NOON, conveyor_id=conveyor, rule_id=made.pk, version=7, wanted=wanted)
    save_rule(actor=igor, at=NOON, conveyor_id=conveyor, rule_id=made.pk, version=1, wanted=wanted)
    turn = rules_of(world.workspace.pk, conveyor)[0]
    assert (turn.rule.name, turn.rule.version, turn.segment.cities, turn.places) == (
        "Closers",
        2,
        ("Perm",),
        (world.people["Marina"].pk,),
    )
    for wrong, code in (
        (Wanted(role, "x", "dice"), "how"), (Wanted(role, " ", ORDER), "name"), (Wanted(conveyor, "x", ORDER), "role"),
        (Wanted(role, "x", ORDER, members=[world.people["Alina"].pk]), "rotation_role"),
        (Wanted(role, "x", ORDER, members=[world.people["Marina"].pk] * 2), "members"),
    ):  # fmt: skip
        with refused(code):
            save_rule(actor=igor, at=NOON, conveyor_id=conveyor, wanted=wrong)
    with pytest.raises(Forbidden):
        save_rule(actor=world.actor("Alina"), at=NOON, conveyor_id=conveyor, wanted=wanted)
    remove_rule(actor=igor, at=NOON, conveyor_id=conveyor, rule_id=made.pk)
    with refused("rotation_not_found"):
        remove_rule(actor=igor, at=NOON, conveyor_id=conveyor, rule_id=made.pk)
    assert Entry.objects.filter(subject_id=conveyor, action__startswith="rotation").count() == 3
