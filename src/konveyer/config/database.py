"""Where the database is, read from the environment; and acting as another of its roles.

Either `DATABASE_URL` (owner) with `KONVEYER_APP_URL` (application role) name an outside server, or
`KONVEYER_DB_HOST`, `_PORT`, `_NAME`, `_USER`, `_PASSWORD` name the embedded one (the commands set them).
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

OWNER, APP, SWEEP = "konveyer_owner", "konveyer_app", "konveyer_sweep"


def from_url(url: str) -> dict[str, Any]:
    """Connection settings of a postgresql:// address."""
    parts = urlsplit(url)
    return {
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or 5432),
        "OPTIONS": dict(parse_qsl(parts.query)),
    }


def connection_settings(environment: Mapping[str, str]) -> dict[str, Any]:
    """DATABASES['default'] for the application role."""
    common: dict[str, Any] = {
        "ENGINE": "konveyer.kit.postgres",
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
        "DISABLE_SERVER_SIDE_CURSORS": True,
    }
    if environment.get("KONVEYER_APP_URL"):
        return common | from_url(environment["KONVEYER_APP_URL"])
    return common | {
        "NAME": environment.get("KONVEYER_DB_NAME", "konveyer"),
        "USER": environment.get("KONVEYER_DB_USER", APP),
        "PASSWORD": environment.get("KONVEYER_DB_PASSWORD", ""),
        "HOST": environment.get("KONVEYER_DB_HOST", ""),
        "PORT": environment.get("KONVEYER_DB_PORT", "5432"),
    }


@contextmanager
def acting_as(role: str) -> Iterator[None]:
    """Run the block connected as another role: the owner for migrations, sweep for reading across workspaces."""
    import os

    from django.db import connection

    before = dict(connection.settings_dict)
    connection.close()
    outside = {OWNER: "DATABASE_URL", SWEEP: "KONVEYER_SWEEP_URL"}.get(role)
    if outside and os.environ.get(outside):
        connection.settings_dict.update(from_url(os.environ[outside]))
    else:
        connection.settings_dict["USER"] = role
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.clear()
        connection.settings_dict.update(before)
