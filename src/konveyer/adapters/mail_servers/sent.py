"""The local journal of letters that receivers took: written before the database knows, kept for two weeks."""

import os
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

KEPT = timedelta(days=14)


class SentLines:
    """One file a day in `folder`, one line a letter: its id and what the receiver said. A torn last line is passed over."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def write(self, ident: UUID, said: str) -> None:
        """On the disk when it returns."""
        self._folder.mkdir(parents=True, exist_ok=True)
        today = self._folder / f"{datetime.now(UTC):%Y-%m-%d}.log"
        fresh = not today.exists()
        line = f"{ident} {' '.join(said.split())[:300]}\n".encode()
        handle = os.open(today, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(handle, line)
            os.fsync(handle)
        finally:
            os.close(handle)
        if fresh:
            self._forget()

    def found(self, ident: UUID) -> str | None:
        """What the receiver of this letter said; None when it is not in the journal."""
        key = f"{ident} ".encode()
        for path in sorted(self._folder.glob("*.log"), reverse=True):
            with path.open("rb") as file:
                for line in file:
                    if line.startswith(key) and line.endswith(b"\n"):
                        return line[len(key) :].decode("utf-8", "replace").strip()
        return None

    def _forget(self) -> None:
        oldest = f"{datetime.now(UTC) - KEPT:%Y-%m-%d}"
        for path in self._folder.glob("*.log"):
            if path.stem < oldest:
                with suppress(OSError):
                    path.unlink()
