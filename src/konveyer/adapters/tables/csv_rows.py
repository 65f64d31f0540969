"""Rows of a CSV, streamed, with the damaged ones named and the rest unharmed.

The csv module is run strictly: where it refuses, only the one physical line is looked at by hand and reading
goes on at the next, so that an unclosed quote costs its own line and not the file behind it.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from konveyer.adapters.tables.lines import BAD, Lines
from konveyer.adapters.tables.reading import Reading, Row

Cells = tuple[str, ...]


def csv_rows(path: Path, reading: Reading, start_line: int) -> Iterator[Row]:
    """Records below the header whose first line is at or after `start_line`; blank lines are no records."""
    begin = max(start_line, reading.header_line + 1)
    finish = _finisher(reading)
    for row in records(path, reading.encoding, reading.delimiter, reading.quote, _width(reading)):
        if row.line >= begin:
            yield finish(row) if finish else row


def records(path: Path, encoding: str, delimiter: str, quote: str, width: int) -> Iterator[Row]:
    """Every record of the file, header and titles included, held against `width` columns."""
    source = Lines(path, encoding)
    options = dialect(delimiter, quote)
    line = 1
    try:
        while True:
            before = line - 1
            reader = csv.reader(source.from_line(line), **options)
            try:
                for values in reader:
                    first, line = line, before + reader.line_num + 1
                    if len(values) != width or source.suspect:
                        if not any(values):
                            source.needed_from = line
                            continue
                        if line - first > 1 and _runs_away(
                            source.between(first + 1, line - 1), options, width
                        ):
                            raise csv.Error("unclosed")
                        yield _judged(first, values, width, source.suspect)
                    elif any(values):
                        yield Row(first, tuple(values), None)
                    source.needed_from = line
                return
            except csv.Error:
                first = source.needed_from
                yield _by_hand(first, source.between(first, first)[0], delimiter, quote, width)
                source.needed_from = line = first + 1
    finally:
        source.close()


def dialect(delimiter: str, quote: str) -> dict[str, Any]:
    """Arguments for csv.reader; a file of one column has no delimiter, so one that no text contains is set."""
    options: dict[str, Any] = {"delimiter": delimiter or "\x1f", "strict": True}
    if quote:
        options["quotechar"] = quote
    else:
        options |= {"quoting": csv.QUOTE_NONE, "quotechar": None}
    return options


def _width(reading: Reading) -> int:
    return len(reading.columns) + reading.marked


def _judged(line: int, values: list[str], width: int, suspect: bool) -> Row:
    damage = None
    if suspect:
        text = "".join(values)
        damage = "nul" if "\0" in text else "undecodable" if BAD in text else None
    if len(values) > width and not any(values[width:]):
        del values[width:]
    if damage is None and len(values) != width:
        damage = "too_few_columns" if len(values) < width else "too_many_columns"
    return Row(line, _storable(values) if damage else tuple(values), damage)


def _storable(values: list[str]) -> Cells:
    """What PostgreSQL and a browser take: no lone surrogates, no NUL."""
    return tuple(value.replace(BAD, "\ufffd").replace("\0", "\ufffd") for value in values)


def _runs_away(rest: list[str], options: dict[str, Any], width: int) -> bool:
    """True if a line swallowed into a many-line record is a whole record by itself: a quote was left open."""
    for text in rest:
        try:
            cells = next(csv.reader([text], **options), [])
        except csv.Error:
            continue
        if len(cells) == width > 1:
            return True
    return False


def _by_hand(line: int, text: str, delimiter: str, quote: str, width: int) -> Row:
    values, closed = split_loosely(text.rstrip("\r\n"), delimiter, quote)
    judged = _judged(line, values, width, suspect=True)
    if judged.damage in ("nul", "undecodable"):
        return judged
    if not closed:
        return Row(line, _storable(values), "unclosed_quote")
    if max(map(len, values)) > csv.field_size_limit():
        return Row(line, (), "cell_too_long")
    return judged


def split_loosely(text: str, delimiter: str, quote: str) -> tuple[list[str], bool]:
    """Cells of one line whose quotes are not doubled inside, and whether each opened quote was closed.

    A quote closes only before a delimiter or the end: «1;"ООО "Ромашка"";5» gives «ООО "Ромашка"».
    """
    cells: list[str] = []
    at = 0
    while at <= len(text):
        if quote and text.startswith(quote, at):
            end = _closing(text, at + 1, delimiter, quote)
            if end < 0:
                return [*cells, *text[at + 1 :].split(delimiter or "\x1f")], False
            cells.append(text[at + 1 : end].replace(quote * 2, quote))
            at = end + 2
        else:
            end = text.find(delimiter, at) if delimiter else -1
            end = len(text) if end < 0 else end
            cells.append(text[at:end])
            at = end + 1
    return cells, True


def _closing(text: str, start: int, delimiter: str, quote: str) -> int:
    end = text.find(quote, start)
    while end >= 0:
        if end + 1 == len(text) or (delimiter and text.startswith(delimiter, end + 1)):
            return end
        end = text.find(quote, end + 1)
    return -1


def _finisher(reading: Reading) -> Callable[[Row], Row] | None:
    """What remains to be done to each row, or None: most files need nothing."""
    if not (reading.marked or reading.mixed):
        return None
    width = len(reading.columns)

    def finish(row: Row) -> Row:
        line, values, damage = row
        if reading.marked and damage is None:
            values = tuple(value[1:] if value.startswith("'") else value for value in values[:width])
        if reading.mixed and damage is None and _of_other_encoding("".join(values), reading.encoding):
            damage = "other_encoding"
        return Row(line, values, damage)

    return finish


def _of_other_encoding(text: str, encoding: str) -> bool:
    """In a file read as one-byte text: a line of UTF-8, which would come out as «РџСЂРёРІРµС‚»."""
    if text.isascii() or encoding.startswith("utf"):
        return False
    try:
        return len(text.encode(encoding).decode("utf-8")) < len(text)
    except UnicodeError:
        return False


__all__ = ["csv_rows", "dialect", "records", "split_loosely"]
