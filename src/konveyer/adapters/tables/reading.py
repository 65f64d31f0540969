"""What is known about a file of rows, and what a row of it looks like."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal, NamedTuple

Format = Literal["csv", "xlsx"]
DateOrder = Literal["dmy", "mdy", "ymd"]

# The header cell that write_csv adds last: cells of this file carry a ' before dangerous beginnings.
ROUND_TRIP_MARK = "konveyer/1"


class UnreadableFile(Exception):
    """The file is no table that can be read; `code` and `params` say why, for the interface to translate.

    Codes: empty, missing, directory, binary, pdf, xls, ods, word, html, xml, json, image, archive, not_xlsx,
    password_protected, broken, too_big (limit_mb), too_many_cells, no_rows, no_such_sheet (sheet),
    no_such_encoding (encoding).
    """

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code, params)
        self.code = code
        self.params: Mapping[str, str | int] = params


class Evidence(NamedTuple):
    """One observation behind a guess: a code the interface translates, with the figures seen."""

    code: str
    params: dict[str, str | int]


class Row(NamedTuple):
    """One record: the line in the file where it begins (from 1), its cells, and what is wrong with it.

    `damage` is None for a whole row, whose `values` are then exactly as many as the columns. Otherwise
    one of: too_few_columns, too_many_columns, undecodable, other_encoding, unclosed_quote, nul,
    cell_too_long; `values` are then what could be made out, with U+FFFD for what could not.
    """

    line: int
    values: tuple[str, ...]
    damage: str | None


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file is read. Made by `guess`, shown to the user, who may override each part.

    encoding: a Python codec name ('' for XLSX) · delimiter, quote: one character ('' = none) ·
    header_line: physical line of the header, from 1 (0 = the file has none) · columns: names, made unique;
    letters A, B, C … where the file has no name · date_order: of dates without a four-digit year in front ·
    decisive_dates: how many dates seen fit this order only · decimal_comma: 1,5 is one and a half ·
    sheet, sheets: of an XLSX · mixed: parts of the file are in another encoding ·
    marked: written by us, leading apostrophes are taken off on reading.
    """

    format: Format
    encoding: str
    delimiter: str
    quote: str
    header_line: int
    columns: tuple[str, ...]
    date_order: DateOrder
    decisive_dates: int
    decimal_comma: bool
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    date_columns: tuple[str, ...] = ()
    mixed: bool = False
    marked: bool = False
    evidence: tuple[Evidence, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The same as plain JSON values, to be stored beside an import."""
        return asdict(self) | {"evidence": [[one.code, one.params] for one in self.evidence]}

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Reading:
        """The reverse of `as_dict`."""
        values = dict(stored)
        for name in ("columns", "sheets", "date_columns"):
            values[name] = tuple(values[name])
        values["evidence"] = tuple(Evidence(code, dict(params)) for code, params in values["evidence"])
        return cls(**values)


def unique_columns(names: tuple[str, ...]) -> tuple[str, ...]:
    """Names fit to be chosen from: trimmed, one line, the second «Телефон» becomes «Телефон (2)»."""
    taken: set[str] = set()
    result: list[str] = []
    for index, name in enumerate(names):
        plain = " ".join(name.split()) or column_letter(index)
        unique, number = plain, 1
        while unique.casefold() in taken:
            number += 1
            unique = f"{plain} ({number})"
        taken.add(unique.casefold())
        result.append(unique)
    return tuple(result)


def column_letter(index: int) -> str:
    """0 → A, 25 → Z, 26 → AA, as a spreadsheet names its columns."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
