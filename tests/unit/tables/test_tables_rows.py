"""Damaged rows are named with their line, and nothing else is lost."""

from __future__ import annotations

import csv
import tracemalloc
from collections import Counter
from io import StringIO
from pathlib import Path

import pytest

from konveyer.adapters.tables import Row, guess, rows
from konveyer.adapters.tables.csv_rows import split_loosely

pytestmark = pytest.mark.shows("I2.import", "S23")


def read(folder: Path, content: bytes, **chosen: object) -> list[Row]:
    path = folder / "leads.csv"
    path.write_bytes(content)
    return list(rows(path, guess(path, **chosen)))  # type: ignore[arg-type]


def test_lines_count_newlines_inside_quotes(tmp_path: Path) -> None:
    found = read(tmp_path, b'name,note\r\na,"one\r\ntwo\r\n\r\nfour"\r\n\r\nb,last\r\n')
    assert found == [(2, ("a", "one\r\ntwo\r\n\r\nfour"), None), (7, ("b", "last"), None)]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_endings(tmp_path: Path, ending: str) -> None:
    found = read(tmp_path, ending.join(["name,phone", "a,1", "", "b,2"]).encode())
    assert found == [(2, ("a", "1"), None), (4, ("b", "2"), None)]


def test_wrong_number_of_columns(tmp_path: Path) -> None:
    found = read(tmp_path, b"a,b,c\n1,2,3\n1,2\n1,2,3,4\n1,2,3,,\n,,\n4,5,6\n")
    assert found == [
        (2, ("1", "2", "3"), None),
        (3, ("1", "2"), "too_few_columns"),
        (4, ("1", "2", "3", "4"), "too_many_columns"),
        (5, ("1", "2", "3"), None),
        (7, ("4", "5", "6"), None),
    ]


def test_an_unclosed_quote_costs_its_own_line_only(tmp_path: Path) -> None:
    lines = ["id,name,phone"] + [f'{number},"Name {number}",55{number}' for number in range(2, 3000)]
    lines[1000] = '1001,"Name 1001,551001'
    lines[2000] = '2001,"Name, 2001'
    lines[2997] = '2998,"at the end,1'
    found = read(tmp_path, "\n".join(lines).encode())
    assert [(row.line, row.damage) for row in found if row.damage] == [
        (1001, "unclosed_quote"),
        (2001, "unclosed_quote"),
        (2998, "unclosed_quote"),
    ]
    assert found[999].values == ("1001", "Name 1001", "551001")
    assert [row.line for row in found] == list(range(2, 3000))
    assert Counter(row.damage for row in found)[None] == 2995


def test_an_unclosed_quote_in_a_file_without_other_quotes(tmp_path: Path) -> None:
    plain = "".join(f"{number},name,{number}\n" for number in range(20_000))
    found = read(tmp_path, f'id,name,phone\n0,"open,0\n{plain}'.encode())
    assert (found[0].line, found[0].damage) == (2, "unclosed_quote")
    assert found[1:] == [(number + 3, (str(number), "name", str(number)), None) for number in range(20_000)]


def test_quotes_not_doubled_inside_a_cell_are_understood(tmp_path: Path) -> None:
    text = 'id;name;city\n1;"ООО "Ромашка"";Пермь\n2;"ЗАО "Рога; копыта" и Ко";Омск\n3;ИП "Сам";Тула\n'
    found = read(tmp_path, text.encode())
    assert found == [
        (2, ("1", 'ООО "Ромашка"', "Пермь"), None),
        (3, ("2", 'ЗАО "Рога; копыта" и Ко', "Омск"), None),
        (4, ("3", 'ИП "Сам"', "Тула"), None),
    ]


def test_a_many_line_record_with_a_missing_cell_is_one_damaged_row(tmp_path: Path) -> None:
    found = read(tmp_path, b'a,b,c\n1,"two\nlines"\n1,2,3\n')
    assert found == [(2, ("1", "two\nlines"), "too_few_columns"), (4, ("1", "2", "3"), None)]


def test_undecodable_bytes(tmp_path: Path) -> None:
    good = "Роман;Пермь\n".encode()
    found = read(tmp_path, "Имя;Город\n".encode() + good * 3 + b"\xff\xd0;x\n" + good)
    assert [(row.line, row.damage) for row in found] == [
        (2, None),
        (3, None),
        (4, None),
        (5, "undecodable"),
        (6, None),
    ]
    assert found[3].values == ("\ufffd\ufffd", "x")
    "".join(found[3].values).encode()


def test_half_a_character_at_the_end_of_utf16(tmp_path: Path) -> None:
    content = "имя;город\nРоман;Пермь\nАнна;Омск".encode("utf-16")
    found = read(tmp_path, content[:-1])
    assert found[0] == (2, ("Роман", "Пермь"), None)
    assert (found[1].line, found[1].damage) == (3, "undecodable")


def test_nul_bytes(tmp_path: Path) -> None:
    found = read(tmp_path, b"name,city\na,b\nc\0,d\ne,f\n")
    assert found == [(2, ("a", "b"), None), (3, ("c\ufffd", "d"), "nul"), (4, ("e", "f"), None)]


def test_a_cell_beyond_all_measure(tmp_path: Path) -> None:
    found = read(tmp_path, b"name,note\na,b\nc," + b"x" * 200_000 + b"\nd,e\n")
    assert found == [(2, ("a", "b"), None), (3, (), "cell_too_long"), (4, ("d", "e"), None)]


def test_a_line_longer_than_memory_should_hold(tmp_path: Path) -> None:
    found = read(tmp_path, b"name,note\r\na,b\r\nc," + b"x" * 20_000_000 + b"\r\nd,e\r\n")
    assert found == [(2, ("a", "b"), None), (3, (), "cell_too_long"), (4, ("d", "e"), None)]


def test_resuming_from_any_line_gives_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "leads.csv"
    text = "".join(f'{number},"line one\nline two {number}",x\n' for number in range(50))
    path.write_text("id,note,tag\n" + text + '50,"open,x\n51,ok,x\n')
    reading = guess(path)
    everything = list(rows(path, reading))
    assert len(everything) == 52
    for row in everything:
        rest = [one for one in everything if one.line > row.line]
        assert list(rows(path, reading, row.line + 1)) == rest


def test_memory_stays_flat(tmp_path: Path) -> None:
    path = tmp_path / "leads.csv"
    with path.open("w") as file:
        file.write("id,name,phone\n")
        for number in range(300_000):
            file.write(f"{number},Somebody {number},+7912{number:07d}\n")
    reading = guess(path)
    tracemalloc.start()
    count = sum(1 for _ in rows(path, reading))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 300_000
    assert peak < 8 * 1024**2


@pytest.mark.parametrize(
    ("text", "cells", "closed"),
    [
        ("a;b", ["a", "b"], True),
        ('"a;b";c', ["a;b", "c"], True),
        ('"a ""b"" c";', ['a "b" c', ""], True),
        ('"a "b" c"', ['a "b" c'], True),
        ('"a "b"";c', ['a "b"', "c"], True),
        ('x;"a;b', ["x", "a", "b"], False),
        ("", [""], True),
        ('""', [""], True),
    ],
)
def test_a_line_split_loosely(text: str, cells: list[str], closed: bool) -> None:
    assert split_loosely(text, ";", '"') == (cells, closed)


def test_the_same_as_the_csv_module_on_the_olist_form(tmp_path: Path) -> None:
    """A clean file gives what Python's own reader gives, row for row."""
    buffer = StringIO()
    writer = csv.writer(buffer)
    writer.writerow(["id", "note", "when"])
    for number in range(500):
        writer.writerow([f"{number:032x}", f'says "{number}", twice', f"{1 + number % 28:02d}-02-2018"])
    expected = list(csv.reader(StringIO(buffer.getvalue())))[1:]
    assert [list(row.values) for row in read(tmp_path, buffer.getvalue().encode())] == expected
