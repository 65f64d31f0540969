"""Consents on the page of a person, on the proof sheet, in the settings and over the API."""

from datetime import timedelta

import pytest

from konveyer.domain.consent.models import Consent, ConsentText
from konveyer.kit import clock
from tests.unit.consent.test_ledger import roman
from tests.web.api import Program
from tests.web.test_setup import said, signed_in
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.mark.shows("I3.consent", "S10")
def test_from_the_text_to_the_proof_sheet(world: World) -> None:
    igor, contact = signed_in("igor@north.example"), roman(world)
    page = f"/base/people/{contact.pk}/"
    assert "No consent texts yet" in said(igor.get("/setup/consent-texts/"))
    assert "no consent text yet" in said(igor.get(f"{page}consents/new/"))
    form = {"purpose": "advertising", "language": "en", "title": "Letters", "body": "I agree to letters."}
    assert igor.post("/setup/consent-texts/new/", form | {"title": " "}).status_code == 422
    assert igor.post("/setup/consent-texts/new/", form).status_code == 302
    changed = igor.post(
        "/setup/consent-texts/new/", form | {"body": "I agree to letters and offers."}, follow=True
    )
    assert all(
        words in said(changed)
        for words in ("Letters", "I agree to letters.", "I agree to letters and offers.")
    )
    old = ConsentText.objects.get(number=1)
    wrong = igor.post(f"{page}consents/new/", {"text": str(old.pk), "source": "paper", "place": ""})
    assert (wrong.status_code, "where the proof lies" in said(wrong)) == (422, True)
    assert igor.post(f"{page}consents/new/", {"text": "", "source": "paper", "place": "x"}).status_code == 422
    day = (clock.now() - timedelta(days=3)).date().isoformat()
    given = {"text": str(old.pk), "source": "paper", "place": "folder 7", "given_on": day, "point": ""}
    assert igor.post(f"{page}consents/new/", given, follow=True).status_code == 200
    card = said(igor.get(page))
    assert all(words in card for words in ("Consents", "Advertising", "Proof sheet"))
    assert "Withdraw the consent: advertising" in said(
        igor.get(f"{page}consents/withdraw/?purpose=advertising")
    )
    gone = igor.post(
        f"{page}consents/withdraw/", {"purpose": "advertising", "source": "mail", "point": ""}, follow=True
    )
    assert "withdrawn" in said(gone)
    sheet = said(igor.get(f"{page}consents/"))
    assert all(
        words in sheet
        for words in (
            "Kudrin",
            "agreed",
            "withdrawn",
            "folder 7",
            "version 1",
            "I agree to letters.",
            day,
            "Igor",
        )
    )
    assert "and offers" not in sheet
    assert Consent.objects.count() == 2
    refused = igor.post(f"{page}consents/withdraw/", {"purpose": "advertising", "source": "mail"})
    assert refused.status_code == 409
    vera = signed_in("vera@north.example")
    assert (vera.get(f"{page}consents/").status_code, vera.get(f"{page}consents/new/").status_code) == (
        200,
        403,
    )


@pytest.mark.shows("I3.consent")
def test_programs_write_and_read_the_ledger(world: World) -> None:
    igor, contact = Program(world.people["Igor"]), roman(world)
    made = igor.post(
        "consent-texts", {"purpose": "calls", "language": "en", "title": "Calls", "body": "Call me."}
    ).json()
    assert [one["number"] for one in igor.get("consent-texts").json()] == [1]
    given = igor.post(
        f"contacts/{contact.pk}/consents",
        {"text_id": made["id"], "source": "form", "place": "https://a.example/f", "address": "203.0.113.9"},
    )
    assert (given.status_code, given.json()["purpose"], given.json()["text_number"]) == (201, "calls", 1)
    asked = {"purpose": "calls", "source": "mail"}
    assert igor.post(f"contacts/{contact.pk}/consents/withdraw", asked).status_code == 201
    assert igor.post(f"contacts/{contact.pk}/consents/withdraw", asked).status_code == 409
    ledger = igor.get(f"contacts/{contact.pk}/consents").json()
    assert [(one["done"], one["address"]) for one in ledger] == [("given", "203.0.113.9"), ("withdrawn", "")]
