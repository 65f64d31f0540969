"""Going away and coming back: what moves, what returns, what stays and why."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import translation

from konveyer.domain.absence.models import Absence, Step
from konveyer.domain.absence.operations import begin_due, call_off, come_back, dismiss, end_due, go_away
from konveyer.domain.absence.queries.absences import Moved, absences, kept, moved
from konveyer.domain.absence.queries.plan import plan
from konveyer.domain.journal.models import Entry
from konveyer.domain.leads.models import Handoff, Lead, StagePass, Task
from konveyer.domain.leads.operations import assign, plan_next, refuse
from konveyer.domain.staff.operations.frames import set_frame
from konveyer.domain.staff.operations.members import reactivate
from konveyer.domain.touches.operations import record_touch
from konveyer.domain.workspace.models import Member
from konveyer.kit.refusal import Forbidden, Invalid
from tests.refusals import refused
from tests.unit.leads.test_thread import AGREED, FIRST, WATCHED, company, opened, to
from tests.world import NOON, World

pytestmark = pytest.mark.django_db
TODAY, LAST = date(2026, 11, 24), date(2026, 12, 4)
LATER = NOON + timedelta(days=3)


def of(world: World, name: str, firm: str) -> Lead:
    """A first contact of a telemarketer."""
    lead = opened(world, by="Anna", company=company(world, firm), owner_id=world.people[name].pk)
    return to(world, lead, "first_contact", name, facts=FIRST)


def deputy(world: World, of_whom: str, who: str | None) -> None:
    Member.objects.filter(pk=world.people[of_whom].pk).update(deputy=world.people[who] if who else None)


def away(world: World, name: str = "Pavel", by: str = "Anna", **more: object) -> Absence:
    values = {"starts_on": TODAY, "ends_on": LAST, "rule": "deputy"} | more
    return go_away(actor=world.actor(by), at=NOON, member_id=world.people[name].pk, **values)  # type: ignore[arg-type]


def owner(lead: Lead) -> str:
    lead.refresh_from_db()
    return lead.owner.name if lead.owner else ""


@pytest.mark.shows("I3.absence")
def test_all_open_work_goes_to_the_deputy_and_comes_back(world: World) -> None:
    deputy(world, "Pavel", "Alina")
    mine, others = of(world, "Pavel", "One"), of(world, "Alina", "Two")
    step = plan_next(
        actor=world.actor("Pavel"), at=NOON, lead_id=mine.pk, kind="call", title="Call back", due_at=LATER, promised=True
    )  # fmt: skip
    absence = away(world)
    assert (absence.state, owner(mine)) == ("away", "Alina")
    step.refresh_from_db()
    assert (step.member, step.promised, step.due_at) == (world.people["Alina"], True, LATER)
    assert StagePass.objects.get(lead=mine, left_at=None).owner == world.people["Alina"]
    assert mine.telemarketer == world.people["Alina"], "whoever works it stands for it"
    assert world.people["Pavel"].__class__.objects.get(name="Pavel").away_until == LAST
    line = Entry.objects.get(subject_id=mine.pk, batch_id=absence.pk)
    assert (line.before["owner_id"], line.after["owner_id"]) == (
        str(world.people["Pavel"].pk), str(world.people["Alina"].pk),
    )  # fmt: skip
    assert moved(world.workspace.pk, [absence.pk]) == {absence.pk: Moved(1, 1, 0, 0, 0)}

    since = plan_next(
        actor=world.actor("Alina"), at=LATER, lead_id=mine.pk, kind="mail", title="Send", due_at=LATER + timedelta(days=2)
    )  # fmt: skip
    back = come_back(actor=world.actor("Pavel"), at=LATER, absence_id=absence.pk)
    assert (back.state, owner(mine), owner(others)) == ("back", "Pavel", "Alina")
    since.refresh_from_db()
    assert since.member == world.people["Pavel"], "what the deputy planned comes along"
    assert mine.telemarketer == world.people["Pavel"]
    assert Member.objects.get(name="Pavel").away_until is None
    connection.check_constraints()


@pytest.mark.shows("I3.absence")
def test_what_was_closed_or_moved_on_stays_and_what_the_deputy_talks_about_may(world: World) -> None:
    deputy(world, "Pavel", "Alina")
    closed, elsewhere, talked, quiet = (of(world, "Pavel", name) for name in ("One", "Two", "Three", "Four"))
    absence = away(world)
    route = closed.conveyor_version.refusals.filter(destination="lost").first()
    assert route is not None
    refuse(actor=world.actor("Alina"), at=LATER, lead_id=closed.pk, refusal_id=route.pk, note="too dear")
    assign(actor=world.actor("Anna"), at=LATER, lead_id=elsewhere.pk, member_id=world.owner.pk)
    record_touch(
        actor=world.actor("Alina"),
        at=LATER,
        lead_id=talked.pk,
        channel="call",
        direction="out",
        outcome="talked",
    )
    come_back(actor=world.actor("Anna"), at=LATER, absence_id=absence.pk, keep_talked=True)
    assert [owner(lead) for lead in (elsewhere, talked, quiet)] == ["Igor", "Alina", "Pavel"]
    assert {step.lead_id: step.why for step in kept(world.workspace.pk, absence.pk)} == {
        closed.pk: "closed", elsewhere.pk: "elsewhere", talked.pk: "talked",
    }  # fmt: skip
    assert not Step.objects.filter(absence=absence, settled="").exists()
    with refused("absence_not_going_on"):
        come_back(actor=world.actor("Anna"), at=LATER, absence_id=absence.pk)
    connection.check_constraints()


@pytest.mark.shows("I3.absence")
def test_shared_work_goes_to_holders_of_the_role_with_room_and_else_to_the_queue(world: World) -> None:
    leads = [of(world, "Pavel", name) for name in ("One", "Two", "Three")]
    set_frame(
        actor=world.actor("Anna"), at=NOON, kind="open_leads", value="2", member_id=world.people["Alina"].pk
    )
    absence = away(world, rule="share")
    assert [owner(lead) for lead in leads] == ["Alina", "Alina", ""]
    assert (leads[2].queue.code, leads[2].next_task_id) == ("telemarketer", None)  # type: ignore[union-attr]
    assert not Task.objects.filter(lead=leads[2], done_at=None, cancelled_at=None).exists()
    come_back(actor=world.actor("Anna"), at=LATER, absence_id=absence.pk)
    assert [owner(lead) for lead in leads] == ["Pavel"] * 3
    assert (leads[2].queue_id, leads[2].next_task is not None) == (None, True)
    connection.check_constraints()


@pytest.mark.shows("I3.absence", "S25")
def test_a_handoff_on_its_way_goes_along(world: World) -> None:
    deputy(world, "Marina", "Timur")
    lead = to(world, of(world, "Pavel", "One"), "second_contact", "Pavel", facts=WATCHED)
    lead = to(world, lead, "meeting", "Pavel", facts=AGREED, to_member_id=world.people["Marina"].pk)
    waiting = Handoff.objects.get(lead=lead, state="sent")
    absence = away(world, "Marina")
    waiting.refresh_from_db()
    assert (waiting.to_member, owner(lead)) == (world.people["Timur"], "Timur")
    come_back(actor=world.actor("Anna"), at=LATER, absence_id=absence.pk)
    waiting.refresh_from_db()
    assert (waiting.to_member, owner(lead), waiting.state) == (world.people["Marina"], "Marina", "sent")
    connection.check_constraints()


@pytest.mark.shows("I3.absence")
def test_it_begins_and_ends_by_the_calendar_of_the_workspace(world: World) -> None:
    deputy(world, "Pavel", "Alina")
    lead = of(world, "Pavel", "One")
    absence = away(world, starts_on=date(2026, 11, 26), ends_on=date(2026, 11, 27))
    assert (absence.state, owner(lead), begin_due(actor=world.system, at=NOON)) == ("planned", "Pavel", 0)
    night = NOON.replace(day=25, hour=22)  # one at night on the 26th in Moscow
    assert begin_due(actor=world.system, at=night) == 1
    assert (owner(lead), end_due(actor=world.system, at=night + timedelta(days=1))) == ("Alina", 0)
    assert (
        begin_due(actor=world.system, at=night),
        end_due(actor=world.system, at=night + timedelta(days=2)),
    ) == (0, 1)
    assert owner(lead) == "Pavel"
    second = away(world, starts_on=date(2026, 12, 1))
    assert call_off(actor=world.actor("Pavel"), at=NOON, absence_id=second.pk).state == "called_off"
    assert [row.state for row in absences(world.workspace.pk)] == ["called_off", "back"]
    with refused("absence_begun"):
        call_off(actor=world.actor("Anna"), at=NOON, absence_id=absence.pk)


@pytest.mark.shows("I3.absence")
def test_a_deputy_who_is_not_here_on_the_day_is_stood_in_for(world: World) -> None:
    deputy(world, "Pavel", "Alina")
    deputy(world, "Alina", "Timur")
    lead = of(world, "Pavel", "One")
    away(world, "Alina")
    away(world)
    assert owner(lead) == "Timur"
    shown = plan(
        workspace_id=world.workspace.pk,
        member_id=world.people["Timur"].pk,
        rule="share",
        to=None,
        today=TODAY,
    )
    assert (len(shown.leads), shown.by_member()[0][:2]) == (1, (None, 1)), (
        "no telemarketer is here: the queue"
    )


@pytest.mark.shows("I3.absence")
def test_who_leaves_hands_over_by_a_rule_and_gets_it_back_when_he_returns(world: World) -> None:
    lead = of(world, "Pavel", "One")
    dismiss(actor=world.actor("Anna"), at=NOON, member_id=world.people["Pavel"].pk, rule="share")
    assert (owner(lead), Member.objects.get(name="Pavel").active) == ("Alina", False)
    absence = Absence.objects.get(state="gone")
    come_back(actor=world.actor("Anna"), at=LATER, absence_id=absence.pk)
    assert (owner(lead), Member.objects.get(name="Pavel").active) == ("Pavel", True)
    connection.check_constraints()


@pytest.mark.shows("I3.absence")
def test_who_leaves_out_of_an_absence_leaves_what_he_handed_over_where_it_is(world: World) -> None:
    deputy(world, "Pavel", "Alina")
    handed = of(world, "Pavel", "One")
    absence = away(world)
    since = of(world, "Pavel", "Two")
    dismiss(actor=world.actor("Anna"), at=LATER, member_id=world.people["Pavel"].pk, rule="share")
    assert (owner(handed), owner(since)) == ("Alina", "Alina")
    absence.refresh_from_db()
    assert (absence.state, {step.settled for step in Step.objects.filter(absence=absence)}) == (
        "back",
        {"kept"},
    )
    reactivate(actor=world.actor("Anna"), at=LATER, member_id=world.people["Pavel"].pk)  # without the work
    assert away(world, starts_on=LAST).state == "planned"
    assert Absence.objects.filter(state="gone").count() == 0
    reactivated = of(world, "Pavel", "Three")
    dismiss(actor=world.actor("Anna"), at=LATER, member_id=world.people["Pavel"].pk, rule="share")
    reactivate(actor=world.actor("Anna"), at=LATER, member_id=world.people["Pavel"].pk)
    dismiss(actor=world.actor("Anna"), at=LATER, member_id=world.people["Pavel"].pk, rule="share")
    assert owner(reactivated) == "Alina"
    connection.check_constraints()


@pytest.mark.shows("I3.absence", "I2.bad-input")
def test_what_cannot_be(world: World) -> None:
    with translation.override("en"), refused("no_deputy"):
        away(world)
    deputy(world, "Pavel", "Alina")
    with pytest.raises(Invalid):
        away(world, starts_on=LAST, ends_on=TODAY)
    with pytest.raises(Invalid):
        away(world, starts_on=date(2026, 11, 1), ends_on=date(2026, 11, 2))
    with pytest.raises(Invalid):
        away(world, rule="member")
    with pytest.raises(Invalid):
        away(world, rule="member", to=world.people["Pavel"].pk)
    with pytest.raises(Invalid):
        away(world, rule="anybody")
    with pytest.raises(Forbidden):
        away(world, by="Alina")
    with pytest.raises(Forbidden):
        away(world, by="Pavel", rule="share")
    with pytest.raises(Forbidden):
        away(world, "Igor", rule="share")  # above the head of sales
    mine = away(world, by="Pavel")
    with refused("absence_exists"):
        away(world)
    with pytest.raises(Forbidden):
        come_back(actor=world.actor("Alina"), at=LATER, absence_id=mine.pk)
