"""Bringing the database to the state the program needs; run as the owner."""

from collections.abc import Callable

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from konveyer.config.database import OWNER, acting_as

# New tables are readable and writable for the application and readable for sweep without anybody remembering.
PRIVILEGES = """
GRANT USAGE ON SCHEMA public TO konveyer_app, konveyer_sweep;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO konveyer_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT, UPDATE ON SEQUENCES TO konveyer_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO konveyer_sweep;
"""


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
            with connection.cursor() as cursor:
                cursor.execute(PRIVILEGES)
            call_command("migrate", verbosity=0, interactive=False)
    return count
