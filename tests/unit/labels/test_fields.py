"""Fields of one's own: what a value may be, filling, gates that read them, filters, and what the database refuses."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from konveyer.domain.journal.models import Entry, PersonalValue
from konveyer.domain.labels.models import CustomField, FieldOption, FieldValue
from konveyer.domain.labels.operations import (
    FieldFacts,
    change_field,
    create_field,
    fill_fields,
    move_field,
    retire_field,
)
from konveyer.domain.labels.queries.fields import fields_of, values_of
from konveyer.domain.labels.rules.fields import Shape, Wrong, key_of, read
from konveyer.domain.labels.rules.label_filter import parse
from konveyer.domain.leads.models import LeadFact
from konveyer.domain.notes.queries.people_lists import companies
from konveyer.domain.notes.rules.base_filter import BaseFilter
from konveyer.domain.people.models import Company
from konveyer.domain.people.operations import create_company, create_contact
from konveyer.domain.people.rules.facts import CompanyFacts, PersonFacts
from konveyer.kit.refusal import Forbidden, Invalid, Stale
from tests.refusals import refused
from tests.unit.leads.test_thread import opened
from tests.world import NOON, World


@pytest.mark.parametrize(
    ("kind", "given", "values"),
    [
        ("text", "  two \t words ", ["two words"]),
        ("long_text", "two\nlines", ["two\nlines"]),
        ("number", "1 234,50", [Decimal("1234.5")]),
        ("number", "1,234.5", [Decimal("1234.5")]),
        ("number", "−7", [Decimal(-7)]),
        ("money", "59 500,005", [Decimal("59500.00")]),
        ("date", "31.03.2026", [date(2026, 3, 31)]),
        ("yes", "Да", [True]),
        ("yes", False, [False]),
        ("link", "example.com/a?b=1", ["https://example.com/a?b=1"]),
        ("choice", " RED ", ["r"]),
        ("choices", "red; blue, red", ["r", "b"]),
        ("choices", ["blue"], ["b"]),
        ("text", "", []),
        ("number", None, []),
        ("choices", [], []),
    ],
)
def test_what_is_typed_becomes_a_value(kind: str, given: Any, values: list[Any]) -> None:
    assert read(Shape(kind, {"red": "r", "blue": "b"}), given) == values


@pytest.mark.parametrize(
    ("kind", "given", "why"),
    [
        ("number", "twelve", "form"), ("number", "1e99", "range"), ("number", "NaN", "range"), ("date", "31.02.2026", "form"),
        ("date", "1812-09-07", "range"), ("yes", "maybe", "form"), ("link", "javascript:alert(1)", "scheme"),
        ("link", "ftp://example.com", "scheme"), ("link", "nowhere", "scheme"), ("choice", "green", "unknown"), ("text", "x" * 301, "too_long"),
    ],
)  # fmt: skip
def test_what_cannot_be_a_value_is_refused(kind: str, given: Any, why: str) -> None:
    with pytest.raises(Wrong, match=why):
        read(Shape(kind, {"red": "r"}), given)


def test_a_key_is_made_of_the_name() -> None:
    assert (key_of("Дата ТО (след.)"), key_of("Size, m²"), key_of("«»")) == (
        "data_to_sled",
        "size_m",
        "field",
    )


def field(
    world: World, kind: str, name: str, subject: str = "company", *options: str, **more: Any
) -> CustomField:
    facts = FieldFacts(name, options=options, **more)
    return create_field(actor=world.actor("Anna"), at=NOON, subject=subject, kind=kind, facts=facts)


def firm(world: World, name: str, **given: Any) -> Company:
    made = create_company(actor=world.actor("Anna"), at=NOON, facts=CompanyFacts(name))
    if given:
        fill(world, made, **given)
    return made


def fill(world: World, company: Company, by: str = "Anna", **given: Any) -> dict[str, list[Any]]:
    found = fill_fields(actor=world.actor(by), at=NOON, kind="company", pk=company.pk, given=given)
    return {one.field.key: one.shown for one in found}


@pytest.mark.django_db
@pytest.mark.shows("I3.tags-fields")
def test_fields_are_filled_changed_and_emptied(world: World) -> None:
    field(world, "number", "Employees")
    field(world, "choices", "Likes", "company", "tea", "coffee")
    field(world, "money", "Budget")
    kama = firm(world, "Kama")
    assert fill(world, kama, employees="1 200", likes="coffee, tea", budget="10") == {
        "employees": [Decimal(1200)], "likes": ["tea", "coffee"], "budget": [Decimal(10)],
    }  # fmt: skip
    assert FieldValue.objects.get(kind="money").currency == world.workspace.currency
    assert fill(world, kama, likes="", budget="10") == {"employees": [Decimal(1200)], "budget": [Decimal(10)]}
    kama.refresh_from_db()
    assert kama.version == 3  # twice filled, and it counts for stale edits
    said = Entry.objects.filter(subject_id=kama.pk, action="filled").order_by("id").last()
    assert said is not None
    assert (said.before, said.after) == ({"Likes": "tea, coffee"}, {"Likes": None})
    with pytest.raises(Stale):
        fill_fields(
            actor=world.actor("Anna"), at=NOON, kind="company", pk=kama.pk, given={"budget": "1"}, version=1
        )
    with pytest.raises(Invalid) as wrong:
        fill(world, kama, employees="many", height="2")
    assert wrong.value.fields == {"employees": "form", "height": "unknown"}
    with pytest.raises(Forbidden):
        fill(world, kama, by="Vera", budget="1")


@pytest.mark.django_db
@pytest.mark.shows("I3.tags-fields")
def test_gates_read_the_fields_of_a_lead_and_personal_values_stand_apart(world: World) -> None:
    field(world, "yes", "Tender", "lead")
    field(world, "date", "Birthday", "contact")
    lead = opened(world, by="Anna", company=firm(world, "Kama"))
    fill_fields(actor=world.actor("Anna"), at=NOON, kind="lead", pk=lead.pk, given={"tender": "yes"})
    assert LeadFact.objects.get(lead=lead, kind="field.tender").value == "yes"
    fill_fields(actor=world.actor("Anna"), at=NOON, kind="lead", pk=lead.pk, given={"tender": None})
    assert not LeadFact.objects.filter(lead=lead, kind="field.tender").exists()
    person = create_contact(actor=world.actor("Anna"), at=NOON, facts=PersonFacts("Kudrin"))
    fill_fields(
        actor=world.actor("Anna"), at=NOON, kind="contact", pk=person.pk, given={"birthday": "1980-02-03"}
    )
    said = Entry.objects.get(subject_id=person.pk, action="filled")
    assert said.after == {"Birthday": {"personal": True}}
    assert PersonalValue.objects.get(entry=said).after == "1980-02-03"


@pytest.mark.django_db
@pytest.mark.shows("I3.tags-fields")
def test_lists_are_narrowed_by_values_of_every_kind(world: World) -> None:
    field(world, "number", "Employees")
    field(world, "choice", "Segment", "company", "trade", "works")
    field(world, "text", "Contract")
    field(world, "date", "Next service")
    field(world, "yes", "Tender")
    firm(
        world,
        "One",
        employees="10",
        segment="trade",
        contract="A-17/2",
        next_service="2026-03-01",
        tender="yes",
    )
    firm(
        world, "Two", employees="200", segment="works", contract="B-1", next_service="2026-09-01", tender="no"
    )
    firm(world, "Three")

    def shown(**query: str) -> list[str]:
        wanted = parse({name.replace("__", "."): value for name, value in query.items()})
        return [line.record.name for line in companies(world.actor("Anna"), BaseFilter(labels=wanted)).lines]

    assert shown(f__employees__from="11") == ["Two"]
    assert shown(f__employees__from="10", f__employees__to="200") == ["One", "Two"]
    assert shown(f__segment="trade") == ["One"]
    assert shown(f__segment=str(FieldOption.objects.get(name="works").pk)) == ["Two"]
    assert shown(f__contract="a-17") == ["One"]
    assert shown(f__next_service__to="2026-03-01") == ["One"]
    assert shown(f__tender="no") == ["Two"]
    assert shown(f__tender="-") == ["Three"]
    assert shown(f__tender="*", f__segment="works") == ["Two"]
    for wrong in (
        {"f.height": "1"},
        {"f.employees": "many"},
        {"f.segment": "green"},
        {"f.tender.from": "1"},
        {"f.Ä": "1"},
    ):
        with refused("filter"):
            companies(world.actor("Anna"), BaseFilter(labels=parse(wrong)))


@pytest.mark.django_db
@pytest.mark.shows("I3.tags-fields")
def test_a_field_is_renamed_reordered_retired_and_its_options_follow(world: World) -> None:
    segment = field(world, "choice", "Segment", "company", "trade", "works")
    field(world, "text", "Contract")
    kama = firm(world, "Kama", segment="trade")
    anna = world.actor("Anna")
    changed = change_field(
        actor=anna,
        at=NOON,
        field_id=segment.pk,
        version=1,
        facts=FieldFacts("Branch", options=("works", "mine")),
    )
    assert (changed.key, changed.name, changed.version) == ("segment", "Branch", 2)
    assert [one.shown for one in values_of(world.workspace.pk, "company", [kama.pk])[kama.pk]] == [["trade"]]
    assert FieldOption.objects.get(name="trade").retired_at == NOON
    move_field(actor=anna, at=NOON, field_id=segment.pk, up=False)
    assert [one.name for one in fields_of(world.workspace.pk, "company")] == ["Contract", "Branch"]
    retire_field(actor=anna, at=NOON, field_id=segment.pk)
    assert [one.name for one in fields_of(world.workspace.pk, "company", in_use=True)] == ["Contract"]
    with refused("field_taken"):
        field(world, "text", "contract")
    with refused("options"):
        field(world, "choice", "Empty")
    with pytest.raises(Stale):
        change_field(
            actor=anna, at=NOON, field_id=segment.pk, version=1, facts=FieldFacts("X", options=("y",))
        )
    with pytest.raises(Forbidden):
        create_field(
            actor=world.actor("Alina"), at=NOON, subject="company", kind="text", facts=FieldFacts("Mine")
        )


@pytest.mark.django_db
def test_what_has_to_be_filled_is_asked_by_the_dialog_of_the_record(world: World) -> None:
    field(world, "text", "Contract", required=True)
    field(world, "text", "Extra")
    kama = firm(world, "Kama")
    given = {"actor": world.actor("Anna"), "at": NOON, "kind": "company", "pk": kama.pk, "whole": True}
    with pytest.raises(Invalid) as wrong:
        fill_fields(**given, given={"extra": "x"})  # type: ignore[arg-type]
    assert wrong.value.fields == {"contract": "empty"}
    fill_fields(**given, given={"contract": "17"})  # type: ignore[arg-type]
    assert fill(world, kama, extra="x") == {"contract": ["17"], "extra": ["x"]}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "update field_value set kind = 'number', text = null, number = 1",
        "update field_value set number = 1",
        "update field_value set text = ''",
        "update field_value set subject = 'lead'",
        "update field_value set company_id = null",
        "update field_value set currency = 'RUB'",
        "update field_value set option_id = uuidv7()",
        "update custom_field set kind = 'number'",
        "update custom_field set kind = 'colour'",
        "insert into field_value (workspace_id, field_id, kind, subject, company_id, text, currency)"
        " select workspace_id, field_id, kind, subject, company_id, 'y', '' from field_value",
    ],
)
def test_the_database_itself_refuses(world: World, statement: str) -> None:
    field(world, "text", "Contract")
    firm(world, "Kama", contract="x")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"{statement}; set constraints all immediate")
    assert FieldValue.objects.get().text == "x"
