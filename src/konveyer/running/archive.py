"""The file of a backup: a tar with a manifest first, then the dump, the key if asked for, the files, and checksums last.

manifest.json   what it is: format, version, when, workspaces, the key's fingerprint
database.dump   pg_dump, custom format
secret.key      only with --with-key
files/…         what people attached
SHA256SUMS      of everything before; without it the archive was cut off
"""

import hashlib
import io
import json
import tarfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO, Any

from konveyer.adapters.postgres import Trouble
from konveyer.kit.words import gettext as _

FORMAT = 1
MANIFEST, DUMP, KEY, FILES, SUMS = "manifest.json", "database.dump", "secret.key", "files/", "SHA256SUMS"
PIECE = 1024 * 1024


class Writer:
    """Adds members and their checksums."""

    def __init__(self, target: IO[bytes]) -> None:
        self._tar = tarfile.open(fileobj=target, mode="w|", format=tarfile.PAX_FORMAT)  # noqa: SIM115 - close() ends it
        self._sums: list[str] = []

    def text(self, name: str, content: bytes) -> None:
        """Add a small member."""
        self._add(name, len(content), 0.0, io.BytesIO(content))

    def file(self, name: str, path: Path) -> None:
        """Add a file as it is now."""
        with path.open("rb") as source:
            state = path.stat()
            self._add(name, state.st_size, state.st_mtime, source)

    def close(self) -> None:
        """Add the checksums and end the archive."""
        self.text(SUMS, "".join(self._sums).encode())
        self._tar.close()

    def _add(self, name: str, size: int, changed: float, source: IO[bytes]) -> None:
        member = tarfile.TarInfo(name)
        member.size, member.mtime, member.mode = size, int(changed), 0o600
        reader = Summing(source)
        self._tar.addfile(member, reader)
        self._sums.append(f"{reader.sum.hexdigest()}  {name}\n")


class Summing(io.RawIOBase):
    """Reads through and sums up what was read."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source = source
        self.sum = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self._source.read(size)
        self.sum.update(piece)
        return piece


def manifest(archive: Path) -> dict[str, Any]:
    """What the archive says about itself. Raises Trouble when it is none of ours."""
    try:
        with tarfile.open(archive, "r|") as tar:
            first = tar.next()
            source = tar.extractfile(first) if first is not None and first.name == MANIFEST else None
            found = json.loads(source.read()) if source else None
    except (tarfile.TarError, ValueError, EOFError) as problem:
        raise no_backup(archive) from problem
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise no_backup(archive)
    return found


def no_backup(archive: Path) -> Trouble:
    """It is something else."""
    return Trouble("no_backup", _("{file} is not a backup made by this program.").format(file=archive))


def verify(archive: Path) -> None:
    """Read it through. Raises Trouble when it was cut off or changed."""
    sums: dict[str, str] = {}
    promised: dict[str, str] | None = None
    try:
        for name, source in members(archive):
            if name == SUMS:
                lines = source.read().decode().splitlines()
                promised = {line[66:]: line[:64] for line in lines}
                continue
            total = hashlib.sha256()
            while piece := source.read(PIECE):
                total.update(piece)
            sums[name] = total.hexdigest()
    except (tarfile.TarError, EOFError, ValueError):
        promised = None
    if promised is None:
        raise Trouble("cut_off", _("The backup {file} is not whole: it was cut off.").format(file=archive))
    damaged = sorted(name for name in promised.keys() | sums.keys() if promised.get(name) != sums.get(name))
    if damaged:
        raise Trouble(
            "damaged",
            _("The backup {file} is damaged: {names}. Nothing was touched; use another copy.").format(
                file=archive, names=", ".join(damaged[:3])
            ),
        )


def members(archive: Path) -> Iterator[tuple[str, IO[bytes]]]:
    """Name and content of each regular member; names that lead out of the archive's own folders are skipped."""
    with tarfile.open(archive, "r|") as tar:
        for member in tar:
            source = tar.extractfile(member) if member.isreg() else None
            if source is not None and _harmless(member.name):
                yield member.name, source


def _harmless(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return not name.startswith("/") and ".." not in parts


def fingerprint(key: bytes) -> str:
    """By which a key is recognised without being told."""
    return hashlib.sha256(b"konveyer key " + key.strip()).hexdigest()[:32]
