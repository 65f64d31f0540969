"""Tags and own fields in the wizard and over the API: offered by their names, remembered, and the way out of a list and back."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from konveyer.domain.imports.models import Batch
from konveyer.domain.labels.models import CustomField
from konveyer.domain.labels.operations import FieldFacts, create_field, fill_fields, retire_field, tag_record
from konveyer.domain.labels.queries.fields import values_of
from konveyer.domain.labels.queries.tags import borne
from konveyer.domain.people.models import Company, Contact
from konveyer.domain.people.operations import create_company, create_contact
from konveyer.domain.people.rules.facts import CompanyFacts, PersonFacts
from tests.web.api import Program
from tests.web.test_imports import fresh, igor, said, store, taken, uploaded, worked  # noqa: F401
from tests.world import NOON, World

pytestmark = [pytest.mark.django_db, pytest.mark.shows("I3.tags-fields", "I2.import")]
LIST = "Компания;Контакт;Телефон;Класс;Повод\nКедр;Ланской Виктор;8 (342) 200-18-40;опт;VIP, Выставка\nСосна;Титова Мария;8 (342) 200-18-41;средний;\n"


def field(world: World, subject: str, kind: str, name: str, *options: str) -> CustomField:
    facts = FieldFacts(name, options=options)
    return create_field(actor=world.actor("Igor"), at=NOON, subject=subject, kind=kind, facts=facts)


def shown(kind: str, record: Any) -> dict[str, Any]:
    found = values_of(record.workspace_id, kind, [record.pk]).get(record.pk, [])
    return {one.field.key: one.shown for one in found}


def draft_of(**more: Any) -> Any:
    return taken(more.pop("client"), encoding="utf-8", **more)


def test_the_wizard_offers_fields_by_name_under_their_record_and_remembers_them(
    world: World,
    igor: Client,  # noqa: F811
) -> None:
    segment = field(world, "company", "choice", "Сегмент клиента", "Опт", "Розница")
    field(world, "lead", "number", "Площадь объекта")
    draft = draft_of(client=igor, text=LIST)
    worked(world)
    page = igor.get(f"/imports/{draft.pk}/").content.decode()
    company = page[page.index('<optgroup label="Company">') :]
    company = company[: company.index("</optgroup>")]
    assert '<option value="company.field.segment_klienta">Сегмент клиента</option>' in company
    assert '<option value="company.tags">Company, tags</option>' in company
    assert "Площадь объекта" not in page, "a list of people brings in no leads"
    columns = {"preset": "contacts", "c0": "company.name", "c1": "contact.name", "c2": "contact.phone", "c3": "company.field.segment_klienta", "c4": "contact.tags"}  # fmt: skip
    igor.post(f"/imports/{draft.pk}/columns/", columns)
    igor.post(f"/imports/{draft.pk}/try/")
    worked(world)
    tried = said(igor.get(f"/imports/{draft.pk}/"))
    assert "“средний” is no option of the field “Сегмент клиента”. Its options: Опт, Розница." in tried
    assert fresh(draft).trial["records"]["tag"] == {"created": 2}
    igor.post(f"/imports/{draft.pk}/write/", {"of": fresh(draft).trial["of"]})
    worked(world)
    assert shown("company", Company.objects.get()) == {"segment_klienta": ["Опт"]}
    assert "2 tags" in said(igor.get(f"/imports/{draft.pk}/"))
    again = draft_of(client=igor, text=LIST.replace(";опт;", ";Розница;"))
    header = ("Компания", "Контакт", "Телефон", "Класс", "Повод")
    assert again.mapping["columns"] == dict(zip(header, list(columns.values())[1:], strict=True))
    worked(world)
    assert fresh(again).trial["changes"] == [
        {"record": "company", "name": "Кедр", "field": "Сегмент клиента", "before": "Опт", "after": "Розница"}
    ]
    retire_field(actor=world.actor("Igor"), at=NOON, field_id=segment.pk)
    assert "Сегмент клиента" in igor.get(f"/imports/{again.pk}/").content.decode(), "chosen already"
    later = draft_of(client=igor, text=LIST)
    assert "Класс" not in later.mapping["columns"], "out of use, it takes no new columns"


def test_the_api_maps_own_fields_and_names_the_near_one_for_a_wrong(
    world: World,
    igor: Client,  # noqa: F811
) -> None:
    field(world, "company", "choice", "Segment", "Опт", "Розница")
    program = Program(world.owner)
    here = f"imports/{uploaded(program, LIST.encode()).json()['id']}"
    columns = {"Компания": "company.name", "Класс": "company.field.segment", "Повод": "company.tags"}
    mapped = program.put(f"{here}/columns", {"preset": "contacts", "columns": columns}).json()
    assert mapped["columns"] == columns
    wrong = program.put(
        f"{here}/columns", {"preset": "contacts", "columns": {"Класс": "company.field.sigment"}}
    )
    assert (wrong.status_code, wrong.json()["code"]) == (422, "map_unknown")
    assert "company.field.segment" in wrong.json()["detail"]
    program.post(f"{here}/trial")
    worked(world)
    trial = program.get(f"{here}/trial").json()
    assert (trial["created"], trial["rejected"], trial["records"]["tag"]) == (1, 1, {"created": 2})
    assert program.get(f"{here}/rejects").json()[0]["code"] == "own_option"


@pytest.mark.shows("I3.export")
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("name", ["companies", "people"])
def test_what_a_list_gives_out_comes_back_as_it_was(
    world: World,
    igor: Client,  # noqa: F811
    name: str,
    language: str,
    kind: str,
) -> None:
    subject = {"companies": "company", "people": "contact"}[name]
    for of, text in (
        ("text", "Договор"), ("number", "Штат"), ("money", "Оборот"), ("date", "Дата ТО"), ("yes", "Тендер"), ("choice", "Класс"), ("choices", "Интересы"), ("link", "Портал"),
    ):  # fmt: skip
        field(world, subject, of, text, *(("Опт", "Розница") if of.startswith("choice") else ()))
    act = world.actor("Igor")
    if subject == "company":
        record: Any = create_company(actor=act, at=NOON, facts=CompanyFacts("Kedr"))
    else:
        record = create_contact(actor=act, at=NOON, facts=PersonFacts("Lansky", "Viktor"))
    given = {"dogovor": "A-1", "shtat": "1200.5", "oborot": "59500.50", "data_to": "2026-04-03", "tender": "yes", "klass": "Опт", "interesy": "Опт, Розница", "portal": "https://a.example/b"}  # fmt: skip
    fill_fields(actor=act, at=NOON, kind=subject, pk=record.pk, given=given)
    tag_record(actor=act, at=NOON, kind=subject, pk=record.pk, add=["VIP", "expo"])
    keys = [f"own.{key}" for key in given]
    igor.post(reverse("list-columns", args=[name]), {"column": ["name", "tags", *keys]})
    world.owner.user.language = language
    world.owner.user.save()
    answer: Any = igor.get(reverse("list-export", args=[name, kind]))
    part = SimpleUploadedFile(f"list.{kind}", b"".join(answer.streaming_content))
    igor.post("/imports/", {"file": part, "preset": "contacts"})
    draft = Batch.objects.order_by("-created_at", "-id")[0]
    wanted = {f"{subject}.name", *(f"{subject}.field.{key}" for key in given)}
    assert wanted <= set(draft.mapping["columns"].values()), draft.reading["columns"]
    worked(world)
    counted = {
        key: fresh(draft).trial[key] for key in ("rows", "created", "updated", "unchanged", "rejected")
    }
    assert counted == {"rows": 1, "created": 0, "updated": 0, "unchanged": 1, "rejected": 0}
    assert shown(subject, record)["oborot"] == [Decimal("59500.5")]
    assert shown(subject, record)["data_to"] == [date(2026, 4, 3)]
    assert [tag.name for tag in borne(world.workspace.pk, subject, [record.pk])[record.pk]] == ["expo", "VIP"]
    assert Company.objects.count() + Contact.objects.count() == 1
