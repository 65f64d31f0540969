"""Rows of an XLSX sheet, read by a process of its own (see xlsx_child) and streamed to this one."""

from __future__ import annotations

import marshal
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, cast

from konveyer.adapters.tables import xlsx_child
from konveyer.adapters.tables.file_kind import kind_of
from konveyer.adapters.tables.reading import Reading, Row, UnreadableFile

MEMORY_MB = 3072
_CODES = {3: "password_protected", 4: "no_such_sheet", 5: "broken", 6: "too_many_cells"}


class Sheet:
    """An open sheet: its name, all names, and its rows once."""

    def __init__(self, process: subprocess.Popen[bytes], wanted: str) -> None:
        self._process = process
        self._out = cast(IO[bytes], process.stdout)
        self._wanted = wanted
        opened = self._next()
        self.names: tuple[str, ...] = opened[0]
        self.name: str = opened[1]

    def records(self) -> Iterator[tuple[int, list[str]]]:
        """(row number in the sheet from 1, cells as text)."""
        while (batch := self._next()) is not None:
            yield from batch

    def _next(self) -> Any:
        try:
            return marshal.load(self._out)  # noqa: S302  # written by our own child
        except (EOFError, ValueError, TypeError):
            code = _CODES.get(self._process.wait(), "too_many_cells")
            params = {"sheet": self._wanted} if code == "no_such_sheet" else {}
            raise UnreadableFile(code, **params) from None


@contextmanager
def open_sheet(path: Path, name: str | None) -> Iterator[Sheet]:
    """Opens a sheet (the first visible one with cells, if no name). Raises UnreadableFile."""
    process = subprocess.Popen(  # noqa: S603  # our own interpreter and script
        [sys.executable, "-I", xlsx_child.__file__, os.fspath(path), name or "", str(MEMORY_MB)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"RUST_BACKTRACE": "0"} | {k: v for k, v in os.environ.items() if k != "RUST_BACKTRACE"},
    )
    with process:
        try:
            yield Sheet(process, name or "")
        finally:
            process.kill()


def xlsx_rows(path: Path, reading: Reading, start_line: int) -> Iterator[Row]:
    """Rows below the header from row `start_line` of the sheet on; empty rows are no records."""
    kind_of(path)
    begin = max(start_line, reading.header_line + 1)
    width = len(reading.columns)
    with open_sheet(path, reading.sheet) as sheet:
        for line, cells in sheet.records():
            if line < begin or not any(cells):
                continue
            if len(cells) == width:
                yield Row(line, tuple(cells), None)
            elif len(cells) < width:
                yield Row(line, (*cells, *[""] * (width - len(cells))), None)
            elif any(cells[width:]):
                yield Row(line, tuple(cells), "too_many_columns")
            else:
                yield Row(line, tuple(cells[:width]), None)
