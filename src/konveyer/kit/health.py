"""Whether the parts that everything stands on are well: asked by /healthz and by `konveyer doctor`.

A check never raises. It is well, or it names in one sentence what is wrong and what to do.
"""

import os
import pkgutil
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path

from django.apps import apps
from django.db import DatabaseError, InterfaceError, connection
from django.utils import translation

from konveyer.kit import words

MEGABYTE = 1024 * 1024
TIGHT, FULL = 1024 * MEGABYTE, 128 * MEGABYTE
SILENT_AFTER = timedelta(seconds=60)  # a living worker reports every 10 s


@dataclass(frozen=True)
class Check:
    """The answer to one question. `state`: ok, warning (works, but see to it) or failing."""

    name: str
    state: str
    reason: str = ""


def _(message: str) -> str:
    """In the reader's language; before Django is set up in that of the terminal."""
    return translation.gettext(message) if apps.ready else words.gettext(message)


def ok(name: str) -> Check:
    """All well."""
    return Check(name, "ok")


def database() -> Check:
    """Whether the database answers."""
    try:
        _one("select 1")
    except (DatabaseError, InterfaceError) as problem:
        return Check(
            "database",
            "failing",
            _("The database does not answer: {problem}").format(problem=_first_line(problem)),
        )
    return ok("database")


def migrations() -> Check:
    """Whether the tables are those of this version."""
    try:
        missing = pending()
    except (DatabaseError, InterfaceError) as problem:
        return Check(
            "migrations",
            "failing",
            _("Unknown while the database is away: {problem}").format(problem=_first_line(problem)),
        )
    if missing is None:
        return Check("migrations", "warning", _("Nothing is set up yet. Begin with: konveyer init"))
    if not missing:
        return ok("migrations")
    text = translation.ngettext(
        "{count} step is missing in the tables ({first}). Run: konveyer upgrade",
        "{count} steps are missing in the tables ({first} …). Run: konveyer upgrade",
        len(missing),
    )
    return Check("migrations", "failing", text.format(count=len(missing), first=missing[0]))


def pending() -> list[str] | None:
    """Migrations that this version has and the database lacks, by name, without loading them; None: no tables at all."""
    with connection.cursor() as cursor:
        cursor.execute("select to_regclass('django_migrations') is not null")
        if cursor.fetchone() != (True,):
            return None
        cursor.execute("select app, name from django_migrations")
        applied = set(cursor.fetchall())
    return [".".join(pair) for pair in sorted(_packaged() - applied)]


@cache
def _packaged() -> frozenset[tuple[str, str]]:
    """The migrations of this version; a running program is of one version, so the folders are looked through once."""
    return frozenset(
        (config.label, module.name)
        for config in apps.get_app_configs()
        for module in pkgutil.iter_modules([str(Path(config.path) / "migrations")])
        if module.name[0].isdigit()
    )


def worker() -> Check:
    """Whether a worker has reported lately."""
    try:
        seconds = _one(
            "select extract(epoch from now() - max(last_heartbeat))::int from procrastinate_workers"
        )
    except (DatabaseError, InterfaceError) as problem:
        return Check(
            "worker",
            "failing",
            _("Unknown while the database is away: {problem}").format(problem=_first_line(problem)),
        )
    if seconds is None:
        return Check("worker", "failing", _("No worker runs: jobs wait. It comes with: konveyer up"))
    if timedelta(seconds=int(str(seconds))) > SILENT_AFTER:
        text = _("The worker has been silent for {seconds} s: jobs wait. Restart konveyer up.")
        return Check("worker", "failing", text.format(seconds=seconds))
    return ok("worker")


def disk(home: Path) -> Check:
    """Whether there is room for more."""
    free = shutil.disk_usage(home).free
    if free < FULL:
        text = _("The disk is full: {free} MB free for {home}. Nothing new can be saved; free some room.")
        return Check("disk", "failing", text.format(free=free // MEGABYTE, home=home))
    if free < TIGHT:
        text = _("Little room: {free} MB free for {home}.")
        return Check("disk", "warning", text.format(free=free // MEGABYTE, home=home))
    return ok("disk")


def sending(home: Path) -> Check:
    """Whether sending is frozen, as in a restored copy."""
    if (home / "sending-frozen").exists():
        return Check(
            "sending",
            "warning",
            _(
                "Sending is frozen: this is a restored copy. If the original is gone for good, run: konveyer thaw"
            ),
        )
    return ok("sending")


def everything() -> list[Check]:
    """The checks of a running server, in the order in which one would look."""
    home = Path(os.environ["KONVEYER_HOME"])
    questions: list[Callable[[], Check]] = [
        database,
        migrations,
        worker,
        lambda: disk(home),
        lambda: sending(home),
    ]
    return [ask() for ask in questions]


def worst(checks: list[Check]) -> str:
    """The state of the whole."""
    states = {check.state for check in checks}
    return next((state for state in ("failing", "warning") if state in states), "ok")


def _one(sql: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        row = cursor.fetchone()
    return row[0] if row else None


def _first_line(problem: Exception) -> str:
    return next(iter(str(problem).strip().splitlines()), type(problem).__name__)
