"""Repeat inquiries (the model), speed to lead, and handoffs in one hand."""

from datetime import date, timedelta

import pytest
from django.db import connection

from konveyer.domain.conveyor.models import Conveyor
from konveyer.domain.leads.models import Handoff, Lead, Task
from konveyer.domain.leads.operations import (
    Entered,
    ask_again,
    enter_lead,
    hold,
    receive_lead,
    refuse,
)
from konveyer.domain.leads.operations.receiving import Received
from konveyer.domain.people.models import Company
from konveyer.domain.staff.operations.frames import set_frame
from konveyer.domain.touches.models import Touch
from konveyer.domain.touches.operations import record_touch
from konveyer.domain.workspace.models import Member, MemberRole, Role
from konveyer.kit.refusal import Forbidden, Refused
from tests.unit.leads.test_thread import AGREED, FIRST, WATCHED, company, opened, stage, to
from tests.world import NOON, World

LATER = NOON + timedelta(days=10)


def comes(world: World, firm: Company, by: str = "Alina", **more: object) -> Received:
    conveyor = Conveyor.objects.get(workspace=world.workspace, code="new_clients")
    values = {"incoming": True, "at": LATER} | more
    return receive_lead(actor=world.actor(by), conveyor_id=conveyor.pk, company_id=firm.pk, **values)  # type: ignore[arg-type]


def lost(world: World, firm: Company, owner: str) -> Lead:
    lead = opened(world, by="Anna", company=firm, owner_id=world.people[owner].pk)
    route = lead.conveyor_version.refusals.get(code="competitor")
    return refuse(actor=world.actor("Anna"), at=NOON, lead_id=lead.pk, refusal_id=route.pk)


@pytest.mark.shows("S26", "R34")
def test_an_open_lead_gets_a_touch_and_its_owner_a_term_to_answer(world: World) -> None:
    firm = company(world)
    lead = opened(world, by="Anna", company=firm, owner_id=world.people["Pavel"].pk)
    received = comes(world, firm, note="Still waiting for the price")
    assert (received.lead.pk, received.again, Lead.objects.count()) == (lead.pk, True, 1)
    touch = Touch.objects.get()
    assert (touch.lead_id, touch.direction, touch.note, touch.member) == (
        lead.pk, "in", "Still waiting for the price", world.people["Alina"],
    )  # fmt: skip
    after = Lead.objects.get(pk=lead.pk)
    step = Task.objects.get(pk=after.next_task_id)
    assert (step.member, step.kind, step.due_at) == (
        world.people["Pavel"],
        "call",
        LATER + timedelta(minutes=15),
    )
    assert (after.temperature, after.first_touch_at) == ("warm", None)  # they wrote: we have not answered yet
    with pytest.raises(Refused):  # a cold one is refused as before
        comes(world, firm, incoming=False)
    with pytest.raises(Forbidden):
        comes(world, firm, second_reason="another branch")
    connection.check_constraints()


@pytest.mark.shows("S26")
def test_a_resting_lead_wakes_when_they_ask_again(world: World) -> None:
    firm = company(world)
    lead = opened(world, by="Anna", company=firm, owner_id=world.people["Pavel"].pk)
    hold(actor=world.actor("Pavel"), at=NOON, lead_id=lead.pk, wake_on=date(2027, 3, 1))
    received = comes(world, firm)
    assert (received.again, received.lead.state, received.lead.wake_on) == (True, "open", None)
    assert ask_again(actor=world.actor("Alina"), at=LATER, lead_id=lead.pk).owner == world.people["Pavel"]
    connection.check_constraints()


@pytest.mark.shows("S26")
def test_somebody_we_know_comes_back_to_the_last_owner_or_his_deputy_or_the_queue(world: World) -> None:
    firm, pavel = company(world), world.people["Pavel"]
    lost(world, firm, "Pavel")
    assert comes(world, firm).lead.owner == pavel
    Member.objects.filter(pk=pavel.pk).update(away_until=LATER.date(), deputy=world.people["Timur"])
    second = company(world, "Second")
    lost(world, second, "Pavel")
    assert comes(world, second).lead.owner == world.people["Timur"]
    Member.objects.filter(pk=pavel.pk).update(deputy=None)
    third = company(world, "Third")
    lost(world, third, "Pavel")
    new = comes(world, third).lead
    assert (new.owner, new.queue is not None) == (None, True)
    Member.objects.filter(pk=pavel.pk).update(away_until=None)
    set_frame(actor=world.actor("Anna"), at=NOON, kind="open_leads", value="1", member_id=pavel.pk)
    fourth = company(world, "Fourth")
    Lead.objects.filter(company=firm, state="open").update(company=fourth)  # the one that fills his hands
    fifth = company(world, "Fifth")
    route = Lead.objects.filter(state="lost").first()
    assert route is not None
    Lead.objects.filter(pk=route.pk).update(company=fifth)
    assert comes(world, fifth).lead.owner is None
    strangers = comes(world, company(world, "Sixth")).lead
    assert strangers.owner is None


@pytest.mark.shows("S26", "R16")
def test_a_client_comes_to_his_account_manager(world: World) -> None:
    firm = company(world)
    role = Role.objects.get(workspace=world.workspace, code="account_manager")
    for name in ("Timur", "Lev"):
        MemberRole.objects.create(workspace=world.workspace, member=world.people[name], role=role)
    lead = opened(world, by="Anna", company=firm, owner_id=world.people["Marina"].pk)
    known = FIRST | WATCHED | AGREED | {
        "meeting_held": "yes", "need": "more", "order_confirmed": "yes", "document_signed": "yes", "invoice_paid": "yes",
    }  # fmt: skip
    won = to(world, lead, "project", "Anna", facts=known)
    assert won.state == "won"
    assert (
        comes(world, firm).lead.owner == world.people["Lev"]
    )  # nobody manages him yet: whoever has the fewest
    Lead.objects.filter(company=firm, state="open").update(
        state="on_hold", wake_on=date(2027, 1, 1), owner=world.people["Timur"]
    )
    assert comes(world, firm, level="vip").lead.owner == world.people["Timur"]


@pytest.mark.shows("S26")
def test_entering_by_hand_writes_what_they_said_on_the_open_lead(world: World) -> None:
    firm = company(world)
    lead = opened(world, by="Anna", company=firm, owner_id=world.people["Pavel"].pk)
    conveyor = Conveyor.objects.get(workspace=world.workspace, code="new_clients")
    received = enter_lead(
        actor=world.actor("Alina"), at=LATER, entered=Entered(company_id=firm.pk), conveyor_id=conveyor.pk, incoming=True,
        note="Call me back",
    )  # fmt: skip
    assert (received.lead.pk, received.again, Touch.objects.get().note) == (lead.pk, True, "Call me back")


@pytest.mark.shows("S26")
def test_a_message_of_theirs_is_no_first_contact_and_a_call_of_theirs_is(world: World) -> None:
    lead = opened(world, by="Anna", owner_id=world.people["Alina"].pk, incoming=True)
    said = {"actor": world.actor("Alina"), "at": NOON + timedelta(hours=1), "lead_id": lead.pk}
    record_touch(channel="message", direction="in", outcome="replied", **said)
    lead.refresh_from_db()
    assert lead.first_touch_at is None
    record_touch(channel="call", direction="in", outcome="talked", **said)
    lead.refresh_from_db()
    assert lead.first_touch_at == NOON + timedelta(hours=1)


@pytest.mark.shows("S25")
def test_a_handoff_to_oneself_is_accepted_at_once_and_counts(world: World) -> None:
    closer = Role.objects.get(workspace=world.workspace, code="closer")
    MemberRole.objects.create(workspace=world.workspace, member=world.people["Alina"], role=closer)
    lead = opened(world, by="Anna", owner_id=world.people["Alina"].pk)
    lead = to(world, lead, "second_contact", "Alina", facts=FIRST | WATCHED)
    lead = to(world, lead, "meeting", "Alina", facts=AGREED)
    made = Handoff.objects.get(lead=lead, to_stage__key="meeting")
    assert (made.state, made.from_member, made.to_member, made.settled_at, made.due_at) == (
        "accepted", world.people["Alina"], world.people["Alina"], NOON, None,
    )  # fmt: skip
    assert made.package["facts"]["pain"] == "few new clients"
    assert (lead.owner, lead.telemarketer, lead.closer) == (world.people["Alina"],) * 3
    to(world, lead, "proposal", "Alina", facts={"meeting_held": "yes", "need": "more"})
    assert (
        Handoff.objects.filter(lead=lead, to_stage__key="proposal").count() == 0
    )  # the same role: no handoff


@pytest.mark.shows("S25")
def test_who_works_on_with_what_was_handed_to_him_has_accepted_it(world: World) -> None:
    lead = opened(world, by="Anna", owner_id=world.people["Alina"].pk)
    sent = {"facts": FIRST | WATCHED | AGREED, "to_member_id": world.people["Marina"].pk}
    to(world, lead, "meeting", "Alina", **sent)
    to(world, lead, "proposal", "Marina", facts={"meeting_held": "yes", "need": "more"})
    assert Handoff.objects.get(lead=lead, to_stage__key="meeting").state == "accepted"
    other = opened(world, by="Anna", company=company(world, "Other"), owner_id=world.people["Alina"].pk)
    to(world, other, "meeting", "Alina", **sent)
    to(
        world, other, "proposal", "Anna", facts={"meeting_held": "yes", "need": "more"}
    )  # somebody else went on
    assert Handoff.objects.get(lead=other, to_stage__key="meeting").state == "recycled"


@pytest.mark.shows("S25")
def test_a_returned_lead_has_the_term_of_the_stage_it_came_back_to(world: World) -> None:
    from konveyer.domain.leads.operations import return_handoff
    from konveyer.domain.leads.queries.office import office_of
    from konveyer.domain.leads.rules.deadlines import working_deadline

    lead = opened(world, by="Anna", owner_id=world.people["Alina"].pk)
    lead = to(world, lead, "second_contact", "Alina", facts=FIRST | WATCHED)
    to(world, lead, "meeting", "Alina", facts=AGREED, to_member_id=world.people["Marina"].pk)
    sent = Handoff.objects.get(lead=lead, state="sent")
    return_handoff(actor=world.actor("Marina"), at=LATER, handoff_id=sent.pk, reason="facts_missing")
    lead.refresh_from_db()
    hours = stage(world, "second_contact").sla_hours
    assert hours
    assert lead.due_at == working_deadline(LATER, hours, *office_of(world.workspace.pk))
