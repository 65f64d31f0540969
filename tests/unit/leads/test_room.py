"""The frame of open leads: nobody gets more into his hands than it allows (R28)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import translation

from konveyer.domain.journal.models import Entry
from konveyer.domain.leads.models import Handoff, Lead, LeadFact
from konveyer.domain.leads.operations import (
    accept_handoff,
    assign,
    hold,
    open_lead,
    plan_next,
    refuse,
    reopen,
    return_handoff,
    take,
    wake,
    wake_due,
)
from konveyer.domain.leads.queries.load import Load, load_of, loads
from konveyer.domain.leads.queries.moving import plan_move
from konveyer.domain.leads.queries.whose import account_manager
from konveyer.domain.staff.operations.frames import set_frame
from konveyer.domain.staff.rules.outside import OutsideFrame
from konveyer.domain.touches.operations import record_touch
from konveyer.domain.workspace.models import MemberRole, Role
from konveyer.kit.refusal import Forbidden
from tests.unit.leads.test_thread import AGREED, FIRST, WATCHED, company, opened, stage, to
from tests.world import NOON, World


def limit(world: World, name: str, number: str) -> None:
    set_frame(
        actor=world.actor("Anna"), at=NOON, kind="open_leads", value=number, member_id=world.people[name].pk
    )


def of(world: World, name: str, firm: str, **more: object) -> Lead:
    return opened(world, by="Anna", company=company(world, firm), owner_id=world.people[name].pk, **more)


def queued(world: World, firm: str) -> Lead:
    """In the queue of telemarketers."""
    return to(world, opened(world, by="Anna", company=company(world, firm)), "first_contact", facts=FIRST)


@pytest.mark.shows("R28")
def test_who_is_full_takes_no_further_one_and_is_told_who_may_allow_it(world: World) -> None:
    of(world, "Alina", "One")
    waiting = queued(world, "Two")
    limit(world, "Alina", "1")
    with translation.override("en"), pytest.raises(OutsideFrame) as refused:
        take(actor=world.actor("Alina"), at=NOON, lead_id=waiting.pk)
    assert str(refused.value) == (
        "Open leads in your hands: 1. Your frame allows 1. Bring one to its end or to rest, or hand one on. "
        "May allow it: Anna, Igor."
    )
    assert refused.value.details == {
        "frame": "open_leads", "limit": "1", "found": "2", "who_allows": ["Anna", "Igor"],
    }  # fmt: skip
    assert refused.value.status == 409
    waiting.refresh_from_db()
    assert waiting.owner is None
    limit(world, "Alina", "2")
    assert take(actor=world.actor("Alina"), at=NOON, lead_id=waiting.pk).owner == world.people["Alina"]


@pytest.mark.shows("R28")
def test_only_open_leads_count(world: World) -> None:
    alina, lead = world.people["Alina"].pk, of(world, "Alina", "One")
    limit(world, "Alina", "1")
    assert load_of(world.workspace.pk, alina) == Load(1, 1)
    assert load_of(world.workspace.pk, alina, but=lead.pk) == Load(0, 1)
    hold(actor=world.actor("Alina"), at=NOON, lead_id=lead.pk, wake_on=(NOON + timedelta(days=2)).date())
    assert load_of(world.workspace.pk, alina) == Load(0, 1)
    found = loads(world.workspace.pk, [alina, world.people["Pavel"].pk])
    assert found == {alina: Load(0, 1), world.people["Pavel"].pk: Load(0, None)}


@pytest.mark.shows("R28")
def test_giving_beyond_the_frame_needs_a_reason_of_who_sets_frames(world: World) -> None:
    of(world, "Alina", "One")
    other = of(world, "Pavel", "Two")
    limit(world, "Alina", "1")
    give = {"at": NOON, "lead_id": other.pk, "member_id": world.people["Alina"].pk}
    with translation.override("en"), pytest.raises(OutsideFrame) as refused:
        assign(actor=world.actor("Anna"), **give)
    assert "Say why" in str(refused.value)
    assigns = Role.objects.create(
        workspace=world.workspace,
        code="giver",
        name="Giver",
        rights=["leads.work", "leads.assign"],
        view="all",
    )
    MemberRole.objects.create(workspace=world.workspace, member=world.people["Lev"], role=assigns)
    with pytest.raises(OutsideFrame):
        assign(actor=world.actor("Lev"), reason="because", **give)
    assert assign(actor=world.actor("Anna"), reason="knows them", **give).owner == world.people["Alina"]
    assert Entry.objects.filter(subject_id=other.pk, action="assigned").latest("id").reason == "knows them"
    # Given to him whose it is already: nothing changes, nothing is asked.
    assign(actor=world.actor("Anna"), **give)


@pytest.mark.shows("R28")
def test_opening_for_somebody_full_is_refused_and_what_comes_in_by_oneself_waits_in_the_queue(
    world: World,
) -> None:
    of(world, "Alina", "One")
    limit(world, "Alina", "1")
    with pytest.raises(OutsideFrame):
        of(world, "Alina", "Two")
    MemberRole.objects.create(
        workspace=world.workspace, member=world.people["Alina"],
        role=Role.objects.get(workspace=world.workspace, code="marketer"),
    )  # fmt: skip
    lead = opened(world, by="Alina", company=company(world, "Three"))
    assert (lead.owner, lead.queue is not None) == (None, True)
    moved = to(world, lead, "first_contact", "Alina", facts=FIRST)  # her role, but no room: the next queue
    assert (moved.owner, moved.queue.code) == (None, "telemarketer")
    connection.check_constraints()


@pytest.mark.shows("R28", "S25")
def test_a_full_receiver_is_refused_before_anything_is_written(world: World) -> None:
    of(world, "Marina", "One")
    lead = of(world, "Alina", "Two")
    lead = to(world, lead, "second_contact", "Alina", facts=FIRST | WATCHED)
    limit(world, "Marina", "1")
    plan = plan_move(world.actor("Alina"), lead.pk, stage(world, "meeting").pk)
    assert [(one.name, plan.loads[one.pk].full) for one in plan.receivers] == [
        ("Marina", True),
        ("Timur", False),
    ]
    with pytest.raises(OutsideFrame):
        to(world, lead, "meeting", "Alina", facts=AGREED, to_member_id=world.people["Marina"].pk)
    lead.refresh_from_db()
    assert (lead.stage.key, LeadFact.objects.filter(lead=lead, kind="code_word").exists()) == (
        "second_contact",
        False,
    )
    assert not Handoff.objects.filter(lead=lead, state="sent").exists()
    to(world, lead, "meeting", "Alina", facts=AGREED)  # to the queue of closers
    waiting = Handoff.objects.get(lead=lead, state="sent")
    with pytest.raises(OutsideFrame):
        accept_handoff(actor=world.actor("Marina"), at=NOON, handoff_id=waiting.pk)
    assert accept_handoff(actor=world.actor("Timur"), at=NOON, handoff_id=waiting.pk).state == "accepted"


@pytest.mark.shows("R28", "S25")
def test_accepting_is_refused_when_the_frame_was_narrowed_and_what_comes_back_comes_back(
    world: World,
) -> None:
    of(world, "Marina", "One")
    lead = of(world, "Alina", "Two")
    to(
        world,
        lead,
        "meeting",
        "Alina",
        facts=FIRST | WATCHED | AGREED,
        to_member_id=world.people["Marina"].pk,
    )
    sent = Handoff.objects.get(lead=lead, state="sent")
    limit(world, "Marina", "1")
    with pytest.raises(OutsideFrame):
        accept_handoff(actor=world.actor("Marina"), at=NOON, handoff_id=sent.pk)
    of(world, "Alina", "Three")
    limit(world, "Alina", "1")  # full, and yet what she handed on comes back to her
    return_handoff(actor=world.actor("Marina"), at=NOON, handoff_id=sent.pk, reason="no_capacity")
    lead.refresh_from_db()
    assert (lead.owner, load_of(world.workspace.pk, lead.owner_id)) == (world.people["Alina"], Load(2, 1))


@pytest.mark.shows("R28")
def test_waking_by_hand_and_reopening_ask_the_frame_and_the_day_that_has_come_does_not(world: World) -> None:
    resting, lost = of(world, "Alina", "One"), of(world, "Alina", "Two")
    alina = world.actor("Alina")
    hold(actor=alina, at=NOON, lead_id=resting.pk, wake_on=(NOON + timedelta(days=2)).date())
    route = lost.conveyor_version.refusals.get(code="competitor")
    refuse(actor=alina, at=NOON, lead_id=lost.pk, refusal_id=route.pk)
    of(world, "Alina", "Three")
    limit(world, "Alina", "1")
    with pytest.raises(OutsideFrame):
        wake(actor=alina, at=NOON, lead_id=resting.pk)
    with pytest.raises(OutsideFrame):
        reopen(actor=alina, at=NOON, lead_id=lost.pk, reason="they called")
    assert wake_due(actor=world.system, at=NOON + timedelta(days=2)) == 1
    resting.refresh_from_db()
    assert (resting.state, resting.owner) == ("open", world.people["Alina"])
    assert reopen(actor=world.actor("Anna"), at=NOON, lead_id=lost.pk, reason="they called").state == "open"


@pytest.mark.shows("R28")
def test_planning_on_a_lead_that_nobody_works_takes_it(world: World) -> None:
    waiting = queued(world, "One")
    of(world, "Alina", "Two")
    limit(world, "Alina", "1")
    step = {
        "at": NOON,
        "lead_id": waiting.pk,
        "kind": "call",
        "title": "Call",
        "due_at": NOON + timedelta(hours=1),
    }
    with pytest.raises(OutsideFrame):
        plan_next(actor=world.actor("Alina"), **step)
    with pytest.raises(Forbidden):  # giving leads to others needs the right, this way too
        plan_next(actor=world.actor("Alina"), member_id=world.people["Pavel"].pk, **step)
    touch = record_touch(
        actor=world.actor("Alina"), at=NOON, lead_id=waiting.pk, channel="call", outcome="talked"
    )
    assert touch.lead_id == waiting.pk  # what happened is written down, whoever is full
    assert plan_next(actor=world.actor("Pavel"), **step).member == world.people["Pavel"]


@pytest.mark.shows("R28", "R16")
def test_rotation_chooses_the_account_manager_with_the_fewest_open_leads_and_skips_the_full(
    world: World,
) -> None:
    role = Role.objects.get(workspace=world.workspace, code="account_manager")
    for name in ("Marina", "Timur"):
        MemberRole.objects.create(workspace=world.workspace, member=world.people[name], role=role)
    for firm in ("One", "Two"):
        of(world, "Marina", firm)
    of(world, "Timur", "Three")
    assert account_manager(world.workspace.pk) == world.people["Timur"].pk
    limit(world, "Timur", "1")
    assert account_manager(world.workspace.pk) == world.people["Marina"].pk
    limit(world, "Marina", "2")
    assert account_manager(world.workspace.pk) is None


@pytest.mark.shows("R28")
def test_an_own_lead_goes_on_though_the_frame_was_narrowed(world: World) -> None:
    lead = of(world, "Alina", "One")
    of(world, "Alina", "Two")
    limit(world, "Alina", "1")
    assert to(world, lead, "first_contact", "Alina", facts=FIRST).owner == world.people["Alina"]
    conveyor = lead.conveyor_id
    other = open_lead(actor=world.actor("Alina"), at=NOON, conveyor_id=conveyor, title="Anonymous")
    assert other.owner is None
