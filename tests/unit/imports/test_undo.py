"""An import taken back leaves the base as it was, but for journal and batches; what was touched since is kept and named."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from konveyer.domain.deals.models import Deal
from konveyer.domain.deals.operations import record_payment
from konveyer.domain.imports.models import Batch
from konveyer.domain.journal.models import Entry
from konveyer.domain.leads.models import Lead, Origin
from konveyer.domain.leads.operations import change_lead, take
from konveyer.domain.people.models import Company, Contact, ContactPoint
from konveyer.domain.people.operations import change_contact
from konveyer.domain.people.rules.facts import PersonFacts
from konveyer.domain.touches.operations import record_touch
from konveyer.kit.refusal import NotFound, Refused
from tests.unit.imports.bringing import brought, counts, undone, written
from tests.unit.imports.dumping import difference, dump
from tests.unit.imports.test_bringing_in import deals, leads
from tests.world import NOON, World

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=1)
PEOPLE = ("Компания", "ИНН", "Контакт", "Телефон", "E-mail", "Город", "Комментарий")


def base(world: World, path: Path) -> None:
    """Something that was there before: leads, one of them worked on, and people."""
    brought(
        world.workspace,
        leads(path, ("a1", "01-02-2018", "p1", "social"), ("a2", "02-02-2018", "p2", ""), ("a3", "03-02-2018", "p1", "email")),
        preset="olist-leads",
    )  # fmt: skip
    brought(
        world.workspace,
        written(path / "people.csv", PEOPLE, ("Кедр", "7707083893", "Ланской Виктор", "342 200-18-40", "v@kedr.ru", "", "")),
        preset="contacts",
    )  # fmt: skip
    worked = Lead.objects.get(external_key="a3")
    take(actor=world.actor("Alina"), at=NOON, lead_id=worked.pk)


@pytest.mark.shows("I2.import", "I2.undo", "S22")
def test_import_and_undo_leave_the_same_base(world: World, tmp_path: Path) -> None:
    base(world, tmp_path)
    before = dump()
    many = brought(
        world.workspace,
        leads(tmp_path, ("a1", "05-02-2018", "p9", "email"), ("a2", "02-02-2018", "p2", "new"), ("b1", "06-02-2018", "p9", "")),
        preset="olist-leads",
    )  # fmt: skip
    assert counts(many) == (3, 1, 2, 0, 0)
    assert dump() != before
    said = undone(world.workspace, many["batch"])
    assert difference(before, dump()) == {}
    assert said == {
        "batch": many["batch"], "removed": {"lead": 1, "entry_page": 1, "origin": 1}, "restored": {"lead": 2}, "kept": [],
    }  # fmt: skip
    assert Batch.objects.get(pk=many["batch"]).state == "undone"
    assert sorted(Entry.objects.filter(batch_id=many["batch"], subject="lead").values_list("action", flat=True)) == [
        "changed", "changed", "created", "removed", "restored", "restored",
    ]  # fmt: skip


@pytest.mark.shows("I2.import", "I2.undo", "S22")
def test_a_list_of_deals_taken_back_opens_its_leads_again(world: World, tmp_path: Path) -> None:
    base(world, tmp_path)
    before = dump()
    won = brought(
        world.workspace,
        deals(
            tmp_path, ("a1", "26-02-2018 19:58", "s1", "c1", "100"), ("a2", "01-02-2018 10:00", "s1", "s1", "0"),
            ("a3", "26-03-2018 10:00", "s2", "c1", "5"),
        ),
        preset="olist-deals",
    )  # fmt: skip
    assert counts(won) == (3, 3, 0, 0, 0)
    assert Lead.objects.filter(state="won").count() == 3
    said = undone(world.workspace, won["batch"])
    assert difference(before, dump()) == {}
    assert said["removed"] == {"deal": 3, "member": 3}
    assert said["restored"] == {"lead": 3}


@pytest.mark.shows("I2.import", "I2.undo", "S22")
def test_people_filled_in_and_made_go_back(world: World, tmp_path: Path) -> None:
    base(world, tmp_path)
    before = dump()
    many = brought(
        world.workspace,
        written(
            tmp_path / "more.csv", PEOPLE,
            ("Кедр-Пак", "7707083893", "Ланской Виктор Петрович", "+7 912 345-67-89", "v@kedr.ru", "Пермь", "звонить утром"),
            ("Кедр", "7707083893", "Юдина Анна", "342 200-18-40", "yudina@kedr.ru", "", ""),
            ("Сосна", "", "Фирсов Глеб", "", "firsov@sosna.ru", "Уфа", ""),
        ),
        preset="contacts",
    )  # fmt: skip
    assert counts(many) == (3, 2, 1, 0, 0)
    assert undone(world.workspace, many["batch"])["kept"] == []
    assert difference(before, dump()) == {}


@pytest.mark.shows("I2.import", "I2.undo")
def test_what_was_touched_since_is_kept_with_all_it_needs_and_named(world: World, tmp_path: Path) -> None:
    many = brought(
        world.workspace,
        leads(
            tmp_path, ("a1", "01-02-2018", "p1", "social"), ("a2", "02-02-2018", "p2", "email"), ("a3", "02-02-2018", "p3", "")
        ),
        preset="olist-leads",
    )  # fmt: skip
    worked, titled = (Lead.objects.get(external_key=key) for key in ("a1", "a2"))
    take(actor=world.actor("Alina"), at=LATER, lead_id=worked.pk)
    record_touch(actor=world.actor("Alina"), at=LATER, channel="call", outcome="talked", lead_id=worked.pk)
    change_lead(actor=world.actor("Anna"), at=LATER, lead_id=titled.pk, version=1, title="Call in spring")
    said = undone(world.workspace, many["batch"])
    assert said["removed"] == {"lead": 1, "entry_page": 1}
    assert sorted((kept["record"], kept["name"], kept["why"]) for kept in said["kept"]) == [
        ("entry_page", "p1", "it is in use: leads"), ("entry_page", "p2", "it is in use: leads"),
        ("lead", "Call in spring", "somebody changed it since"), ("lead", "a1", "somebody changed it since"),
        ("origin", "email", "it is in use: leads"), ("origin", "social", "it is in use: leads"),
    ]  # fmt: skip
    assert sorted(Lead.objects.values_list("external_key", flat=True)) == ["a1", "a2"]


@pytest.mark.shows("I2.import", "I2.undo")
def test_a_field_changed_since_is_kept_and_the_others_go_back(world: World, tmp_path: Path) -> None:
    base(world, tmp_path)
    many = brought(
        world.workspace,
        written(tmp_path / "more.csv", PEOPLE, ("", "", "Ланской Виктор Петрович", "", "v@kedr.ru", "Пермь", "")),
        preset="contacts",
    )  # fmt: skip
    person = Contact.objects.get(last_name="Ланской")
    facts = PersonFacts("Ланской", "Виктор", "Петрович", "Уфа")
    change_contact(
        actor=world.actor("Anna"), at=LATER, contact_id=person.pk, version=person.version, facts=facts
    )
    said = undone(world.workspace, many["batch"])
    person.refresh_from_db()
    assert (person.patronymic, person.city, person.name_key) == ("", "Уфа", "ланской виктор")
    assert said["kept"] == [
        {"record": "contact", "id": str(person.pk), "name": "Ланской Виктор", "why": "changed since: city"}
    ]


@pytest.mark.shows("I2.import", "I2.undo")
def test_a_win_with_money_stays_whole(world: World, tmp_path: Path) -> None:
    base(world, tmp_path)
    won = brought(
        world.workspace,
        deals(tmp_path, ("a1", "26-02-2018 19:58", "s1", "c1", "100"), ("a2", "01-03-2018 10:00", "s1", "c2", "0")),
        preset="olist-deals",
    )  # fmt: skip
    paid = Deal.objects.get(lead__external_key="a1")
    record_payment(
        actor=world.actor("Vera"), at=LATER, deal_id=paid.pk, amount=100, currency=paid.currency, received_on=LATER.date()  # type: ignore[arg-type]
    )  # fmt: skip
    said = undone(world.workspace, won["batch"])
    assert {(lead.external_key, lead.state) for lead in Lead.objects.all()} == {
        ("a1", "won"),
        ("a2", "open"),
        ("a3", "open"),
    }
    assert Deal.objects.get() == paid
    assert said["removed"] == {"deal": 1, "member": 1}
    why = {(kept["record"], kept["why"]) for kept in said["kept"]}
    assert ("lead", "somebody changed it since") in why or ("lead", "money was received for it") in why


@pytest.mark.shows("I2.import", "I2.undo")
def test_a_later_import_that_builds_on_it_keeps_what_it_uses(world: World, tmp_path: Path) -> None:
    first = brought(
        world.workspace, leads(tmp_path, ("a1", "01-02-2018", "p1", "social"), ("a2", "02-02-2018", "p2", "")),
        preset="olist-leads",
    )  # fmt: skip
    second = brought(
        world.workspace, deals(tmp_path, ("a1", "26-02-2018 19:58", "s1", "c1", "100")), preset="olist-deals"
    )
    said = undone(world.workspace, first["batch"])
    assert said["removed"]["lead"] == 1
    assert {kept["record"] for kept in said["kept"]} == {"lead", "origin", "entry_page"}
    assert undone(world.workspace, second["batch"])["removed"] == {"deal": 1, "member": 2}
    assert Lead.objects.get().state == "open"
    assert Origin.objects.count() == 1


@pytest.mark.shows("I2.import", "I2.undo")
def test_a_batch_is_taken_back_once_and_only_by_its_workspace(world: World, tmp_path: Path) -> None:
    many = brought(
        world.workspace, leads(tmp_path, ("a1", "01-02-2018", "p1", "social")), preset="olist-leads"
    )
    with pytest.raises(NotFound):
        undone(world.twin, many["batch"])
    undone(world.workspace, many["batch"])
    with pytest.raises(Refused, match="taken back already"):
        undone(world.workspace, many["batch"])


@pytest.mark.shows("I2.import", "I2.undo")
def test_a_phone_shared_with_others_stays(world: World, tmp_path: Path) -> None:
    base(world, tmp_path)
    points = ContactPoint.objects.count()
    many = brought(
        world.workspace,
        written(tmp_path / "more.csv", PEOPLE, ("Сосна", "", "Юдина Анна", "342 200-18-40", "a@sosna.ru", "", "")),
        preset="contacts",
    )  # fmt: skip
    undone(world.workspace, many["batch"])
    assert ContactPoint.objects.count() == points
    assert list(Company.objects.values_list("name", flat=True)) == ["Кедр"]


@pytest.mark.shows("I2.undo", "S22")
def test_a_person_who_stays_keeps_the_company_of_his_place_of_work(world: World, tmp_path: Path) -> None:
    many = brought(
        world.workspace,
        written(tmp_path / "people.csv", PEOPLE, ("Кедр", "7707083893", "Ланской Виктор", "342 200-18-40", "v@kedr.ru", "", "")),
        preset="contacts",
    )  # fmt: skip
    victor = Contact.objects.get()
    change_contact(
        actor=world.actor("Igor"), at=LATER, contact_id=victor.pk, version=victor.version,
        facts=PersonFacts(last_name="Ланской", first_name="Виктор", city="Пермь"),
    )  # fmt: skip
    kept = undone(world.workspace, many["batch"])["kept"]
    assert [(one["record"], one["name"], one["why"]) for one in kept] == [
        ("company", "Кедр", "it is in use: places of work"),
        ("contact", "Ланской Виктор", "somebody changed it since"),
    ]
    assert Company.objects.count() == 1
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
