"""Qualification on the lead card, its criteria in the settings, the handoffs in figures; and all of it by API."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.urls import reverse

from konveyer.domain.conveyor.queries import conveyors
from konveyer.domain.conveyor.queries.criteria import criteria_of
from konveyer.domain.leads.models import LeadFact, Qualification
from tests.unit.leads.test_qualification import GOOD, POOR, lead_of
from tests.web.api import Program
from tests.web.cast import signed_in
from tests.world import World

pytestmark = pytest.mark.django_db


def fields(facts: dict[str, str]) -> dict[str, str]:
    return {f"fact-{kind}": value for kind, value in facts.items()}


@pytest.mark.shows("I3.qualification", "S24")
def test_the_dialog_asks_until_the_criteria_can_say(world: World) -> None:
    lead = lead_of(world)
    alina = signed_in(world, "Alina")
    card = alina.get(reverse("lead", args=[lead.pk])).content.decode()
    assert "Judge by the criteria" in card
    address = reverse("lead-judge", args=[lead.pk])
    asked = alina.get(address).content.decode()
    assert all(
        words in asked for words in ("What they are unhappy with", "Minutes watched", "at least 20", "a wish")
    )
    assert "override_reason" not in asked  # Alina may not go round gates
    again = alina.post(address, fields({"pain": "few <clients>"}))
    assert again.status_code == 422
    assert "few &lt;clients&gt;" in again.content.decode()  # nothing typed is lost
    assert not LeadFact.objects.exists()
    assert alina.post(address, fields(GOOD)).status_code == 204
    assert Qualification.objects.get().verdict == "qualified"
    assert "Judge again" in alina.get(reverse("lead", args=[lead.pk])).content.decode()
    assert alina.post(address, fields({}) | {"version": "1"}).status_code == 409


@pytest.mark.shows("I3.qualification")
def test_why_a_lead_does_not_fit_stands_on_its_card(world: World) -> None:
    lead = lead_of(world)
    anna = signed_in(world, "Anna")
    anna.post(reverse("lead-judge", args=[lead.pk]), fields(POOR))
    card = anna.get(reverse("lead", args=[lead.pk])).content.decode()
    assert "not qualified" in card
    assert "Minutes watched: does not hold" in card
    anna.post(reverse("lead-judge", args=[lead.pk]), {"override_reason": "a friend of the house"})
    assert (
        "against the criteria: a friend of the house"
        in anna.get(reverse("lead", args=[lead.pk])).content.decode()
    )


def rows(*items: dict[str, str], **whole: str) -> dict[str, str]:
    sent = {"one-TOTAL_FORMS": str(len(items)), "one-INITIAL_FORMS": "0", "wanted": "0", "was": "1"} | whole
    return sent | {f"one-{n}-{name}": value for n, item in enumerate(items) for name, value in item.items()}


@pytest.mark.shows("I3.qualification", "I2.bad-input")
def test_criteria_are_drawn_up_in_the_settings(world: World) -> None:
    conveyor = conveyors(world.workspace.pk)[0]
    igor = signed_in(world, "Igor")
    address = reverse("setup-criteria", args=[conveyor.pk])
    assert igor.get(address).content.decode().count('value="What they are unhappy with"') == 1
    choice = {
        "label": "Branch",
        "ask": "choice",
        "must": "must",
        "fact": "",
        "choices": "shop\nplant",
        "good": "mill",
    }
    wrong = igor.post(address, rows(choice))
    assert wrong.status_code == 422
    assert "must stand in the list" in wrong.content.decode()
    need = {"label": "Need", "ask": "text", "must": "must", "fact": "pain"}
    size = {"label": "People", "ask": "number", "must": "wish", "fact": "", "least": "10"}
    none = {"label": "", "ask": "text", "must": "must", "fact": ""}
    assert (
        igor.post(address, rows(need, choice | {"good": "plant"}, size, none, wanted="1")).status_code == 302
    )
    found = criteria_of(world.workspace.pk, conveyor.pk)
    assert (found.number, found.wanted, [(one.fact, one.ask, one.must) for one in found.items]) == (
        2, 1, [("pain", "text", True), ("criterion_1", "choice", True), ("criterion_2", "number", False)],
    )  # fmt: skip
    assert igor.post(address, rows(need)).status_code == 409  # number 1 was read
    page = igor.get(reverse("setup-conveyor", args=[conveyor.pk])).content.decode()
    assert "At least 1 wish must hold." in page


@pytest.mark.shows("I3.qualification", "S25")
def test_handoffs_in_figures(world: World) -> None:
    igor = signed_in(world, "Igor")
    assert "No handoffs in this period" in igor.get(reverse("handoffs")).content.decode()
    lead = lead_of(world)
    signed_in(world, "Alina").post(reverse("lead-judge", args=[lead.pk]), fields(GOOD))
    page = igor.get(reverse("handoffs") + "?period=12m").content.decode()
    assert "Who gave" in page
    assert f"?telemarketer={world.people['Alina'].pk}" in page
    assert signed_in(world, "Vera").get(reverse("handoffs")).status_code == 403
    records = f"{reverse('handoffs-leads')}?side=given&amp;figure=qualified&amp;period=12m&amp;member={world.people['Alina'].pk}"
    assert records in page
    behind = igor.get(records.replace("&amp;", "&")).content.decode()
    assert reverse("lead", args=[lead.pk]) in behind
    assert "No lead stands behind" in igor.get(reverse("handoffs-leads") + "?period=12m").content.decode()
    wrong = igor.get(reverse("handoffs-leads") + "?figure=luck")
    assert (wrong.status_code, "no such figure" in wrong.content.decode()) == (422, True)


@pytest.mark.shows("I3.qualification", "I2.api")
def test_programs_judge_too(world: World) -> None:
    lead = lead_of(world)
    alina = Program(world.people["Alina"])
    early: Any = alina.post(f"leads/{lead.pk}/judge", {"facts": {"pain": "x"}})
    assert (early.status_code, early.json()["code"], len(early.json()["details"]["missing"])) == (
        409,
        "facts_missing",
        3,
    )
    told = alina.post(f"leads/{lead.pk}/judge", {"facts": GOOD}).json()
    assert (told["verdict"], told["criteria"], told["by"]["name"], told["facts"]) == (
        "qualified",
        1,
        "Alina",
        GOOD,
    )
    assert [one["id"] for one in alina.get(f"leads/{lead.pk}/verdicts").json()] == [told["id"]]
    assert (
        alina.post(
            f"leads/{lead.pk}/judge", {"facts": GOOD, "override_reason": "x", "version": 1}
        ).status_code
        == 409
    )
    counts = Program(world.people["Igor"]).get("handoff-counts", first="2020-01-01", last="2020-12-31")
    assert counts.json() == {"given": [], "taken": []}
    whole = datetime.now(UTC).year
    behind = Program(world.people["Igor"]).get(
        "handoff-counts/leads",
        side="given",
        figure="qualified",
        first=f"{whole}-01-01",
        last=f"{whole}-12-31",
    )
    assert [one["lead_id"] for one in behind.json()["rows"]] == [str(lead.pk)]
    assert behind.json()["skip"] is None
    assert (
        Program(world.people["Igor"]).get("handoff-counts", first="2020-01-01", last="2026-12-31").status_code
        == 422
    )
