"""Absences on the screen and over the API."""

from datetime import timedelta

import pytest
from django.test import Client

from konveyer.domain.absence.models import Absence
from konveyer.domain.absence.operations.going import today_of
from konveyer.domain.workspace.models import Member
from konveyer.kit import clock
from tests.web.api import Program
from tests.web.cast import opened
from tests.web.test_setup import said, signed_in
from tests.world import World

pytestmark = pytest.mark.django_db


def days(world: World, length: int = 9, first: int = 0) -> dict[str, str]:
    today = clock.now().date() + timedelta(days=first)
    return {"starts_on": today.isoformat(), "ends_on": (today + timedelta(days=length)).isoformat()}


@pytest.mark.shows("I3.absence")
def test_the_owner_sees_what_goes_to_whom_before_it_goes(world: World) -> None:
    igor, pavel = signed_in("igor@north.example"), world.people["Pavel"]
    lead = opened(world, by="Anna", owner_id=pavel.pk)
    assert "Nobody is away" in said(igor.get("/absences/"))
    today = today_of(world.workspace.pk, clock.now())
    assert f'value="{today}"' in igor.get("/absences/new/").content.decode(), "in the browser's own form"
    form = {"member_id": str(pavel.pk), "rule": "member", "to": str(world.people["Alina"].pk), **days(world)}
    shown = igor.get("/absences/new/", form)
    assert "Alina" in said(shown)
    assert "Hand over now" in said(shown)
    lead.refresh_from_db()
    assert lead.owner == pavel, "looking changes nothing"
    made = igor.post("/absences/new/", form, follow=True)
    assert "Alina" in said(made)
    lead.refresh_from_db()
    assert lead.owner == world.people["Alina"]
    absence = Absence.objects.get()
    assert "away" in said(igor.get("/absences/"))
    assert igor.get(f"/absences/{absence.pk}/back/").status_code == 405
    back = igor.post(f"/absences/{absence.pk}/back/", follow=True)
    assert "Came back: 2" in said(back)  # the lead and its next step
    lead.refresh_from_db()
    assert lead.owner == pavel


@pytest.mark.shows("I3.absence", "I2.bad-input")
def test_a_seller_goes_away_himself_and_is_told_what_is_missing(world: World) -> None:
    pavel = signed_in("pavel@north.example")
    refused = pavel.post("/absences/new/", days(world))
    assert (refused.status_code, "Name one" in said(refused)) == (422, True)
    Member.objects.filter(name="Pavel").update(deputy=world.people["Alina"])
    wrong = pavel.post("/absences/new/", {"starts_on": "soon", "ends_on": ""})
    assert wrong.status_code == 422
    assert pavel.post("/absences/new/", days(world, first=3)).status_code == 302
    planned = Absence.objects.get()
    assert planned.state == "planned"
    alina = signed_in("alina@north.example")
    assert alina.get(f"/absences/{planned.pk}/").status_code == 404
    assert alina.post(f"/absences/{planned.pk}/call-off/").status_code == 404
    assert alina.post("/absences/new/", {"member_id": str(world.owner.pk), **days(world)}).status_code == 403
    assert pavel.post(f"/absences/{planned.pk}/call-off/").status_code == 302
    assert "called off" in said(pavel.get("/absences/"))


@pytest.mark.shows("I3.absence")
def test_who_leaves_shares_his_work_out(world: World) -> None:
    igor: Client = signed_in("igor@north.example")
    pavel = world.people["Pavel"]
    opened(world, by="Anna", owner_id=pavel.pk)
    url = f"/setup/members/{pavel.pk}/deactivate/"
    assert igor.post(url, {"successor": ""}).status_code == 409
    assert igor.post(url, {"successor": "share"}).status_code == 302
    assert not Member.objects.get(name="Pavel").active
    gone = Absence.objects.get(state="gone")
    igor.post(f"/absences/{gone.pk}/back/", {"keep_talked": "on"})
    assert Member.objects.get(name="Pavel").active


@pytest.mark.shows("I3.absence", "I2.api")
def test_a_program_writes_absences_down(world: World) -> None:
    anna, alina = Program(world.people["Anna"]), Program(world.people["Alina"])
    pavel = world.people["Pavel"]
    lead = opened(world, by="Anna", owner_id=pavel.pk)
    body = {"member_id": str(pavel.pk), "rule": "share", **days(world)}
    made = anna.post("absences", body)
    assert (made.status_code, made.json()["leads"], made.json()["state"]) == (201, 1, "away")
    path = f"absences/{made.json()['id']}"
    assert anna.get(path).json() == made.json()
    assert (alina.get(path).status_code, alina.post(f"{path}/back").status_code) == (404, 404)
    assert alina.get("absences").json() == []
    assert anna.post("absences", body).json()["code"] == "absence_exists"
    assert anna.post("absences", {**body, "rule": "anybody"}).status_code == 422
    back = anna.post(f"{path}/back", {"keep_talked": False}).json()
    # Nobody here holds the role of the first stage: the lead waited in its queue, without a step of its own.
    assert (back["state"], back["returned"], back["kept"]) == ("back", 1, 0)
    lead.refresh_from_db()
    assert lead.owner == pavel
    assert anna.post(f"{path}/call-off").status_code == 409
