"""Everything taken out: whole, readable back to the letter, without secrets, by who may."""

import argparse
import csv
import hashlib
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from konveyer.adapters.tables.whole import whole
from konveyer.commands.call import Call, WrongUse
from konveyer.commands.exporting import export
from konveyer.domain.journal.models import Entry
from konveyer.domain.lists.operations.taking_out import may_take_all
from konveyer.domain.lists.queries.whole import SECRETS, tables
from konveyer.domain.notes.operations import add_file
from konveyer.domain.notes.rules.subject import Subject
from konveyer.domain.people.models import Company
from konveyer.domain.people.operations import create_company
from konveyer.domain.people.rules.facts import CompanyFacts
from konveyer.domain.staff.operations.frames import set_frame
from tests.web.cast import signed_in
from tests.world import NOON, World

FORMULA = '=HYPERLINK("http://x")'


def read(archive: zipfile.ZipFile, table: str) -> list[dict[str, str | None]]:
    """Rows of a table as they stood: the reader of the guide, in a few lines."""
    text = archive.read(f"tables/{table}.csv").decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    head = rows[0]
    assert head[-1] == "konveyer/1"
    return [dict(zip(head[:-1], map(_back, row), strict=False)) for row in rows[1:]]


def _back(cell: str) -> str | None:
    if cell == "":
        return None
    return "" if cell == "''" else cell[1:] if cell.startswith("'") else cell


def taken(world: World, path: Path) -> tuple[int, dict[str, Any]]:
    told = export(Call(argparse.Namespace(what="all", path=path), NOON, world.workspace))
    return told.exit_code, told.data


@pytest.mark.django_db
@pytest.mark.shows("I3.export")
def test_everything_comes_out_and_reads_back_to_the_letter(world: World, tmp_path: Path) -> None:
    kama = create_company(
        actor=world.actor("Anna"), at=NOON, facts=CompanyFacts(FORMULA, city="'Perm; «Kama»\t1")
    )
    add_file(
        actor=world.actor("Anna"), at=NOON, subject=Subject("company", kama.pk), name="plan.txt", content=io.BytesIO(b"90 days")
    )  # fmt: skip
    code, data = taken(world, tmp_path)
    assert (code, data["files"], data["missing_files"]) == (0, 1, [])
    with zipfile.ZipFile(data["file"]) as archive:
        assert archive.testzip() is None
        manifest = json.loads(archive.read("manifest.json"))
        row = next(row for row in read(archive, "company") if row["id"] == str(kama.pk))
        assert (row["name"], row["tax_number"], row["legal_name"]) == (FORMULA, None, "")
        assert row["city"] == Company.objects.get(pk=kama.pk).city
        name = next(one for one in archive.namelist() if one.startswith("files/"))
        assert archive.read(name) == b"90 days"
        raw = archive.read("tables/company.csv").decode("utf-8-sig")
        assert f";{FORMULA}" not in raw
        for told in manifest["tables"]:
            content = archive.read(f"tables/{told['name']}.csv")
            assert hashlib.sha256(content).hexdigest() == told["sha256"]
            assert len(read(archive, told["name"])) == told["rows"] == counted(told["name"], world)
    assert data["rows"] == sum(told["rows"] for told in manifest["tables"])
    assert Entry.objects.get(action="exported_all").by == "command"


def counted(table: str, world: World) -> int:
    key = "id" if table == "workspace" else "workspace_id"
    with connection.cursor() as cursor:
        cursor.execute(f'select count(*) from "{table}" where {key} = %s', [world.workspace.pk])
        return int(cursor.fetchone()[0])


@pytest.mark.shows("I3.export")
def test_every_table_of_a_workspace_is_in_it_and_no_secret() -> None:
    names = {table.name for table in tables()}
    assert {
        "company",
        "contact",
        "lead",
        "tag_use",
        "field_value",
        "saved_view",
        "journal_entry",
        "payment",
        "file",
    } <= names
    assert "funnel_cell" not in names
    assert not {column for table in tables() for column in table.columns} & SECRETS


@pytest.mark.django_db
@pytest.mark.shows("I3.export")
def test_only_who_sees_everything_and_has_no_limit_takes_it(world: World) -> None:
    assert [
        name for name in ("Igor", "Anna", "Lev", "Vera", "Marina") if may_take_all(world.actor(name))
    ] == ["Igor", "Anna"]
    anna = signed_in(world, "Anna")
    answer = anna.post("/setup/out/take/")
    content = io.BytesIO(b"".join(answer.streaming_content))  # type: ignore[attr-defined]
    with zipfile.ZipFile(content) as archive:
        assert {row["name"] for row in read(archive, "member")} >= {"Anna", "Igor"}
    assert Entry.objects.get(action="exported_all").actor == world.people["Anna"]
    set_frame(
        actor=world.actor("Igor"), at=NOON, member_id=world.people["Anna"].pk, kind="export", value="100"
    )
    assert not may_take_all(world.actor("Anna"))
    assert anna.post("/setup/out/take/").status_code == 403
    assert signed_in(world, "Marina").get("/setup/out/").status_code == 403


@pytest.mark.django_db
def test_a_folder_that_is_not_there_is_wrong_use(world: World, tmp_path: Path) -> None:
    with pytest.raises(WrongUse):
        taken(world, tmp_path / "none" / "all.zip")


@pytest.mark.shows("I3.export")
def test_a_large_table_goes_through_piece_by_piece() -> None:
    """Memory holds some pieces, never the table: what waits between two pieces stays small however many rows come."""
    rows = ((number, hashlib.sha256(str(number).encode()).hexdigest()) for number in range(50_000))
    pieces = whole({}, [("big", ("id", "text"), rows)], [])
    sizes = [len(piece) for piece in pieces]
    assert len(sizes) > 1
    assert max(sizes) < 1_000_000
