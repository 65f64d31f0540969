"""A table drawn at random, written in each encoding, delimiter and date order, comes back as it was."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from konveyer.adapters.tables import guess, rows, write_csv, write_xlsx
from konveyer.kit.dates import read_date

pytestmark = [pytest.mark.shows("I2.import", "S23")]

ENCODINGS = (
    "utf-8",
    "utf-8-sig",
    "cp1251",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "koi8-r",
    "cp866",
    "mac-cyrillic",
)
PATTERNS = {"dmy": "%d{}%m{}%Y", "mdy": "%m{}%d{}%Y", "ymd": "%Y{}%m{}%d"}
NAMES = ["Кудрин Роман", "Ёлкина Анна", "Петрова Мария Ивановна", "Жуков Олег", "Щукина Юлия", "Абрамов Лев"]
CITIES = ["Пермь", "Москва", "Санкт-Петербург", "Екатеринбург", "Ростов-на-Дону", "Уфа"]
# Awkward cells: quotes, delimiters, newlines, spaces at the ends, formulas. All letters are in every encoding.
NOTES = st.one_of(
    st.sampled_from(
        [
            'говорит "да"',
            "строка один\nстрока два",
            "a;b,c|d\te",
            "  отступ ",
            "=1+1",
            "'кавычка",
            '"',
            '""',
            "конец\r\n",
            "ъ",
        ]
    ),
    st.text(alphabet="абвгдежзиклмнопрстуфхцчшщъыьэюяАБВ abcXYZ0123456789.,;|\t\"'\n-+=", max_size=30),
)


@dataclass(frozen=True)
class Table:
    """Columns: name, city, date, note; the way it is written."""

    cells: list[tuple[str, str, date, str]]
    encoding: str
    delimiter: str
    order: str
    sign: str
    ending: str
    quoting: int

    def as_bytes(self) -> bytes:
        buffer = StringIO(newline="")
        kind = csv.QUOTE_ALL if self.quoting else csv.QUOTE_MINIMAL
        writer = csv.writer(buffer, delimiter=self.delimiter, lineterminator=self.ending, quoting=kind)
        writer.writerow(["Имя", "Город", "Дата обращения", "Комментарий"])
        writer.writerows((name, city, self.written(day), note) for name, city, day, note in self.cells)
        return buffer.getvalue().encode(self.encoding)

    def written(self, day: date) -> str:
        return day.strftime(PATTERNS[self.order].replace("{}", self.sign))

    def lines(self) -> list[int]:
        """Where each record begins, counted by hand: one line of header, newlines in cells before."""
        found, line = [], 2
        for *_, note in self.cells:
            found.append(line)
            line += len(note.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
        return found


@st.composite
def tables(draw: st.DrawFn) -> Table:
    cells = draw(
        st.lists(
            st.tuples(
                st.sampled_from(NAMES),
                st.sampled_from(CITIES),
                st.dates(date(1990, 1, 1), date(2030, 12, 31)),
                NOTES,
            ),
            min_size=4,
            max_size=40,
        )
    )
    # one day past the twelfth, so that the order can be known, and one short note, so that a row fits one line
    cells.append(("Кудрин Роман", "Пермь", date(2024, 2, 26), "просто заметка"))
    return Table(
        cells,
        draw(st.sampled_from(ENCODINGS)),
        draw(st.sampled_from([",", ";", "\t", "|"])),
        draw(st.sampled_from(["dmy", "mdy", "ymd"])),
        draw(st.sampled_from([".", "-", "/"])),
        draw(st.sampled_from(["\n", "\r\n"])),
        draw(st.integers(0, 1)),
    )


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tables())
def test_any_table_comes_back(tmp_path: Path, table: Table) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(table.as_bytes())
    reading = guess(path)
    assert (reading.encoding, reading.delimiter, reading.header_line) == (table.encoding, table.delimiter, 1)
    assert (reading.date_order, reading.date_columns) == (table.order, ("Дата обращения",))
    assert reading.columns == ("Имя", "Город", "Дата обращения", "Комментарий")
    found = list(rows(path, reading))
    assert [row.damage for row in found] == [None] * len(table.cells)
    assert [row.line for row in found] == table.lines()
    expected = [(name, city, table.written(day), note) for name, city, day, note in table.cells]
    assert [row.values for row in found] == expected
    days = [read_date(row.values[2], reading.date_order).value for row in found]
    assert days == [day for _, _, day, _ in table.cells]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(NOTES, NOTES, st.sampled_from(NAMES)), min_size=1, max_size=30))
def test_our_own_csv_comes_back(tmp_path: Path, cells: list[tuple[str, str, str]]) -> None:
    path = tmp_path / "own.csv"
    write_csv(path, ["Один", "Два", "Имя"], cells)
    assert [row.values for row in rows(path, guess(path))] == cells


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(NOTES, NOTES, st.sampled_from(NAMES)), min_size=1, max_size=20))
def test_our_own_workbook_comes_back(tmp_path: Path, cells: list[tuple[str, str, str]]) -> None:
    path = tmp_path / "own.xlsx"
    write_xlsx(path, ["Один", "Два", "Имя"], cells)
    assert [row.values for row in rows(path, guess(path))] == cells


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tables(), st.data())
def test_reading_goes_on_after_any_row(tmp_path: Path, table: Table, data: st.DataObject) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(table.as_bytes())
    reading = guess(path)
    everything = list(rows(path, reading))
    at = data.draw(st.integers(0, len(everything) - 1))
    assert list(rows(path, reading, everything[at].line + 1)) == everything[at + 1 :]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=600))
def test_any_bytes_are_read_or_refused(tmp_path: Path, content: bytes) -> None:
    """No file brings the reader down, and every value can be stored."""
    from konveyer.adapters.tables import UnreadableFile

    path = tmp_path / "noise.csv"
    path.write_bytes(b"name;phone\n" + content)
    try:
        found = list(rows(path, guess(path)))
    except UnreadableFile as refused:
        assert refused.code  # noqa: PT017
        return
    for row in found:
        for value in row.values:
            value.encode()
            assert "\0" not in value
