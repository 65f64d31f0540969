"""`konveyer backup FILE`: a consistent dump and the files, in one archive, while Konveyer goes on working."""

import contextlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg

from konveyer import __version__
from konveyer.adapters.postgres import Trouble, copies
from konveyer.kit.words import gettext as _
from konveyer.running import archive
from konveyer.running.environment import owner_connection
from konveyer.running.home import Home


def backup(home: Home, target: Path, *, at: datetime, with_key: bool = False) -> dict[str, Any]:
    """Write the archive; an unfinished one never bears the name. Returns what it holds. Raises Trouble.

    The key is in it only with `with_key`: whoever has archive and key reads the secrets.
    """
    partial = target.with_name(target.name + ".partial")
    key = read_key(home)
    try:
        with _beside(target) as work:
            _hold(home.files, work / "files")
            dsn = owner_connection()
            copies.dump(dsn, work / "database.dump")
            _hold(home.files, work / "files")  # what came while the dump was made
            facts = _facts(dsn, at, key, with_key, sum(1 for _file in files_in(work / "files")))
            with _private(partial) as file:
                writer = archive.Writer(file)
                writer.text(archive.MANIFEST, json.dumps(facts, ensure_ascii=False, indent=1).encode())
                writer.file(archive.DUMP, work / "database.dump")
                if with_key:
                    writer.text(archive.KEY, key)
                for path in files_in(work / "files"):
                    writer.file(archive.FILES + path.relative_to(work / "files").as_posix(), path)
                writer.close()
                file.flush()
                os.fsync(file.fileno())
        partial.replace(target)
    except OSError as problem:
        text = _("The backup could not be written to {file}: {problem}")
        raise Trouble("cannot_write", text.format(file=target, problem=problem.strerror)) from problem
    finally:
        partial.unlink(missing_ok=True)
    return facts | {"file": str(target), "bytes": target.stat().st_size}


def read_key(home: Home) -> bytes:
    """The key of this installation."""
    chosen = os.environ.get("KONVEYER_SECRET")
    return chosen.encode() if chosen else home.key.read_bytes().strip()


def files_in(folder: Path) -> Iterator[Path]:
    """The regular files below, in order."""
    if folder.exists():
        yield from (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink())


def _facts(dsn: Mapping[str, Any], at: datetime, key: bytes, with_key: bool, files: int) -> dict[str, Any]:
    with psycopg.connect(**dsn) as connection:
        there = connection.execute("select to_regclass('workspace') is not null").fetchone() == (True,)
        slugs = (
            [slug for (slug,) in connection.execute("select slug from workspace order by slug")]
            if there
            else []
        )
        return {
            "format": archive.FORMAT,
            "konveyer": __version__,
            "made_at": at.isoformat(),
            "postgres": connection.info.server_version // 10000,
            "workspaces": slugs,
            "files": files,
            "with_key": with_key,
            "key": archive.fingerprint(key),
        }


def _hold(source: Path, held: Path) -> None:
    """Hold on to the files that are there now by second names, so that one deleted meanwhile is not missed."""
    for path in files_in(source):
        name = held / path.relative_to(source)
        if name.exists():
            continue
        name.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with contextlib.suppress(FileNotFoundError):
            try:
                os.link(path, name)
            except OSError:  # another disk, or one without second names
                shutil.copy2(path, name)


@contextlib.contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """A private folder beside the target: there must be room for the whole there anyway."""
    with tempfile.TemporaryDirectory(prefix=".konveyer-backup-", dir=target.absolute().parent) as folder:
        yield Path(folder)


@contextlib.contextmanager
def _private(path: Path) -> Iterator[Any]:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        yield file
