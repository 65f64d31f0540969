"""A list that was taken out comes back: unchanged as it is, edited it changes the very records that it came from."""

import csv
import io
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import translation

from konveyer.domain.imports.rules.own_lists import OWN_LISTS
from konveyer.domain.labels.operations import tag_record
from konveyer.domain.labels.queries.tags import borne
from konveyer.domain.leads.models import Lead
from konveyer.domain.people.models import Company, Contact
from konveyer.domain.people.operations import create_company, create_contact
from konveyer.domain.people.operations.points import Typed
from konveyer.domain.people.rules.facts import CompanyFacts, PersonFacts
from konveyer.web.base.columns import BY_LIST
from tests.unit.imports.bringing import brought, counts
from tests.web.cast import signed_in
from tests.web.test_base import lead_of
from tests.world import NOON, World

pytestmark = [pytest.mark.django_db, pytest.mark.shows("I3.export", "I2.import")]
LISTS = ("companies", "people", "leads")


def taken_out(world: World, name: str, path: Path, language: str = "en") -> Path:
    """The list with every column that it can have."""
    world.owner.user.language = language
    world.owner.user.save()
    owner = signed_in(world, "Anna")
    owner.post(reverse("list-columns", args=[name]), {"column": [column.key for column in BY_LIST[name]]})
    answer: Any = owner.get(reverse("list-export", args=[name, path.suffix[1:]]))
    path.write_bytes(b"".join(answer.streaming_content))
    return path


def edited(path: Path, **cells: Any) -> Path:
    """The CSV with the cell of a column replaced in every row whose first cell is named."""
    rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig")), delimiter=";"))
    for first, (column, value) in cells.items():
        for row in rows[1:]:
            if row[0] == first:
                row[rows[0].index(column)] = value
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    return path


@pytest.fixture
def base(world: World) -> World:
    """Namesakes, a name of which no rule knows which word is which, somebody known by a phone only, two firms of one name."""
    act = world.system
    phone = Typed("phone", "+7 342 200-41-17 доб. 12")
    kedr, other = (
        create_company(actor=act, at=NOON, facts=CompanyFacts("Кедр", city=city)) for city in ("Пермь", "Уфа")
    )
    create_company(
        actor=act,
        at=NOON,
        facts=CompanyFacts("=1+1 Ltd", domain="one.example", industry="мебель"),
        points=[phone],
    )
    for firm, last, first in ((kedr, "Wei", "Zhang"), (other, "Wei", "Zhang"), (other, "Белов-1", "Сергей")):
        create_contact(
            actor=act, at=NOON, facts=PersonFacts(last, first), company_id=firm.pk, title="Директор"
        )
    create_contact(actor=act, at=NOON, facts=PersonFacts("", ""), points=[Typed("phone", "+7 912 555-01-01")])
    for title in ("Склад", "Склад", "+склад"):
        lead = lead_of(world, title=title)
    tag_record(actor=act, at=NOON, kind="lead", pk=lead.pk, add=["Опт"])
    return world


@pytest.mark.parametrize("own", OWN_LISTS, ids=lambda own: own.list)
@pytest.mark.parametrize("language", ["ru", "en"])
def test_no_column_of_a_list_is_unknown_to_its_own_preset(own: Any, language: str) -> None:
    with translation.override(language):
        heads = {str(column.words) for column in BY_LIST[own.list]}
    assert heads <= set(own.columns)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("name", LISTS)
def test_as_it_was_taken_out_it_changes_nothing(
    base: World, tmp_path: Path, name: str, language: str, kind: str
) -> None:
    told = brought(base.workspace, taken_out(base, name, tmp_path / f"list.{kind}", language), dry_run=True)
    rows = {"companies": 3, "people": 4, "leads": 3}[name]
    assert counts(told) == (rows, 0, 0, rows, 0), told["rejects"]


def test_another_name_renames_the_record_it_came_from(base: World, tmp_path: Path) -> None:
    firms = edited(
        taken_out(base, "companies", tmp_path / "firms.csv"), **{"=1+1 Ltd": ("Company", "Мебель Плюс")}
    )
    firms = edited(firms, **{"'=1+1 Ltd": ("Company", "Мебель Плюс")})
    assert counts(brought(base.workspace, firms)) == (3, 0, 1, 2, 0)
    assert set(Company.objects.values_list("name", flat=True)) == {"Кедр", "Мебель Плюс"}
    people = edited(
        taken_out(base, "people", tmp_path / "people.csv"), **{"Сергей Белов-1": ("Person", "Сергей Чернов")}
    )
    assert counts(brought(base.workspace, people)) == (4, 0, 1, 3, 0)
    assert set(Contact.objects.values_list("last_name", flat=True)) == {"Wei", "Чернов", ""}


def test_leads_come_back_for_their_tags(base: World, tmp_path: Path) -> None:
    path = taken_out(base, "leads", tmp_path / "leads.csv")
    edited(path, **{"Склад": ("Tags", "VIP"), "'+склад": ("Stage", "nowhere")})
    assert counts(brought(base.workspace, path)) == (3, 0, 2, 1, 0)
    leads = {lead.pk: lead.title for lead in Lead.objects.all()}
    told = [
        (leads[pk], [tag.name for tag in tags])
        for pk, tags in borne(base.workspace.pk, "lead", list(leads)).items()
        if tags
    ]
    assert sorted(told) == [("+склад", ["Опт"]), ("Склад", ["VIP"]), ("Склад", ["VIP"])]


def test_a_number_of_another_base_and_one_that_is_none(base: World, tmp_path: Path) -> None:
    path = taken_out(base, "leads", tmp_path / "leads.csv")
    elsewhere = edited(
        path, **{"Склад": ("Konveyer: lead", str(uuid4())), "'+склад": ("Konveyer: lead", "7")}
    )
    with translation.override("en"):
        told = brought(base.workspace, elsewhere, dry_run=True)
    assert counts(told) == (3, 0, 0, 0, 3)
    assert sum("another base" in one["reason"] for one in told["rejects"]) == 2
    assert sum("“7” is not the number of a record" in one["reason"] for one in told["rejects"]) == 1
    firms = edited(
        taken_out(base, "companies", tmp_path / "firms.csv"),
        **{"'=1+1 Ltd": ("Konveyer: company", str(uuid4()))},
    )
    assert counts(brought(base.workspace, firms, dry_run=True)) == (3, 0, 0, 3, 0), (
        "found by its domain and phone"
    )


def test_a_number_that_nobody_has_and_no_name_is_nobody(base: World, tmp_path: Path) -> None:
    path = taken_out(base, "companies", tmp_path / "firms.csv")
    edited(path, Кедр=("Konveyer: company", str(uuid4())))
    edited(path, Кедр=("Company", ""))
    assert counts(brought(base.workspace, path, dry_run=True)) == (3, 0, 0, 1, 2)
