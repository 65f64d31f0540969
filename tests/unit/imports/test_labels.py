"""Columns that go to tags and to the workspace's own fields: typed, counted, journalled, taken back."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from konveyer.domain.imports.operations import run
from konveyer.domain.imports.queries.targets import targets_of
from konveyer.domain.imports.rules.drafting import guessed_columns
from konveyer.domain.imports.rules.mapping import likely_main
from konveyer.domain.imports.rules.presets import BY_CODE
from konveyer.domain.journal.models import Entry, PersonalValue
from konveyer.domain.labels.models import CustomField, FieldValue, Tag, TagUse
from konveyer.domain.labels.operations import (
    FieldFacts,
    create_field,
    create_tag,
    fill_fields,
    retire_field,
    tag_record,
)
from konveyer.domain.labels.queries.fields import values_of
from konveyer.domain.labels.queries.tags import borne
from konveyer.domain.leads.models import Lead, LeadFact
from konveyer.domain.people.models import Company, Contact
from konveyer.kit.refusal import Invalid
from tests.unit.imports.bringing import brought, counts, undone, written
from tests.unit.imports.dumping import difference, dump
from tests.world import NOON, World

pytestmark = [pytest.mark.django_db, pytest.mark.shows("I3.tags-fields", "I2.import")]
LATER = NOON + timedelta(hours=1)


def field(world: World, subject: str, kind: str, name: str, *options: str, **more: Any) -> CustomField:
    facts = FieldFacts(name, options=options, **more)
    return create_field(actor=world.actor("Anna"), at=NOON, subject=subject, kind=kind, facts=facts)


def fields(world: World) -> None:
    """One of each kind on companies, some on people and leads."""
    field(world, "company", "text", "Договор")
    field(world, "company", "long_text", "История")
    field(world, "company", "number", "Сотрудников")
    field(world, "company", "money", "Оборот")
    field(world, "company", "date", "Дата ТО")
    field(world, "company", "yes", "Тендер")
    field(world, "company", "choice", "Сегмент", "Опт", "Розница")
    field(world, "company", "choices", "Интересы", "Станки", "Сервис", "Обучение")
    field(world, "company", "link", "Портал")
    field(world, "contact", "date", "День рождения", required=True)
    field(world, "contact", "choice", "Сегмент", "Друг", "Враг")
    field(world, "lead", "number", "Площадь")
    field(world, "lead", "choice", "Срочность", "Сейчас", "Потом")


EVERY = (
    "Компания",
    "ИНН",
    "Договор",
    "История",
    "Сотрудников",
    "Оборот",
    "Дата ТО",
    "Тендер",
    "Сегмент",
    "Интересы",
    "Портал",
    "Теги компании",
)
KEDR = (
    "Кедр",
    "7707083893",
    "А-17/2",
    "давно знакомы",
    "1 200,5",
    "59 500,00 ₽",
    "31.03.2026",
    "да",
    "опт",
    "Сервис, станки",
    "portal.example.com/a",
    "Выставка; VIP",
)


def shown(kind: str, record: Any) -> dict[str, Any]:
    found = values_of(record.workspace_id, kind, [record.pk]).get(record.pk, [])
    return {one.field.key: one.shown for one in found}


def tags(kind: str, record: Any) -> list[str]:
    return [tag.name for tag in borne(record.workspace_id, kind, [record.pk]).get(record.pk, [])]


def only_company(
    world: World, path: Path, *rows: tuple[str, ...], header: tuple[str, ...] = EVERY
) -> dict[str, Any]:
    return brought(world.workspace, written(path / "firms.csv", header, *rows, delimiter="|"))


def test_a_column_that_bears_a_fields_name_fills_it_with_a_value_of_its_kind(
    world: World, tmp_path: Path
) -> None:
    fields(world)
    assert counts(only_company(world, tmp_path, KEDR)) == (1, 1, 0, 0, 0)
    kedr = Company.objects.get()
    assert shown("company", kedr) == {
        "dogovor": ["А-17/2"], "istoriya": ["давно знакомы"], "sotrudnikov": [Decimal("1200.5")],
        "oborot": [Decimal(59_500)], "data_to": [date(2026, 3, 31)], "tender": [True], "segment": ["Опт"],
        "interesy": ["Станки", "Сервис"], "portal": ["https://portal.example.com/a"],
    }  # fmt: skip
    assert FieldValue.objects.get(kind="money").currency == world.workspace.currency
    assert tags("company", kedr) == ["VIP", "Выставка"]
    assert kedr.version == 1
    assert not Entry.objects.filter(subject__in=["field_value", "tag_use"]).exists(), (
        "a new record tells of itself"
    )
    assert sorted(Entry.objects.filter(subject="tag", action="created").values_list("after__name", flat=True)) == ["VIP", "Выставка"]  # fmt: skip


def test_the_same_list_again_leaves_every_row_as_it_is(world: World, tmp_path: Path) -> None:
    fields(world)
    only_company(world, tmp_path, KEDR)
    before = dump()
    assert counts(only_company(world, tmp_path, KEDR)) == (1, 0, 0, 1, 0)
    assert difference(before, dump()) == {}
    fewer = (*KEDR[:2], *[""] * 9, "vip")  # empty cells say nothing, and VIP is a tag it has
    assert counts(only_company(world, tmp_path, fewer)) == (1, 0, 0, 1, 0)
    assert difference(before, dump()) == {}


def test_people_and_leads_have_fields_and_tags_of_their_own(world: World, tmp_path: Path) -> None:
    fields(world)
    header = (
        "Код лида",
        "Дата",
        "ФИО",
        "Телефон",
        "Контакт: Сегмент",
        "День рождения",
        "Площадь",
        "Срочность",
        "Теги",
        "Теги контакта",
    )
    row = (
        "L1",
        "05.03.2026",
        "Кудрин Роман",
        "+7 342 200-41-17",
        "Друг",
        "07.11.1948",
        "48,5",
        "потом",
        "срочно",
        "дачник",
    )
    data = brought(world.workspace, written(tmp_path / "leads.csv", header, row))
    assert counts(data) == (1, 1, 0, 0, 0)
    lead, person = Lead.objects.get(), Contact.objects.get()
    assert shown("lead", lead) == {"ploschad": [Decimal("48.5")], "srochnost": ["Потом"]}
    assert shown("contact", person) == {"den_rozhdeniya": [date(1948, 11, 7)], "segment": ["Друг"]}
    assert (tags("lead", lead), tags("contact", person)) == (["срочно"], ["дачник"])
    # gates read fields of a lead as facts
    facts = {fact.kind: (fact.value, fact.number) for fact in LeadFact.objects.filter(lead=lead)}
    assert facts == {"field.ploschad": ("48.5", Decimal("48.5")), "field.srochnost": ("Потом", None)}
    assert counts(brought(world.workspace, written(tmp_path / "leads.csv", header, row))) == (1, 0, 0, 1, 0)


def test_what_has_to_be_filled_on_screens_need_not_be_in_a_list(world: World, tmp_path: Path) -> None:
    fields(world)
    data = brought(
        world.workspace, written(tmp_path / "p.csv", ("ФИО", "Телефон"), ("Кудрин Роман", "+7 342 200-41-17"))
    )
    assert counts(data) == (1, 1, 0, 0, 0)


@pytest.mark.parametrize(
    ("column", "cell", "why"),
    [
        ("Сотрудников", "много", "Сотрудников: «много» — не число, а в поле «Сотрудников» нужно число, например 1234,5."),
        ("Оборот", "1e99", "Оборот: «1e99» — слишком много или слишком мало для поля «Оборот»."),
        ("Дата ТО", "31.02.2026", "Дата ТО: «31.02.2026» — не дата, а в поле «Дата ТО» нужна дата, например 31.03.2026."),
        ("Тендер", "может быть", "Тендер: «может быть» — не «да» и не «нет», а в поле «Тендер» нужно одно из двух."),
        ("Сегмент", "средний", "Сегмент: В поле «Сегмент» нет варианта «средний». Есть: Опт, Розница."),
        ("Интересы", "Станки, пиво", "Интересы: В поле «Интересы» нет варианта «пиво». Есть: Станки, Сервис, Обучение."),
        ("Портал", "javascript:alert(1)", "Портал: «javascript:alert(1)» — не ссылка, а в поле «Портал» нужна ссылка, например https://example.com/page."),
        ("Договор", "x" * 301, "Договор: Текст слишком длинный: 301 знаков, помещается 300."),
        ("Теги компании", "т" * 61, "Теги компании: Метка «" + "т" * 61 + "» слишком длинная: в ней не больше 60 букв."),
        ("Теги компании", ";".join(f"t{n}" for n in range(31)), "Теги компании: С этими метками на одной записи их стало бы 31, а помещается 30."),
    ],
)  # fmt: skip
def test_a_wrong_value_rejects_its_row_and_says_what_is_expected(
    world: World, tmp_path: Path, column: str, cell: str, why: str
) -> None:
    fields(world)
    row = [*KEDR]
    row[EVERY.index(column)] = cell
    path = written(tmp_path / "firms.csv", EVERY, (*KEDR[:1], "", *KEDR[2:]), delimiter="|")
    with path.open("a", encoding="utf-8") as file:
        file.write("|".join(["Сосна", "", *row[2:]]) + "\n")
    with translation.override("ru"):
        data = brought(world.workspace, path)
    assert counts(data) == (2, 1, 0, 0, 1)
    assert data["rejects"] == [{"line": 3, "reason": why}]
    assert not Tag.objects.filter(name__in=["пиво", "т" * 61]).exists()


def test_labels_for_nobody_are_refused_not_lost(world: World, tmp_path: Path) -> None:
    fields(world)
    data = brought(
        world.workspace,
        written(tmp_path / "p.csv", ("Компания", "ФИО", "Телефон", "Сотрудников", "День рождения", "Теги"),
                ("Кедр", "", "342 200-18-40", "5", "", "опт"), ("Сосна", "", "", "", "01.01.1980", ""),
                ("", "Кудрин Роман", "+7 342 200-41-17", "9", "", "")),
    )  # fmt: skip
    assert counts(data) == (3, 1, 0, 0, 2)
    assert [one["reason"] for one in data["rejects"]] == [
        "День рождения: The row names no person, so this value belongs to nobody.",
        "Сотрудников: The row names no company, so this value belongs to nobody.",
    ]
    assert tags("company", Company.objects.get()) == ["опт"], "a tag without a person is the company's"


def test_the_file_decides_how_days_and_numbers_are_read(world: World, tmp_path: Path) -> None:
    field(world, "company", "number", "Size")
    field(world, "company", "date", "Next visit")
    rows = [("Kama", "1,234.5", "03/31/2026"), ("Vega", "2,000", "04/05/2026")]
    path = written(tmp_path / "firms.csv", ("Company", "Size", "Next visit"), *rows, delimiter=";")
    assert counts(brought(world.workspace, path)) == (2, 2, 0, 0, 0)
    kama, vega = (Company.objects.get(name=name) for name in ("Kama", "Vega"))
    assert shown("company", kama) == {"size": [Decimal("1234.5")], "next_visit": [date(2026, 3, 31)]}
    assert shown("company", vega) == {"size": [Decimal(2000)], "next_visit": [date(2026, 4, 5)]}


def test_columns_find_fields_by_name_and_a_mapping_file_names_them_too(world: World, tmp_path: Path) -> None:
    fields(world)
    targets = targets_of(world.workspace.pk)
    guess = guessed_columns(
        BY_CODE["contacts"], ["ФИО", "Сегмент", "Компания: Сегмент", "Площадь", "Labels", "Город"], targets
    )
    assert guess == {"ФИО": "contact.name", "Сегмент": "contact.field.segment", "Компания: Сегмент": "company.field.segment", "Labels": "contact.tags", "Город": "contact.city"}  # fmt: skip
    leads = guessed_columns(BY_CODE["leads"], ["Имя", "Площадь"], targets)
    assert leads == {"Имя": "contact.first_name", "Площадь": "lead.field.ploschad"}
    assert likely_main(leads, targets) == "lead"
    table = tmp_path / "names.toml"
    table.write_text(
        '[columns]\n"Штат" = "Сотрудников"\n"Класс" = "company.field.segment"\n"company.tags" = "Пометки"\n'
    )
    path = written(tmp_path / "f.csv", ("Компания", "Штат", "Класс", "Пометки"), ("Кедр", "7", "Опт", "a,b"))
    assert counts(brought(world.workspace, path, map=str(table))) == (1, 1, 0, 0, 0)
    kedr = Company.objects.get()
    assert (shown("company", kedr), tags("company", kedr)) == (
        {"sotrudnikov": [Decimal(7)], "segment": ["Опт"]},
        ["a", "b"],
    )
    table.write_text('[columns]\n"Класс" = "company.field.segmant"\n')
    with pytest.raises(Invalid, match=r"company\.field\.segment"):
        brought(world.workspace, path, map=str(table))


def test_a_field_out_of_use_takes_no_new_columns_and_keeps_old_ones(world: World, tmp_path: Path) -> None:
    gone = field(world, "company", "text", "Договор")
    retire_field(actor=world.actor("Anna"), at=NOON, field_id=gone.pk)
    path = written(tmp_path / "f.csv", ("Компания", "Договор"), ("Кедр", "А-1"))
    assert counts(brought(world.workspace, path)) == (1, 1, 0, 0, 0)
    assert not FieldValue.objects.exists()
    table = tmp_path / "names.toml"
    table.write_text('[columns]\n"Договор" = "company.field.dogovor"\n')
    assert counts(brought(world.workspace, path, map=str(table))) == (1, 0, 1, 0, 0)
    assert FieldValue.objects.get().text == "А-1"


def test_one_list_may_not_say_two_things_of_one_field(world: World, tmp_path: Path) -> None:
    fields(world)
    header = ("Компания", "ФИО", "Телефон", "Компания: Сегмент")
    data = brought(
        world.workspace,
        written(tmp_path / "p.csv", header, ("Кедр", "Кудрин Роман", "+7 342 200-41-17", "Опт"), ("Кедр", "Юдина Анна", "+7 342 200-41-18", "Розница"),
                ("Кедр", "Фирсов Глеб", "+7 342 200-41-19", "Опт")),
    )  # fmt: skip
    assert counts(data) == (3, 2, 0, 0, 1)
    assert data["rejects"] == [
        {"line": 3, "reason": "Line 2 of the file says something else of the same record."}
    ]
    assert Contact.objects.count() == 2, "a rejected row leaves nothing behind"


def there(world: World, path: Path) -> Company:
    """A company with values of its own that people wrote, a person, an open lead."""
    fields(world)
    only_company(world, path, KEDR)
    kedr = Company.objects.get()
    fill_fields(
        actor=world.actor("Anna"),
        at=NOON,
        kind="company",
        pk=kedr.pk,
        given={"interesy": "Обучение, Станки", "oborot": "100"},
    )
    create_tag(actor=world.actor("Anna"), at=NOON, name="Опт")
    brought(
        world.workspace,
        written(
            path / "l.csv", ("Код лида", "Дата", "Компания", "Площадь"), ("L1", "05.03.2026", "Кедр", "10")
        ),
    )
    kedr.refresh_from_db()
    return kedr


MORE = ("Кедр", "7707083893", "Б-1", "", "7", "100,00", "", "нет", "Розница", "Сервис", "", "опт; Новое")


@pytest.mark.shows("I2.undo", "S22")
def test_values_and_tags_of_records_that_were_there_change_are_told_and_go_back(
    world: World, tmp_path: Path
) -> None:
    kedr = there(world, tmp_path)
    before = dump()
    data = only_company(world, tmp_path, MORE, ("Сосна", "", "В-1", "", "", "", "", "", "", "", "", "опт"))
    assert counts(data) == (2, 1, 1, 0, 0)
    assert shown("company", kedr)["interesy"] == ["Сервис"], "a filled cell says the whole value"
    assert shown("company", kedr)["oborot"] == [Decimal(100)]
    assert tags("company", kedr) == ["VIP", "Выставка", "Новое", "Опт"], "tags are put on, none is taken off"
    version = kedr.version
    kedr.refresh_from_db()
    assert kedr.version == version + 1, "somebody who edits it at this moment is told"
    said = Entry.objects.get(batch_id=data["batch"], subject_id=kedr.pk, action="filled")
    assert said.after == {
        "Договор": "Б-1",
        "Сотрудников": "7",
        "Тендер": "no",
        "Сегмент": "Розница",
        "Интересы": "Сервис",
    }
    assert said.before == {
        "Договор": "А-17/2",
        "Сотрудников": "1200.5",
        "Тендер": "yes",
        "Сегмент": "Опт",
        "Интересы": "Станки, Обучение",
    }
    tagged = Entry.objects.get(batch_id=data["batch"], subject_id=kedr.pk, action="tagged")
    assert (tagged.before, tagged.after) == (
        {"tags": ["VIP", "Выставка"]},
        {"tags": ["VIP", "Выставка", "Новое", "Опт"]},
    )
    back = undone(world.workspace, data["batch"])
    assert difference(before, dump()) == {}
    assert back == {
        "batch": data["batch"],
        "removed": {"company": 1, "tag": 1},
        "restored": {"company": 1},
        "kept": [],
    }


@pytest.mark.shows("I2.undo", "S22")
def test_labels_of_people_and_leads_go_back_and_their_values_stand_apart(
    world: World, tmp_path: Path
) -> None:
    there(world, tmp_path)
    header = (
        "Код лида",
        "Компания",
        "ФИО",
        "Телефон",
        "День рождения",
        "Площадь",
        "Срочность",
        "Теги",
        "Теги контакта",
    )
    first = brought(
        world.workspace,
        written(
            tmp_path / "l.csv", header, ("L1", "Кедр", "Кудрин Роман", "+7 342 200-41-17", "", "", "", "", "")
        ),
    )
    assert counts(first) == (1, 0, 1, 0, 0)
    before = dump()
    row = ("L1", "Кедр", "Кудрин Роман", "+7 342 200-41-17", "01.02.1980", "12,5", "Сейчас", "горит", "опт")
    data = brought(world.workspace, written(tmp_path / "l.csv", header, row))
    assert counts(data) == (1, 0, 1, 0, 0)
    person, lead = Contact.objects.get(), Lead.objects.get()
    assert LeadFact.objects.get(lead=lead, kind="field.ploschad").value == "12.5"
    told = Entry.objects.get(batch_id=data["batch"], action="filled", subject="contact")
    assert told.after == {"День рождения": {"personal": True}}
    assert PersonalValue.objects.get(entry=told).after == "1980-02-01"
    of_lead = Entry.objects.get(batch_id=data["batch"], action="filled", subject="lead")
    assert set(PersonalValue.objects.filter(entry=of_lead).values_list("owner_id", flat=True)) == {person.pk}
    for entry in Entry.objects.filter(batch_id=data["batch"], subject="field_value"):
        assert "12.5" not in str(entry.after)
        assert "1980" not in str(entry.after)
    assert counts(brought(world.workspace, written(tmp_path / "l.csv", header, row))) == (1, 0, 0, 1, 0)
    back = undone(world.workspace, data["batch"])
    assert difference(before, dump()) == {}
    assert back["kept"] == []


@pytest.mark.shows("I2.undo")
def test_a_value_changed_since_is_kept_and_named_and_the_others_go_back(world: World, tmp_path: Path) -> None:
    kedr = there(world, tmp_path)
    data = only_company(world, tmp_path, MORE)
    fill_fields(
        actor=world.actor("Anna"),
        at=LATER,
        kind="company",
        pk=kedr.pk,
        given={"interesy": "Обучение", "dogovor": "В-9"},
    )
    tag_record(actor=world.actor("Anna"), at=LATER, kind="company", pk=kedr.pk, add=["Новое", "Ещё"])
    tag_record(actor=world.actor("Anna"), at=LATER, kind="contact", pk=person(world).pk, add=["Новое"])
    kedr.refresh_from_db()
    version = kedr.version
    back = undone(world.workspace, data["batch"])
    assert back["kept"] == [
        {"record": "tag", "id": str(Tag.objects.get(name="Новое").pk), "name": "Новое", "why": "it is in use: tags of other records"},
        {"record": "company", "id": str(kedr.pk), "name": "Кедр", "why": "changed since: Договор, Интересы"},
    ]  # fmt: skip
    found = shown("company", kedr)
    assert (found["interesy"], found["dogovor"]) == (["Обучение"], ["В-9"])
    assert (found["sotrudnikov"], found["segment"], found["tender"]) == ([Decimal("1200.5")], ["Опт"], [True])
    assert tags("company", kedr) == ["VIP", "Выставка", "Ещё"]
    kedr.refresh_from_db()
    assert kedr.version == version + 1


def person(world: World) -> Contact:
    from konveyer.domain.people.operations import create_contact
    from konveyer.domain.people.rules.facts import PersonFacts

    return create_contact(actor=world.actor("Anna"), at=LATER, facts=PersonFacts("Kudrin"))


@pytest.mark.shows("I2.undo", "S22")
def test_across_chunks_as_within_one(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kedr = there(world, tmp_path)
    monkeypatch.setattr(run, "CHUNK", 1)
    before = dump()
    header = ("Компания", "ИНН", "ФИО", "Телефон", "Сотрудников", "Теги компании")
    rows = [
        ("Кедр", "7707083893", "Кудрин Роман", "+7 342 200-41-17", "1", "а"), ("Кедр", "7707083893", "Юдина Анна", "+7 342 200-41-18", "2", "б"),
        ("Вяз", "", "Фирсов Глеб", "+7 342 200-41-19", "3", "а"), ("Вяз", "", "Ким Ольга", "+7 342 200-41-20", "4", "а"),
    ]  # fmt: skip
    data = brought(world.workspace, written(tmp_path / "p.csv", header, *rows))
    assert counts(data) == (4, 4, 0, 0, 0)
    assert shown("company", kedr)["sotrudnikov"] == [Decimal(2)]
    assert shown("company", Company.objects.get(name="Вяз"))["sotrudnikov"] == [Decimal(4)]
    undone(world.workspace, data["batch"])
    assert difference(before, dump()) == {}


def test_as_many_questions_for_many_rows_as_for_few(
    world: World, tmp_path: Path, django_assert_max_num_queries: Any
) -> None:
    fields(world)

    def firms(number: int, mark: str) -> Path:
        rows = [(f"Firm {mark}{n}", "", *KEDR[2:11], f"t{n % 9}; {mark}") for n in range(number)]
        return written(tmp_path / f"{mark}.csv", EVERY, *rows, delimiter="|")

    asked = []
    for number, mark in ((3, "a"), (300, "b")):
        brought(world.workspace, firms(number, mark))
        path = firms(number, mark)
        path.write_text(path.read_text(encoding="utf-8").replace("опт", "розница"), encoding="utf-8")
        with django_assert_max_num_queries(100) as told:
            assert counts(brought(world.workspace, path)) == (number, 0, number, 0, 0)
        asked.append(len(told))
    assert asked[0] == asked[1]
    assert TagUse.objects.count() == 606
