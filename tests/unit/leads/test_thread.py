"""The thread: a lead comes in, passes gates, is handed over, won, paid, and becomes the next lead."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from konveyer.domain.catalog.models import Product
from konveyer.domain.conveyor.models import Conveyor, Stage
from konveyer.domain.deals.models import Deal
from konveyer.domain.deals.operations import create_deal, record_payment
from konveyer.domain.journal.models import Entry
from konveyer.domain.leads.models import Handoff, Lead, StagePass, Task
from konveyer.domain.leads.operations import (
    accept_handoff,
    complete_task,
    hold,
    move_lead,
    open_lead,
    recycle_overdue,
    refuse,
    reopen,
    return_handoff,
    take,
    wake_due,
)
from konveyer.domain.leads.operations.move import GateClosed
from konveyer.domain.people.models import Company
from konveyer.domain.touches.models import Touch
from konveyer.domain.touches.operations import record_touch
from konveyer.domain.touches.queries import of_lead
from konveyer.kit.refusal import Forbidden, Invalid, NotFound, Refused, Stale
from tests.world import NOON, World

FIRST = {"questionnaire": "yes"}
WATCHED = {"minutes_watched": "36", "pain": "few new clients"}
AGREED = {"decision_maker": "himself", "decision_time": "This year", "code_word": "Pendulum"}


def company(world: World, name: str = "Kama Fasteners") -> Company:
    return Company.objects.create(workspace=world.workspace, name=name, name_key=name.lower())


def stage(world: World, key: str) -> Stage:
    return Stage.objects.get(
        workspace=world.workspace, conveyor_version__conveyor__code="new_clients", key=key
    )


def opened(world: World, by: str = "Alina", **more: object) -> Lead:
    conveyor = Conveyor.objects.get(workspace=world.workspace, code="new_clients")
    firm = more.pop("company", None) or company(world)
    return open_lead(
        actor=world.actor(by),
        at=NOON,
        conveyor_id=conveyor.pk,
        company_id=firm.pk,
        **more,  # type: ignore[attr-defined, arg-type]
    )


def to(world: World, lead: Lead, key: str, by: str = "Igor", **more: object) -> Lead:
    return move_lead(
        actor=world.actor(by),
        at=more.pop("at", NOON),
        lead_id=lead.pk,
        to_stage_id=stage(world, key).pk,
        **more,  # type: ignore[arg-type]
    )


@pytest.mark.shows("R8", "I2.conveyor", "R16")
def test_from_inquiry_to_the_next_level(world: World) -> None:
    Product.objects.create(
        workspace=world.workspace, code="core", name="90 days", level="core", price=420_000, currency="RUB"
    )
    vip = Product.objects.create(
        workspace=world.workspace, code="vip", name="A year", level="vip", price=1_480_000, currency="RUB"
    )
    lead = opened(world)
    assert (lead.state, lead.queue is not None, lead.owner) == ("open", True, None)  # the marketer's queue
    lead = to(world, lead, "first_contact", facts=FIRST)
    lead = take(actor=world.actor("Alina"), at=NOON, lead_id=lead.pk)
    assert lead.telemarketer == world.people["Alina"]
    to(world, lead, "second_contact", "Alina", facts=WATCHED)
    lead = to(
        world,
        lead,
        "meeting",
        "Alina",
        facts=AGREED,
        to_member_id=world.people["Marina"].pk,
        introduction="Roman decides.",
    )
    handoff = Handoff.objects.get(lead=lead, state="sent", to_member=world.people["Marina"])
    assert handoff.package["facts"]["pain"] == "few new clients"
    assert lead.owner == world.people["Marina"]
    accept_handoff(actor=world.actor("Marina"), at=NOON, handoff_id=handoff.pk)
    record_touch(actor=world.actor("Marina"), at=NOON, lead_id=lead.pk, channel="meeting", outcome="held")
    to(world, lead, "proposal", "Marina", facts={"need": "a sales department"})
    deal = create_deal(actor=world.actor("Marina"), at=NOON, lead_id=lead.pk, amount=Decimal("420000"))
    to(world, lead, "contract", "Marina", facts={"order_confirmed": "yes"})
    to(world, lead, "invoice", "Marina", facts={"document_signed": "yes"})
    record_payment(
        actor=world.actor("Vera"), at=NOON, deal_id=deal.pk, amount=Decimal("210000"), received_on=NOON.date()
    )
    lead = to(world, lead, "project")
    connection.check_constraints()
    assert (lead.state, lead.won_on, lead.temperature) == ("won", NOON.date(), "client")
    assert (lead.telemarketer, lead.closer) == (world.people["Alina"], world.people["Marina"])
    assert Deal.objects.get(pk=deal.pk).status == "won"
    following = Lead.objects.get(parent=lead)
    assert (following.level, following.state, following.product) == (vip.level, "on_hold", None)
    ways = list(
        StagePass.objects.filter(lead=lead).order_by("stage__position").values_list("stage__key", "outcome")
    )
    assert ways == [
        ("lead_generation", "passed"), ("first_contact", "passed"), ("second_contact", "passed"), ("meeting", "passed"),
        ("proposal", "passed"), ("contract", "passed"), ("invoice", "passed"), ("project", ""),
    ]  # fmt: skip


@pytest.mark.shows("S24")
def test_a_closed_gate_says_what_is_missing_and_an_override_needs_reason_and_right(world: World) -> None:
    lead = opened(world)
    with pytest.raises(GateClosed) as closed:
        to(world, lead, "second_contact", "Alina", facts={"minutes_watched": "12"})
    why = {condition.fact: str(reason) for condition, reason in closed.value.missing.items()}
    assert why == {"questionnaire": "unknown", "minutes_watched": "too_few", "pain": "unknown"}
    with pytest.raises(Forbidden):
        to(world, lead, "first_contact", "Alina", override_reason="he is in a hurry")
    lead = to(world, lead, "first_contact", "Anna", override_reason="he is in a hurry")
    passed = StagePass.objects.get(lead=lead, stage__key="lead_generation")
    assert (passed.override_reason, passed.overridden_by) == ("he is in a hurry", world.people["Anna"])


@pytest.mark.shows("R9")
def test_a_code_word_that_is_nearly_right_is_told_from_a_wrong_one(world: World) -> None:
    lead = opened(world)
    lead = to(world, lead, "second_contact", facts=FIRST | WATCHED)
    for said, why in (("pendulm", "near"), ("banana", "different")):
        with pytest.raises(GateClosed) as closed:
            to(world, lead, "meeting", facts=AGREED | {"code_word": said})
        assert [str(reason) for reason in closed.value.missing.values()] == [why]


@pytest.mark.shows("S25")
def test_a_handoff_returned_goes_back_to_where_it_came_from(world: World) -> None:
    lead = opened(world)
    lead = to(world, lead, "second_contact", facts=FIRST | WATCHED)
    lead = take(actor=world.actor("Alina"), at=NOON, lead_id=lead.pk)
    lead = to(world, lead, "meeting", "Alina", facts=AGREED, to_member_id=world.people["Timur"].pk)
    handoff = Handoff.objects.get(lead=lead, state="sent")
    with pytest.raises(NotFound):
        return_handoff(actor=world.actor("Pavel"), at=NOON, handoff_id=handoff.pk, reason="facts_missing")
    with pytest.raises(Invalid):
        return_handoff(actor=world.actor("Timur"), at=NOON, handoff_id=handoff.pk, reason="because")
    return_handoff(
        actor=world.actor("Timur"), at=NOON, handoff_id=handoff.pk, reason="facts_missing", note="Budget?"
    )
    lead.refresh_from_db()
    assert (lead.stage.key, lead.owner) == ("second_contact", world.people["Alina"])
    with pytest.raises(Refused):
        accept_handoff(actor=world.actor("Timur"), at=NOON, handoff_id=handoff.pk)


@pytest.mark.shows("S25")
def test_a_handoff_nobody_takes_in_time_goes_to_the_queue(world: World) -> None:
    lead = opened(world)
    lead = to(world, lead, "second_contact", facts=FIRST | WATCHED)
    lead = take(actor=world.actor("Alina"), at=NOON, lead_id=lead.pk)
    to(world, lead, "meeting", "Alina", facts=AGREED, to_member_id=world.people["Timur"].pk)
    assert recycle_overdue(actor=world.system, at=NOON + timedelta(hours=1)) == 0
    assert recycle_overdue(actor=world.system, at=NOON + timedelta(hours=3)) == 1
    lead.refresh_from_db()
    assert lead.owner is None
    assert lead.queue is not None
    assert lead.queue.code == "closer"
    connection.check_constraints()


@pytest.mark.shows("I2.nothing-dropped")
def test_nothing_is_dropped(world: World) -> None:
    lead = opened(world, owner_id=world.people["Alina"].pk, by="Anna")
    task = Task.objects.get(pk=lead.next_task_id)
    lead = complete_task(actor=world.actor("Alina"), at=NOON, task_id=task.pk)
    assert lead.next_task_id not in (None, task.pk)
    connection.check_constraints()
    Task.objects.filter(pk=lead.next_task_id).update(done_at=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        connection.check_constraints()
    Task.objects.filter(pk=lead.next_task_id).update(done_at=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Lead.objects.filter(pk=lead.pk).update(next_task=None)


@pytest.mark.shows("I2.stale")
def test_the_second_of_two_people_is_told(world: World) -> None:
    lead = opened(world, owner_id=world.people["Alina"].pk, by="Anna")
    seen = lead.version
    to(world, lead, "first_contact", "Alina", facts=FIRST, version=seen)
    with pytest.raises(Stale) as stale:
        to(world, lead, "second_contact", "Anna", facts=WATCHED, version=seen)
    assert stale.value.details == {"your_version": seen, "version": seen + 1}


@pytest.mark.shows("I2.one-open-lead")
def test_one_open_lead_per_company_unless_a_reason_is_given(world: World) -> None:
    firm = company(world)
    first = opened(world, company=firm)
    with pytest.raises(Refused) as refused:
        opened(world, company=firm)
    assert refused.value.details == {"lead": str(first.pk)}
    with pytest.raises(Forbidden):
        opened(world, company=firm, second_reason="another branch")
    second = opened(world, by="Anna", company=firm, second_reason="another branch")
    assert Entry.objects.get(subject_id=second.pk, action="created").reason == "another branch"


@pytest.mark.shows("I2.refusal-routes")
def test_refusal_rests_or_closes_and_reopening_needs_a_reason(world: World) -> None:
    lead = opened(world, owner_id=world.people["Alina"].pk, by="Anna")
    routes = {route.code: route for route in lead.conveyor_version.refusals.all()}
    deal = create_deal(actor=world.actor("Anna"), at=NOON, lead_id=lead.pk, amount=Decimal("100"))
    lead = refuse(actor=world.actor("Alina"), at=NOON, lead_id=lead.pk, refusal_id=routes["later"].pk)
    assert (lead.state, lead.wake_on) == ("on_hold", (NOON + timedelta(days=90)).date())
    assert (Deal.objects.get(pk=deal.pk).status, Deal.objects.get(pk=deal.pk).wake_on) == (
        "on_hold",
        lead.wake_on,
    )
    assert wake_due(actor=world.system, at=NOON + timedelta(days=89)) == 0
    assert wake_due(actor=world.system, at=NOON + timedelta(days=90)) == 1
    assert Deal.objects.get(pk=deal.pk).status == "open"
    lead = refuse(actor=world.actor("Alina"), at=NOON, lead_id=lead.pk, refusal_id=routes["competitor"].pk)
    assert (lead.state, lead.closed_at) == ("lost", NOON)
    assert Deal.objects.get(pk=deal.pk).lost_reason == routes["competitor"].label
    with pytest.raises(Invalid):
        reopen(actor=world.actor("Alina"), at=NOON, lead_id=lead.pk, reason=" ")
    lead = reopen(actor=world.actor("Alina"), at=NOON, lead_id=lead.pk, reason="they called back")
    assert (lead.state, lead.refusal, lead.owner) == ("open", None, world.people["Alina"])
    with pytest.raises(Invalid):
        hold(actor=world.actor("Alina"), at=NOON, lead_id=lead.pk, wake_on=NOON.date())
    connection.check_constraints()


@pytest.mark.shows("R6")
def test_touches_are_numbered_by_their_moment_and_attempts_have_no_number(world: World) -> None:
    lead = opened(world, owner_id=world.people["Alina"].pk, by="Anna")
    alina = world.actor("Alina")

    def touch(hours: int, channel: str, outcome: str, seconds: int | None = None) -> Touch:
        return record_touch(
            actor=alina, at=NOON + timedelta(days=1), lead_id=lead.pk, channel=channel, outcome=outcome, seconds=seconds,
            happened_at=NOON + timedelta(hours=hours),
        )  # fmt: skip

    touch(5, "call", "interest", 190)
    touch(1, "call", "no_answer")
    touch(2, "mail", "sent")
    touch(3, "call", "talked", 12)  # twelve seconds are no talk
    numbers = [
        (item.touch.channel, item.touch.outcome, item.number) for item in of_lead(world.workspace.pk, lead.pk)
    ]
    assert numbers == [
        ("call", "interest", 2), ("call", "talked", None), ("mail", "sent", 1), ("call", "no_answer", None),
    ]  # fmt: skip
    lead.refresh_from_db()
    assert (lead.temperature, lead.first_touch_at) == ("warm", NOON + timedelta(hours=1))
    with pytest.raises(Invalid):
        record_touch(
            actor=alina,
            at=NOON,
            lead_id=lead.pk,
            channel="call",
            outcome="talked",
            happened_at=NOON + timedelta(hours=9),
        )


@pytest.mark.shows("I2.won-together")
def test_a_won_lead_without_a_won_deal_cannot_be_committed(world: World) -> None:
    lead = opened(world)
    Lead.objects.filter(pk=lead.pk).update(state="won", won_at=NOON, won_on=NOON.date())
    with pytest.raises(IntegrityError), transaction.atomic():
        connection.check_constraints()
    Lead.objects.filter(pk=lead.pk).update(state="open", won_at=None, won_on=None)
    Deal.objects.create(workspace=world.workspace, lead=lead, currency="RUB", status="won", status_at=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        connection.check_constraints()
    Deal.objects.all().delete()
