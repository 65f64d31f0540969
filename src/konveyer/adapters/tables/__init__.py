"""Tables in files: how a CSV or XLSX is to be read, its rows, and tables written out.

    guess(path, *, encoding=None, delimiter=None, quote=None, header_line=None, date_order=None,
          decimal_comma=None, sheet=None, usual_date_order="dmy") -> Reading
        What the file is, with evidence. Whatever is given is taken as chosen. Raises UnreadableFile.
    rows(path, reading, start_line=1) -> Iterator[Row(line, values, damage)]
        Records below the header whose first physical line is >= start_line, streaming; blank lines left out.
        To go on after a row, give its line + 1. damage is None or a reason code (see Row); a whole row has
        exactly len(reading.columns) values. Numbers and dates of an XLSX come as plain and ISO text.
    write_csv(path_or_text_file, columns, rows, *, delimiter=";", encoding="utf-8-sig", ...) -> Written
    write_xlsx(path, columns, rows, *, sheet="1") -> Written

Evidence codes (params): encoding.mark, .zero_bytes, .utf8 (characters), .ascii, .utf8_damaged (bad),
.letters (bytes), .mixed (other), .chosen — all with (encoding) · delimiter.declared, .agree (rows, columns),
.none (rows), .chosen · header.found (line, above), .none, .chosen · dates.decided, .undecided, .conflict
(order, decisive, either, against), .chosen · decimal.seen (sign, comma, point), .chosen · format.xlsx
(sheet, sheets) · marked. Codes of UnreadableFile and of damage stand with those classes.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from konveyer.adapters.tables.csv_rows import csv_rows
from konveyer.adapters.tables.guessing import guess
from konveyer.adapters.tables.reading import DateOrder, Evidence, Reading, Row, UnreadableFile
from konveyer.adapters.tables.writing import Written, neutral, write_csv, write_xlsx
from konveyer.adapters.tables.xlsx_rows import xlsx_rows


def rows(path: Path | str, reading: Reading, start_line: int = 1) -> Iterator[Row]:
    """Records of the file, as the package's docstring says. Raises UnreadableFile when the file is broken."""
    read = xlsx_rows if reading.format == "xlsx" else csv_rows
    return read(Path(path), reading, start_line)


__all__ = [
    "DateOrder",
    "Evidence",
    "Reading",
    "Row",
    "UnreadableFile",
    "Written",
    "guess",
    "neutral",
    "rows",
    "write_csv",
    "write_xlsx",
]
