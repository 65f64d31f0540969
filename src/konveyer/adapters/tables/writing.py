"""Tables written so that a spreadsheet runs nothing in them and our own reading gives back the same.

CSV has no cell types: a text that begins with = + - @ tab or CR, which a spreadsheet would run, gets an
apostrophe in front, and so does a text that begins with an apostrophe. The header ends in the cell
`konveyer/1`; where `guess` sees it, `rows` takes the apostrophes off again. An XLSX cell is stored as text and
needs no apostrophe, so a phone +7 342 … stays what it is.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple, TextIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from konveyer.adapters.tables.reading import ROUND_TRIP_MARK

Cell = str | int | Decimal | date | datetime | bool | None
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠", "\n")
_LONGEST_CELL = 32_767
_ROWS_PER_SHEET = 1_048_576
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


class Written(NamedTuple):
    """How many rows went in, and how many cells were cut because a spreadsheet holds 32 767 characters."""

    rows: int
    cut: int


def neutral(text: str, mark: bool = True) -> str:
    """The text as a CSV cell that no spreadsheet runs. Reversed by taking one leading apostrophe off.

    For that a text with an apostrophe of its own gets one more; without `mark` nobody will take it off.
    """
    return "'" + text if text.startswith(_DANGEROUS) or (mark and text.startswith("'")) else text


def write_csv(
    target: Path | TextIO,
    columns: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    delimiter: str = ";",
    encoding: str = "utf-8-sig",
    decimal_comma: bool = False,
    mark: bool = True,
) -> Written:
    """Writes a header and rows; an open text file must have been opened with newline=''.

    Without `mark` the header has no last cell, and reading back leaves the apostrophes in.
    Characters that `encoding` lacks become «?».
    """
    if isinstance(target, Path):
        with target.open("w", encoding=encoding, errors="replace", newline="") as file:
            return write_csv(file, columns, rows, delimiter=delimiter, decimal_comma=decimal_comma, mark=mark)
    writer = csv.writer(target, delimiter=delimiter, lineterminator="\r\n")
    tail = [""] if mark else []
    writer.writerow([*(neutral(name, mark) for name in columns), *([ROUND_TRIP_MARK] if mark else [])])
    count = 0
    for row in rows:
        writer.writerow([_csv_cell(cell, decimal_comma, mark) for cell in row] + tail)
        count += 1
    return Written(count, 0)


def _csv_cell(cell: Cell, decimal_comma: bool, mark: bool) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return neutral(cell, mark)
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "seconds" if cell.second else "minutes")
    if isinstance(cell, date):
        return cell.isoformat()
    text = format(cell, "f") if isinstance(cell, Decimal) else str(cell)
    return text.replace(".", ",") if decimal_comma else text


def write_xlsx(
    target: Path, columns: Sequence[str], rows: Iterable[Sequence[Cell]], *, sheet: str = "1"
) -> Written:
    """Writes a header and rows with flat memory; past 1 048 575 rows goes on in a second sheet.

    Texts are text cells whatever they begin with; numbers, dates, moments (given without zone) keep their type.
    """
    book = Workbook(write_only=True)
    cut = _Cut()
    count, page = 0, None
    for count, row in enumerate(rows, 1):
        if page is None or (count - 1) % (_ROWS_PER_SHEET - 1) == 0:
            page = _new_page(book, _page_name(sheet, len(book.sheetnames)), columns, cut)
        page.append([_xlsx_cell(page, cell, cut) for cell in row])
    if page is None:
        _new_page(book, sheet, columns, cut)
    book.save(target)
    return Written(count, cut.count)


class _Cut:
    count = 0


def _page_name(name: str, pages: int) -> str:
    plain = re.sub(r"[\\*?:/\[\]]", " ", name)[:28]
    return f"{plain} {pages + 1}" if pages else plain


def _new_page(book: Workbook, name: str, columns: Sequence[str], cut: _Cut):  # type: ignore[no-untyped-def]
    page = book.create_sheet(name)
    page.freeze_panes = "A2"
    heads = [_xlsx_cell(page, column, cut) for column in columns]
    for head in heads:
        head.font = Font(bold=True)
    page.append(heads)
    return page


def _xlsx_cell(page, value: Cell, cut: _Cut):  # type: ignore[no-untyped-def]
    if not isinstance(value, str):
        return value
    if len(value) > _LONGEST_CELL:
        cut.count += 1
        value = value[: _LONGEST_CELL - 1] + "…"
    # Setting .value would make «=1+1» a formula and refuse control characters: the text is set beneath it.
    cell = WriteOnlyCell(page)
    cell._value = _escaped(value)  # type: ignore[attr-defined]
    cell.data_type = "s"
    return cell


def _escaped(text: str) -> str:
    """As XML in a workbook keeps it: what XML drops or changes stands as _x000D_, the way Excel writes it."""
    plain = _ESCAPED.sub("_x005F_", _CONTROLS.sub("\ufffd", text)).replace("\r", "_x000D_")
    return f"_x{ord(plain[0]):04X}_{plain[1:]}" if plain.isspace() else plain
