"""The board over HTTP: what it shows, how a card moves, what a gate asks, what the second of two people is told."""

import json
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from konveyer.domain.conveyor.models import Stage
from konveyer.domain.leads.models import Handoff, Lead
from konveyer.domain.leads.operations import hold, move_lead, take
from tests.web.cast import AT, FIRST, WATCHED, opened, signed_in, stage
from tests.world import World


def put(client: Client, lead: Lead, place: str, version: int | None = None) -> Any:
    data = {"lead": str(lead.pk), "stage": place, "version": lead.version if version is None else version}
    return client.post(reverse("board-move"), data, headers={"HX-Request": "true"})


def answer(client: Client, lead: Lead, key: Stage, **said: str) -> Any:
    data = {"to": str(key.pk), "version": lead.version, **said}
    return client.post(reverse("lead-move", args=[lead.pk]), data, headers={"HX-Request": "true"})


@pytest.mark.shows("I2.board")
def test_a_column_is_a_contract(world: World) -> None:
    opened(world, expected_amount=Decimal("420000"))
    page = signed_in(world, "Igor").get(reverse("board")).content.decode()
    for words in ("Lead generation", "Marketer", "e-book", "questionnaire", "Kama Fasteners", "420,000"):
        assert words in page
    assert page.count("data-lead=") == 1
    assert "₽420K" in page or "420,000" in page


@pytest.mark.shows("S24", "I2.board")
def test_a_drag_without_questions_moves_at_once_and_can_be_undone(world: World) -> None:
    lead = opened(world, owner_id=world.people["Alina"].pk)
    lead = move_lead(
        actor=world.actor("Alina"), at=AT, lead_id=lead.pk, to_stage_id=stage(world, "first_contact").pk, facts=FIRST | WATCHED
    )  # fmt: skip
    alina = signed_in(world, "Alina")
    done = put(alina, lead, str(stage(world, "second_contact").pk))
    assert done.status_code == 200
    assert 'id="board"' in done.content.decode()
    lead.refresh_from_db()
    assert lead.stage.key == "second_contact"
    undo = json.loads(done["HX-Trigger"])["toast"]["undo"]
    assert alina.post(undo, headers={"HX-Request": "true"}).status_code == 204
    lead.refresh_from_db()
    assert (lead.stage.key, lead.owner) == ("first_contact", world.people["Alina"])


@pytest.mark.shows("S24", "R9")
def test_the_gate_asks_inside_the_move_and_the_answer_moves_the_card(world: World) -> None:
    lead = opened(world, owner_id=world.people["Alina"].pk)
    to_first = stage(world, "first_contact")
    alina = signed_in(world, "Alina")
    asked = put(alina, lead, str(to_first.pk))
    assert (asked.status_code, asked["HX-Retarget"]) == (200, "#dialog")
    assert 'name="fact-questionnaire"' in asked.content.decode()
    again = answer(alina, lead, to_first)
    assert again.status_code == 422
    assert "This is not known yet." in again.content.decode()
    assert answer(alina, lead, to_first, **{"fact-questionnaire": "yes"}).status_code == 204
    lead.refresh_from_db()
    assert lead.stage == to_first
    far = stage(world, "meeting")
    said = {f"fact-{kind}": value for kind, value in WATCHED.items()}
    said |= {"fact-decision_maker": "himself", "fact-decision_time": "This year", "fact-code_word": "pendulm"}
    near = answer(alina, lead, far, **said)
    assert near.status_code == 422
    assert "Almost the word, but not it." in near.content.decode()
    assert 'value="few new clients"' in near.content.decode()  # nothing typed is lost
    wrong = answer(alina, lead, far, **{**said, "fact-code_word": "banana"})
    assert "it has not been read yet" in wrong.content.decode()
    lead.refresh_from_db()
    assert lead.stage == to_first


@pytest.mark.shows("S25", "R12")
def test_a_move_to_another_role_asks_who_goes_on(world: World) -> None:
    lead = opened(world, owner_id=world.people["Alina"].pk)
    facts = (
        FIRST | WATCHED | {"decision_maker": "himself", "decision_time": "This year", "code_word": "pendulum"}
    )
    lead = move_lead(
        actor=world.actor("Alina"), at=AT, lead_id=lead.pk, to_stage_id=stage(world, "second_contact").pk, facts=facts
    )  # fmt: skip
    alina = signed_in(world, "Alina")
    asked = put(alina, lead, str(stage(world, "meeting").pk)).content.decode()
    assert "Marina" in asked
    assert "Timur" in asked
    assert 'name="introduction"' in asked
    said = {"to_member": str(world.people["Marina"].pk), "introduction": "Roman decides."}
    assert answer(alina, lead, stage(world, "meeting"), **said).status_code == 204
    handoff = Handoff.objects.get(lead=lead, state="sent")
    assert (handoff.to_member, handoff.introduction) == (world.people["Marina"], "Roman decides.")


@pytest.mark.shows("S24")
def test_only_who_may_goes_round_a_gate(world: World) -> None:
    lead = opened(world, owner_id=world.people["Alina"].pk)
    to_first = stage(world, "first_contact")
    assert "Go round" not in put(signed_in(world, "Alina"), lead, str(to_first.pk)).content.decode()
    refused = answer(signed_in(world, "Alina"), lead, to_first, override_reason="in a hurry")
    assert refused.status_code == 403
    assert "Go round" in put(signed_in(world, "Anna"), lead, str(to_first.pk)).content.decode()
    assert answer(signed_in(world, "Anna"), lead, to_first, override_reason="in a hurry").status_code == 204


@pytest.mark.shows("I2.stale")
def test_the_second_of_two_sees_both_states_and_overwrites_nothing(world: World) -> None:
    lead = opened(world, owner_id=world.people["Alina"].pk)
    seen = lead.version
    move_lead(
        actor=world.actor("Anna"), at=AT, lead_id=lead.pk, to_stage_id=stage(world, "first_contact").pk,
        facts=FIRST | WATCHED,
    )  # fmt: skip
    told = put(signed_in(world, "Alina"), lead, str(stage(world, "second_contact").pk), version=seen)
    page = told.content.decode()
    assert (told.status_code, told["HX-Retarget"]) == (409, "#dialog")
    for words in ("was changed meanwhile", "Anna", "Lead generation → First contact", "Second contact"):
        assert words in page
    lead.refresh_from_db()
    assert lead.stage.key == "first_contact"


@pytest.mark.shows("I2.refusal-routes")
def test_the_zones_ask_for_a_reason_and_for_a_day(world: World) -> None:
    lead = opened(world, owner_id=world.people["Alina"].pk)
    alina = signed_in(world, "Alina")
    routes = put(alina, lead, "refuse")
    assert "No budget" in routes.content.decode()
    again = alina.post(reverse("lead-refuse", args=[lead.pk]), {"version": lead.version})
    assert again.status_code == 422
    assert "wake_on" in put(alina, lead, "hold").content.decode()
    past = alina.post(reverse("lead-hold", args=[lead.pk]), {"wake_on": "2020-01-01"})
    assert past.status_code == 422
    rest = alina.post(reverse("lead-hold", args=[lead.pk]), {"wake_on": "2099-01-01", "note": "Next year"})
    assert rest.status_code == 204
    lead.refresh_from_db()
    assert (lead.state, str(lead.wake_on)) == ("on_hold", "2099-01-01")
    undo = json.loads(rest["HX-Trigger"])["toast"]["undo"]
    alina.post(undo)
    lead.refresh_from_db()
    assert lead.state == "open"
    route = lead.conveyor_version.refusals.get(code="no_money")
    alina.post(reverse("lead-refuse", args=[lead.pk]), {"refusal": str(route.pk)})
    lead.refresh_from_db()
    assert lead.state == "lost"


@pytest.mark.shows("I2.board")
def test_a_seller_sees_his_own_and_his_queue_first(world: World) -> None:
    opened(world, "Alinas", owner_id=world.people["Alina"].pk)
    opened(world, "Pavels", owner_id=world.people["Pavel"].pk)
    queued = opened(world, "Queued")
    move_lead(
        actor=world.actor("Igor"), at=AT, lead_id=queued.pk, to_stage_id=stage(world, "first_contact").pk, facts=FIRST
    )  # fmt: skip
    alina = signed_in(world, "Alina")
    mine = alina.get(reverse("board")).content.decode()
    assert [name for name in ("Alinas", "Pavels", "Queued") if name in mine] == ["Alinas", "Queued"]
    assert "Take" in mine
    taken = alina.post(reverse("lead-take", args=[queued.pk]), headers={"HX-Request": "true"})
    assert taken.status_code == 204
    queued.refresh_from_db()
    assert queued.owner == world.people["Alina"]
    second = signed_in(world, "Pavel").post(reverse("lead-take", args=[queued.pk]))
    assert second.status_code in (404, 409)
    boss = signed_in(world, "Igor").get(reverse("board")).content.decode()
    assert all(name in boss for name in ("Alinas", "Pavels", "Queued"))


@pytest.mark.shows("I2.board")
def test_a_long_column_is_read_on_by_pages(world: World) -> None:
    for number in range(23):
        opened(world, f"Firm {number:02}")
    client = signed_in(world, "Igor")
    page = client.get(reverse("board")).content.decode()
    assert page.count("data-lead=") == 20
    assert "3 more" in page
    address = page.split('hx-get="/board/column/')[1].split('"')[0].replace("&amp;", "&")
    rest = client.get(f"/board/column/{address}", headers={"HX-Request": "true"}).content.decode()
    assert rest.count("data-lead=") == 3
    both = page + rest
    assert all(f"Firm {number:02}" in both for number in range(23))
    bad = client.get(reverse("board-column", args=[stage(world, "lead_generation").pk]) + "?after=rubbish")
    assert bad.status_code == 422


@pytest.mark.shows("I2.board")
def test_resting_and_closed_leads_are_off_the_board_and_folding_is_remembered(world: World) -> None:
    lead = opened(world, "Resting", owner_id=world.people["Alina"].pk)
    hold(actor=world.actor("Alina"), at=AT, lead_id=lead.pk, wake_on=(AT + timedelta(days=9)).date())
    client = signed_in(world, "Igor")
    page = client.get(reverse("board")).content.decode()
    assert "Resting" not in page
    assert page.count('class="k-board-fold"') == 2  # delivery, behind the win point
    folded = client.post(reverse("board-fold", args=["new_clients-meeting"])).content.decode()
    assert folded.count('class="k-board-fold"') == 3
    assert client.get(reverse("board")).content.decode().count('class="k-board-fold"') == 3


@pytest.mark.shows("I2.board", "P7")
def test_the_board_asks_as_many_questions_for_many_leads_as_for_one(
    world: World, django_assert_num_queries: Any
) -> None:
    client = signed_in(world, "Igor")
    opened(world, "First")
    client.get(reverse("board"))

    def count() -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as seen:
            client.get(reverse("board"))
        return len(seen)

    one = count()
    for number in range(15):
        lead = opened(world, f"More {number}")
        move_lead(
            actor=world.actor("Igor"), at=AT, lead_id=lead.pk, to_stage_id=stage(world, "first_contact").pk, facts=FIRST
        )  # fmt: skip
        if number % 2:
            take(actor=world.actor("Alina"), at=AT, lead_id=lead.pk)
    assert count() == one <= 24


@pytest.mark.shows("I2.isolation")
def test_a_lead_of_another_workspace_does_not_exist_here(world: World) -> None:
    from konveyer.kit import tenancy

    lead = opened(world)
    with tenancy.enter(world.twin.pk):
        foreign = Stage.objects.filter(workspace=world.twin).first()
    client = signed_in(world, "Igor")
    assert foreign is not None
    assert put(client, lead, str(foreign.pk)).status_code == 422
    assert put(client, Lead(pk=foreign.pk, version=1), str(foreign.pk)).status_code == 404
    assert put(client, lead, "rubbish").status_code == 422
