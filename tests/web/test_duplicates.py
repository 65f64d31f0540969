"""Duplicates on the screen, over the API and from the command line."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from konveyer.domain.duplicates.models import Merge, Pair, Run
from konveyer.domain.duplicates.operations import ask_scan, work_on
from konveyer.domain.people.models import Company, Contact
from konveyer.domain.people.operations import Typed, create_company, create_contact
from konveyer.domain.people.rules.facts import CompanyFacts, PersonFacts
from konveyer.kit import clock
from tests.web.api import Program
from tests.web.test_setup import said, signed_in
from tests.world import World

pytestmark = pytest.mark.django_db
PHONE = Typed("phone", "+7 342 200-41-17")


def twice(world: World) -> tuple[Company, Company]:
    one = create_company(
        actor=world.system, at=clock.now(), facts=CompanyFacts("Камский крепёж", city="Пермь"), points=[PHONE]
    )
    two = create_company(
        actor=world.system, at=clock.now(), facts=CompanyFacts("Kamsky Krepezh LLC", tax_number="7707083893", city="Perm"),
        points=[PHONE],
    )  # fmt: skip
    return one, two


def scanned(world: World) -> Run:
    run = ask_scan(actor=world.system, at=clock.now())
    return work_on(workspace_id=world.workspace.pk, at=clock.now(), run_id=run.pk)


@pytest.mark.shows("I3.duplicates", "S22")
def test_a_pair_is_looked_at_side_by_side_merged_and_taken_back(world: World) -> None:
    anna = signed_in("anna@north.example")
    assert "Nothing is stored twice" in said(anna.get("/base/duplicates/"))
    one, two = twice(world)
    asked = anna.post("/base/duplicates/scan/", headers={"HX-Request": ""}, follow=True)
    assert "being looked through" in said(asked)
    run = Run.objects.get()
    work_on(workspace_id=world.workspace.pk, at=clock.now(), run_id=run.pk)
    shown = said(anna.get("/base/duplicates/"))
    assert all(
        words in shown
        for words in ("Камский крепёж", "Kamsky Krepezh LLC", "same phone", "same name", "2 records")
    )
    pair = Pair.objects.get()
    page = said(anna.get(f"/base/duplicates/{pair.pk}/"))
    assert all(words in page for words in ("Пермь", "Perm", "differs", "7707083893", "this one stays"))
    form = {
        "record": [one.pk, two.pk],
        "kept": two.pk,
        "of-name": one.pk,
        "of-city": one.pk,
        "leads": "close",
    }
    merged = anna.post(f"/base/duplicates/{pair.pk}/", form, follow=True)
    assert merged.redirect_chain == [(f"/base/companies/{two.pk}/", 302)]
    assert "1 record was merged" in said(merged)
    two.refresh_from_db()
    assert (two.name, two.city, Company.objects.count()) == ("Камский крепёж", "Пермь", 1)
    assert anna.get(f"/base/companies/{one.pk}/").headers["Location"] == f"/base/companies/{two.pk}/"
    listed = said(anna.get("/base/duplicates/merged/"))
    assert "Камский крепёж" in listed
    back = anna.post(f"/base/duplicates/merged/{Merge.objects.get().pk}/undo/", follow=True)
    assert "taken back" in said(back)
    assert Company.objects.count() == 2
    two.refresh_from_db()
    assert two.name == "Kamsky Krepezh LLC"


@pytest.mark.shows("I3.duplicates")
def test_what_was_told_apart_is_not_asked_again_and_nonsense_is_refused(world: World) -> None:
    anna = signed_in("anna@north.example")
    one, two = twice(world)
    scanned(world)
    pair = Pair.objects.get()
    refused = anna.post(f"/base/duplicates/{pair.pk}/", {"record": [one.pk], "kept": one.pk})
    assert (refused.status_code, "at least two records" in said(refused)) == (422, True)
    assert anna.post(f"/base/duplicates/{pair.pk}/", {"record": "x", "kept": ""}).status_code == 422
    apart = anna.post(f"/base/duplicates/{pair.pk}/apart/", {"record": [one.pk, two.pk]}, follow=True)
    assert "different ones" in said(apart)
    assert anna.get(f"/base/duplicates/{pair.pk}/").status_code == 404
    assert anna.get("/base/duplicates/?kind=lead").status_code == 404
    assert signed_in("alina@north.example").get("/base/duplicates/").status_code == 403


@pytest.mark.shows("I3.duplicates")
def test_all_sure_ones_are_merged_by_the_worker(world: World) -> None:
    anna = signed_in("anna@north.example")
    twice(world)
    scanned(world)
    dialog = said(anna.get("/base/duplicates/all/?kind=company"))
    assert "90 %" in dialog
    assert anna.post("/base/duplicates/all/", {"kind": "company", "over": "nine"}).status_code == 422
    assert anna.post("/base/duplicates/all/", {"kind": "company", "over": "10"}).status_code == 422
    asked = anna.post("/base/duplicates/all/", {"kind": "company", "over": "85"}, follow=True)
    assert "being merged" in said(asked)
    run = Run.objects.get(work="merge")
    work_on(workspace_id=world.workspace.pk, at=clock.now(), run_id=run.pk)
    assert Company.objects.count() == 1


@pytest.mark.shows("I3.duplicates")
def test_programs_list_merge_and_take_back(world: World) -> None:
    anna = Program(world.people["Anna"])
    people = [
        create_contact(
            actor=world.system,
            at=clock.now(),
            facts=PersonFacts(last, "Роман"),
            points=[Typed("email", "r@kama.example")],
        )
        for last in ("Кудрин", "Kudrin")
    ]
    assert anna.post("duplicates/runs", {"work": "scan"}).status_code == 202
    run = Run.objects.get()
    work_on(workspace_id=world.workspace.pk, at=clock.now(), run_id=run.pk)
    assert anna.get(f"duplicates/runs/{run.pk}").json()["state"] == "done"
    found = anna.get("duplicates", kind="contact").json()["items"]
    assert [(one["score"], one["reasons"]) for one in found] == [(92, ["email", "name"])]
    ids = [str(one.pk) for one in people]
    made = anna.post("duplicates/merge", {"kind": "contact", "kept": ids[0], "gone": [ids[1]]})
    assert made.status_code == 201
    moved = anna.get(f"contacts/{ids[1]}")
    assert (moved.status_code, moved.headers["Location"]) == (302, f"/api/v1/contacts/{ids[0]}")
    assert anna.get("contacts/00000000-0000-7000-8000-000000000000").status_code == 404
    assert anna.get("duplicates/merges").json()["items"][0]["gone_id"] == ids[1]
    undone = anna.post(f"duplicates/merges/{made.json()[0]['id']}/undo")
    assert (undone.status_code, undone.json()["told"], Contact.objects.count()) == (200, [], 2)
    assert anna.post("duplicates/dismiss", {"kind": "contact", "records": ids}).status_code == 404, (
        "no scan found them since"
    )


@pytest.mark.shows("I3.duplicates", "I2.no-n-plus-one")
def test_the_list_takes_as_many_queries_for_many_as_for_one(
    world: World, django_assert_num_queries: object
) -> None:

    anna = signed_in("anna@north.example")
    counts = []
    for number in range(1, 12, 10):
        for one in range(number):
            for name in ("Вега", "Vega"):
                create_company(
                    actor=world.system, at=clock.now(), facts=CompanyFacts(f"{name} {number} {one}"),
                    points=[Typed("phone", f"+7 342 2{number:02}-41-{one:02}")],
                )  # fmt: skip
        scanned(world)
        anna.get("/base/duplicates/")
        with CaptureQueriesContext(
            connection,
        ) as seen:
            anna.get("/base/duplicates/")
        counts.append(len(seen))
    assert Pair.objects.count() >= 11
    assert counts[0] == counts[1]
