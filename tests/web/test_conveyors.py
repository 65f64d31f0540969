"""The conveyor editor on the screen and over the API."""

from typing import Any

import pytest
from django.test import Client

from konveyer.domain.conveyor.models import Conveyor, Version
from konveyer.domain.conveyor.queries.drawn import draft_of, drawn
from konveyer.domain.conveyor.rules.presets import ConveyorPreset
from konveyer.domain.leads.models import Lead
from tests.web.api import Program
from tests.web.cast import opened
from tests.web.test_setup import said, signed_in
from tests.world import World

pytestmark = pytest.mark.django_db


def conveyor(world: World) -> Conveyor:
    return Conveyor.objects.get(workspace=world.workspace, code="new_clients")


def started(world: World) -> tuple[Client, str]:
    """Anna with the draft of the usual conveyor."""
    anna = signed_in("anna@north.example")
    here = f"/setup/conveyors/{conveyor(world).pk}/"
    assert anna.post(f"{here}draft/open/").status_code == 302
    return anna, here


def plan(world: World) -> ConveyorPreset:
    version = draft_of(world.workspace.pk, conveyor(world).pk)
    assert version is not None
    return drawn(version)


def revision(world: World) -> int:
    return Version.objects.get(workspace=world.workspace, conveyor=conveyor(world), state="draft").revision


def stage_form(world: World, **more: Any) -> dict[str, Any]:
    return {
        "name": "Audit", "role": "closer", "helpers": ["marketer"], "result": "report read", "give": "a report", "get": "an hour",
        "sla_hours": "18", "wip_limit": "12", "revision": revision(world),
        "gate-TOTAL_FORMS": "2", "gate-INITIAL_FORMS": "0",
        "gate-0-label": "How many sell", "gate-0-kind": "filled", "gate-0-ask": "number", "gate-0-number": "2",
        "gate-1-label": "", "gate-1-kind": "filled", "gate-1-ask": "text",
    } | more  # fmt: skip


@pytest.mark.shows("I3.editor")
def test_stages_are_added_changed_ordered_and_taken_out(world: World) -> None:
    anna, here = started(world)
    assert "Anna" in said(anna.get("/setup/conveyors/")) or "New clients" in said(
        anna.get("/setup/conveyors/")
    )
    assert anna.get(f"{here}draft/stages/new/").status_code == 200
    assert anna.post(f"{here}draft/stages/new/", stage_form(world)).status_code == 302
    stage = plan(world).stages[-1]
    assert (stage.key, stage.name, stage.helpers, stage.sla_hours, stage.wip_limit) == (
        "stage_1", "Audit", ("marketer",), 18, 12,
    )  # fmt: skip
    [gate] = stage.gate
    assert (gate.fact, gate.label, gate.ask, gate.number) == ("fact_1", "How many sell", "number", 2)
    keys = [one.key for one in plan(world).stages]
    anna.post(f"{here}draft/order/", {"revision": revision(world), "key": "stage_1", "by": "-1"})
    assert [one.key for one in plan(world).stages] == [*keys[:-2], "stage_1", keys[-2]]
    anna.post(f"{here}draft/order/", {"revision": revision(world), "keys": ",".join(keys)})
    assert [one.key for one in plan(world).stages] == keys
    shown = anna.get(f"{here}draft/stages/second_contact/").content.decode()
    assert "Code word" in shown
    same = stage_form(world, name="Second talk") | {"gate-0-label": ""}
    anna.post(f"{here}draft/stages/second_contact/", same)
    changed = next(one for one in plan(world).stages if one.key == "second_contact")
    assert (changed.name, changed.gate) == ("Second talk", ()), "a condition without a name is taken away"
    anna.post(f"{here}draft/stages/stage_1/remove/", {"revision": revision(world)})
    assert [one.key for one in plan(world).stages] == keys[:-1]


@pytest.mark.shows("I3.editor")
def test_a_condition_keeps_its_fact_when_it_is_reworded(world: World) -> None:
    anna, here = started(world)
    form = stage_form(world, name="First contact", role="telemarketer") | {
        "gate-TOTAL_FORMS": "1", "gate-0-label": "What hurts", "gate-0-ask": "text", "gate-0-number": "",
        "gate-0-fact": "pain",
    }  # fmt: skip
    anna.post(f"{here}draft/stages/first_contact/", form)
    [gate] = next(one for one in plan(world).stages if one.key == "first_contact").gate
    assert (gate.fact, gate.label) == ("pain", "What hurts")


@pytest.mark.shows("I3.editor", "I2.bad-input")
def test_what_is_wrong_is_said_beside_the_field(world: World) -> None:
    anna, here = started(world)
    wrong = anna.post(f"{here}draft/stages/new/", stage_form(world, name="", sla_hours="soon"))
    assert wrong.status_code == 422
    wrong = anna.post(f"{here}draft/stages/new/", stage_form(world) | {"gate-0-number": "many"})
    assert wrong.status_code == 422
    stale = anna.post(f"{here}draft/stages/new/", stage_form(world, revision=9))
    assert (stale.status_code, "Somebody changed" in said(stale)) == (409, True)
    assert anna.get(f"{here}draft/stages/nothing/").status_code == 404
    assert anna.post(f"{here}draft/order/", {"revision": "x"}).status_code == 422
    assert len(plan(world).stages) == 9


@pytest.mark.shows("I3.editor")
def test_refusal_routes(world: World) -> None:
    anna, here = started(world)
    form = {
        "revision": revision(world), "route-TOTAL_FORMS": "3", "route-INITIAL_FORMS": "0",
        "route-0-label": "Later", "route-0-destination": "nurture", "route-0-rest_days": "40", "route-0-code": "later",
        "route-1-label": "They come by themselves", "route-1-destination": "other_conveyor", "route-1-to_conveyor": "inbound",
        "route-2-label": "", "route-2-destination": "lost",
    }  # fmt: skip
    assert anna.get(f"{here}draft/refusals/").status_code == 200
    assert anna.post(f"{here}draft/refusals/", form).status_code == 302
    assert [(one.code, one.destination, one.rest_days, one.to_conveyor) for one in plan(world).refusals] == [
        ("later", "nurture", 40, None), ("refusal_1", "other_conveyor", None, "inbound"),
    ]  # fmt: skip
    nowhere = anna.post(
        f"{here}draft/refusals/", form | {"revision": revision(world), "route-1-to_conveyor": ""}
    )
    assert nowhere.status_code == 422
    assert "Say to which conveyor" in said(nowhere)


@pytest.mark.shows("I3.editor")
def test_publishing_shows_the_counts_first(world: World) -> None:
    anna, here = started(world)
    lead = opened(world, by="Anna")
    anna.post(f"{here}draft/stages/second_contact/remove/", {"revision": revision(world)})
    shown = anna.get(f"{here}draft/publish/")
    assert "1 lead stands inside" in said(shown)
    lead.refresh_from_db()
    assert lead.conveyor_version.number == 1, "looking changes nothing"
    stale = anna.post(f"{here}draft/publish/", {"revision": "77"})
    assert stale.status_code == 409
    done = anna.post(
        f"{here}draft/publish/", {"revision": revision(world), f"to-{lead.stage_id}": "lead_generation"}, follow=True
    )  # fmt: skip
    assert "Version 2 is live" in said(done)
    assert "Where leads went when a version came" in said(done)
    moved = Lead.objects.get(pk=lead.pk)
    assert (moved.conveyor_version.number, moved.stage.key) == (2, "lead_generation")
    assert "new version" in said(anna.get(f"/leads/{lead.pk}/?tab=journal"))


@pytest.mark.shows("I3.editor")
def test_a_new_conveyor_from_a_preset_to_retirement(world: World) -> None:
    anna = signed_in("anna@north.example")
    made = anna.post("/setup/conveyors/new/", {"preset": "cold_calling", "name": ""})
    row = Conveyor.objects.get(workspace=world.workspace, code="cold_calling")
    assert made["Location"] == f"/setup/conveyors/{row.pk}/draft/"
    assert "Letter to the list" in said(anna.get(made["Location"]))
    assert anna.post("/setup/conveyors/new/", {"preset": "", "name": " "}).status_code == 422
    anna.post(f"/setup/conveyors/{row.pk}/draft/", {"name": "Letters first", "revision": "1"})
    anna.post(f"/setup/conveyors/{row.pk}/draft/publish/", {"revision": "2"})
    row.refresh_from_db()
    assert (row.active, row.name) == (True, "Letters first")
    assert "Letters first" in said(anna.get("/board/"))
    anna.post(f"/setup/conveyors/{row.pk}/retire/")
    assert "Letters first" not in said(anna.get("/board/"))
    assert "Retired" in said(anna.get(f"/setup/conveyors/{row.pk}/"))
    anna.post(f"/setup/conveyors/{row.pk}/revive/")
    row.refresh_from_db()
    assert row.active


@pytest.mark.shows("I3.editor")
def test_an_empty_conveyor_says_what_it_lacks(world: World) -> None:
    anna = signed_in("anna@north.example")
    anna.post("/setup/conveyors/new/", {"preset": "", "name": "Fairs"})
    row = Conveyor.objects.get(workspace=world.workspace, name="Fairs")
    here = f"/setup/conveyors/{row.pk}/draft/"
    assert "There is no stage yet." in said(anna.get(here))
    refused = anna.post(f"{here}publish/", {"revision": "1"})
    assert (refused.status_code, "There is no stage yet." in said(refused)) == (409, True)
    assert anna.post(f"{here}drop/").status_code == 302
    assert not Conveyor.objects.filter(pk=row.pk).exists()


@pytest.mark.shows("I3.editor", "I2.api")
def test_a_program_draws_and_publishes(world: World) -> None:
    program = Program(world.people["Anna"])
    lead = opened(world, by="Anna")
    at = f"conveyors/{conveyor(world).pk}"
    assert program.get(f"{at}/draft").status_code == 404
    draft = program.post(f"{at}/draft").json()
    assert (draft["number"], draft["revision"], [one for one in draft["findings"] if one["fault"]]) == (
        2,
        1,
        [],
    )
    stages = [one for one in draft["stages"] if one["key"] != "second_contact"]
    body = {"revision": 1, "name": "Hunting", "stages": stages, "refusals": draft["refusals"]}
    saved = program.put(f"{at}/draft", body).json()
    assert (saved["name"], saved["revision"], saved["stages"]) == ("Hunting", 2, stages)
    assert program.put(f"{at}/draft", body).status_code == 409
    [row] = program.get(f"{at}/draft/map").json()
    assert (row["stage"]["id"], row["open"], row["same"]) == (str(lead.stage_id), 1, "lead_generation")
    assert "project" not in row["targets"], "no open lead comes behind the win point"
    wrong = program.post(f"{at}/draft/publish", {"revision": 2, "map": {row["stage"]["id"]: "project"}})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "map")
    live = program.post(
        f"{at}/draft/publish", {"revision": 2, "map": {row["stage"]["id"]: row["same"]}}
    ).json()
    assert (live["version"], live["name"], len(live["stages"])) == (2, "Hunting", 8)
    assert Lead.objects.get(pk=lead.pk).conveyor_version.number == 2
    assert program.post(f"{at}/retire").status_code == 204
    assert "Hunting" not in [one["name"] for one in program.get("conveyors").json()]
    assert program.post(f"{at}/revive").status_code == 204
    made = program.post("conveyors", {"preset": "base_care"})
    assert (made.status_code, made.json()["conveyor"]["name"]) == (201, "Base care")
    assert program.delete(f"conveyors/{made.json()['conveyor']['id']}/draft").status_code == 204


@pytest.mark.shows("I3.editor", "I2.settings")
def test_a_published_draft_goes_out_with_the_settings(world: World) -> None:
    program = Program(world.people["Igor"])
    at = f"conveyors/{conveyor(world).pk}"
    draft = program.post(f"{at}/draft").json()
    before = program.get("settings").json()
    assert [one["name"] for one in before["conveyors"]] == [
        "New clients",
        "Inbound inquiries",
        "Classic cycle",
    ]
    program.put(
        f"{at}/draft",
        {"revision": 1, "name": "Hunting", "stages": draft["stages"][1:], "refusals": draft["refusals"]},
    )
    assert len(program.get("settings").json()["conveyors"][0]["stages"]) == 9, (
        "a draft is nobody's settings yet"
    )
    program.post(f"{at}/draft/publish", {"revision": 2})
    assert program.get("settings").json()["conveyors"][0]["stages"] == draft["stages"][1:]


@pytest.mark.shows("I3.routes")
def test_a_lead_is_taken_to_another_conveyor_from_its_card(world: World) -> None:
    anna, lead = signed_in("anna@north.example"), opened(world, by="Anna")
    other = Conveyor.objects.get(workspace=world.workspace, code="inbound")
    at = f"/leads/{lead.pk}/reroute/"
    assert "Inbound inquiries" in said(anna.get(at))
    nowhere = anna.post(at, {"conveyor": "", "reason": "they wrote"})
    assert (nowhere.status_code, "Choose a conveyor." in said(nowhere)) == (422, True)
    silent = anna.post(at, {"conveyor": str(other.pk), "reason": " "})
    assert (silent.status_code, "Say why" in said(silent)) == (422, True)
    assert anna.post(at, {"conveyor": str(other.pk), "reason": "they wrote"}).status_code == 204
    assert Lead.objects.get(pk=lead.pk).conveyor == other
    assert "took the lead to another conveyor" in said(anna.get(f"/leads/{lead.pk}/?tab=journal"))
    program = Program(world.people["Anna"])
    back = {"conveyor_id": str(lead.conveyor_id), "reason": "a mistake"}
    assert program.post(f"leads/{lead.pk}/reroute", back).json()["conveyor"]["id"] == str(lead.conveyor_id)


@pytest.mark.shows("I3.editor")
def test_the_board_says_that_a_stage_is_of_a_former_version(world: World) -> None:
    anna, here = started(world)
    opened(world, by="Anna")
    assert "former version" not in said(anna.get("/board/"))
    anna.post(f"{here}draft/stages/lead_generation/remove/", {"revision": revision(world)})
    anna.post(f"{here}draft/publish/", {"revision": revision(world)})
    assert "former version" in said(anna.get("/board/"))
