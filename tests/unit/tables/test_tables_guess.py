"""Encodings, delimiters, headers, date orders and decimal signs are told apart, and the reasons are given."""

from __future__ import annotations

from pathlib import Path

import pytest

from konveyer.adapters.tables import Reading, UnreadableFile, guess, rows

pytestmark = pytest.mark.shows("I2.import", "S23")

TABLE = (
    "Имя;Телефон;Город;Дата;Сумма\r\n"
    "Кудрин Роман;+7 342 200-41-17;Пермь;26.02.2024;1 200,50\r\n"
    "Ёлкина Анна;8 (495) 123-45-67;Москва;03.04.2024;300,00\r\n"
    "ООО «Ромашка»;+7 912 345-67-89;Санкт-Петербург;07.11.2024;15,75\r\n"
)


def put(folder: Path, content: bytes, name: str = "leads.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def codes(reading: Reading) -> list[str]:
    return [one.code for one in reading.evidence]


@pytest.mark.parametrize(
    ("encoding", "named", "evidence"),
    [
        ("utf-8", "utf-8", "encoding.utf8"),
        ("utf-8-sig", "utf-8-sig", "encoding.mark"),
        ("cp1251", "cp1251", "encoding.letters"),
        ("utf-16", "utf-16", "encoding.mark"),
        ("utf-16-le", "utf-16-le", "encoding.zero_bytes"),
        ("utf-16-be", "utf-16-be", "encoding.zero_bytes"),
        ("koi8-r", "koi8-r", "encoding.letters"),
        ("cp866", "cp866", "encoding.letters"),
        ("mac-cyrillic", "mac-cyrillic", "encoding.letters"),
    ],
)
def test_encodings_are_told_apart(tmp_path: Path, encoding: str, named: str, evidence: str) -> None:
    text = TABLE if encoding not in ("koi8-r", "cp866") else TABLE.replace("«", "").replace("»", "")
    path = put(tmp_path, text.encode(encoding))
    reading = guess(path)
    assert (reading.encoding, reading.delimiter, reading.header_line) == (named, ";", 1)
    assert reading.columns == ("Имя", "Телефон", "Город", "Дата", "Сумма")
    assert (reading.date_order, reading.decisive_dates, reading.decimal_comma) == ("dmy", 1, True)
    assert evidence in codes(reading)
    found = list(rows(path, reading))
    assert [row.values[0] for row in found][:2] == ["Кудрин Роман", "Ёлкина Анна"]
    assert [(row.line, row.damage) for row in found] == [(2, None), (3, None), (4, None)]


def test_big_endian_with_a_mark(tmp_path: Path) -> None:
    path = put(tmp_path, b"\xfe\xff" + TABLE.encode("utf-16-be"))
    reading = guess(path)
    assert reading.encoding == "utf-16"
    assert next(rows(path, reading)).values[2] == "Пермь"


def test_western_letters_are_not_taken_for_cyrillic(tmp_path: Path) -> None:
    text = "nome,cidade\nJoão Gonçalves,São Paulo\nJürgen Müller,Zürich\nRenée Façade,Besançon\n"
    reading = guess(put(tmp_path, text.encode("cp1252")))
    assert (reading.encoding, reading.delimiter) == ("cp1252", ",")


def test_one_cyrillic_word_is_enough(tmp_path: Path) -> None:
    assert guess(put(tmp_path, "name,city\nRoman,Пермь\nAnna,Perm\n".encode("cp1251"))).encoding == "cp1251"


def test_cyrillic_after_64_kilobytes_of_plain_letters(tmp_path: Path) -> None:
    head = "name;city\n" + "Roman;Perm\n" * 8000
    tail = "Роман;Пермь\n" * 50
    assert len(head) > 64 * 1024
    path = put(tmp_path, (head + tail).encode("cp1251"))
    reading = guess(path)
    assert (reading.encoding, reading.mixed) == ("cp1251", False)
    assert list(rows(path, reading))[-1] == (8051, ("Роман", "Пермь"), None)


def test_plain_letters_then_utf8_at_the_very_end_of_a_big_file(tmp_path: Path) -> None:
    content = ("name;city\n" + "Roman;Perm\n" * 300_000).encode() + "Роман;Пермь\n".encode()
    assert guess(put(tmp_path, content)).encoding == "utf-8"


def test_utf8_for_the_first_64_kilobytes_only(tmp_path: Path) -> None:
    """Two files glued together: neither part becomes rubbish unnoticed."""
    head = ("Имя;Город\n" + "Роман;Пермь\n" * 4000).encode()
    assert len(head) > 64 * 1024
    path = put(tmp_path, head + ("Анна;Москва\n" * 100).encode("cp1251"))
    reading = guess(path)
    found = list(rows(path, reading))
    assert (reading.encoding, len(found)) == ("utf-8", 4100)
    assert [row.damage for row in found] == [None] * 4000 + ["undecodable"] * 100
    assert (found[0].values, found[4000].line) == (("Роман", "Пермь"), 4002)

    path = put(tmp_path, head + ("Анна;Москва\n" * 20_000).encode("cp1251"))
    reading = guess(path)
    found = list(rows(path, reading))
    assert (reading.encoding, reading.mixed) == ("cp1251", True)
    assert "encoding.mixed" in codes(reading)
    assert [row.damage for row in found] == ["other_encoding"] * 4000 + [None] * 20_000
    assert found[-1].values == ("Анна", "Москва")


def test_a_character_cut_by_a_block_border_is_no_damage(tmp_path: Path) -> None:
    content = ("a;b\n" + "1;" + "я" * 1_500_000 + "\n").encode()
    assert guess(put(tmp_path, content)).encoding == "utf-8"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters(tmp_path: Path, delimiter: str) -> None:
    lines = [["Name", "Company", "Note"], ["Roman", "A; B, C", 'says "hi"'], ["Anna", "D", "x|y\tz"]]
    text = "\n".join(
        delimiter.join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in line) for line in lines
    )
    path = put(tmp_path, text.encode())
    reading = guess(path)
    assert reading.delimiter == delimiter
    assert [row.values for row in rows(path, reading)] == [tuple(line) for line in lines[1:]]


def test_decimal_commas_do_not_pass_for_delimiters(tmp_path: Path) -> None:
    reading = guess(put(tmp_path, b"id;a;b\n1;2,5;3,5\n2;7,25;8,5\n3;1,0;2,0\n"))
    assert (reading.delimiter, reading.decimal_comma) == (";", True)


def test_a_single_column(tmp_path: Path) -> None:
    path = put(tmp_path, b"email\nanna@example.com\nroman@example.com\n")
    reading = guess(path)
    assert (reading.delimiter, reading.columns, reading.header_line) == ("", ("email",), 1)
    assert [row.values for row in rows(path, reading)] == [("anna@example.com",), ("roman@example.com",)]


def test_bare_phones_have_no_header(tmp_path: Path) -> None:
    path = put(tmp_path, b"+7 342 200-41-17\n8 (495) 123-45-67\n")
    reading = guess(path)
    assert (reading.header_line, reading.columns) == (0, ("A",))
    assert [row.line for row in rows(path, reading)] == [1, 2]


def test_a_separator_line_of_excel(tmp_path: Path) -> None:
    path = put(tmp_path, b"sep=|\r\nName|Phone\r\nRoman|1\r\n")
    reading = guess(path)
    assert (reading.delimiter, reading.header_line, reading.columns) == ("|", 2, ("Name", "Phone"))
    assert list(rows(path, reading)) == [(3, ("Roman", "1"), None)]


def test_titles_above_the_header(tmp_path: Path) -> None:
    text = "Выгрузка заявок за май;;\n;;\nИмя;Телефон;Сумма\nРоман;+73422004117;5\nАнна;+73422004118;6\n"
    path = put(tmp_path, text.encode("cp1251"))
    reading = guess(path)
    assert (reading.header_line, reading.columns) == (3, ("Имя", "Телефон", "Сумма"))
    assert [row.line for row in rows(path, reading)] == [4, 5]


def test_data_without_a_header(tmp_path: Path) -> None:
    path = put(tmp_path, b"Roman,roman@example.com,2024-01-05\nAnna,anna@example.com,2024-02-07\n")
    reading = guess(path)
    assert (reading.header_line, reading.columns) == (0, ("A", "B", "C"))
    assert len(list(rows(path, reading))) == 2
    assert guess(path, header_line=1).columns == ("Roman", "roman@example.com", "2024-01-05")


def test_same_names_and_empty_names_of_columns(tmp_path: Path) -> None:
    reading = guess(put(tmp_path, "Имя;Телефон;телефон;\nРоман;1;2;3\n".encode()))
    assert reading.columns == ("Имя", "Телефон", "телефон (2)", "D")


@pytest.mark.parametrize(
    ("dates", "order", "decisive"),
    [
        (["26-02-2018 19:58", "01-02-2018", "05-06-2018"], "dmy", 1),
        (["02/26/2018", "01/02/2018", "12/31/2018"], "mdy", 2),
        (["2018-02-26", "2018-01-02"], "ymd", 2),
        (["01.02.18", "25.12.17"], "dmy", 1),
        (["99-12-31", "98-11-30"], "ymd", 2),
    ],
)
def test_date_orders(tmp_path: Path, dates: list[str], order: str, decisive: int) -> None:
    text = "name,when\n" + "".join(f"n{index},{value}\n" for index, value in enumerate(dates))
    reading = guess(put(tmp_path, text.encode()))
    assert (reading.date_order, reading.decisive_dates, reading.date_columns) == (order, decisive, ("when",))
    assert "dates.decided" in codes(reading)


def test_dates_that_decide_nothing(tmp_path: Path) -> None:
    path = put(tmp_path, b"name,when\na,01/02/2024\nb,03/04/2024\n")
    assert (guess(path).date_order, codes(guess(path))[-1]) == ("dmy", "dates.undecided")
    assert guess(path, usual_date_order="mdy").date_order == "mdy"
    dotted = put(tmp_path, b"name,when\na,01.02.2024\nb,03.04.2024\n")
    assert guess(dotted, usual_date_order="mdy").date_order == "dmy"


def test_the_only_decisive_date_stands_deep_in_a_big_file(tmp_path: Path) -> None:
    lines = ["name,when\n"] + ["somebody with a long name,01/02/2024\n"] * 60_000
    lines[20_000] = "somebody with a long name,01/28/2024\n"
    path = put(tmp_path, "".join(lines).encode())
    reading = guess(path)
    assert (reading.date_order, reading.decisive_dates) == ("mdy", 1)


def test_dates_that_contradict_each_other(tmp_path: Path) -> None:
    path = put(tmp_path, b"name,when\na,25/02/2024\nb,26/02/2024\nc,02/27/2024\n")
    reading = guess(path)
    assert reading.evidence[-1] == (
        "dates.conflict",
        {"order": "dmy", "decisive": 2, "either": 0, "against": 1},
    )


def test_phones_are_no_dates(tmp_path: Path) -> None:
    reading = guess(put(tmp_path, b"name,phone\na,22-33-44\nb,55-66-77\nc,11-12-13\n"))
    assert reading.date_columns == ()


def test_everything_may_be_overridden(tmp_path: Path) -> None:
    path = put(tmp_path, TABLE.encode("cp1251"))
    reading = guess(
        path, encoding="koi8-r", delimiter=",", quote="", header_line=0, date_order="mdy", decimal_comma=False
    )
    assert (reading.encoding, reading.delimiter, reading.quote, reading.header_line) == ("koi8-r", ",", "", 0)
    assert (reading.date_order, reading.decimal_comma) == ("mdy", False)
    assert {"encoding.chosen", "delimiter.chosen", "header.chosen", "dates.chosen", "decimal.chosen"} <= set(
        codes(reading)
    )
    with pytest.raises(UnreadableFile) as refused:
        guess(path, encoding="klingon")
    assert (refused.value.code, refused.value.params) == ("no_such_encoding", {"encoding": "klingon"})


def test_a_reading_survives_json(tmp_path: Path) -> None:
    import json

    reading = guess(put(tmp_path, TABLE.encode()))
    assert Reading.from_dict(json.loads(json.dumps(reading.as_dict()))) == reading


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf\r\n  \r\n", "empty"),
        (b"%PDF-1.7 ...", "pdf"),
        (b"<html><table><tr><td>1</td></tr></table>", "html"),
        (b"<?xml version='1.0'?><Workbook/>", "xml"),
        (b'{"leads": []}', "json"),
        (b"\x89PNG\r\n\x1a\n....", "image"),
        (b"\x1f\x8b\x08\x00....", "archive"),
        (b"PK\x03\x04 torn off", "broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + "Workbook".encode("utf-16-le"), "xls"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password_protected"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "word"),
        (bytes(range(1, 32)) * 50, "binary"),
        (bytes([7, 0, 1, 2, 9, 0, 0, 200, 3, 0]) * 100, "binary"),
    ],
)
def test_other_files_with_the_name_of_a_csv(tmp_path: Path, content: bytes, code: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        guess(put(tmp_path, content))
    assert refused.value.code == code


def test_no_file_and_a_folder(tmp_path: Path) -> None:
    for path, code in ((tmp_path / "no.csv", "missing"), (tmp_path, "directory")):
        with pytest.raises(UnreadableFile) as refused:
            guess(path)
        assert refused.value.code == code
