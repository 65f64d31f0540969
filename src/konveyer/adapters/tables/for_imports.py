"""The port of imports, filled by this package."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from konveyer.adapters import tables
from konveyer.adapters.tables.reading import Reading, Row, UnreadableFile
from konveyer.domain.imports.ports import Unreadable


class FileTables:
    """CSV and XLSX files as imports see them."""

    def guess(self, path: Path, **chosen: Any) -> dict[str, Any]:
        """See konveyer.domain.imports.ports.Tables."""
        try:
            return tables.guess(path, **chosen).as_dict()
        except UnreadableFile as unreadable:
            raise Unreadable(unreadable.code, **unreadable.params) from unreadable

    def rows(self, path: Path, reading: Mapping[str, Any], start_line: int) -> Iterator[Row]:
        """See konveyer.domain.imports.ports.Tables."""
        try:
            yield from tables.rows(path, Reading.from_dict(reading), start_line)
        except UnreadableFile as unreadable:
            raise Unreadable(unreadable.code, **unreadable.params) from unreadable

    def write_csv(self, file: Any, columns: list[str], rows: Iterator[list[str]]) -> None:
        """See konveyer.domain.imports.ports.Tables."""
        tables.write_csv(file, columns, rows)
