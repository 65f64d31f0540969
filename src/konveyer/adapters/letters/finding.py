"""Messages in files, folders, mbox files and on standard input."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from konveyer.adapters.letters.mime import SIZE

_NEXT = re.compile(rb"(?:\A|\n\r?\n)(?=From [^\r\n]{0,200}\d\d:\d\d[^\r\n]{0,40}\r?\n)")
_NOT_LETTERS = frozenset({".toml", ".json", ".md", ".py", ".idx", ".lock", ".sqlite", ".db", ".zip", ".gz"})
MOST_IN_A_FILE = 512 * 1024**2


class Found(NamedTuple):
    """One message. `trouble`: why the file could not be read, else ''."""

    name: str
    raw: bytes
    folder: str
    trouble: str = ""


def messages(paths: Iterable[str], standard_input: Callable[[], bytes]) -> Iterator[Found]:
    """Every message, folders walked in the order of their names."""
    for path in paths:
        if path == "-":
            yield from _split("-", standard_input(), "")
        elif Path(path).is_dir():
            for file in _walked(Path(path)):
                yield from _file(file)
        else:
            yield from _file(Path(path))


def _walked(top: Path) -> Iterator[Path]:
    for folder, names, files in os.walk(top):
        names[:] = sorted(name for name in names if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith(".") and Path(name).suffix.lower() not in _NOT_LETTERS:
                yield Path(folder, name)


def _file(path: Path) -> Iterator[Found]:
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_IN_A_FILE)
    except OSError as trouble:
        yield Found(str(path), b"", "", trouble.strerror or type(trouble).__name__)
        return
    above = path.parent.parent if path.parent.name in ("cur", "new", "tmp") else path.parent
    yield from _split(str(path), raw, path.stem if raw.startswith(b"From ") else above.name)


def _split(name: str, raw: bytes, folder: str) -> Iterator[Found]:
    """A file that begins like an mbox may hold many: they are numbered from 1."""
    starts = [found.end() for found in _NEXT.finditer(raw)] if raw.startswith(b"From ") else []
    if len(starts) < 2:
        yield Found(name, raw[: SIZE + 1], folder)
        return
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(raw)], strict=True), start=1):
        body = re.sub(rb"(?m)^>(>*From )", rb"\1", raw[start:end][:SIZE])
        yield Found(f"{name}#{number}", body, folder)
