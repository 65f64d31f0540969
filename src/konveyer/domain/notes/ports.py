"""Where the content of files is kept; `wiring` plugs the real place in."""

import hashlib
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Protocol

PIECE = 1 << 16


@dataclass(frozen=True, slots=True)
class Kept:
    """Content that is safe on its place: its random name, its size in bytes, its SHA-256 in hex."""

    stored_as: str
    size: int
    sha256: str


class TooLarge(Exception):
    """More bytes came than were allowed; nothing was kept."""


class FileStore(Protocol):
    """A place for contents, by random names."""

    def keep(self, content: BinaryIO, limit: int) -> Kept:
        """Store everything that `content` holds. Raises TooLarge past `limit` bytes."""
        ...

    def open(self, stored_as: str) -> BinaryIO:
        """The content, to be read and closed. Raises FileNotFoundError."""
        ...

    def on_disk(self, stored_as: str) -> AbstractContextManager[Path]:
        """The content as a file to be read, for as long as the block lasts. Raises FileNotFoundError."""
        ...

    def drop(self, stored_as: str) -> None:
        """Forget the content; what is not there is no trouble."""
        ...

    def names(self) -> set[str]:
        """Every name that has content: `reconcile` holds them against the rows."""
        ...


class MemoryStore:
    """The fake: contents in memory. Held against the real one by tests/verification."""

    def __init__(self) -> None:
        self.contents: dict[str, bytes] = {}

    def keep(self, content: BinaryIO, limit: int) -> Kept:
        """See FileStore."""
        data = content.read(limit + 1)
        if len(data) > limit:
            raise TooLarge
        name = secrets.token_hex(16)
        self.contents[name] = data
        return Kept(name, len(data), hashlib.sha256(data).hexdigest())

    def open(self, stored_as: str) -> BinaryIO:
        """See FileStore."""
        if stored_as not in self.contents:
            raise FileNotFoundError(stored_as)
        return BytesIO(self.contents[stored_as])

    @contextmanager
    def on_disk(self, stored_as: str) -> Iterator[Path]:
        """See FileStore."""
        with self.open(stored_as) as content, tempfile.NamedTemporaryFile() as file:
            file.write(content.read())
            file.flush()
            yield Path(file.name)

    def drop(self, stored_as: str) -> None:
        """See FileStore."""
        self.contents.pop(stored_as, None)

    def names(self) -> set[str]:
        """See FileStore."""
        return set(self.contents)


_store: FileStore = MemoryStore()


def use(store: FileStore) -> None:
    """Keep files there from now on."""
    global _store
    _store = store


def store() -> FileStore:
    """Where files are kept."""
    return _store
