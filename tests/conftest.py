"""One PostgreSQL per test run (fsync off), migrated as the owner; tests speak to it as the application role."""

import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from konveyer.adapters.postgres.cluster import Cluster

_home = tempfile.TemporaryDirectory(prefix="konveyer-tests-", ignore_cleanup_errors=True)
_cluster: Cluster | None = None


def pytest_configure(config: pytest.Config) -> None:
    """Start the server once, in the controlling process; xdist workers find it through the environment."""
    global _cluster
    os.environ.setdefault("KONVEYER_HOME", _home.name)
    os.environ.setdefault("KONVEYER_SECRET", "a key for tests only")
    if "KONVEYER_DB_HOST" not in os.environ and not os.environ.get("DATABASE_URL"):
        _cluster = Cluster(Path(_home.name) / "data", durable=False)
        _cluster.initialise()
        _cluster.start()
        reach = _cluster.dsn("konveyer_app")
        os.environ["KONVEYER_DB_HOST"] = str(reach["host"])
        os.environ["KONVEYER_DB_PORT"] = str(reach["port"])
        # pytest-django has read the settings already; workers of xdist read them from the environment.
        from django.db import connection

        connection.settings_dict.update(HOST=str(reach["host"]), PORT=str(reach["port"]))


@pytest.fixture(autouse=True, scope="session")
def _cheap_passwords() -> None:
    """Hashing is meant to be slow; tests sign in often."""
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server that this process started."""
    if _cluster is not None:
        _cluster.stop()
    _home.cleanup()


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """Make the test database as the owner, who alone may."""
    from django.db import connection

    connection.settings_dict["USER"] = "konveyer_owner"
    suffix = os.environ.get("PYTEST_XDIST_WORKER", "main")
    connection.settings_dict.setdefault("TEST", {})["NAME"] = f"test_konveyer_{suffix}"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> Iterator[None]:
    """After the migrations, tests go on as the application role, under row-level security."""
    from django.db import connection

    connection.close()
    connection.settings_dict["USER"] = "konveyer_app"
    yield
    connection.close()
    connection.settings_dict["USER"] = "konveyer_owner"


@pytest.fixture
def world(db: None) -> Iterator[object]:
    """The cast of tests.world; the test runs inside its workspace."""
    from konveyer import wiring
    from konveyer.kit import tenancy
    from tests.again import again
    from tests.world import build_world

    wiring.plug()
    built = again("world", build_world)
    with tenancy.enter(built.workspace.pk):
        yield built


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A copy of the test database in which transactions really commit; for tests of what happens at once."""
    import psycopg
    from django.db import connection
    from psycopg import sql

    from konveyer import wiring

    wiring.plug()
    connection.close()
    whole = connection.settings_dict["NAME"]
    copy = f"{whole}_copy"
    address = {
        "host": connection.settings_dict["HOST"],
        "port": connection.settings_dict["PORT"],
        "user": "konveyer_owner",
        "dbname": "postgres",
    }
    drop = sql.SQL("drop database if exists {}").format(sql.Identifier(copy))
    make = sql.SQL("create database {} template {}").format(sql.Identifier(copy), sql.Identifier(whole))
    with psycopg.connect(**address, autocommit=True) as owner:
        owner.execute(drop)
        owner.execute(make)
        with django_db_blocker.unblock():
            connection.settings_dict["NAME"] = copy
            try:
                yield
            finally:
                connection.close()
                connection.settings_dict["NAME"] = whole
        for _try in range(50):  # backends of the test's threads take a moment to leave
            try:
                owner.execute(drop)
                break
            except psycopg.errors.ObjectInUse:
                time.sleep(0.1)


@pytest.fixture
def as_owner(db: None) -> Iterator[None]:
    """A transaction of the owner of the tables, on a connection of its own, taken back at the end."""
    from django.db import connections, transaction

    from konveyer import wiring

    wiring.plug()
    usual = connections["default"]
    owner = connections.create_connection("default")
    owner.settings_dict = usual.settings_dict | {"USER": "konveyer_owner"}
    connections["default"] = owner
    try:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
    finally:
        owner.close()
        connections["default"] = usual


# Machines differ in speed; what is asserted is never a time.
settings.register_profile("steady", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")
