"""Frames on screens and in the API: the refusal stands in the dialog, in the reader's language, and names who may allow it."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from konveyer.domain.catalog.models import Product
from konveyer.domain.deals.models import Deal
from konveyer.domain.leads.models import Handoff, Lead, LeadFact
from konveyer.domain.staff.operations.frames import set_frame
from konveyer.domain.touches.models import Touch
from konveyer.kit.clock import now
from tests.web.api import Program
from tests.web.cast import AGREED, AT, FIRST, WATCHED, moved, opened, person_of, signed_in, stage
from tests.world import World


def frame(world: World, name: str, kind: str, value: str) -> None:
    set_frame(actor=world.actor("Anna"), at=AT, kind=kind, value=value, member_id=world.people[name].pk)


def post(client: Client, name: str, *args: Any, **data: Any) -> Any:
    return client.post(reverse(name, args=args), data)


def russian(world: World, name: str) -> None:
    user = world.people[name].user
    user.language = "ru"
    user.save()


def full(world: World, name: str) -> Lead:
    """That person holds one open lead, and the frame allows one."""
    lead = opened(world, f"Firm of {name}", owner_id=world.people[name].pk)
    frame(world, name, "open_leads", "1")
    return lead


@pytest.mark.shows("R28")
def test_taking_beyond_the_frame_is_refused_in_words(world: World) -> None:
    full(world, "Alina")
    waiting = moved(world, opened(world), "first_contact", facts=FIRST)
    answer = post(signed_in(world, "Alina"), "lead-take", waiting.pk)
    assert answer.status_code == 409
    assert "Your frame allows 1." in answer.content.decode()
    assert "May allow it: Anna, Igor." in answer.content.decode()
    russian(world, "Alina")
    answer = post(signed_in(world, "Alina"), "lead-take", waiting.pk)
    assert "Открытых лидов у вас: 1. Ваша рамка допускает 1." in answer.content.decode()
    assert "Разрешить может: Anna, Igor." in answer.content.decode()
    assert Lead.objects.get(pk=waiting.pk).owner is None


@pytest.mark.shows("R28", "S25")
def test_the_gate_dialog_shows_who_is_full_and_keeps_what_was_typed(world: World) -> None:
    full(world, "Marina")
    lead = opened(world, owner_id=world.people["Alina"].pk)
    alina, to = signed_in(world, "Alina"), str(stage(world, "meeting").pk)
    asked = post(alina, "lead-move", lead.pk, to=to).content.decode()
    assert f'<option value="{world.people["Marina"].pk}" disabled>Marina · full: 1 of 1</option>' in asked
    assert f'<option value="{world.people["Timur"].pk}">Timur</option>' in asked
    facts = {f"fact-{kind}": value for kind, value in (FIRST | WATCHED | AGREED).items()}
    said = {"to": to, "to_member": str(world.people["Marina"].pk), "introduction": "Roman decides.", **facts}
    again = post(alina, "lead-move", lead.pk, **said)
    assert again.status_code == 422
    for words in ("Marina: open leads in hand 1, the frame allows 1.", "Roman decides.", "few new clients"):
        assert words in again.content.decode()
    assert not LeadFact.objects.filter(lead=lead).exists()
    assert (
        post(alina, "lead-move", lead.pk, **said | {"to_member": str(world.people["Timur"].pk)}).status_code
        == 204
    )
    assert Handoff.objects.get(lead=lead, state="sent").to_member == world.people["Timur"]


@pytest.mark.shows("R28")
def test_giving_to_somebody_full_asks_for_a_reason(world: World) -> None:
    full(world, "Alina")
    lead = opened(world, owner_id=world.people["Pavel"].pk)
    anna, member = signed_in(world, "Anna"), str(world.people["Alina"].pk)
    assert "Alina · full: 1 of 1" in anna.get(reverse("lead-assign", args=[lead.pk])).content.decode()
    refused = post(anna, "lead-assign", lead.pk, member=member)
    assert refused.status_code == 422
    assert "Say why, and it is done all the same." in refused.content.decode()
    assert f'<option value="{member}" selected>' in refused.content.decode()
    assert post(anna, "lead-assign", lead.pk, member=member, reason="knows them").status_code == 204
    lead.refresh_from_db()
    assert lead.owner == world.people["Alina"]


def core(world: World) -> Product:
    return Product.objects.create(
        workspace=world.workspace, code="core", name="90 days", level="core", price=420_000, currency="RUB"
    )


@pytest.mark.shows("R28")
def test_a_discount_outside_the_frame_is_refused_in_the_form_of_the_deal(world: World) -> None:
    lead, product = opened(world, owner_id=world.people["Marina"].pk), core(world)
    frame(world, "Marina", "discount_percent", "10")
    said = {"product": str(product.pk), "currency": "RUB", "amount": "350000"}
    refused = post(signed_in(world, "Marina"), "deal-new", lead.pk, **said)
    assert refused.status_code == 422
    assert "This is 16.7\u00a0% below the price, and your frame allows 10\u00a0%." in refused.content.decode()
    assert 'value="350000"' in refused.content.decode()
    russian(world, "Marina")
    refused = post(signed_in(world, "Marina"), "deal-new", lead.pk, **said)
    assert "Это на 16,7\u00a0% ниже цены, ваша рамка допускает 10\u00a0%." in refused.content.decode()
    assert (
        post(signed_in(world, "Marina"), "deal-new", lead.pk, **said | {"amount": "378000"}).status_code
        == 204
    )
    deal = Deal.objects.get(lead=lead)
    lower = said | {"amount": "300000", "version": "1"}
    assert post(signed_in(world, "Marina"), "deal-change", deal.pk, **lower).status_code == 422
    assert post(signed_in(world, "Anna"), "deal-change", deal.pk, **lower).status_code == 204
    deal.refresh_from_db()
    assert deal.amount == Decimal(300_000)


@pytest.mark.shows("R28", "I2.api")
def test_the_api_obeys_the_frames(world: World) -> None:
    mine, product = full(world, "Marina"), core(world)
    waiting = moved(world, opened(world), "meeting", facts=FIRST | WATCHED | AGREED)
    frame(world, "Marina", "discount_percent", "10")
    marina = Program(world.people["Marina"])
    taken = marina.post(f"leads/{waiting.pk}/take")
    assert (taken.status_code, taken.json()["code"]) == (409, "outside_frame")
    assert taken.json()["details"] == {
        "frame": "open_leads", "limit": "1", "found": "2", "who_allows": ["Anna", "Igor"],
    }  # fmt: skip
    body = {"lead_id": str(mine.pk), "product_id": str(product.pk), "currency": "RUB"}
    low = marina.post("deals", body | {"amount": "350000.00"})
    assert (low.status_code, low.json()["code"]) == (409, "outside_frame")
    assert low.json()["details"]["found"] == "16.7"
    assert not Deal.objects.exists()
    assert marina.post("deals", body | {"amount": "378000.00"}).status_code == 201


@pytest.mark.shows("R6")
def test_a_touch_dated_before_the_lead_stands_with_the_person_on_screens_and_in_the_api(world: World) -> None:
    lead = opened(world, owner_id=world.people["Alina"].pk)
    person_of(world, lead)
    before = (now() - timedelta(days=3)).strftime("%Y-%m-%dT10:00")
    answer = post(
        signed_in(world, "Alina"),
        "lead-touch",
        lead.pk,
        channel="call",
        outcome="talked",
        happened_at=before,
        next="keep",
    )
    assert answer.status_code == 204
    assert "stands with the person" in answer["HX-Trigger"]
    assert Touch.objects.get().lead is None
    program = Program(world.people["Alina"])
    made = program.post(
        "touches",
        {"lead_id": str(lead.pk), "channel": "call", "outcome": "talked", "happened_at": f"{before}:00Z"},
    )
    assert (made.status_code, made.json()["lead_id"]) == (201, None)
    tomorrow = (now() + timedelta(days=1)).isoformat()
    ahead = program.post(
        "touches", {"lead_id": str(lead.pk), "channel": "call", "outcome": "talked", "happened_at": tomorrow}
    )
    assert (ahead.status_code, ahead.json()["code"]) == (422, "touch_in_future")
    lead.refresh_from_db()
    assert lead.first_touch_at is None
