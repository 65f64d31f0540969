"""/healthz tells a monitor whether the server is well, and why not."""

import pkgutil
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from konveyer.kit import health


def heartbeat(seconds_ago: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into procrastinate_workers (last_heartbeat) values (now() - make_interval(secs => %s))",
            [seconds_ago],
        )


@pytest.mark.shows("I2.doctor")
def test_well_with_a_living_worker(db: None, client: Client) -> None:
    heartbeat(5)
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert {check["name"]: check["state"] for check in answer.json()["checks"]} == {
        "database": "ok",
        "migrations": "ok",
        "worker": "ok",
        "disk": "ok",
        "sending": "ok",
    }
    assert answer.json()["status"] == "ok"


@pytest.mark.shows("I2.doctor", "S33")
def test_a_silent_worker_is_named(db: None, client: Client) -> None:
    heartbeat(61)
    answer = client.get("/healthz", headers={"accept-language": "en"})
    assert answer.status_code == 503
    worker = next(check for check in answer.json()["checks"] if check["name"] == "worker")
    assert worker == {
        "name": "worker",
        "state": "failing",
        "reason": "The worker has been silent for 61 s: jobs wait. Restart konveyer up.",
    }


def test_no_worker_at_all(db: None, client: Client) -> None:
    assert client.get("/healthz").status_code == 503


def test_a_missing_migration_is_named(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_packaged", health._packaged.__wrapped__)  # looks anew each time
    assert health.pending() == []
    later = pkgutil.ModuleInfo(None, "9999_later", False)  # type: ignore[arg-type]
    monkeypatch.setattr(pkgutil, "iter_modules", lambda paths: [later] if "workspace" in paths[0] else [])
    assert health.pending() == ["workspace.9999_later"]
    assert health.migrations().state == "failing"
    assert "workspace.9999_later" in health.migrations().reason


def test_frozen_sending_is_a_warning_and_not_a_failure(
    db: None, client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heartbeat(1)
    monkeypatch.setenv("KONVEYER_HOME", str(tmp_path))
    (tmp_path / "sending-frozen").touch()
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json()["status"] == "warning"


def test_only_reading_is_allowed(client: Client) -> None:
    assert client.post("/healthz").status_code == 405


@pytest.mark.parametrize(
    ("states", "whole"),
    [
        (["ok", "ok"], "ok"),
        (["ok", "warning"], "warning"),
        (["warning", "failing", "ok"], "failing"),
        ([], "ok"),
    ],
)
def test_the_whole_is_as_bad_as_its_worst_part(states: list[str], whole: str) -> None:
    assert health.worst([health.Check("x", state) for state in states]) == whole
