"""Lending the embedded server to a command.

Two locks in `run/` decide: `server.lock` is held while somebody looks, starts or stops; `users.lock` is shared by all
who use the server. The last one to leave stops it. A server left by a killed command is adopted by the next one.
"""

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator
from pathlib import Path

from konveyer.adapters.postgres import readiness
from konveyer.adapters.postgres.cluster import Cluster, to_stderr
from konveyer.kit.words import gettext as _

GUESTS_MAY_TAKE = 20.0


@contextlib.contextmanager
def serving(
    home: Path, *, tied: bool = False, durable: bool = True, say: readiness.Say = to_stderr
) -> Iterator[Cluster]:
    """The running cluster of this KONVEYER_HOME: joined, adopted, or made and started.

    With `tied` a server started here ends with this process, however that ends: so `up` wants it. At its end `up`
    lets other commands finish for a short while and then stops the server. Raises Trouble.
    """
    run = home / "run"
    run.mkdir(mode=0o700, parents=True, exist_ok=True)
    cluster = Cluster(home / "data", durable=durable, say=say)
    with contextlib.ExitStack() as stack:
        door = stack.enter_context(_opened(run / "server.lock"))
        users = stack.enter_context(_opened(run / "users.lock"))
        with _held(door):
            cluster.initialise()
            cluster.start(tied=tied)
            fcntl.flock(users, fcntl.LOCK_SH)
        try:
            yield cluster
        finally:
            with _held(door):
                if tied:
                    _let_guests_finish(users, say)
                if tied or _last(users):
                    cluster.stop()


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[int]:
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield handle
    finally:
        os.close(handle)


@contextlib.contextmanager
def _held(handle: int) -> Iterator[None]:
    fcntl.flock(handle, fcntl.LOCK_EX)
    try:
        yield
    finally:
        fcntl.flock(handle, fcntl.LOCK_UN)


def _let_guests_finish(users: int, say: readiness.Say) -> None:
    until = time.monotonic() + GUESTS_MAY_TAKE
    told = False
    while not _last(users) and time.monotonic() < until:
        if not told:
            say(
                _("Another command still uses the database; waiting up to {seconds} s for it.").format(
                    seconds=round(GUESTS_MAY_TAKE)
                )
            )
            told = True
        time.sleep(0.1)


def _last(users: int) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
