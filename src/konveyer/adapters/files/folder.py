"""The folder that keeps contents of files."""

import contextlib
import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from konveyer.domain.notes.ports import PIECE, Kept, TooLarge

_NAME = re.compile(r"[0-9a-f]{32}")


class FolderStore:
    """FileStore in `root`: two letters of the name make a folder, so that none grows endlessly."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def keep(self, content: BinaryIO, limit: int) -> Kept:
        """Written aside, synced, then put in its place: a half-written file never stands under its name."""
        name = secrets.token_hex(16)
        place = self._place(name)
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        aside = place.with_suffix(".part")
        size, digest = 0, hashlib.sha256()
        try:
            descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                while piece := content.read(PIECE):
                    size += len(piece)
                    if size > limit:
                        raise TooLarge
                    digest.update(piece)
                    file.write(piece)
                file.flush()
                os.fsync(file.fileno())
            aside.replace(place)
        except BaseException:
            aside.unlink(missing_ok=True)
            raise
        return Kept(name, size, digest.hexdigest())

    def open(self, stored_as: str) -> BinaryIO:
        """The content. Raises FileNotFoundError, also for a name that is none of ours."""
        return self._place(stored_as).open("rb")

    @contextmanager
    def on_disk(self, stored_as: str) -> Iterator[Path]:
        """The file itself. Raises FileNotFoundError."""
        place = self._place(stored_as)
        if not place.is_file():
            raise FileNotFoundError(stored_as)
        yield place

    def drop(self, stored_as: str) -> None:
        """Forget the content."""
        with contextlib.suppress(FileNotFoundError):
            self._place(stored_as).unlink()

    def names(self) -> set[str]:
        """Every name that has content: `reconcile` holds them against the rows."""
        return {path.name for path in self.root.glob("??/*") if _NAME.fullmatch(path.name)}

    def _place(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise FileNotFoundError(name)
        return self.root / name[:2] / name
