"""`konveyer restore FILE`: a copy comes back, into an empty home, with sending frozen."""

import json
import os
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg

from konveyer import __version__
from konveyer.adapters.postgres import Cluster, Trouble, copies, serving
from konveyer.adapters.postgres.binaries import MAJOR
from konveyer.adapters.postgres.roles import OWNER, SEARCH
from konveyer.adapters.postgres.settings import SUPERUSER
from konveyer.kit.words import gettext as _
from konveyer.running import archive
from konveyer.running.environment import durable, name_in_environment, outside, owner_connection
from konveyer.running.home import FOLDERS, Home
from konveyer.running.supervisor import migrate, only_one

ROOM = 3  # times the size of the archive: dump, database, files

Key = Callable[[str], bytes | None]


def restore(
    home: Home, source: Path, *, at: datetime, ask_key: Key, replace: bool = False, say: Callable[[str], None]
) -> dict[str, Any]:
    """Fill an empty home from an archive. Returns its manifest. Raises Trouble, before anything is touched if it can.

    `ask_key(fingerprint)` gives the key of an archive without one; None makes a new key: what was encrypted with the
    old one stays unreadable. With `replace` what is in the home is moved aside and kept.
    """
    with only_one(home):
        facts = _checked(home, source, replace)
        key = _key(source, facts, ask_key)
        if replace:
            _move_aside(home, at, say)
        home.unfinished.write_text(json.dumps({"from": str(source), "at": at.isoformat()}))
        home.frozen.write_text(
            _("restored from {file} at {time}").format(file=source.name, time=f"{at:%Y-%m-%d %H:%M} UTC")
        )
        say(_("restoring files and database …"))
        dump = _unpack(source, home)
        if key is not None:
            _write_key(home, key)
        _fill(home, dump, facts)
        dump.unlink()
        home.unfinished.unlink()
    return facts


def _checked(home: Home, source: Path, replace: bool) -> dict[str, Any]:
    if not source.is_file():
        raise Trouble("no_file", _("There is no file {file}.").format(file=source))
    facts = archive.manifest(source)
    if _version(str(facts["konveyer"])) > _version(__version__) or int(facts["postgres"]) > MAJOR:
        text = _("This backup was made by a newer Konveyer ({version}). Install that version or a later one.")
        raise Trouble("newer_backup", text.format(version=facts["konveyer"]))
    archive.verify(source)
    used = home.unfinished.exists() or (
        _outside_tables() if outside() else Cluster(home.data).major() is not None
    )
    if used and not replace:
        raise Trouble(
            "not_empty",
            _(
                "{home} holds data already. Choose an empty KONVEYER_HOME, or move these aside with --replace."
            ).format(home=home.path),
        )
    free = shutil.disk_usage(home.path).free
    if free < ROOM * source.stat().st_size:
        text = _("Too little room in {home}: {free} MB free, about {needed} MB needed.")
        megabytes = 1024 * 1024
        raise Trouble(
            "disk_full",
            text.format(
                home=home.path, free=free // megabytes, needed=ROOM * source.stat().st_size // megabytes
            ),
        )
    return facts


def _outside_tables() -> bool:
    with psycopg.connect(**owner_connection()) as connection:
        found = connection.execute("select count(*) from pg_tables where schemaname = 'public'").fetchone()
    return found != (0,)


def _key(source: Path, facts: dict[str, Any], ask_key: Key) -> bytes | None:
    key = next((content.read() for name, content in archive.members(source) if name == archive.KEY), None)
    if key is None:
        key = ask_key(str(facts["key"]))
    if key is not None and archive.fingerprint(key) != facts["key"]:
        raise Trouble("wrong_key", _("This key does not belong to the backup. Nothing was touched."))
    return key


def _move_aside(home: Home, at: datetime, say: Callable[[str], None]) -> None:
    """What is there is kept under another name; an orphan server on it is stopped first."""
    if outside():
        raise Trouble("outside", _("An outside database is not replaced: empty it yourself, then restore."))
    Cluster(home.data).stop()
    aside = home.path / f"replaced-{at:%Y%m%d-%H%M%S}"
    for name in ("data", "files", "secret.key"):
        if (home.path / name).exists():
            aside.mkdir(mode=0o700, exist_ok=True)
            (home.path / name).rename(aside / name)
    for name in FOLDERS:
        (home.path / name).mkdir(mode=0o700, exist_ok=True)
    say(_("what was here is kept in {folder}").format(folder=aside))


def _unpack(source: Path, home: Home) -> Path:
    """The files into their place; where the dump was put."""
    dump = home.run / "restoring.dump"
    for name, content in archive.members(source):
        if name == archive.DUMP:
            target = dump
        elif name.startswith(archive.FILES):
            target = home.files / name.removeprefix(archive.FILES)
        else:
            continue
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            shutil.copyfileobj(content, file, archive.PIECE)
    return dump


def _write_key(home: Home, key: bytes) -> None:
    if os.environ.get("KONVEYER_SECRET"):
        return
    fresh = home.key.with_name("secret.key.new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(key)
    fresh.replace(home.key)


def _fill(home: Home, dump: Path, facts: dict[str, Any]) -> None:
    if outside():
        dsn = owner_connection()
        with psycopg.connect(
            **dsn
        ) as connection:  # functions are handed to a role that needs a right in the schema
            connection.execute(f"grant create on schema public to {SEARCH}")
        copies.restore(dsn, dump)
        migrate(copy=False)
        return
    with serving(home.path, durable=durable()) as cluster:
        # As superuser: owners and rights are set on the way. Statistics come with a dump of 18, but not of older ones.
        copies.restore(cluster.dsn(SUPERUSER), dump)
        name_in_environment(cluster)
        migrate(copy=False)
        with psycopg.connect(**cluster.dsn(OWNER), autocommit=True) as connection:  # type: ignore[arg-type]
            connection.execute("analyze")
            slugs = [slug for (slug,) in connection.execute("select slug from workspace order by slug")]
    if slugs != facts["workspaces"]:
        raise Trouble(
            "not_the_same",
            _("The restored workspaces are not those of the backup: {found}").format(found=slugs),
        )


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(".") if part.isdigit())
