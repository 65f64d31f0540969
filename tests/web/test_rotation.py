"""Rotation in the settings, in the gate dialog and by API."""

import pytest
from django.urls import reverse

from konveyer.domain.conveyor.queries import conveyors
from konveyer.domain.leads.models import RotationRule
from konveyer.domain.workspace.models import Role
from tests.unit.leads.test_rotation import rule
from tests.unit.leads.test_thread import company, opened
from tests.web.api import Program
from tests.web.cast import signed_in
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.mark.shows("I3.handoff")
def test_a_rule_is_drawn_up_changed_and_removed(world: World) -> None:
    conveyor = conveyors(world.workspace.pk)[0]
    role = Role.objects.get(workspace=world.workspace, code="closer")
    igor = signed_in(world, "Igor")
    new = reverse("setup-rotation-new", args=[conveyor.pk])
    assert "The first rule that speaks of a lead decides." in igor.get(new).content.decode()
    said = {
        "name": "North",
        "role": role.pk,
        "how": "order",
        "members": [world.people["Timur"].pk],
        "cities": "Perm\n\nUfa",
        "incoming": "yes",
    }
    wrong = igor.post(new, said | {"members": [world.people["Alina"].pk]})
    assert wrong.status_code == 422
    assert "Not in this role: Alina" in wrong.content.decode()
    assert igor.post(new, said).status_code == 302
    made = RotationRule.objects.get()
    assert made.segment == {"cities": ["Perm", "Ufa"], "incoming": True}
    page = igor.get(reverse("setup-conveyor", args=[conveyor.pk])).content.decode()
    assert "in turn, one after the other" in page
    there = reverse("setup-rotation", args=[conveyor.pk, made.pk])
    assert "Perm\nUfa" in igor.get(there).content.decode()
    assert igor.post(there, said | {"how": "load", "version": "1"}).status_code == 302
    assert igor.post(there, said | {"version": "1"}).status_code == 409
    assert igor.post(reverse("setup-rotation-remove", args=[conveyor.pk, made.pk])).status_code == 302
    assert igor.get(there).status_code == 404
    assert signed_in(world, "Alina").get(new).status_code == 403


@pytest.mark.shows("I3.handoff", "S25")
def test_the_dialog_says_whose_turn_it_is(world: World) -> None:
    lead = opened(world, by="Anna", company=company(world, "One"), owner_id=world.people["Alina"].pk)
    stage = next(one for one in lead.conveyor_version.stages.all() if one.key == "meeting")
    address = reverse("lead-move", args=[lead.pk]) + f"?to={stage.pk}"
    anna = signed_in(world, "Anna")
    step = reverse("lead-step", args=[lead.pk]) + f"?stage={stage.pk}&version={lead.version}"
    assert "Whoever is free" in anna.post(step).content.decode()
    rule(world, "closer", "order", ["Timur"])
    assert "Whose turn it is: Timur" in anna.post(step).content.decode()
    answer = anna.post(address, {"to": stage.pk, "override_reason": "known", "to_member": ""})
    assert answer.status_code == 204
    lead.refresh_from_db()
    assert lead.owner == world.people["Timur"]


@pytest.mark.shows("I3.handoff", "I2.api")
def test_programs_draw_rules_too(world: World) -> None:
    conveyor = conveyors(world.workspace.pk)[0]
    role = str(Role.objects.get(workspace=world.workspace, code="closer").pk)
    igor = Program(world.people["Igor"])
    there = f"conveyors/{conveyor.pk}/rotation"
    made = igor.post(
        there, {"role_id": role, "name": "All", "how": "load", "segment": {"amount": "1000.00"}}
    ).json()
    assert (made["how"], made["segment"]["amount"], made["members"], made["last"]) == (
        "load",
        "1000.00",
        [],
        None,
    )
    assert [one["id"] for one in igor.get(there).json()] == [made["id"]]
    changed = igor.put(
        f"{there}/{made['id']}", {"role_id": role, "name": "All", "how": "order", "version": 1}
    )
    assert (changed.status_code, changed.json()["version"]) == (200, 2)
    assert (
        igor.put(
            f"{there}/{made['id']}", {"role_id": role, "name": "All", "how": "order", "version": 1}
        ).status_code
        == 409
    )
    assert igor.delete(f"{there}/{made['id']}").status_code == 204
    assert igor.get(there).json() == []
