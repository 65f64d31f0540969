"""Erasing and handing out on the screen, over the API, from the command line."""

import argparse
import io
import json
import zipfile
from pathlib import Path

import pytest

from konveyer.commands.call import Call, WrongUse
from konveyer.commands.erasing import again, package
from konveyer.commands.erasing import erase as erase_command
from konveyer.domain.erasure.models import Erasure
from konveyer.domain.erasure.operations import work_on
from konveyer.domain.people.models import Contact
from konveyer.kit import clock
from tests.unit.consent.test_ledger import roman
from tests.web.api import Program
from tests.web.test_setup import said, signed_in
from tests.world import NOON, World

pytestmark = pytest.mark.django_db


@pytest.mark.shows("I3.erasure")
def test_the_owner_looks_erases_and_nothing_is_shown_any_more(
    world: World, settings: object, tmp_path: Path
) -> None:
    settings.HOME = tmp_path  # type: ignore[attr-defined]
    igor, contact = signed_in("igor@north.example"), roman(world)
    page = f"/base/people/{contact.pk}/"
    assert "Erase for good" in said(igor.get(page))
    dialog = said(igor.get(f"{page}erase/"))
    assert all(
        words in dialog
        for words in ("Erase Roman Kudrin for good?", "phones and addresses: 2", "cannot be taken back")
    )
    archive = b"".join(igor.get(f"{page}data.zip").streaming_content)  # type: ignore[attr-defined]
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        assert "r@kama.example" in opened.read("person.json").decode()
    anna = signed_in("anna@north.example")
    assert (anna.get(f"{page}erase/").status_code, anna.get(f"{page}data.zip").status_code) == (403, 403)
    assert "Erase for good" not in said(anna.get(page))
    assert "being erased" in said(igor.post(f"{page}erase/", follow=True))
    assert Contact.objects.get(pk=contact.pk).last_name == "Kudrin", "the worker does it"
    work_on(workspace_id=world.workspace.pk, at=clock.now(), erasure_id=Erasure.objects.get().pk)
    shown = said(igor.get(page))
    assert "Kudrin" not in shown
    assert "r@kama.example" not in shown
    assert "Roman" not in said(igor.get("/base/people/"))
    assert "Kudrin" not in said(igor.get("/journal/"))


@pytest.mark.shows("I3.erasure")
def test_programs_see_what_is_held_take_it_and_erase(world: World) -> None:
    igor, contact = Program(world.people["Igor"]), roman(world)
    assert igor.get(f"contacts/{contact.pk}/held").json()["goes"]["point_use"] == 2
    answer = igor.get(f"contacts/{contact.pk}/personal-data")
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as opened:
        assert json.loads(opened.read("person.json"))["person"] == str(contact.pk)
    asked = igor.post(f"contacts/{contact.pk}/erase")
    assert (asked.status_code, asked.json()["done_at"]) == (202, None)
    assert igor.post(f"contacts/{contact.pk}/erase").status_code == 409


@pytest.mark.shows("I3.erasure")
def test_from_the_command_line(world: World, settings: object, tmp_path: Path) -> None:
    settings.HOME = tmp_path  # type: ignore[attr-defined]
    contact = roman(world)

    def call(**options: object) -> Call:
        given = {"contact": str(contact.pk), "preview": False, "file": str(tmp_path / "p.zip"), **options}
        return Call(argparse.Namespace(**given), NOON, world.workspace)

    assert erase_command(call(preview=True)).data["preview"]["point_use"] == 2
    assert package(call()).data["rows"] >= 5
    with pytest.raises(WrongUse):
        package(call())
    with pytest.raises(WrongUse):
        erase_command(call(contact="Kudrin"))
    assert erase_command(call()).data["counts"]["point_use"] == 2
    assert Contact.objects.get(pk=contact.pk).name_key == ""
    assert again(call()).data == {"erased": 0}
