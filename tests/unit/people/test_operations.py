"""Companies, people, contact points and places of work: written, refused, journaled."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from konveyer.domain.conveyor.models import Conveyor
from konveyer.domain.journal.models import Entry, PersonalValue
from konveyer.domain.journal.queries import of_record
from konveyer.domain.leads.operations import open_lead
from konveyer.domain.people.models import Company, Contact, ContactPoint, Employment, ListChoice, PointUse
from konveyer.domain.people.operations import (
    Typed,
    add_points,
    change_company,
    change_contact,
    change_employment,
    choose_columns,
    create_company,
    create_contact,
    employ,
    end_employment,
    remove_point,
)
from konveyer.domain.people.rules.facts import CompanyFacts, PersonFacts
from konveyer.kit import tenancy
from konveyer.kit.refusal import Forbidden, Invalid, NotFound, Refused, Stale
from tests.world import NOON, World

ROMAN = PersonFacts("Кудрин", "Роман", "Андреевич")
LATER = NOON + timedelta(minutes=5)
KAMA = CompanyFacts(
    "ООО «Камский крепёж»", tax_number="7707083893", domain="https://www.kama.example/about", city=" Пермь "
)


def company(world: World, facts: CompanyFacts = KAMA, **more: object) -> Company:
    return create_company(actor=world.actor("Alina"), at=NOON, facts=facts, **more)  # type: ignore[arg-type]


def person(world: World, *points: Typed, facts: PersonFacts = ROMAN) -> Contact:
    return create_contact(actor=world.actor("Alina"), at=NOON, facts=facts, points=points)


def values(**filters: object) -> list[tuple[str, str, str]]:
    rows = PointUse.objects.filter(**filters).order_by("position")
    return [(use.point.kind, use.point.value, use.point.extension) for use in rows.select_related("point")]


@pytest.mark.shows("I2.base", "I2.journal")
def test_a_company_is_stored_clean_and_journaled(world: World) -> None:
    kama = company(
        world, points=[Typed("phone", "8 (342) 200-41-17 доб. 12, 8 912 345 67 89"), Typed("email", "")]
    )
    row = Company.objects.get(pk=kama.pk)
    assert (row.name, row.name_key, row.tax_number) == (
        "ООО «Камский крепёж»",
        "камский крепеж",
        "7707083893",
    )
    assert (row.domain, row.city, row.version, row.created_at) == ("kama.example", "Пермь", 1, NOON)
    assert values(company=kama) == [("phone", "+73422004117", "12"), ("phone", "+79123456789", "")]
    lines = of_record(world.workspace.pk, kama.pk)
    assert [(line.entry.action, line.entry.actor) for line in lines] == [
        ("point_added", world.people["Alina"]), ("point_added", world.people["Alina"]), ("created", world.people["Alina"]),
    ]  # fmt: skip
    assert lines[-1].after == {
        "name": row.name,
        "tax_number": "7707083893",
        "domain": "kama.example",
        "city": "Пермь",
    }
    assert not PersonalValue.objects.exists()  # a firm's phone is nobody's secret


@pytest.mark.shows("I2.journal")
def test_what_is_personal_stands_beside_the_journal_under_the_person(world: World) -> None:
    roman = person(world, Typed("phone", "+79123456789"), Typed("email", "R.Kudrin@Kama.example"))
    entries = list(Entry.objects.filter(subject_id=roman.pk).order_by("id"))
    assert entries[0].after == {
        name: {"personal": True} for name in ("last_name", "first_name", "patronymic")
    }
    stored = " ".join(str(entry.before) + str(entry.after) for entry in entries)
    for secret in ("Кудрин", "Роман", "Андреевич", "9123456789", "kudrin@"):
        assert secret not in stored
    assert {(value.field, value.after, value.owner_id) for value in PersonalValue.objects.all()} == {
        ("last_name", "Кудрин", roman.pk), ("first_name", "Роман", roman.pk), ("patronymic", "Андреевич", roman.pk),
        ("phone", "+79123456789", roman.pk), ("email", "r.kudrin@kama.example", roman.pk),
    }  # fmt: skip


@pytest.mark.shows("I2.bad-input")
@pytest.mark.parametrize(
    ("facts", "wrong"),
    [
        (CompanyFacts(""), {"name": "empty"}),
        (CompanyFacts(" «» "), {"name": "empty"}),
        (CompanyFacts("x" * 301), {"name": "too_long"}),
        (CompanyFacts("Ок", tax_number="7707083894"), {"tax_number": "wrong_checksum"}),
        (CompanyFacts("Ок", tax_number="12"), {"tax_number": "wrong_length"}),
        (CompanyFacts("Ок", domain="not a site"), {"domain": "bad_domain"}),
        (
            CompanyFacts("", tax_number="abc", city="г" * 121),
            {"name": "empty", "tax_number": "letters", "city": "too_long"},
        ),
    ],
)
def test_a_company_that_cannot_be_is_refused_field_by_field(
    world: World, facts: CompanyFacts, wrong: dict[str, str]
) -> None:
    with pytest.raises(Invalid) as refusal:
        company(world, facts)
    assert refusal.value.fields == wrong
    assert str(refusal.value)
    assert not Company.objects.exists()


@pytest.mark.shows("F26", "I2.bad-input")
def test_hostile_text_is_only_text(world: World) -> None:
    evil = "<script>alert(1)</script>\0'; drop table company; --\u202e=1+1"
    row = company(world, CompanyFacts(evil, city="\x1b[31m\r\nX"))
    row.refresh_from_db()
    assert row.name == "<script>alert(1)</script> '; drop table company; -- =1+1"
    assert row.city == "[31m X"


@pytest.mark.shows("S22", "I2.base")
def test_a_tax_number_belongs_to_one_company(world: World) -> None:
    kama = company(world)
    with pytest.raises(Invalid) as refusal:
        company(world, CompanyFacts("Другая", tax_number="7707083893"))
    assert refusal.value.fields == {"tax_number": "taken"}
    assert refusal.value.details == {"company": str(kama.pk), "name": kama.name}
    other = company(world, CompanyFacts("Другая"))
    with pytest.raises(Invalid):
        change_company(actor=world.actor("Alina"), at=LATER, company_id=other.pk, version=1,
                       facts=CompanyFacts("Другая", tax_number="7707083893"))  # fmt: skip
    with tenancy.enter(world.twin.pk):  # the twin may have the same one
        create_company(actor=_owner_of_twin(world), at=NOON, facts=KAMA)


def _owner_of_twin(world: World) -> object:
    from konveyer.domain.workspace.rules.actor import for_workspace

    return for_workspace(world.twin.pk)


@pytest.mark.shows("I2.stale", "I2.bad-input", "I2.base")
def test_two_people_on_one_company_the_second_is_told(world: World) -> None:
    kama = company(world)
    first = change_company(
        actor=world.actor("Alina"), at=LATER, company_id=kama.pk, version=1,
        facts=CompanyFacts("Камский крепёж", tax_number="7707083893", domain="kama.example", city="Пермь"),
    )  # fmt: skip
    assert (first.version, first.name_key) == (2, "камский крепеж")
    with pytest.raises(Stale) as refusal:
        change_company(
            actor=world.actor("Marina"), at=LATER, company_id=kama.pk, version=1,
            facts=CompanyFacts("ООО «Камский крепёж»", tax_number="7707083893", domain="kama.example", city="Чайковский"),
        )  # fmt: skip
    assert refusal.value.details == {
        "version": 2,
        "fields": {
            "name": {"yours": "ООО «Камский крепёж»", "now": "Камский крепёж"},
            "city": {"yours": "Чайковский", "now": "Пермь"},
        },
        "who": "Alina",
        "when": LATER.isoformat(),
    }
    row = Company.objects.get(pk=kama.pk)
    assert (row.name, row.city, row.version) == ("Камский крепёж", "Пермь", 2)


@pytest.mark.shows("I2.base")
def test_saying_the_same_is_no_conflict_and_no_entry(world: World) -> None:
    kama = company(world)
    again = CompanyFacts("ООО «Камский крепёж»", tax_number="7707083893", domain="kama.example", city="Пермь")
    same = change_company(actor=world.actor("Alina"), at=LATER, company_id=kama.pk, version=0, facts=again)
    assert same.version == 1
    assert Entry.objects.filter(subject_id=kama.pk).count() == 1


@pytest.mark.shows("I2.base")
def test_a_shared_point_is_one_row_with_two_uses(world: World) -> None:
    kama = company(world, points=[Typed("phone", "8 342 200-41-17")])
    roman = person(world, Typed("phone", "+7 342 200 41 17"), Typed("phone", "+7 (342) 200-41-17 доб. 5"))
    assert ContactPoint.objects.count() == 2  # the extension is another point
    assert values(company=kama) == [("phone", "+73422004117", "")]
    assert values(contact=roman) == [("phone", "+73422004117", ""), ("phone", "+73422004117", "5")]
    assert (
        add_points(
            actor=world.actor("Alina"), at=LATER, contact_id=roman.pk, points=[Typed("phone", "83422004117")]
        )
        == []
    )
    use = PointUse.objects.get(contact=roman, point__extension="")
    remove_point(actor=world.actor("Alina"), at=LATER, use_id=use.pk)
    assert values(contact=roman) == [("phone", "+73422004117", "5")]
    assert values(company=kama) == [("phone", "+73422004117", "")]
    with pytest.raises(NotFound):
        remove_point(actor=world.actor("Alina"), at=LATER, use_id=use.pk)


@pytest.mark.shows("I2.bad-input")
@pytest.mark.parametrize(
    ("kind", "text", "wrong"),
    [
        ("phone", "12345", {"phone": "too_few_digits"}),
        ("phone", "позвонить", {"phone": "no_digits"}),
        ("email", "roman.kama.example", {"email": "no_at"}),
        ("email", "rоman@kama.example", {"email": "cyrillic_letter"}),
        ("telegram", "имя фамилия", {"telegram": "bad_handle"}),
        ("website", "javascript:alert(1)", {"website": "bad_domain"}),
        ("fax", "123", {"fax": "unknown"}),
    ],
)
def test_what_is_no_point_is_refused_by_name(
    world: World, kind: str, text: str, wrong: dict[str, str]
) -> None:
    with pytest.raises(Invalid) as refusal:
        person(world, Typed(kind, text))
    assert refusal.value.fields == wrong
    assert not Contact.objects.exists()
    assert not ContactPoint.objects.exists()


@pytest.mark.shows("I2.new-lead")
def test_a_person_may_be_only_a_phone(world: World) -> None:
    nobody = person(world, Typed("phone", "8 912 345-67-89"), facts=PersonFacts())
    assert (nobody.name, nobody.name_key) == ("", "+79123456789")
    with pytest.raises(Invalid) as refusal:
        person(world, facts=PersonFacts())
    assert refusal.value.code == "contact_unknown"
    named = change_contact(
        actor=world.actor("Alina"), at=LATER, contact_id=nobody.pk, version=1, facts=PersonFacts("Ёлкин")
    )
    assert (named.name_key, named.version) == ("елкин", 2)
    with pytest.raises(Invalid) as refusal:
        change_contact(
            actor=world.actor("Alina"), at=LATER, contact_id=nobody.pk, version=2, facts=PersonFacts()
        )
    assert refusal.value.code == "name_empty"


@pytest.mark.shows("I2.stale", "I2.bad-input")
def test_two_people_on_one_person_the_second_is_told(world: World) -> None:
    roman = person(world)
    facts = PersonFacts("Кудрин", "Роман", "Алексеевич")
    change_contact(actor=world.actor("Alina"), at=LATER, contact_id=roman.pk, version=1, facts=facts)
    with pytest.raises(Stale) as refusal:
        change_contact(actor=world.actor("Pavel"), at=LATER, contact_id=roman.pk, version=1,
                       facts=PersonFacts("Кудрин", "Роман", "Антонович"))  # fmt: skip
    assert refusal.value.details["fields"] == {"patronymic": {"yours": "Антонович", "now": "Алексеевич"}}
    assert Contact.objects.get(pk=roman.pk).patronymic == "Алексеевич"


@pytest.mark.shows("I2.base")
def test_a_place_of_work_from_to(world: World) -> None:
    kama, roman, alina = company(world), person(world), world.actor("Alina")
    line = employ(actor=alina, at=NOON, contact_id=roman.pk, company_id=kama.pk, title="Генеральный директор")
    assert (line.buying_role, line.started_on, line.ended_on) == ("director", None, None)
    with pytest.raises(Refused) as refusal:
        employ(actor=alina, at=NOON, contact_id=roman.pk, company_id=kama.pk)
    assert refusal.value.code == "works_there"
    with pytest.raises(Invalid) as invalid:
        change_employment(
            actor=alina, at=NOON, employment_id=line.pk, title="Совладелец", buying_role="emperor",
            started_on=date(2026, 2, 1), ended_on=date(2026, 1, 1),
        )  # fmt: skip
    assert invalid.value.fields == {"buying_role": "unknown", "ended_on": "order"}
    change_employment(actor=alina, at=NOON, employment_id=line.pk, title="Совладелец", buying_role="decision_maker",
                      started_on=date(2020, 2, 1))  # fmt: skip
    end_employment(actor=alina, at=LATER, employment_id=line.pk, ended_on=date(2026, 11, 24))
    again = employ(actor=alina, at=LATER, contact_id=roman.pk, company_id=kama.pk, title="Консультант")
    assert list(Employment.objects.order_by("id").values_list("title", "ended_on")) == [
        ("Совладелец", date(2026, 11, 24)), (again.title, None),
    ]  # fmt: skip
    assert [line.entry.action for line in of_record(world.workspace.pk, kama.pk)][:2] == [
        "employed",
        "employment_ended",
    ]


@pytest.mark.shows("I2.base")
def test_renaming_takes_the_leads_along(world: World) -> None:
    kama, roman = company(world), person(world)
    conveyor = Conveyor.objects.earliest("position")
    of_firm = open_lead(
        actor=world.system, at=NOON, conveyor_id=conveyor.pk, company_id=kama.pk, contact_id=roman.pk
    )
    of_person = open_lead(actor=world.system, at=NOON, conveyor_id=conveyor.pk, contact_id=roman.pk)
    change_company(actor=world.system, at=LATER, company_id=kama.pk, version=1, facts=CompanyFacts("АО «Ёж»"))
    change_contact(
        actor=world.system, at=LATER, contact_id=roman.pk, version=1, facts=PersonFacts("Ёлкин", "Роман")
    )
    of_firm.refresh_from_db()
    of_person.refresh_from_db()
    assert (of_firm.title_key, of_person.title_key) == ("еж", "елкин роман")


@pytest.mark.shows("F25")
def test_rights_and_other_workspaces(world: World) -> None:
    kama = company(world)
    for name in ("Vera", "Lev"):  # bookkeeper and analyst read only
        with pytest.raises(Forbidden):
            create_company(actor=world.actor(name), at=NOON, facts=CompanyFacts("Новая"))
        with pytest.raises(Forbidden):
            change_company(
                actor=world.actor(name), at=NOON, company_id=kama.pk, version=1, facts=CompanyFacts("Новая")
            )
        with pytest.raises(Forbidden):
            create_contact(actor=world.actor(name), at=NOON, facts=PersonFacts("Новая"))
        with pytest.raises(Forbidden):
            add_points(
                actor=world.actor(name), at=NOON, company_id=kama.pk, points=[Typed("phone", "+79123456789")]
            )
    with tenancy.enter(world.twin.pk):
        twin = _owner_of_twin(world)
        with pytest.raises(NotFound):
            change_company(actor=twin, at=NOON, company_id=kama.pk, version=1, facts=CompanyFacts("Чужая"))  # type: ignore[arg-type]
        with pytest.raises(NotFound):
            add_points(actor=twin, at=NOON, company_id=kama.pk, points=[Typed("phone", "+79123456789")])  # type: ignore[arg-type]
    with pytest.raises(NotFound):
        change_contact(
            actor=world.actor("Alina"), at=NOON, contact_id=uuid4(), version=1, facts=PersonFacts("Никто")
        )
    assert Company.objects.get(pk=kama.pk).version == 1


@pytest.mark.shows("I2.base")
def test_columns_are_remembered_per_member_in_the_order_of_the_list(world: World) -> None:
    allowed = ("city", "phone", "people")
    choose_columns(actor=world.actor("Alina"), name="companies", columns=["people", "city"], allowed=allowed)
    choose_columns(actor=world.actor("Pavel"), name="companies", columns=[], allowed=allowed)
    assert ListChoice.objects.get(member=world.people["Alina"]).columns == ["city", "people"]
    choose_columns(actor=world.actor("Alina"), name="companies", columns=["phone"], allowed=allowed)
    assert ListChoice.objects.get(member=world.people["Alina"]).columns == ["phone"]
    with pytest.raises(Invalid):
        choose_columns(actor=world.actor("Alina"), name="companies", columns=["password"], allowed=allowed)
