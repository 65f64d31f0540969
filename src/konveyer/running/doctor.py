"""`konveyer doctor`: what is wrong, in plain words, with the way out."""

import os
import stat
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import psycopg
from django.apps import apps
from django.db import connections
from django.utils import translation

from konveyer.adapters.postgres import Trouble
from konveyer.adapters.postgres.binaries import MAJOR
from konveyer.adapters.postgres.roles import unsafe_app_role
from konveyer.kit.health import Check, disk, migrations, ok, sending, worker
from konveyer.kit.words import gettext as _
from konveyer.kit.words import terminal_language
from konveyer.running import ports
from konveyer.running.environment import app_connection, database, unsafe
from konveyer.running.home import Home, prepare
from konveyer.running.supervisor import who_is_up

MOST_SKEW = timedelta(seconds=2)
SAFE = ("fsync", "full_page_writes", "synchronous_commit")


def examine(*, now: Callable[[], datetime], port: int = 8000, host: str = "127.0.0.1") -> Iterator[Check]:
    """One check after the other; never raises. An embedded database that is not running is started for the time."""
    try:
        home = prepare()
    except Trouble as trouble:
        yield Check("home", "failing", str(trouble))
        return
    yield ok("home")
    yield key(home.key)
    yield said(lambda: disk(home.path))
    running = who_is_up(home)
    yield from network(running is not None, host, port)
    yield from of_database(home, now, served=running is not None)
    yield said(lambda: sending(home.path))


def said(ask: Callable[[], Check]) -> Check:
    """The answer in the language of the terminal, whether Django is set up already or not."""
    if not apps.ready:
        return ask()
    with translation.override(terminal_language()):
        return ask()


def key(path: Path) -> Check:
    """Whether the secret key is there and nobody else can read it."""
    if os.environ.get("KONVEYER_SECRET"):
        return ok("key")
    if not path.exists():
        return Check(
            "key", "failing", _("The key {path} is missing: put it back from your copy.").format(path=path)
        )
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        text = _("Other accounts can read the key {path}. Close it: chmod 600 {path}")
        return Check("key", "failing", text.format(path=path))
    return ok("key")


def network(served: bool, host: str, port: int) -> Iterator[Check]:
    """Whether `konveyer up` could listen; nothing to ask while it does."""
    if served:
        yield ok("port")
        return
    try:
        ports.choose(host, port)
    except Trouble as trouble:
        yield Check("port", "failing", str(trouble))
    else:
        yield ok("port")


def of_database(home: Home, now: Callable[[], datetime], *, served: bool) -> Iterator[Check]:
    """Everything about the database: reach, version, role, locale, safety, clock, tables, worker."""
    try:
        with (
            database(home),
            psycopg.connect(**app_connection(), autocommit=True, connect_timeout=10) as connection,
        ):
            yield ok("database")
            yield version(connection)
            yield role(connection)
            yield locale(connection)
            yield safety(connection)
            yield clock(connection, now)
            yield from _through_django(served)
    except Trouble as trouble:
        yield Check("database", "failing", str(trouble))
    except psycopg.Error as problem:
        reason = (str(problem).strip().splitlines() or [""])[0]
        yield Check(
            "database", "failing", _("The database does not answer: {problem}").format(problem=reason)
        )


def version(connection: psycopg.Connection) -> Check:
    """Whether the server is new enough."""
    number = connection.info.server_version
    if number < MAJOR * 10000:
        text = _("The database is PostgreSQL {found}; Konveyer needs {needed} or newer.")
        return Check("version", "failing", text.format(found=number // 10000, needed=MAJOR))
    return ok("version")


def role(connection: psycopg.Connection) -> Check:
    """Whether the application's role is held by row-level security."""
    if name := unsafe_app_role(connection):
        return Check("role", "failing", unsafe(name))
    return ok("role")


def locale(connection: psycopg.Connection) -> Check:
    """Whether the database knows the case of Cyrillic letters; asked by trying."""
    knows = connection.execute(
        "select lower('ЁЖ') = 'ёж' and 'Ё' ilike 'ё' and 'Ж' ~* 'ж' and pg_encoding_to_char(encoding) = 'UTF8' "
        "from pg_database where datname = current_database()"
    ).fetchone()
    if knows != (True,):
        text = _(
            "The database does not know capital and small Cyrillic letters. Make it anew with: "
            "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'PG_UNICODE_FAST' ENCODING 'UTF8' TEMPLATE template0"
        )
        return Check("locale", "failing", text)
    return ok("locale")


def safety(connection: psycopg.Connection) -> Check:
    """Whether what is committed survives a power cut."""
    rows = connection.execute(
        "select name from pg_settings where name = any(%s) and setting = 'off'", [list(SAFE)]
    )
    off = sorted(name for (name,) in rows)
    if off:
        text = _(
            "Switched off in the database: {names}. A power cut would lose or spoil data; switch them on."
        )
        return Check("safety", "failing", text.format(names=", ".join(off)))
    return ok("safety")


def clock(connection: psycopg.Connection, now: Callable[[], datetime]) -> Check:
    """Whether this machine's clock agrees with the database's, and has not gone back behind the data."""
    before = now()
    row = connection.execute(
        "select clock_timestamp(), (select checkpoint_time from pg_control_checkpoint())"
    ).fetchone()
    assert row is not None  # noqa: S101 - a select without a table has one row
    theirs, written = row
    skew = max(before - theirs, theirs - now())
    if skew > MOST_SKEW:
        text = _("The clocks of this machine and of the database differ by {seconds} s. Set both by NTP.")
        return Check("clock", "failing", text.format(seconds=round(skew.total_seconds())))
    if written > before + MOST_SKEW:
        text = _(
            "The clock stands before the newest data ({written}). Set it by NTP before anything is scheduled by it."
        )
        return Check("clock", "failing", text.format(written=f"{written:%Y-%m-%d %H:%M} UTC"))
    return ok("clock")


def _through_django(served: bool) -> Iterator[Check]:
    import django

    django.setup()
    try:
        yield said(migrations)
        yield (
            said(worker)
            if served
            else Check("worker", "ok", _("Konveyer is not running; start it with: konveyer up"))
        )
    finally:
        connections["default"].close()
