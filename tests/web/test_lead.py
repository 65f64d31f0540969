"""The lead card over HTTP: what it says, and everything that can be done from it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from konveyer.domain.leads.models import Handoff, Lead, LeadFact, Task
from konveyer.domain.leads.operations import change_lead
from konveyer.domain.touches.models import Touch
from konveyer.domain.touches.operations import record_touch
from konveyer.kit.clock import now
from konveyer.web.lead.moments import read_seconds
from tests.web.cast import AGREED, AT, FIRST, WATCHED, moved, opened, person_of, signed_in
from tests.world import World


def post(client: Client, name: str, *args: Any, **data: Any) -> Any:
    return client.post(reverse(name, args=args), data)


def page(client: Client, lead: Lead, query: str = "") -> str:
    answer = client.get(reverse("lead", args=[lead.pk]) + query)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.shows("I2.lead-card", "R8")
def test_the_card_says_who_where_what_was_given_and_what_is_next(world: World) -> None:
    lead = opened(world, owner_id=world.people["Alina"].pk, self_reported="a colleague")
    person_of(world, lead)
    moved(world, lead, "second_contact", "Alina", facts=FIRST | WATCHED)
    said = page(signed_in(world, "Alina"), lead)
    for words in (
        "Roman Kudrin", "Kama Fasteners", "+7\u00a0342\u00a0200-41-17", "Lead generation", "e-book", "link to the recording",
        "To go on to “Meeting”", "Code word from the gift", "a colleague", "few new clients", "Meeting agreed",
    ):  # fmt: skip
        assert words in said, words
    assert 'aria-current="step" title="Second contact"' in said
    assert said.count('<li class="d"') == 1  # passed
    assert said.count('<li class="s"') == 1  # jumped over


@pytest.mark.shows("I2.lead-card")
def test_somebody_elses_lead_is_not_there(world: World) -> None:
    lead = opened(world, owner_id=world.people["Alina"].pk)
    address = reverse("lead", args=[lead.pk])
    assert signed_in(world, "Pavel").get(address).status_code == 404
    assert signed_in(world, "Vera").get(address).status_code == 403  # the bookkeeper works no leads
    for name in (
        "lead-move",
        "lead-refuse",
        "lead-hold",
        "lead-touch",
        "lead-plan",
        "lead-change",
        "lead-assign",
    ):
        assert signed_in(world, "Pavel").get(reverse(name, args=[lead.pk])).status_code == 404


@pytest.mark.shows("S25")
def test_a_handoff_stands_on_top_with_its_clock_and_is_accepted_or_returned(world: World) -> None:
    lead = opened(world, owner_id=world.people["Alina"].pk)
    facts = FIRST | WATCHED | AGREED
    sent = {"to_member_id": world.people["Marina"].pk, "introduction": "Roman decides."}
    lead = moved(world, lead, "meeting", "Alina", at=now(), facts=facts, **sent)
    handoff = Handoff.objects.get(lead=lead, state="sent")
    marina, alina = signed_in(world, "Marina"), signed_in(world, "Alina")
    banner = page(marina, lead)
    assert "Alina hands this lead to you." in banner
    assert "with 6 facts" in banner
    assert "Accept within" in banner
    assert "Accept the lead" not in page(alina, lead)
    assert post(alina, "lead-accept", lead.pk, handoff.pk).status_code == 403
    assert post(marina, "lead-return", lead.pk, handoff.pk).status_code == 422
    back = post(marina, "lead-return", lead.pk, handoff.pk, reason="facts_missing", note="Budget?")
    assert back.status_code == 204
    lead.refresh_from_db()
    assert (lead.stage.key, lead.owner) == ("lead_generation", world.people["Alina"])  # where it came from
    told = page(alina, lead)
    assert "Facts are missing. Budget?" in told
    moved(world, lead, "meeting", "Alina", at=now(), **sent)
    again = Handoff.objects.get(lead=lead, state="sent")
    assert post(marina, "lead-accept", lead.pk, again.pk).status_code == 204
    assert post(marina, "lead-accept", lead.pk, again.pk).status_code == 409
    again.refresh_from_db()
    assert again.state == "accepted"


@pytest.mark.shows("R6", "I2.lead-card")
def test_a_touch_is_written_with_its_outcome_length_and_next_step(world: World) -> None:
    lead = opened(world, owner_id=world.people["Alina"].pk)
    alina = signed_in(world, "Alina")
    form = alina.get(reverse("lead-touch", args=[lead.pk])).content.decode()
    assert form.count('name="outcome"') == 10
    assert 'data-key="Digit9"' in form
    assert post(alina, "lead-touch", lead.pk, channel="call").status_code == 422
    asked = post(alina, "lead-touch", lead.pk, channel="call", outcome="agreed", length="6:12")
    assert asked.status_code == 422
    assert "the client named a moment" in asked.content.decode()
    assert Touch.objects.count() == 0
    when = (now() + timedelta(days=3)).strftime("%Y-%m-%dT11:00")
    done = post(
        alina, "lead-touch", lead.pk, channel="call", outcome="agreed", length="6:12", note="Thursday", next_at=when,
        next_kind="meeting", next_title="Meeting at theirs",
    )  # fmt: skip
    assert done.status_code == 204
    touch = Touch.objects.get(lead=lead)
    assert (touch.outcome, touch.seconds, touch.counted) == ("agreed", 372, True)
    lead.refresh_from_db()
    step = Task.objects.get(pk=lead.next_task_id)
    assert (step.kind, step.title, step.promised) == ("meeting", "Meeting at theirs", True)
    story = page(alina, lead)
    for words in (
        "Meeting at theirs",
        "the client named this time",
        "Call, 6\u00a0min\u00a012\u00a0s",
        "agreed to meet",
        "Thursday",
    ):
        assert words in story
    assert "Thursday" not in page(alina, lead, "?touches=mails")
    bad = post(alina, "lead-touch", lead.pk, channel="call", outcome="talked", length="six")
    assert bad.status_code == 422
    assert "6:12" in bad.content.decode()


@pytest.mark.shows("I2.lead-card")
def test_the_length_of_a_call_is_read_as_people_write_it() -> None:
    assert [read_seconds(text) for text in ("6:12", "6.12", "7", " 0:40 ", "")] == [372, 372, 420, 40, None]


@pytest.mark.shows("I2.tap")
def test_a_tap_is_an_attempt_and_becomes_the_touch_when_its_outcome_is_said(world: World) -> None:
    lead = opened(world, owner_id=world.people["Alina"].pk)
    point = person_of(world, lead)
    alina = signed_in(world, "Alina")
    asked = post(alina, "lead-tap", lead.pk, point.pk)
    assert (asked.status_code, asked["HX-Retarget"]) == (200, "#dialog")
    attempt = Touch.objects.get(lead=lead)
    assert (attempt.outcome, attempt.counted, attempt.point) == ("no_answer", False, point)
    lead.refresh_from_db()
    assert lead.first_touch_at is not None
    said = {"channel": "call", "outcome": "interest", "tapped": str(attempt.pk), "length": "2"}
    assert post(alina, "lead-touch", lead.pk, **said).status_code == 204
    settled = Touch.objects.get(lead=lead)
    assert (settled.pk, settled.outcome, settled.counted, settled.seconds) == (
        attempt.pk,
        "interest",
        True,
        120,
    )
    assert (
        post(alina, "lead-touch", lead.pk, **said).status_code == 204
    )  # what is settled is not written over
    assert Touch.objects.filter(lead=lead).count() == 2
    strange = person_of(world, opened(world, "Another"), "+73422004118")
    assert post(alina, "lead-tap", lead.pk, strange.pk).status_code == 404


@pytest.mark.shows("S26")
def test_speed_to_lead_stands_on_an_incoming_lead(world: World) -> None:
    lead = opened(world, incoming=True, owner_id=world.people["Alina"].pk, at=now() - timedelta(days=4))
    alina = signed_in(world, "Alina")
    assert "no contact for" in page(alina, lead)
    record_touch(actor=world.actor("Alina"), at=now(), lead_id=lead.pk, channel="call", outcome="talked")
    assert "first contact after" in page(alina, lead)
    assert "first contact" not in page(alina, opened(world, "Cold", owner_id=world.people["Alina"].pk))


@pytest.mark.shows("I2.nothing-dropped")
def test_the_next_step_is_planned_moved_and_done(world: World) -> None:
    lead = opened(world, owner_id=world.people["Alina"].pk)
    alina = signed_in(world, "Alina")
    assert (
        post(alina, "lead-plan", lead.pk, kind="mail", title="", due_at="2099-01-02T10:00").status_code == 422
    )
    assert post(alina, "lead-plan", lead.pk, kind="mail", title="Send", due_at="soon").status_code == 422
    planned = post(alina, "lead-plan", lead.pk, kind="mail", title="Send the plan", due_at="2099-01-02T10:00")
    assert planned.status_code == 204
    lead.refresh_from_db()
    step = Task.objects.get(pk=lead.next_task_id)
    assert (step.title, step.due_at.isoformat()) == ("Send the plan", "2099-01-02T07:00:00+00:00")  # Moscow
    assert post(alina, "lead-plan", lead.pk, task=str(step.pk), due_at="2099-01-03T10:00").status_code == 204
    step.refresh_from_db()
    assert step.due_at.isoformat() == "2099-01-03T07:00:00+00:00"
    assert post(alina, "lead-done", lead.pk, step.pk).status_code == 204
    lead.refresh_from_db()
    assert lead.next_task_id not in (None, step.pk)
    assert post(alina, "lead-done", lead.pk, step.pk).status_code == 422


@pytest.mark.shows("S24")
def test_a_fact_is_written_in_its_place_and_forgotten(world: World) -> None:
    lead = opened(world, owner_id=world.people["Alina"].pk)
    alina = signed_in(world, "Alina")
    assert 'name="value"' in alina.get(reverse("lead-fact", args=[lead.pk, "questionnaire"])).content.decode()
    assert post(alina, "lead-fact", lead.pk, "questionnaire", value="yes").status_code == 204
    assert LeadFact.objects.get(lead=lead, kind="questionnaire").source == "card"
    assert (
        post(alina, "lead-fact", lead.pk, "invoice_paid", value="yes").status_code == 404
    )  # a later stage's
    assert post(alina, "lead-fact", lead.pk, "questionnaire", value="").status_code == 204
    assert not LeadFact.objects.filter(lead=lead).exists()


@pytest.mark.shows("R8", "I2.lead-card")
def test_both_hands_of_the_exchange_are_ticked(world: World) -> None:
    lead = opened(world, owner_id=world.people["Alina"].pk)
    alina = signed_in(world, "Alina")
    assert "Given: e-book" in page(alina, lead)
    assert post(alina, "lead-exchange", lead.pk, "given", "lead_generation").status_code == 204
    assert "Given: e-book" not in page(alina, lead)
    assert post(alina, "lead-exchange", lead.pk, "stolen", "lead_generation").status_code == 404
    assert post(alina, "lead-exchange", lead.pk, "given", "nowhere").status_code == 404


@pytest.mark.shows("I2.stale")
def test_a_stale_form_shows_both_states_and_overwrites_nothing(world: World) -> None:
    lead = opened(world, owner_id=world.people["Alina"].pk)
    seen = lead.version
    change_lead(actor=world.actor("Anna"), at=AT, lead_id=lead.pk, version=seen, title="Three branches")
    alina = signed_in(world, "Alina")
    mine = {"title": "Two branches", "level": "core", "version": seen, "expected_amount": "420 000,50"}
    told = post(alina, "lead-change", lead.pk, **mine)
    assert told.status_code == 409
    assert "Two branches" in told.content.decode()
    assert "stored now: Three branches" in told.content.decode()
    lead.refresh_from_db()
    assert lead.title == "Three branches"
    assert post(alina, "lead-change", lead.pk, **(mine | {"version": lead.version})).status_code == 204
    lead.refresh_from_db()
    assert (lead.title, str(lead.expected_amount)) == ("Two branches", "420000.50")
    for amount in ("-5", "a lot", "1e30", "0.001"):
        wrong = mine | {"version": lead.version, "expected_amount": amount}
        assert post(alina, "lead-change", lead.pk, **wrong).status_code == 422


@pytest.mark.shows("I2.lead-card")
def test_owner_and_temperature_are_changed_by_who_may(world: World) -> None:
    lead = opened(world, owner_id=world.people["Alina"].pk)
    alina, anna = signed_in(world, "Alina"), signed_in(world, "Anna")
    pavel = str(world.people["Pavel"].pk)
    assert "Pavel" not in alina.get(reverse("lead-assign", args=[lead.pk])).content.decode()
    assert post(alina, "lead-assign", lead.pk, member=pavel).status_code == 403
    assert post(anna, "lead-assign", lead.pk, member=pavel, reason="Alina is away").status_code == 204
    lead.refresh_from_db()
    assert lead.owner == world.people["Pavel"]
    assert post(anna, "lead-warmth", lead.pk, temperature="hot").status_code == 204
    assert post(anna, "lead-warmth", lead.pk, temperature="boiling").status_code == 422
    journal = page(anna, lead, "?tab=journal")
    for words in (
        "gave the lead to somebody",
        "Reason: Alina is away",
        '<del class="k-2">Alina</del> → <span>Pavel</span>',
        "hot",
    ):
        assert words in journal


@pytest.mark.shows("I2.lead-card", "I2.refusal-routes")
def test_a_closed_lead_is_opened_again_with_a_reason(world: World) -> None:
    lead = opened(world, owner_id=world.people["Alina"].pk)
    alina = signed_in(world, "Alina")
    route = lead.conveyor_version.refusals.get(code="competitor")
    assert post(alina, "lead-refuse", lead.pk, refusal=str(route.pk)).status_code == 204
    assert "Open again" in page(alina, lead)
    assert post(alina, "lead-reopen", lead.pk, reason=" ").status_code == 422
    assert post(alina, "lead-reopen", lead.pk, reason="they called").status_code == 204
    lead.refresh_from_db()
    assert lead.state == "open"


@pytest.mark.shows("I2.lead-card")
def test_the_stage_dialog_moves_or_asks(world: World) -> None:
    lead = opened(world, owner_id=world.people["Alina"].pk)
    lead = moved(world, lead, "first_contact", "Alina", facts=FIRST | WATCHED)
    alina = signed_in(world, "Alina")
    assert "It stands at: First contact" in alina.get(reverse("lead-move", args=[lead.pk])).content.decode()
    from tests.web.cast import stage

    address = reverse("lead-step", args=[lead.pk])
    asks = alina.post(f"{address}?stage={stage(world, 'meeting').pk}&version={lead.version}")
    assert asks["HX-Retarget"] == "#dialog"
    assert (
        alina.post(f"{address}?stage={stage(world, 'second_contact').pk}&version={lead.version}").status_code
        == 204
    )
    assert alina.post(f"{address}?stage=rubbish").status_code == 422


@pytest.mark.shows("F26", "I2.hostile")
def test_hostile_words_stay_words(world: World) -> None:
    hostile = "<script>alert(1)</script>'\"{{ 7|add:7 }}"
    lead = opened(world, hostile, owner_id=world.people["Alina"].pk, self_reported=hostile)
    alina = signed_in(world, "Alina")
    post(alina, "lead-touch", lead.pk, channel="call", outcome="talked", note=hostile)
    post(alina, "lead-plan", lead.pk, kind="todo", title=hostile, due_at="2099-01-02T10:00")
    for text in (
        page(alina, lead),
        page(alina, lead, "?tab=journal"),
        alina.get(reverse("board")).content.decode(),
    ):
        assert "<script>" not in text
        assert "&lt;script&gt;" in text


@pytest.mark.shows("I2.lead-card", "P7")
def test_the_card_asks_as_many_questions_for_a_long_story_as_for_a_short_one(world: World) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    lead = opened(world, owner_id=world.people["Alina"].pk)
    alina = signed_in(world, "Alina")

    def count(query: str = "") -> int:
        with CaptureQueriesContext(connection) as seen:
            page(alina, lead, query)
        return len(seen)

    record_touch(actor=world.actor("Alina"), at=AT, lead_id=lead.pk, channel="call", outcome="talked")
    short, journal = count(), count("?tab=journal")
    for _number in range(12):
        record_touch(
            actor=world.actor("Alina"), at=AT, lead_id=lead.pk, channel="call", outcome="talked", note="…"
        )
    assert (count(), count("?tab=journal")) == (short, journal)
    assert short <= 34


@pytest.mark.shows("I2.lead-card", "I2.notes")
def test_notes_and_files_stand_on_the_lead(world: World) -> None:
    lead = opened(world, owner_id=world.people["Alina"].pk)
    alina = signed_in(world, "Alina")
    assert 'name="body"' in page(alina, lead, "?tab=notes")
    assert 'type="file"' in page(alina, lead, "?tab=notes")
    wrote = alina.post(reverse("notes", args=["lead", lead.pk]), {"body": "Asks about three branches"})
    assert wrote.status_code == 200
    assert "Asks about three branches" in page(alina, lead)  # in the story too
    assert "Asks about three branches" not in page(alina, lead, "?touches=calls")
    assert "wrote a note" in page(alina, lead, "?tab=journal")
