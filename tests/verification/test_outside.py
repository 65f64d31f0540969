"""An outside server, reached over TCP with passwords, made ready with what `konveyer doctor --roles` prints."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from konveyer.adapters.postgres.account import account_for
from konveyer.adapters.postgres.binaries import programs
from konveyer.running.ports import choose
from tests.house import PASSWORD, House

pytestmark = pytest.mark.timeout(400)  # a whole program is started, on a machine that may be busy

SECRET = "p@ss/word"
QUOTED = "p%40ss%2Fword"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str | int]]:
    """A PostgreSQL that is not ours: TCP, scram, an administrator with a password."""
    data = tmp_path_factory.mktemp("theirs")
    account = account_for(data)
    account.own(data)
    folder, port = programs(account), choose("127.0.0.1", 0)
    spawn = {"cwd": data, "env": {"LC_ALL": "C", "PATH": os.defpath}, **account.spawn()}
    here = "/proc/self/cwd"
    options = ["-U", "admin", "-A", "trust", "--no-sync", "--no-locale", "-E", "UTF8"]
    subprocess.run([str(folder / "initdb"), "-D", here, *options], check=True, capture_output=True, **spawn)
    settings = ["-c", f"port={port}", "-c", "unix_socket_directories=", "-c", "fsync=off"]
    running = subprocess.Popen(
        [str(folder / "postgres"), "-D", here, *settings], stderr=subprocess.DEVNULL, **spawn
    )
    reach: dict[str, str | int] = {"host": "127.0.0.1", "port": port, "user": "admin", "password": SECRET}
    for _attempt in range(500):
        try:
            with psycopg.connect(**reach, dbname="postgres", autocommit=True) as admin:  # type: ignore[arg-type]
                admin.execute(f"alter role admin password '{SECRET}'")
                (data / "pg_hba.conf").write_text("host all all 127.0.0.1/32 scram-sha-256\n")
                admin.execute("select pg_reload_conf()")
            break
        except psycopg.OperationalError:
            assert running.poll() is None
            time.sleep(0.02)
    yield reach
    running.send_signal(signal.SIGINT)
    running.wait()


@pytest.fixture(scope="module")
def founded(server: dict[str, str | int], tmp_path_factory: pytest.TempPathFactory) -> House:
    """A home whose database is there, with a workspace."""
    house = House(tmp_path_factory.mktemp("outside") / "home")
    statements = json.loads(house.run("doctor", "--roles", "--json").stdout)["sql"]
    with psycopg.connect(**server, dbname="postgres", autocommit=True) as admin:  # type: ignore[arg-type]
        for statement in statements:
            admin.execute(statement)
        for role in ("konveyer_owner", "konveyer_app", "konveyer_sweep"):
            admin.execute(f"alter role {role} password '{SECRET}'")
        admin.execute(
            "create database konveyer owner konveyer_owner template template0 encoding 'UTF8' "
            "locale_provider builtin builtin_locale 'PG_UNICODE_FAST' locale 'C'"
        )
    for name, role in (
        ("DATABASE_URL", "konveyer_owner"),
        ("KONVEYER_APP_URL", "konveyer_app"),
        ("KONVEYER_SWEEP_URL", "konveyer_sweep"),
    ):
        house.environment[name] = f"postgresql://{role}:{QUOTED}@127.0.0.1:{server['port']}/konveyer"
    house.found()
    return house


@pytest.fixture
def outside(founded: House) -> Iterator[House]:
    """The same, started."""
    founded.url = ""
    founded.start()
    yield founded
    if founded.up is not None and founded.up.poll() is None:
        founded.stop()


@pytest.mark.shows("I2.up", "I2.backup")
def test_everything_works_on_an_outside_server(outside: House, tmp_path: Path) -> None:
    assert not (outside.home / "data").exists()
    assert "database" not in outside.family()
    copy = tmp_path / "copy.tar"
    made = outside.run("backup", str(copy), "--with-key", "--json")
    assert made.returncode == 0, made.stderr
    assert json.loads(made.stdout)["workspaces"] == ["house"]
    assert outside.stop() == 0
    refused = outside.run("restore", str(copy), "--json")
    assert json.loads(refused.stdout)["error"] == "not_empty"
    doctor = json.loads(outside.run("doctor", "--port", "0", "--json").stdout)
    states = {check["name"]: check["state"] for check in doctor["checks"]}
    assert states.pop("safety") == "failing"  # fsync is off in this test's server
    assert set(states.values()) == {"ok"}

    embedded = House(tmp_path / "embedded")  # the way from an outside server into an embedded one
    assert embedded.run("restore", str(copy)).returncode == 0
    embedded.start()
    assert embedded.stop() == 0


@pytest.mark.shows("I2.up", "F4")
def test_it_recovers_when_the_outside_server_was_away(outside: House, server: dict[str, str | int]) -> None:
    with psycopg.connect(**server, dbname="postgres", autocommit=True) as admin:  # type: ignore[arg-type]
        admin.execute("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'konveyer_app'")
    outside.until_well()
    outside.until_whole()
    assert outside.stop() == 0


def test_a_password_does_not_stand_in_the_list_of_processes(outside: House) -> None:
    lines = [" ".join(process.cmdline()) for group in outside.family().values() for process in group]
    assert lines
    assert not [line for line in lines if SECRET in line or QUOTED in line]
    assert PASSWORD not in outside.log.read_text()
