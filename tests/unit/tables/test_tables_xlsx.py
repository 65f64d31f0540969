"""XLSX in: values as plain text with true row numbers; hostile and broken files end in a clear refusal."""

from __future__ import annotations

import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook

from konveyer.adapters.tables import UnreadableFile, file_kind, guess, rows, write_xlsx

pytestmark = pytest.mark.shows("I2.import", "S23")

MORNING = datetime(2024, 5, 6, 10, 30)  # noqa: DTZ001  # a spreadsheet knows no zones


def book(folder: Path, cells: dict[str, object], name: str = "leads.xlsx", **more: dict[str, object]) -> Path:
    made = Workbook()
    made.active.title = "Лиды"
    for title, content in {"Лиды": cells, **more}.items():
        page = made[title] if title in made.sheetnames else made.create_sheet(title)
        for place, value in content.items():
            page[place] = value
    path = folder / name
    made.save(path)
    return path


def test_values_come_as_plain_text(tmp_path: Path) -> None:
    path = book(
        tmp_path,
        {
            "B3": "Имя", "C3": "Когда", "D3": "Сумма", "E3": "Ещё",
            "B5": "Роман", "C5": date(2024, 5, 6), "D5": 420000, "E5": True,
            "B6": "Анна", "C6": MORNING, "D6": 0.1 + 0.2, "E6": time(9, 5),
            "B7": "Ёлка", "C7": MORNING.replace(second=15), "D7": 79123456789, "E7": timedelta(hours=30),
            "B9": "без даты", "D9": 1e20, "E9": 0.000001,
        },
    )  # fmt: skip
    reading = guess(path)
    assert (reading.format, reading.sheet, reading.sheets) == ("xlsx", "Лиды", ("Лиды",))
    assert (reading.header_line, reading.columns) == (3, ("Имя", "Когда", "Сумма", "Ещё"))
    assert (reading.date_order, reading.date_columns) == ("ymd", ("Когда",))
    assert list(rows(path, reading)) == [
        (5, ("Роман", "2024-05-06", "420000", "true"), None),
        (6, ("Анна", "2024-05-06 10:30", "0.3", "09:05:00"), None),
        (7, ("Ёлка", "2024-05-06 10:30:15", "79123456789", "30:00:00"), None),
        (9, ("без даты", "", "100000000000000000000", "0.000001"), None),
    ]
    assert [row.line for row in rows(path, reading, 7)] == [7, 9]


def test_rows_shorter_and_longer_than_the_header(tmp_path: Path) -> None:
    path = book(
        tmp_path, {"A1": "Имя", "B1": "Город", "A2": "Роман", "A3": "Анна", "B3": "Пермь", "C3": "лишнее"}
    )
    reading = guess(path, header_line=1)
    assert reading.columns == ("Имя", "Город", "C")
    path = book(tmp_path, {"A1": "Имя", "B1": "Город", "A2": "Роман"})
    assert list(rows(path, guess(path))) == [(2, ("Роман", ""), None)]


def test_sheets_may_be_chosen(tmp_path: Path) -> None:
    path = book(
        tmp_path, {}, Контакты={"A1": "email", "A2": "anna@example.com"}, Третий={"A1": "x", "A2": "y"}
    )
    assert guess(path).sheet == "Контакты"
    chosen = guess(path, sheet="Третий")
    assert [row.values for row in rows(path, chosen)] == [("y",)]
    with pytest.raises(UnreadableFile) as refused:
        guess(path, sheet="нет такого")
    assert (refused.value.code, refused.value.params) == ("no_such_sheet", {"sheet": "нет такого"})


def test_a_workbook_named_csv_is_read_as_a_workbook(tmp_path: Path) -> None:
    assert guess(book(tmp_path, {"A1": "email", "A2": "a@b.ru"}, name="leads.csv")).format == "xlsx"


def test_a_formula_gives_its_stored_value(tmp_path: Path) -> None:
    path = book(tmp_path, {"A1": "Имя", "B1": "Сумма", "A2": "Роман", "B2": 7})
    with zipfile.ZipFile(path) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    sheet = content["xl/worksheets/sheet1.xml"].replace(b"<v>7</v>", b"<f>3+4</f><v>7</v>")
    assert b"<f>3+4</f>" in sheet
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in (content | {"xl/worksheets/sheet1.xml": sheet}).items():
            archive.writestr(name, data)
    assert next(rows(path, guess(path))).values == ("Роман", "7")


def test_two_cells_in_far_corners_are_refused_and_we_live(tmp_path: Path) -> None:
    """Unfolded this sheet needs half a terabyte; in-process it would abort Python itself."""
    path = book(tmp_path, {"A1": "x", "XFD1048576": "y"})
    with pytest.raises(UnreadableFile) as refused:
        guess(path)
    assert refused.value.code == "too_many_cells"


def test_a_zip_bomb_that_lies_about_its_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_kind, "UNPACKED_LIMIT", 20 * 1024**2)
    path = book(tmp_path, {"A1": "x"})
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet2.xml", b"\0" * (40 * 1024**2))
    packed = path.read_bytes()
    honest = (40 * 1024**2).to_bytes(4, "little")
    assert packed.count(honest) == 2
    for content in (packed, packed.replace(honest, (100).to_bytes(4, "little"))):
        path.write_bytes(content)
        with pytest.raises(UnreadableFile) as refused:
            guess(path)
        assert (refused.value.code, refused.value.params) == ("too_big", {"limit_mb": 20})


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (["a.txt"], "archive"),
        (["[Content_Types].xml", "word/document.xml"], "word"),
        (["[Content_Types].xml", "xl/workbook.bin"], "xls"),
        (["[Content_Types].xml", "xl/nothing.xml"], "broken"),
    ],
)
def test_other_zips(tmp_path: Path, names: list[str], code: str) -> None:
    path = tmp_path / "leads.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    with pytest.raises(UnreadableFile) as refused:
        guess(path)
    assert refused.value.code == code


def test_a_table_of_libreoffice(tmp_path: Path) -> None:
    path = tmp_path / "leads.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    with pytest.raises(UnreadableFile) as refused:
        guess(path)
    assert refused.value.code == "ods"


def test_a_torn_workbook(tmp_path: Path) -> None:
    path = book(tmp_path, {"A1": "Имя", "A2": "Роман"})
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    with pytest.raises(UnreadableFile) as refused:
        guess(path)
    assert refused.value.code == "broken"


def test_an_empty_workbook(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile) as refused:
        guess(book(tmp_path, {}))
    assert refused.value.code == "no_rows"


def test_leaving_off_early_leaves_no_process_behind(tmp_path: Path) -> None:
    import psutil

    path = tmp_path / "many.xlsx"
    write_xlsx(path, ["n"], ([number] for number in range(20_000)))
    reading = guess(path)
    before = set(psutil.Process().children())
    found = rows(path, reading)
    assert next(found).values == ("0",)
    assert len(set(psutil.Process().children()) - before) == 1
    found.close()  # type: ignore[attr-defined]
    assert set(psutil.Process().children()) - before == set()
