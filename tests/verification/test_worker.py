"""The worker against the real queue: jobs in the same transaction, in their workspace, taken up again after a kill."""

import json
import time
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction

from konveyer import jobs
from konveyer.adapters.postgres import Cluster
from konveyer.jobs import stalled
from konveyer.kit.enqueue import enqueue
from konveyer.kit.live import CHANNEL, announce
from konveyer.kit.sweep import reading_across
from tests.house import House
from tests.world import World

pytestmark = pytest.mark.timeout(400)  # a whole program is started, on a machine that may be busy


def waiting() -> list[tuple[str, dict[str, str], str]]:
    with connection.cursor() as cursor:
        cursor.execute("select task_name, args, status::text from procrastinate_jobs order by id")
        return [(name, json.loads(arguments), status) for name, arguments, status in cursor.fetchall()]


def test_a_job_goes_with_its_transaction(world: World) -> None:
    with transaction.atomic():
        enqueue("later", workspace_id=world.workspace.pk, lead_id=5)
        assert len(waiting()) == 1
        transaction.set_rollback(True)
    assert waiting() == []
    enqueue("later", workspace_id=world.workspace.pk, lead_id=5, who=world.owner.pk)
    assert waiting() == [
        ("later", {"workspace_id": str(world.workspace.pk), "lead_id": 5, "who": str(world.owner.pk)}, "todo")
    ]


@pytest.mark.shows("I2.up")
def test_jobs_of_a_silent_worker_are_put_back_and_others_left(world: World) -> None:
    with connection.cursor() as cursor:
        for name, seconds in (("silent", 31), ("living", 5)):
            cursor.execute(
                "insert into procrastinate_workers (last_heartbeat) values (now() - make_interval(secs => %s)) "
                "returning id",
                [seconds],
            )
            (worker,) = cursor.fetchone()
            enqueue(name, workspace_id=world.workspace.pk)
            cursor.execute(
                "update procrastinate_jobs set status = 'doing', worker_id = %s where task_name = %s",
                [worker, name],
            )
        enqueue("orphan", workspace_id=world.workspace.pk)
        cursor.execute("update procrastinate_jobs set status = 'doing' where task_name = 'orphan'")
    assert stalled.requeue() == 2
    assert {name: status for name, _arguments, status in waiting()} == {
        "silent": "todo",
        "living": "doing",
        "orphan": "todo",
    }
    assert stalled.requeue() == 0


def test_every_job_has_one_name() -> None:
    from procrastinate.contrib.django import app

    jobs.register()
    names = [task.name for task in app.tasks.values() if task.func.__module__.startswith("konveyer")]
    assert "stalled.requeue" in names
    assert len(names) == len(set(names))


@pytest.fixture
def real(house: House, monkeypatch: pytest.MonkeyPatch, django_db_blocker: Any) -> Iterator[Cluster]:
    """Django's connection put on a house's own database, where transactions are really committed."""
    cluster = Cluster(house.home / "data")
    cluster.start()
    reach = cluster.dsn("konveyer_app")
    with django_db_blocker.unblock():
        connection.close()
        for name, value in (("HOST", reach["host"]), ("PORT", reach["port"]), ("NAME", reach["dbname"])):
            monkeypatch.setitem(connection.settings_dict, name, str(value))
        monkeypatch.setitem(connection.settings_dict, "USER", "konveyer_app")
        yield cluster
        connection.close()
    cluster.stop()


def test_an_announcement_travels_with_its_commit_only(real: Cluster) -> None:
    with psycopg.connect(**real.dsn("konveyer_app"), autocommit=True) as listener:  # type: ignore[arg-type]
        listener.execute(f"listen {CHANNEL}")
        with transaction.atomic():
            announce("w", "lead", 1)
            transaction.set_rollback(True)
        with transaction.atomic():
            announce("w", "lead", 7, member_id="m")
        heard = [json.loads(notice.payload) for notice in listener.notifies(timeout=1, stop_after=2)]
    assert heard == [{"workspace": "w", "member": "m", "topic": "lead", "id": "7"}]


def test_sweep_sees_every_workspace_and_writes_in_none(real: Cluster) -> None:
    with psycopg.connect(**real.dsn("konveyer_owner"), autocommit=True) as owner:  # type: ignore[arg-type]
        owner.execute(
            "insert into workspace select gen_random_uuid(), 'second', name, language, currency, timezone, team_size, talk_seconds from workspace"
        )
        owner.execute(
            "insert into member (workspace_id, name, name_key, timezone, active) select id, 'B', 'b', '', true from workspace where slug = 'second'"
        )
    with reading_across() as found:
        assert found.execute("select count(distinct workspace_id) from member").fetchone() == (2,)
        with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
            found.execute("update member set name = 'x'")


@pytest.mark.shows("I2.up")
def test_a_killed_workers_job_is_done_by_the_next(house: House) -> None:
    """The job is marked as taken by a worker that was killed; the clock of the living worker puts it back."""
    house.start()
    with psycopg.connect(**Cluster(house.home / "data").dsn("konveyer_owner"), autocommit=True) as owner:  # type: ignore[arg-type]
        owner.execute("insert into procrastinate_workers (last_heartbeat) values (now() - interval '1 hour')")
        owner.execute(
            "insert into procrastinate_jobs (queue_name, task_name, status, args, worker_id) "
            "select 'default', 'stalled.requeue', 'doing', jsonb_build_object('timestamp', 0), max(id) from procrastinate_workers "
            "where last_heartbeat < now() - interval '1 minute'"
        )
        until(
            lambda: (
                owner.execute("select 1 from procrastinate_jobs where status = 'doing'").fetchone() is None
            )
        )
        assert owner.execute(
            "select count(*) from procrastinate_jobs where status = 'failed'"
        ).fetchone() == (0,)


def until(holds: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.1)
