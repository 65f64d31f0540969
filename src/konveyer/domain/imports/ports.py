"""What imports need from outside: tables in files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Protocol


class SourceRow(Protocol):
    """A record of the file: its line (from 1), its cells, and a code if it is damaged (see konveyer.adapters.tables)."""

    @property
    def line(self) -> int: ...
    @property
    def values(self) -> tuple[str, ...]: ...
    @property
    def damage(self) -> str | None: ...


class Rows(Protocol):
    """Gives the records below the header whose line is `start_line` or later, one after the other."""

    def __call__(self, start_line: int) -> Iterator[SourceRow]: ...


class Unreadable(Exception):
    """The file is no table; `code` and `params` say why."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code, params)
        self.code = code
        self.params: Mapping[str, Any] = params


class Tables(Protocol):
    """Reading of CSV and XLSX. A reading is plain data, as stored with a batch: columns, encoding, delimiter, evidence …"""

    def guess(self, path: Path, **chosen: Any) -> dict[str, Any]:
        """How the file is to be read; what is chosen is taken as it is. Raises Unreadable."""

    def rows(self, path: Path, reading: Mapping[str, Any], start_line: int) -> Iterator[SourceRow]:
        """The records. Raises Unreadable."""

    def write_csv(self, file: Any, columns: list[str], rows: Iterator[list[str]]) -> None:
        """A CSV that a spreadsheet opens without running anything in it, and that `guess` reads back as it was."""


_plugged: list[Tables] = []


def plug(tables: Tables) -> None:
    """Name the adapter; done once, in konveyer.wiring."""
    _plugged[:] = [tables]


def tables() -> Tables:
    """The adapter that was plugged in."""
    return _plugged[0]
