"""The surroundings in which Django is loaded: the home, and a database that answers.

Commands open `database()` before Django's settings are read; its connection stands in KONVEYER_DB_*, which
`konveyer.config.database` reads. With DATABASE_URL and KONVEYER_APP_URL nothing embedded is started.
"""

import contextlib
import os
from collections.abc import Iterator
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from konveyer.adapters.postgres import Cluster, Trouble, serving
from konveyer.adapters.postgres.roles import APP, OWNER, unsafe_app_role
from konveyer.kit.words import gettext as _
from konveyer.running.home import Home, prepare


def outside() -> bool:
    """Whether the database is an outside server. Raises Trouble when it is named by half."""
    owner, app = os.environ.get("DATABASE_URL"), os.environ.get("KONVEYER_APP_URL")
    if bool(owner) != bool(app):
        raise Trouble(
            "half_named",
            _(
                "An outside database needs both addresses: DATABASE_URL for the owner of the tables and KONVEYER_APP_URL "
                "for the application role; {missing} is not set."
            ).format(missing="KONVEYER_APP_URL" if owner else "DATABASE_URL"),
        )
    return bool(owner)


@contextlib.contextmanager
def database(home: Home | None = None, *, tied: bool = False) -> Iterator[Cluster | None]:
    """A database that answers, named in the environment; None for an outside server. Raises Trouble.

    An embedded one is joined if it runs, else started and stopped at the end by the last who used it.
    """
    home = home or prepare()
    if outside():
        yield None
        return
    refuse_unfinished(home)
    with serving(home.path, tied=tied, durable=durable()) as cluster:
        name_in_environment(cluster)
        yield cluster


def durable() -> bool:
    """Whether a power cut must lose nothing: always, but for throw-away homes with KONVEYER_FSYNC=off (tests)."""
    return os.environ.get("KONVEYER_FSYNC") != "off"


def name_in_environment(cluster: Cluster) -> None:
    """Set KONVEYER_DB_* for the application role."""
    found = cluster.dsn(APP)
    os.environ.update(
        KONVEYER_DB_HOST=str(found["host"]),
        KONVEYER_DB_PORT=str(found["port"]),
        KONVEYER_DB_NAME=str(found["dbname"]),
        KONVEYER_DB_USER=str(found["user"]),
    )


def refuse_unfinished(home: Home) -> None:
    """A home into which a restore was broken off must not be used. Raises Trouble."""
    if home.unfinished.exists():
        raise Trouble(
            "unfinished_restore",
            _(
                "A restore into {folder} was broken off, so its data are not whole. Run `konveyer restore FILE --replace` again."
            ).format(folder=home.path),
        )


def app_connection() -> dict[str, Any]:
    """Keyword arguments of `psycopg.connect` for the application role, from the environment."""
    if url := os.environ.get("KONVEYER_APP_URL"):
        return conninfo_to_dict(url)
    return {
        "host": os.environ["KONVEYER_DB_HOST"],
        "port": int(os.environ.get("KONVEYER_DB_PORT", "5432")),
        "dbname": os.environ.get("KONVEYER_DB_NAME", "konveyer"),
        "user": os.environ.get("KONVEYER_DB_USER", APP),
    }


def refuse_unsafe_role() -> None:
    """Do not serve as a role that row-level security does not hold. Raises Trouble."""
    with psycopg.connect(**app_connection(), autocommit=True) as connection:
        if name := unsafe_app_role(connection):
            raise Trouble("unsafe_role", unsafe(name))


def unsafe(name: str) -> str:
    """Why nobody is served as this role."""
    return _(
        "The application signs in to the database as {name}, who may see every workspace (superuser, BYPASSRLS or owner of "
        "tables). Konveyer does not serve like that: let KONVEYER_APP_URL name a role without these rights."
    ).format(name=name)


def owner_connection() -> dict[str, Any]:
    """The same for the owner of the tables."""
    if url := os.environ.get("DATABASE_URL"):
        return conninfo_to_dict(url)
    return app_connection() | {"user": OWNER}
