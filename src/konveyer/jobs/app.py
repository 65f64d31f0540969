"""How a job is written: `@job(name)` for one piece of work in one workspace, `@clock(name, cron)` for the hands of a clock."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Any, LiteralString
from uuid import UUID

from django.db import close_old_connections
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from konveyer.kit import clock as wall
from konveyer.kit import tenancy
from konveyer.kit.enqueue import enqueue
from konveyer.kit.sweep import reading_across

Work = Callable[..., None]

REPEAT = RetryStrategy(max_attempts=8, exponential_wait=4)  # 4 s … 18 h: an outage of a day is outlived


def job(name: str) -> Callable[[Work], Work]:
    """Register work(workspace_id, now, **ids) under a name; `konveyer.kit.enqueue` asks for it by that name.

    It runs in one transaction inside its workspace. An exception rolls it back and it is tried again later.
    """

    def decorate(work: Work) -> Work:
        @app.task(name=name, retry=REPEAT)
        @wraps(work)
        def run(*, workspace_id: str, **ids: Any) -> None:
            close_old_connections()
            with tenancy.enter(workspace_id):
                work(workspace_id=UUID(workspace_id), now=wall.now(), **ids)

        return work

    return decorate


def alone(name: str) -> Callable[[Work], Work]:
    """Like `job`, but outside a transaction: for work that waits for the network and opens short ones by itself."""

    def decorate(work: Work) -> Work:
        @app.task(name=name, retry=REPEAT)
        @wraps(work)
        def run(*, workspace_id: str, **ids: Any) -> None:
            close_old_connections()
            work(workspace_id=UUID(workspace_id), now=wall.now(), **ids)

        return work

    return decorate


def clock(name: str, cron: str) -> Callable[[Callable[[datetime], None]], Callable[[datetime], None]]:
    """Register work(now) to run whenever the cron line says so (six fields: seconds last), outside a workspace.

    `now` is the moment for which it was due. It only asks where something is due: see `each`.
    """

    def decorate(work: Callable[[datetime], None]) -> Callable[[datetime], None]:
        @app.periodic(cron=cron)
        @app.task(name=name, queueing_lock=name)
        @wraps(work)
        def run(timestamp: int) -> None:
            close_old_connections()
            work(datetime.fromtimestamp(timestamp, UTC))

        return work

    return decorate


def each(name: str, question: LiteralString, *values: object, also: tuple[str, ...] = ()) -> None:
    """Enqueue the job of this name in every workspace that the question finds; it is asked across all of them.

    Further columns of the question go to the job as ids under the names of `also`.
    """
    with reading_across() as everywhere:
        found = everywhere.execute(question, values).fetchall()
    for workspace_id, *ids in found:
        with tenancy.enter(workspace_id):
            enqueue(name, workspace_id=workspace_id, **dict(zip(also, ids, strict=True)))
