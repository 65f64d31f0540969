"""`konveyer doctor` names each trouble in plain words and says what to do."""

import json
import os
import shutil
import subprocess
from collections import namedtuple
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from konveyer.adapters.postgres import Cluster, Trouble
from konveyer.kit import health
from konveyer.running import doctor, environment, ports
from tests.house import House

pytestmark = pytest.mark.timeout(400)  # a whole program is started, on a machine that may be busy

Usage = namedtuple("Usage", "total used free")
MEGABYTE = 1024 * 1024


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    made = Cluster(tmp_path_factory.mktemp("home") / "data", durable=False)
    made.initialise()
    made.start()
    yield made
    made.stop()


@pytest.fixture
def as_app(cluster: Cluster) -> Iterator[psycopg.Connection]:
    with psycopg.connect(**cluster.dsn("konveyer_app"), autocommit=True) as connection:  # type: ignore[arg-type]
        yield connection


@pytest.fixture(autouse=True)
def _in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KONVEYER_LANGUAGE", "en")


def now() -> datetime:
    return datetime.now(UTC)


@pytest.mark.shows("I2.doctor")
def test_a_sound_database(as_app: psycopg.Connection) -> None:
    assert doctor.version(as_app).state == "ok"
    assert doctor.role(as_app).state == "ok"
    assert doctor.locale(as_app).state == "ok"
    assert doctor.clock(as_app, now).state == "ok"


@pytest.mark.shows("I2.doctor", "I2.workspaces")
@pytest.mark.parametrize("name", ["postgres", "konveyer_search", "owning"])
def test_a_role_that_sees_every_workspace_is_refused(
    cluster: Cluster, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with psycopg.connect(**cluster.dsn("postgres"), autocommit=True) as superuser:  # type: ignore[arg-type]
        superuser.execute("alter role konveyer_search login")
        superuser.execute("drop owned by owning; drop role owning") if superuser.execute(
            "select 1 from pg_roles where rolname = 'owning'"
        ).fetchone() else None
        superuser.execute("create role owning login")
        superuser.execute("create table owned (n int)")
        superuser.execute("alter table owned owner to owning")
        try:
            with psycopg.connect(**cluster.dsn(name)) as connection:  # type: ignore[arg-type]
                found = doctor.role(connection)
            reach = cluster.dsn(name)
            monkeypatch.setenv("KONVEYER_APP_URL", f"postgresql://{name}@/konveyer?host={reach['host']}")
            with pytest.raises(Trouble) as refused:
                environment.refuse_unsafe_role()
        finally:
            superuser.execute("drop table owned")
            superuser.execute("drop role owning")
            superuser.execute("alter role konveyer_search nologin")
    assert found.state == "failing"
    assert f"as {name}," in found.reason
    assert "KONVEYER_APP_URL" in found.reason
    assert refused.value.code == "unsafe_role"


@pytest.mark.shows("I2.doctor")
def test_a_database_that_does_not_know_cyrillic_letters(cluster: Cluster) -> None:
    with psycopg.connect(**cluster.dsn("postgres", "postgres"), autocommit=True) as superuser:  # type: ignore[arg-type]
        superuser.execute("create database plain locale_provider libc locale 'C' template template0")
        with psycopg.connect(**cluster.dsn("postgres", "plain")) as connection:  # type: ignore[arg-type]
            found = doctor.locale(connection)
        superuser.execute("drop database plain")
    assert found.state == "failing"
    assert "PG_UNICODE_FAST" in found.reason


@pytest.mark.shows("I2.doctor")
def test_unsafe_settings_are_named(as_app: psycopg.Connection) -> None:
    found = doctor.safety(as_app)  # this cluster is a throw-away one
    assert found.state == "failing"
    assert "fsync, full_page_writes." in found.reason


@pytest.mark.shows("I2.doctor", "F10")
@pytest.mark.parametrize(
    ("shift", "words"),
    [(timedelta(seconds=90), "differ by 90 s"), (timedelta(seconds=-90), "differ by 90 s")],
)
def test_clocks_that_disagree(as_app: psycopg.Connection, shift: timedelta, words: str) -> None:
    found = doctor.clock(as_app, lambda: now() + shift)
    assert found.state == "failing"
    assert words in found.reason


@pytest.mark.shows("I2.doctor")
@pytest.mark.parametrize(
    ("free", "state", "words"),
    [
        (64, "failing", "The disk is full: 64 MB free"),
        (500, "warning", "Little room: 500 MB free"),
        (5000, "ok", ""),
    ],
)
def test_room_on_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, state: str, words: str
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: Usage(9**12, 0, free * MEGABYTE))
    monkeypatch.setattr("django.utils.translation.gettext", lambda message: message)
    found = health.disk(tmp_path)
    assert found.state == state
    assert found.reason.startswith(words)


@pytest.mark.shows("I2.doctor")
def test_the_key_is_there_and_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KONVEYER_SECRET", raising=False)
    path = tmp_path / "secret.key"
    assert "missing" in doctor.key(path).reason
    path.write_text("x")
    path.chmod(0o644)
    assert doctor.key(path).reason == f"Other accounts can read the key {path}. Close it: chmod 600 {path}"
    path.chmod(0o600)
    assert doctor.key(path).state == "ok"


@pytest.mark.shows("I2.doctor")
def test_the_whole_on_a_house(house: House) -> None:
    del house.environment["KONVEYER_FSYNC"]
    tried = house.run("doctor", "--port", "0", "--json")
    assert tried.returncode == 0, tried.stdout
    data = json.loads(tried.stdout)
    assert data["status"] == "ok"
    names = [check["name"] for check in data["checks"]]
    assert names == [
        *["home", "key", "disk", "port", "database", "version", "role", "locale", "safety", "clock"],
        *["migrations", "worker", "sending"],
    ]
    (house.home / "secret.key").chmod(0o640)
    russian = subprocess.run(
        [house.konveyer, "doctor", "--port", "0"],
        env=house.environment | {"KONVEYER_LANGUAGE": "ru"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert russian.returncode == 3
    assert "✗ key        Ключ" in russian.stdout


@pytest.mark.shows("I2.doctor")
def test_strange_homes_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "letter.txt").write_text("dear")
    tried = House(tmp_path / "home").run("doctor", "--json")
    assert tried.returncode == 3
    (check,) = json.loads(tried.stdout)["checks"]
    assert check["name"] == "home"
    assert "letter.txt" in check["reason"]
    assert [path.name for path in (tmp_path / "home").iterdir()] == ["letter.txt"]


@pytest.mark.skipif(os.getuid() != 0, reason="only root opens ports below 1024, and others' homes")
def test_a_home_of_somebody_else_is_refused(tmp_path: Path) -> None:
    home = tmp_path / "home"
    (home / "data").mkdir(parents=True)
    os.chown(home, 12345, 12345)
    tried = House(home).run("doctor", "--json")
    assert "12345" in json.loads(tried.stdout)["checks"][0]["reason"]


def test_half_an_outside_database_is_not_enough(tmp_path: Path) -> None:
    house = House(tmp_path / "home")
    house.environment["DATABASE_URL"] = "postgresql://owner@nowhere/konveyer"
    tried = house.run("up", "--port", "0", "--json")
    assert tried.returncode == 3
    assert json.loads(tried.stdout)["error"] == "half_named"
    assert "KONVEYER_APP_URL is not set" in tried.stderr


@pytest.mark.parametrize("port", [65534, 70000, 99999])
def test_impossible_ports(port: int) -> None:
    with pytest.raises(Trouble) as refused:
        ports.choose("127.0.0.1", port)
    assert refused.value.code == "cannot_listen"


def test_an_address_of_another_machine() -> None:
    with pytest.raises(Trouble) as refused:
        ports.choose("192.0.2.1", 8000)
    assert "not an address of this machine" in str(refused.value)
