"""Waiting until a server answers: as long as it recovers, but not when it has died."""

import contextlib
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg

from konveyer.adapters.postgres.settings import SUPERUSER
from konveyer.kit.words import gettext as _

PAUSE = 0.02
REPORT_EVERY = 5.0

Say = Callable[[str], None]


def answers(socket_folder: str, port: int, *, timeout: int = 2) -> bool:
    """One try: whether a query is answered now."""
    try:
        with connection(socket_folder, port, timeout=timeout) as found:
            return found.execute("SELECT 1").fetchone() == (1,)
    except psycopg.Error:
        return False


@contextlib.contextmanager
def connection(
    socket_folder: str, port: int, *, database: str = "postgres", timeout: int = 10
) -> Iterator[psycopg.Connection]:
    """A superuser's connection in autocommit, for the setting-up of roles and for checks."""
    with psycopg.connect(
        host=socket_folder,
        port=port,
        user=SUPERUSER,
        dbname=database,
        connect_timeout=timeout,
        autocommit=True,
    ) as found:
        yield found


def wait(socket_folder: str, port: int, *, alive: Callable[[], bool], say: Say) -> bool:
    """True when the server answers, False when it has ended. No limit: a long recovery is not a failure."""
    began = time.monotonic()
    reported = began
    while alive():
        if answers(socket_folder, port):
            return True
        now = time.monotonic()
        if now - reported >= REPORT_EVERY:
            reported = now
            say(
                _("The database is still recovering after a hard stop ({seconds} s) …").format(
                    seconds=round(now - began)
                )
            )
        time.sleep(PAUSE if now - began < 2 else 0.25)
    return False


def since(log: Path, offset: int) -> str:
    """What was written into a log from this byte on, at most the last few thousand characters."""
    with log.open("rb") as source:
        source.seek(max(offset, log.stat().st_size - 4000))
        return source.read().decode(errors="replace")
