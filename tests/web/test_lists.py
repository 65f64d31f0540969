"""Labels, views and actions on many records over HTTP: dialogs, lists, pages; what is refused is said in the form."""

import csv
import io
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from konveyer.domain.labels.models import CustomField, Tag
from konveyer.domain.labels.operations import FieldFacts, create_field, create_tag, fill_fields, tag_record
from konveyer.domain.labels.queries.fields import values_of
from konveyer.domain.labels.queries.tags import borne
from konveyer.domain.leads.models import Lead
from konveyer.domain.lists.models import BulkAction, SavedView, UsualView
from konveyer.domain.people.models import Company, ContactLink
from konveyer.domain.people.operations import create_company, create_contact
from konveyer.domain.people.rules.facts import CompanyFacts, PersonFacts
from tests.web.cast import AT, opened, signed_in
from tests.world import World

pytestmark = pytest.mark.django_db


def firm(world: World, name: str) -> Company:
    return create_company(actor=world.system, at=AT, facts=CompanyFacts(name))


def field(
    world: World, name: str, kind: str = "number", subject: str = "company", *options: str, **more: Any
) -> CustomField:
    facts = FieldFacts(name, options=options, **more)
    return create_field(actor=world.system, at=AT, subject=subject, kind=kind, facts=facts)


def page(client: Client, address: str) -> str:
    answer = client.get(address, headers={"HX-Request": ""})
    assert answer.status_code == 200, answer
    return answer.content.decode()


@pytest.mark.shows("I3.tags-fields")
def test_tags_are_ticked_typed_shown_and_asked_for(world: World) -> None:
    kama, oka = firm(world, "Kama"), firm(world, "Oka")
    anna = signed_in(world, "Anna")
    old = create_tag(actor=world.system, at=AT, name="old one")
    tag_record(actor=world.system, at=AT, kind="company", pk=kama.pk, add=["old one"])
    address = reverse("record-tags", args=["company", kama.pk])
    assert "old one" in anna.get(address).content.decode()
    assert anna.post(address, {"seen": old.pk, "new": "expo, VIP"}).status_code == 204
    assert [tag.name for tag in borne(world.workspace.pk, "company", [kama.pk])[kama.pk]] == ["expo", "VIP"]
    assert anna.post(address, {"new": "x" * 61}).status_code == 422
    expo = Tag.objects.get(name="expo")
    shown = page(anna, f"/base/companies/?tag={expo.pk}")
    assert "Kama" in shown
    assert "Oka" not in shown
    assert page(anna, reverse("company", args=[oka.pk])).count("k-tag-dot") == 0
    assert "expo" in page(anna, "/setup/tags/")
    assert anna.get("/base/companies/?tag=expo").status_code == 422


@pytest.mark.shows("I3.tags-fields")
def test_own_fields_are_filled_in_a_dialog_and_stand_in_columns_filters_and_files(world: World) -> None:
    size = field(world, "Size", required=True)
    kama = firm(world, "Kama")
    firm(world, "Oka")
    anna = signed_in(world, "Anna")
    address = reverse("record-fields", args=["company", kama.pk])
    assert 'name="field-size"' in anna.get(address).content.decode()
    refused = anna.post(address, {"field-size": "", "version": 1})
    assert (refused.status_code, "has to be filled" in refused.content.decode()) == (422, True)
    assert anna.post(address, {"field-size": "many", "version": 1}).status_code == 422
    assert anna.post(address, {"field-size": "1 200", "version": 1}).status_code == 204
    assert anna.post(address, {"field-size": "7", "version": 1}).status_code == 409  # somebody was quicker
    anna.post(reverse("list-columns", args=["companies"]), {"column": ["city", f"own.{size.key}"]})
    assert "1,200" in page(anna, "/base/companies/")
    narrowed = page(anna, "/base/companies/?f.size.from=1000")
    assert ("Kama" in narrowed, "Oka" in narrowed, "Size: ≥ 1000" in narrowed) == (True, False, True)
    assert 'name="f.size.from"' in anna.get("/labels/narrow/companies/?f.size.from=5").content.decode()
    here = {"HX-Current-URL": "http://testserver/base/companies/?f.size.from=77&q=kama", "HX-Request": "true"}
    dialog = anna.get("/labels/narrow/companies/", headers=here).content.decode()
    assert ('value="77"' in dialog, 'name="q" value="kama"' in dialog) == (True, True)
    file = anna.get("/base/lists/companies.csv?f.size.from=1000")
    rows = list(csv.reader(io.StringIO(b"".join(file.streaming_content).decode("utf-8-sig")), delimiter=";"))  # type: ignore[attr-defined]
    assert rows[0][:3] == ["Company", "City", "Size"]
    assert rows[1][:3] == ["Kama", "", "1200"]
    picked = anna.get(f"/base/lists/companies.csv?pick={kama.pk}&pick={uuid4()}")
    text = b"".join(picked.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert [line.split(";")[0] for line in text.splitlines()] == ["Company", "Kama"]


@pytest.mark.shows("I3.tags-fields")
def test_fields_are_drawn_in_the_settings(world: World) -> None:
    anna = signed_in(world, "Anna")
    new = reverse("setup-field-new", args=["lead"])
    assert anna.post(new, {"name": "Why now", "kind": "choice", "options": ""}).status_code == 422
    assert (
        anna.post(new, {"name": "Why now", "kind": "choice", "options": "growth\ncrisis"}).status_code == 302
    )
    made = CustomField.objects.get()
    assert (made.key, made.subject) == ("why_now", "lead")
    changed = {"name": "Why", "options": "growth", "version": "1"}
    assert anna.post(reverse("setup-field", args=[made.pk]), changed).status_code == 302
    assert anna.post(reverse("setup-field", args=[made.pk]), changed | {"name": "Whence"}).status_code != 302
    anna.post(reverse("setup-field-retire", args=[made.pk]))
    made.refresh_from_db()
    assert (made.name, made.retired_at is not None) == ("Why", True)
    assert "out of use" in page(anna, "/setup/fields/")


@pytest.mark.shows("I3.views-bulk")
def test_a_view_is_kept_opened_first_changed_and_dropped(world: World) -> None:
    lead = opened(world, "Kama")
    anna = signed_in(world, "Anna")
    here = {"HX-Current-URL": "http://testserver/leads/?state=won&sort=-amount", "HX-Request": "true"}
    form = anna.get(reverse("view-keep", args=["leads"]), headers=here).content.decode()
    assert "state=won&amp;sort=-amount" in form
    given = {"name": "Won", "shared": "all", "pinned": "on", "usual": "on", "query": "state=won&sort=-amount"}
    assert anna.post(reverse("view-keep", args=["leads"]), given).status_code == 204
    view = SavedView.objects.get()
    assert (view.query, view.sort, view.shared) == ({"state": "won"}, "-amount", "all")
    led = anna.get("/leads/", headers={"HX-Request": ""})
    assert (led.status_code, f"view={view.pk}" in led["Location"]) == (302, True)
    assert "Kama" not in page(anna, led["Location"])
    assert "Kama" in page(anna, "/leads/?view=")
    assert anna.post(reverse("view-keep", args=["leads"]), given).status_code == 422  # the name is taken
    assert ">Won<" in page(signed_in(world, "Pavel"), "/leads/?view=")
    change = reverse("view-change", args=[view.pk])
    answer = anna.post(
        change, {"name": "Open", "shared": "own", "version": 1, "renew": "on", "query": "state=open"}
    )
    assert answer.status_code == 204
    view.refresh_from_db()
    assert (view.name, view.query, view.shared, view.pinned) == ("Open", {"state": "open"}, "own", False)
    assert signed_in(world, "Pavel").get(change).status_code == 404
    assert anna.post(reverse("view-drop", args=[view.pk])).status_code == 204
    assert not UsualView.objects.exists()
    assert Lead.objects.filter(pk=lead.pk).exists()


@pytest.mark.shows("I3.views-bulk")
def test_many_are_looked_at_done_and_taken_back_on_their_page(world: World) -> None:
    kama, oka = firm(world, "Kama"), firm(world, "Oka")
    field(world, "Size")
    fill_fields(actor=world.system, at=AT, kind="company", pk=kama.pk, given={"size": "10"})
    anna = signed_in(world, "Anna")
    new = reverse("bulk-new", args=["companies"])
    form = anna.get(f"{new}?pick={kama.pk}&pick={oka.pk}").content.decode()
    assert form.count('name="pick"') == 2
    asked = {
        "pick": [kama.pk, oka.pk],
        "scope": "picked",
        "action": "field",
        "field": "size",
        "value": "many",
    }
    assert anna.post(new, asked).status_code == 422
    to = anna.post(new, asked | {"value": "10"})["HX-Redirect"]
    shown = page(anna, to)
    assert "Do it with 1 record" in shown
    assert "It is so already." in shown
    made = BulkAction.objects.get()
    assert b"Kama" in b"".join(anna.get(reverse("bulk-kept", args=[made.pk])).streaming_content)  # type: ignore[attr-defined]
    anna.post(reverse("bulk-do", args=[made.pk]))
    assert set(values_of(world.workspace.pk, "company", [kama.pk, oka.pk])) == {kama.pk, oka.pk}
    assert "Take it back" in page(anna, to)
    anna.post(reverse("bulk-back", args=[made.pk]))
    assert set(values_of(world.workspace.pk, "company", [kama.pk, oka.pk])) == {kama.pk}
    assert "taken back" in page(anna, reverse("bulk-latest"))
    here = {"HX-Current-URL": f"http://testserver/base/companies/?q={quote('oka')}", "HX-Request": "true"}
    assert f'value="q={quote("oka")}"' in anna.get(new, headers=here).content.decode()


@pytest.mark.shows("I3.points")
def test_two_people_are_linked_and_a_lead_says_who_recommended_us(world: World) -> None:
    friend, client = (
        create_contact(actor=world.system, at=AT, facts=PersonFacts(name)) for name in ("Friend", "Client")
    )
    anna = signed_in(world, "Anna")
    add = reverse("link-add", args=[client.pk])
    assert anna.post(add, {"way": "by-recommended"}).status_code == 422
    assert (
        anna.post(add, {"way": "by-recommended", "other": friend.pk, "note": "a letter"}).status_code == 204
    )
    link = ContactLink.objects.get()
    assert (link.contact, link.by) == (client, friend)
    assert "Client" in page(anna, reverse("contact", args=[friend.pk]))
    assert anna.post(add, {"way": "of-referred", "other": friend.pk}).status_code == 422  # a circle
    lead = opened(world, "Kama")
    say = reverse("lead-recommender", args=[lead.pk])
    assert anna.post(say, {"version": lead.version}).status_code == 422
    assert anna.post(say, {"other": friend.pk, "version": lead.version}).status_code == 204
    assert "Friend" in page(anna, reverse("lead", args=[lead.pk]))
    assert "1 lead came on this person" in page(anna, reverse("contact", args=[friend.pk]))
    assert anna.post(reverse("link-change", args=[link.pk]), {"ended_on": "2040-01-01"}).status_code == 204
    assert anna.post(reverse("link-remove", args=[link.pk])).status_code == 204
