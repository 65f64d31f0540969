"""Bringing the database to the state the program needs; run as the owner."""

from collections.abc import Callable

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from konveyer.config.database import OWNER, acting_as


def pending() -> int:
    """How many migrations are not applied yet."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def apply(say: Callable[[str], None] = lambda _line: None) -> int:
    """Apply what is pending, as the owner; returns how many migrations that were."""
    with acting_as(OWNER):
        count = pending()
        if count:
            say(f"database: applying {count} migrations")
            call_command("migrate", verbosity=0, interactive=False)
    return count
