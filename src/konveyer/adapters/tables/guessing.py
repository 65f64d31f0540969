"""The guess about a file of rows: everything in one Reading, each part with its evidence."""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from konveyer.adapters.tables.csv_rows import csv_rows
from konveyer.adapters.tables.dialect import (
    guess_delimiter,
    guess_header,
    guess_quote,
    parse,
    separator_line,
)
from konveyer.adapters.tables.encoding import guess_encoding
from konveyer.adapters.tables.file_kind import kind_of
from konveyer.adapters.tables.reading import (
    ROUND_TRIP_MARK,
    DateOrder,
    Evidence,
    Reading,
    UnreadableFile,
    unique_columns,
)
from konveyer.adapters.tables.shapes import DateCensus, date_columns, decimal_signs
from konveyer.adapters.tables.xlsx_rows import open_sheet, xlsx_rows

_HEAD = 256 * 1024
_ELSEWHERE = 64 * 1024
_NOT_OF_FILES = frozenset({"punycode", "idna", "unicode-escape", "raw-unicode-escape", "undefined", "utf-7"})


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the user has set; None leaves the guess."""

    encoding: str | None = None
    delimiter: str | None = None
    quote: str | None = None
    header_line: int | None = None
    date_order: DateOrder | None = None
    decimal_comma: bool | None = None
    sheet: str | None = None


def guess(
    path: Path | str,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    quote: str | None = None,
    header_line: int | None = None,
    date_order: DateOrder | None = None,
    decimal_comma: bool | None = None,
    sheet: str | None = None,
    usual_date_order: DateOrder = "dmy",
) -> Reading:
    """How the file is to be read. Anything given is taken as it is, the rest is guessed around it.

    `usual_date_order` decides where every date in the file fits both day-first and month-first.
    Raises UnreadableFile when it is no table.
    """
    path = Path(path)
    chosen = Chosen(encoding, delimiter, quote, header_line, date_order, decimal_comma, sheet)
    if kind_of(path) == "xlsx":
        return _guess_xlsx(path, chosen, usual_date_order)
    return _guess_csv(path, chosen, usual_date_order)


def _guess_csv(path: Path, chosen: Chosen, usual: DateOrder) -> Reading:
    codec, mixed, evidence = _encoding(path, chosen)
    sample = _head(path, codec)
    quote = guess_quote(sample) if chosen.quote is None else chosen.quote
    delimiter, seen = _delimiter(sample, quote, chosen)
    found = parse(sample, delimiter, quote)
    if separator_line(sample):
        found = found[1:]
    if not found:
        raise UnreadableFile("no_rows")
    header = guess_header(found) if chosen.header_line is None else chosen.header_line
    names, below = _header(header, found)
    marked = names[-1:] == (ROUND_TRIP_MARK,)
    if marked:
        names = tuple(name.removeprefix("'") for name in names[:-1])
    columns = unique_columns(names)
    first = Reading(
        "csv", codec, delimiter, quote, header, columns, usual, 0, False, mixed=mixed, marked=marked
    )
    more = _elsewhere(path, codec, delimiter, quote)
    whole = [cells for cells in (*below, *more) if len(cells) == len(columns) + marked]
    reading = _dates(first, whole, chosen, usual, path)
    reading = _decimals(reading, whole, chosen)
    said = (*evidence, *seen, _header_evidence(header, found, chosen))
    said += (Evidence("marked", {}),) if marked else ()
    return replace(reading, evidence=said + reading.evidence)


def _guess_xlsx(path: Path, chosen: Chosen, usual: DateOrder) -> Reading:
    with open_sheet(path, chosen.sheet) as sheet:
        found = [(line, values) for line, values in islice(sheet.records(), 3000) if any(values)]
    if not found:
        raise UnreadableFile("no_rows")
    header = guess_header(found) if chosen.header_line is None else chosen.header_line
    names, below = _header(header, found)
    while names and not names[-1].strip() and not any(row[len(names) - 1 :][:1] != [""] for row in below):
        names = names[:-1]
    columns = unique_columns(names)
    first = Reading("xlsx", "", "", "", header, columns, usual, 0, False, sheet.name, sheet.names)
    reading = _decimals(_dates(first, below, chosen, usual, path), below, chosen)
    said = (Evidence("format.xlsx", {"sheet": sheet.name, "sheets": len(sheet.names)}),)
    return replace(reading, evidence=(*said, _header_evidence(header, found, chosen), *reading.evidence))


def _encoding(path: Path, chosen: Chosen) -> tuple[str, bool, tuple[Evidence, ...]]:
    if chosen.encoding is None:
        return guess_encoding(path)
    if not _decodes(chosen.encoding):
        raise UnreadableFile("no_such_encoding", encoding=chosen.encoding)
    return chosen.encoding, False, (Evidence("encoding.chosen", {"encoding": chosen.encoding}),)


def _decodes(encoding: str) -> bool:
    """Whether there is such an encoding, and it is one of files: Python's codecs also know ways to write names and bytes."""
    try:
        name = codecs.lookup(encoding).name
        text: object = codecs.getincrementaldecoder(encoding)("replace").decode(b"a\n")
    except Exception:  # they raise whatever they like, also for a name with a zero in it
        return False
    return isinstance(text, str) and name not in _NOT_OF_FILES


def _delimiter(sample: str, quote: str, chosen: Chosen) -> tuple[str, tuple[Evidence, ...]]:
    if chosen.delimiter is not None:
        return chosen.delimiter, (Evidence("delimiter.chosen", {"delimiter": chosen.delimiter}),)
    declared = separator_line(sample)
    if declared:
        return declared, (Evidence("delimiter.declared", {"delimiter": declared}),)
    delimiter, rows, width = guess_delimiter(sample, quote)
    if not delimiter:
        return "", (Evidence("delimiter.none", {"rows": rows}),)
    return delimiter, (Evidence("delimiter.agree", {"delimiter": delimiter, "rows": rows, "columns": width}),)


def _header(header: int, found: Sequence[tuple[int, list[str]]]) -> tuple[tuple[str, ...], list[list[str]]]:
    """Names of the columns and the rows below; names are empty where the file has no header."""
    below = [values for line, values in found if line > header]
    for line, values in found:
        if header and line == header:
            return tuple(values), below
    width = max(map(len, below), default=1) if not header else 0
    if header and not width:
        raise UnreadableFile("no_rows")
    counts = [len(values) for values in below]
    width = max(set(counts), key=counts.count, default=1)
    return ("",) * width, below


def _header_evidence(header: int, found: Sequence[tuple[int, list[str]]], chosen: Chosen) -> Evidence:
    if chosen.header_line is not None:
        return Evidence("header.chosen", {"line": header})
    if not header:
        return Evidence("header.none", {})
    return Evidence("header.found", {"line": header, "above": sum(line < header for line, _ in found)})


def _dates(
    reading: Reading, rows: Sequence[Sequence[str]], chosen: Chosen, usual: DateOrder, path: Path
) -> Reading:
    columns = date_columns(rows, len(reading.columns))
    census = DateCensus()
    for row in rows:
        for index in columns:
            if index < len(row):
                census.add(row[index])
    if columns and not census.decided and reading.format == "csv":
        _look_further(reading, path, columns, census)
    named = tuple(reading.columns[index] for index in columns)
    order = chosen.date_order or census.order or usual
    if not census.decided and not chosen.date_order:
        order = "dmy" if census.dotted else usual
    decisive = census.seen[order]
    params: dict[str, str | int] = {"order": order, "decisive": decisive, "either": census.either}
    if chosen.date_order:
        evidence: tuple[Evidence, ...] = (Evidence("dates.chosen", {"order": order}),)
    elif not columns:
        evidence = ()
    elif census.seen["dmy"] and census.seen["mdy"]:
        against = min(census.seen["dmy"], census.seen["mdy"])
        evidence = (Evidence("dates.conflict", params | {"against": against}),)
    else:
        evidence = (Evidence("dates.decided" if census.decided else "dates.undecided", params),)
    return replace(
        reading,
        date_order=order,
        decisive_dates=decisive,
        date_columns=named,
        evidence=reading.evidence + evidence,
    )


def _look_further(reading: Reading, path: Path, columns: list[int], census: DateCensus) -> None:
    """No date of the sample tells day from month: read on until one does."""
    for row in csv_rows(path, reading, 1):
        if row.damage is None:
            for index in columns:
                census.add(row.values[index])
            if census.seen["dmy"] or census.seen["mdy"]:
                return


def _decimals(reading: Reading, rows: Sequence[Sequence[str]], chosen: Chosen) -> Reading:
    comma, point = decimal_signs(rows)
    uses_comma = comma > point if chosen.decimal_comma is None else chosen.decimal_comma
    if chosen.decimal_comma is not None:
        evidence: tuple[Evidence, ...] = (Evidence("decimal.chosen", {"sign": "," if uses_comma else "."}),)
    elif comma or point:
        evidence = (
            Evidence("decimal.seen", {"sign": "," if uses_comma else ".", "comma": comma, "point": point}),
        )
    else:
        evidence = ()
    return replace(reading, decimal_comma=uses_comma, evidence=reading.evidence + evidence)


def _head(path: Path, codec: str) -> str:
    """The beginning, up to the end of a line."""
    return _decoded(path, codec, 0, _HEAD)


def _elsewhere(path: Path, codec: str, delimiter: str, quote: str) -> list[list[str]]:
    """Rows from the middle and the end, for what the beginning may not show."""
    size = path.stat().st_size
    if size <= _HEAD:
        return []
    rows: list[list[str]] = []
    for start in (size // 2, size - _ELSEWHERE):
        if start >= _HEAD:
            text = _decoded(path, codec, start // 4 * 4, _ELSEWHERE)
            rows += [values for _, values in parse(text, delimiter, quote)]
    return rows


def _decoded(path: Path, codec: str, start: int, length: int) -> str:
    with path.open("rb") as file:
        mark = file.read(4)
        file.seek(start)
        block = file.read(length)
    name = codec
    if start and codec in ("utf-16", "utf-32"):
        name = codec + ("-le" if mark.startswith(b"\xff\xfe") else "-be")
    text = codecs.getincrementaldecoder(name)("replace").decode(block)
    if start:
        text = text.partition("\n")[2]
    if len(block) == length:
        cut = max(text.rfind("\n"), text.rfind("\r"))
        text = text[: cut + 1] if cut > 0 else text
    return text


__all__ = ["guess", "xlsx_rows"]
