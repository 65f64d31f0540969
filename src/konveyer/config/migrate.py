"""Bringing the database to the state the program needs; run as the owner, by one host at a time."""

import time
from collections.abc import Callable

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from konveyer.config.database import OWNER, acting_as

LOCK = 7_316_042_118


def pending() -> list[str]:
    """Names of the migrations that are not applied yet, in order."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def apply(say: Callable[[str], None] = lambda _line: None) -> int:
    """Apply what is pending, as the owner; returns how many migrations that were."""
    with acting_as(OWNER):
        if not pending():
            return 0
        _alone()
        names = pending()  # another host may have done it while we waited
        if names:
            say(f"database: applying {len(names)} migrations")
            call_command("migrate", verbosity=0, interactive=False)
    return len(names)


def missing() -> list[str]:
    """What is pending, asked as the owner."""
    with acting_as(OWNER):
        return pending()


def in_use() -> bool:
    """Whether there is a workspace already, so that something could be lost."""
    with acting_as(OWNER), connection.cursor() as cursor:
        cursor.execute("select to_regclass('workspace') is not null")
        if cursor.fetchone() != (True,):
            return False
        cursor.execute("select exists (select 1 from workspace)")
        return bool(cursor.fetchone() == (True,))


def _alone() -> None:
    """Wait until no other process migrates. The lock ends with the connection."""
    with connection.cursor() as cursor:
        while True:
            cursor.execute("select pg_try_advisory_lock(%s)", [LOCK])
            if cursor.fetchone() == (True,):
                return
            time.sleep(0.2)
