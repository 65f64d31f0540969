"""Bringing a used home up to this version: the database server first, then a copy, then the tables."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from konveyer.adapters.postgres import Cluster, Trouble
from konveyer.adapters.postgres.binaries import MAJOR
from konveyer.kit.words import gettext as _
from konveyer.running.backup import backup
from konveyer.running.environment import database, durable, outside
from konveyer.running.home import Home, prepare
from konveyer.running.supervisor import only_one, who_is_up

KEPT = 3

Say = Callable[[str], None]


def upgrade(*, at: datetime, copy: bool = True, say: Say) -> dict[str, Any]:
    """Everything that this version wants, with Konveyer stopped. Returns what was done. Raises Trouble."""
    home = prepare()
    done: dict[str, Any] = {"postgres": None, "backup": None, "migrations": 0}
    with only_one(home):
        if not outside() and (found := Cluster(home.data).major()) is not None and found < MAJOR:
            done["postgres"] = {"from": found, "to": MAJOR, "kept": str(_major(home, say))}
        with database(home):
            import django

            django.setup()
            done |= bring_up_to_date(home, at=at, copy=copy, say=say)
    return done


def bring_up_to_date(home: Home, *, at: datetime, copy: bool = True, say: Say) -> dict[str, Any]:
    """Apply pending migrations; a base in use is copied first. Wants Django set up and a database that answers."""
    from konveyer.config import migrate

    missing = migrate.missing()
    if not missing:
        return {"backup": None, "migrations": 0}
    saved = None
    if copy and migrate.in_use():
        saved = _save(home, at, say)
    return {"backup": str(saved) if saved else None, "migrations": migrate.apply(say)}


def before_a_command(say: Say) -> None:
    """What a short command does about pending migrations. Wants Django set up and a database that answers.

    It brings them in, but never changes the tables under a running `up` of another version. Raises Trouble.
    """
    from konveyer.config import migrate
    from konveyer.kit.clock import now

    if not migrate.missing():
        return
    home = prepare()
    if who_is_up(home) is not None:
        raise Trouble(
            "older_up",
            _(
                "Konveyer runs with older tables than this version wants. Restart `konveyer up`: it brings them up to date."
            ),
        )
    bring_up_to_date(home, at=now(), say=say)


def _save(home: Home, at: datetime, say: Say) -> Path:
    home.backups.mkdir(mode=0o700, exist_ok=True)
    target = home.backups / f"before-upgrade-{at:%Y%m%d-%H%M%S}.tar"
    say(_("copying everything to {file} first").format(file=target))
    backup(home, target, at=at)
    for old in sorted(home.backups.glob("before-upgrade-*.tar"))[:-KEPT]:
        old.unlink()
    return target


def _major(home: Home, say: Say) -> Path:
    from konveyer.adapters.postgres import majors

    Cluster(home.data).stop()
    kept = majors.upgrade(home.data, say, durable=durable())
    say(_("the old database is kept in {folder}; delete it when all is well").format(folder=kept))
    return kept
