"""A whole workspace as one ZIP: a CSV for each table, the files, and a manifest that counts them.

Written piece by piece and never held: a million rows take as much memory as a thousand. The tables are our own CSV
(see `writing`), so a spreadsheet runs nothing in them and `rows` gives back what stood in the database.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, BinaryIO
from uuid import UUID

from konveyer import __version__
from konveyer.adapters.tables.reading import ROUND_TRIP_MARK
from konveyer.adapters.tables.writing import neutral
from konveyer.domain.lists.queries import whole as reading

FORMAT, VERSION = "konveyer-whole", 1
PIECE = 1 << 18
ROWS = 500  # written between two pieces


class _Sink(io.RawIOBase):
    """Takes what the ZIP writes and hands it on; cannot seek, so the ZIP says sizes behind the contents."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []
        self.size = 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        piece = bytes(data)
        self.parts.append(piece)
        self.size += len(piece)
        return len(piece)

    def take(self) -> bytes:
        """All that came since the last time."""
        taken = b"".join(self.parts)
        self.parts, self.size = [], 0
        return taken


def pieces_of(workspace_id: UUID, at: datetime, *, name: str, slug: str) -> Iterator[bytes]:
    """The pieces of the ZIP of this workspace as it stands now, read at one moment."""
    about = {
        "workspace": name,
        "slug": slug,
        "at": at.isoformat(),
        "konveyer": __version__,
    }
    with reading.snapshot(workspace_id):
        tables = ((one.name, one.columns, reading.rows(workspace_id, one)) for one in reading.tables())
        yield from whole(about, tables, reading.contents(workspace_id))


def whole(
    about: dict[str, Any],
    tables: Iterable[tuple[str, Sequence[str], Iterable[Sequence[Any]]]],
    files: Iterable[tuple[str, BinaryIO | None]],
) -> Iterator[bytes]:
    """The pieces of the ZIP. `files` are (name, content); None where the content is missing on the disk, which the
    manifest says. `about` stands at the head of the manifest."""
    sink = _Sink()
    manifest: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        **about,
        "tables": [],
        "files": [],
        "missing_files": [],
    }
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, allowZip64=True, compresslevel=3) as archive:
        for name, columns, rows in tables:
            table = _Table(name, columns)
            with archive.open(f"tables/{name}.csv", "w", force_zip64=True) as member:
                for piece in table.pieces(rows):
                    member.write(piece)
                    if sink.size >= PIECE:
                        yield sink.take()
            manifest["tables"].append(table.told())
        for name, content in files:
            if content is None:
                manifest["missing_files"].append(name)
                continue
            digest = hashlib.sha256()
            with content, archive.open(f"files/{name}", "w", force_zip64=True) as member:
                while block := content.read(PIECE):
                    digest.update(block)
                    member.write(block)
                    yield sink.take()
            manifest["files"].append({"name": name, "sha256": digest.hexdigest()})
        with archive.open("manifest.json", "w") as member:
            member.write(json.dumps(manifest, ensure_ascii=False, indent=1).encode())
    yield sink.take()


class _Table:
    """One table on its way: counted and hashed as it goes."""

    def __init__(self, name: str, columns: Sequence[str]) -> None:
        self.name, self.columns = name, list(columns)
        self.count, self.digest = 0, hashlib.sha256()

    def pieces(self, rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
        buffer = io.StringIO(newline="")
        writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
        buffer.write("\ufeff")
        writer.writerow([*self.columns, ROUND_TRIP_MARK])
        for row in rows:
            writer.writerow([*map(_cell, row), ""])
            self.count += 1
            if self.count % ROWS == 0:
                yield self._taken(buffer)
        yield self._taken(buffer)

    def _taken(self, buffer: io.StringIO) -> bytes:
        piece = buffer.getvalue().encode("utf-8", "replace")
        buffer.seek(0)
        buffer.truncate()
        self.digest.update(piece)
        return piece

    def told(self) -> dict[str, Any]:
        """The line of the manifest."""
        return {
            "name": self.name,
            "rows": self.count,
            "columns": self.columns,
            "sha256": self.digest.hexdigest(),
        }


def _cell(value: Any) -> str:
    """Exact and to be read back: moments in UTC with microseconds, lists and objects as JSON; nothing stays empty,
    an empty text is two apostrophes."""
    if value is None:
        return ""
    if isinstance(value, str):
        return neutral(value) if value else "''"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, int | float | UUID):
        return str(value)
    if isinstance(value, list | dict):
        return neutral(json.dumps(value, ensure_ascii=False, default=str))
    return neutral(str(value))
