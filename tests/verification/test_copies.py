"""Backup, restore and upgrade, tried on a used base; every dump is compared with the one before."""

import json
import os
import signal
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from konveyer.adapters.postgres import Cluster, Trouble, majors, serving
from konveyer.adapters.postgres.account import account_for
from konveyer.adapters.postgres.binaries import own_programs, programs
from tests.house import House

pytestmark = pytest.mark.timeout(400)  # a whole program is started, on a machine that may be busy


@pytest.fixture
def used(house: House) -> House:
    """A home with a workspace, two files and a sign-in."""
    (house.home / "files" / "ab").mkdir(parents=True)
    (house.home / "files" / "ab" / "letter").write_bytes(b"dear client")
    (house.home / "files" / "empty").write_bytes(b"")
    return house


@pytest.fixture
def other(tmp_path: Path) -> Iterator[House]:
    """An empty home beside it."""
    made = House(tmp_path / "other")
    yield made
    if made.up is not None and made.up.poll() is None:
        made.stop()
    Cluster(made.home / "data").stop()


def sql(house: House) -> list[str]:
    """The whole base as text.

    But for the line with which pg_dump guards its output, and for checks against a list, which PostgreSQL prints in
    another notation once it has read its own print.
    """
    with serving(house.home, durable=False) as cluster:
        dsn = cluster.dsn("konveyer_owner")
        command = [str(own_programs() / "pg_dump"), "-h", str(dsn["host"]), "-p", str(dsn["port"])]
        text = subprocess.run(
            [*command, "-U", "konveyer_owner", "konveyer"], capture_output=True, text=True, check=True
        )
    return [
        line
        for line in text.stdout.splitlines()
        if not line.startswith(("\\restrict", "\\unrestrict")) and "ANY (" not in line
    ]


def saved(house: House, *options: str) -> Path:
    target = house.home.parent / f"copy{len(options)}.tar"
    made = house.run("backup", str(target), "--json", *options)
    assert made.returncode == 0, made.stderr
    facts = json.loads(made.stdout)
    assert facts["workspaces"] == ["house"]
    assert facts["files"] == 2
    assert facts["bytes"] == target.stat().st_size
    return target


def refused(house: House, *arguments: str, code: str, status: int = 3) -> str:
    tried = house.run("restore", *arguments, "--json")
    assert tried.returncode == status, tried.stderr
    assert json.loads(tried.stdout)["error"] == code
    return tried.stderr


@pytest.mark.shows("I2.backup", "S34")
def test_a_copy_comes_back_the_same_and_frozen(used: House, other: House) -> None:
    before = sql(used)
    copy = saved(used)
    assert copy.stat().st_mode & 0o777 == 0o600
    restored = other.run("restore", str(copy), "--key", str(used.home / "secret.key"), "--json")
    assert restored.returncode == 0, restored.stderr
    assert json.loads(restored.stdout)["sending"] == "frozen"
    assert sql(other) == before
    assert (other.home / "files" / "ab" / "letter").read_bytes() == b"dear client"
    assert (other.home / "files" / "empty").read_bytes() == b""
    assert (other.home / "secret.key").read_bytes() == (used.home / "secret.key").read_bytes()
    assert (other.home / "secret.key").stat().st_mode & 0o777 == 0o600

    other.start()
    doctor = json.loads(other.run("doctor", "--json").stdout)
    assert {check["name"]: check["state"] for check in doctor["checks"]}["sending"] == "warning"
    assert other.stop() == 0
    del other.environment["KONVEYER_FSYNC"]
    assert json.loads(other.run("thaw", "--json").stdout) == {"thawed": True}
    assert json.loads(other.run("doctor", "--json").stdout)["status"] == "ok"


@pytest.mark.shows("I2.backup")
def test_a_copy_is_made_beside_the_running_program(used: House) -> None:
    used.start()
    copy = saved(used)
    assert used.stop() == 0
    with tarfile.open(copy) as tar:
        names = tar.getnames()
    assert names == ["manifest.json", "database.dump", "files/ab/letter", "files/empty", "SHA256SUMS"]
    assert sorted(
        path.name for path in copy.parent.iterdir() if path.name.startswith((".konveyer", "copy"))
    ) == [copy.name]


@pytest.mark.shows("I2.backup", "F27")
def test_the_key_is_asked_for_unless_it_was_put_in(used: House, other: House, tmp_path: Path) -> None:
    copy = saved(used)
    assert (used.home / "secret.key").read_bytes() not in copy.read_bytes()
    assert "--key" in refused(other, str(copy), code="wrong_use", status=2)
    wrong = tmp_path / "wrong.key"
    wrong.write_text("0" * 64)
    refused(other, str(copy), "--key", str(wrong), code="wrong_key")
    assert not (other.home / "data").exists()

    assert other.run("restore", str(saved(used, "--with-key"))).returncode == 0
    assert (other.home / "secret.key").read_bytes() == (used.home / "secret.key").read_bytes()


@pytest.mark.shows("I2.backup")
def test_a_home_in_use_is_replaced_only_when_asked_and_kept(used: House, other: House) -> None:
    copy, key = saved(used), str(used.home / "secret.key")
    other.found()
    (other.home / "files" / "mine").write_text("mine")
    refused(other, str(copy), "--key", key, code="not_empty")
    assert (other.home / "files" / "mine").exists()
    assert other.run("restore", str(copy), "--key", key, "--replace").returncode == 0
    (aside,) = other.home.glob("replaced-*")
    assert (aside / "files" / "mine").read_text() == "mine"
    assert (aside / "data" / "PG_VERSION").exists()
    assert sorted(path.name for path in (other.home / "files").iterdir()) == ["ab", "empty"]


@pytest.mark.shows("I2.backup")
def test_a_bad_archive_touches_nothing(used: House, other: House, tmp_path: Path) -> None:
    copy = saved(used, "--with-key")
    whole = copy.read_bytes()
    cut, changed, none = tmp_path / "cut.tar", tmp_path / "changed.tar", tmp_path / "none.tar"
    cut.write_bytes(whole[: len(whole) // 2])
    changed.write_bytes(whole.replace(b"dear client", b"dear crook!"))
    none.write_text("something else")
    assert "cut off" in refused(other, str(cut), code="cut_off")
    assert "files/ab/letter" in refused(other, str(changed), code="damaged")
    refused(other, str(none), code="no_backup")
    refused(other, str(tmp_path / "absent.tar"), code="no_file")
    newer = tmp_path / "newer.tar"
    newer.write_bytes(whole.replace(b'"konveyer": "0', b'"konveyer": "9'))
    assert "newer" in refused(other, str(newer), code="newer_backup")
    assert not (other.home / "data").exists()
    assert not (other.home / "sending-frozen").exists()


@pytest.mark.shows("I2.backup")
def test_a_restore_that_was_broken_off_is_not_served(used: House) -> None:
    (used.home / "restore-unfinished").write_text("{}")
    tried = used.run("up", "--port", "0", "--json")
    assert tried.returncode == 3
    assert json.loads(tried.stdout)["error"] == "unfinished_restore"


def test_nothing_is_restored_under_a_running_program(used: House) -> None:
    copy = saved(used, "--with-key")
    used.start()
    refused(used, str(copy), "--replace", code="already_up")


@pytest.mark.shows("I2.backup", "S34")
def test_upgrade_copies_a_used_base_before_it_changes_the_tables(used: House) -> None:
    before = sql(used)
    assert json.loads(used.run("upgrade", "--json").stdout) == {
        "postgres": None,
        "backup": None,
        "migrations": 0,
    }
    with (
        serving(used.home) as cluster,
        psycopg.connect(**cluster.dsn("konveyer_owner"), autocommit=True) as owner,
    ):  # type: ignore[arg-type]
        owner.execute("drop table usersessions_usersession")
        steps = owner.execute(
            "delete from django_migrations where app = 'usersessions' returning name"
        ).fetchall()
    assert steps
    doctor = json.loads(used.run("doctor", "--json").stdout)
    reason = next(check["reason"] for check in doctor["checks"] if check["name"] == "migrations")
    assert "usersessions.0001_initial" in reason
    assert "konveyer upgrade" in reason
    done = json.loads(used.run("upgrade", "--json").stdout)
    assert done["migrations"] == len(steps)
    assert tarfile.is_tarfile(done["backup"])
    assert set(sql(used)) ^ set(before) <= set(dates_of_migrations(sql(used) + before))


def dates_of_migrations(lines: list[str]) -> list[str]:
    """Rows of django_migrations and its sequence, which tell when a step was applied."""
    return [
        line
        for line in lines
        if "\tusersessions\t" in line or "django_migrations_id_seq" in line or line.startswith("-- ")
    ]


def old_home(home: Path, *, crash: bool) -> Cluster:
    """A home of PostgreSQL 16 with a table in it, as an older Konveyer would have left it."""
    data = home / "data"
    data.mkdir(parents=True)
    account = account_for(data)
    if account.foreign:
        home.parent.chmod(0o711)
        home.chmod(0o711)
    account.own(data)
    bin16 = programs(account, 16)
    spawn = {"cwd": data, "env": {"LC_ALL": "C", "PATH": "/usr/bin:/bin"}, **account.spawn()}
    here = "/proc/self/cwd"
    subprocess.run(
        [
            str(bin16 / "initdb"),
            "-D",
            here,
            "-E",
            "UTF8",
            "--locale=C",
            "-U",
            "postgres",
            "-A",
            "trust",
            "--no-sync",
        ],
        check=True,
        capture_output=True,
        **spawn,
    )
    server = subprocess.Popen(
        [str(bin16 / "postgres"), "-D", here, "-k", "/tmp", "-c", "listen_addresses=", "-c", "port=54916"],
        stderr=subprocess.DEVNULL,
        **spawn,
    )
    for _attempt in range(500):
        try:
            with psycopg.connect(
                host="/tmp", port=54916, user="postgres", dbname="postgres", autocommit=True
            ) as found:
                found.execute(
                    "create table kept as select n, 'Ёж ' || n as name from generate_series(1, 5000) n"
                )
            break
        except psycopg.OperationalError:
            assert server.poll() is None
    server.send_signal(signal.SIGKILL if crash else signal.SIGINT)
    server.wait()
    return Cluster(data)


@pytest.mark.shows("I2.backup")
@pytest.mark.parametrize("crash", [False, True], ids=["stopped", "killed"])
def test_postgresql_16_becomes_18_and_the_old_folder_stays(tmp_path: Path, crash: bool) -> None:
    cluster = old_home(tmp_path / "home", crash=crash)
    with pytest.raises(Trouble) as foreign:
        cluster.start()
    assert foreign.value.code == "foreign_version"
    said: list[str] = []
    kept = majors.upgrade(cluster.data, said.append, durable=False)
    assert said == ["PostgreSQL 16 → 18: copying the data"]
    assert (kept / "PG_VERSION").read_text() == "16\n"
    assert cluster.major() == 18
    cluster.start()
    try:
        with psycopg.connect(**cluster.dsn("postgres", "postgres")) as connection:  # type: ignore[arg-type]
            assert connection.execute("select count(*), min(name), max(n) from kept").fetchone() == (
                5000,
                "Ёж 1",
                5000,
            )
            assert connection.execute("show data_checksums").fetchone() == ("on",)
            assert connection.execute("show fsync").fetchone() == ("on",)
    finally:
        cluster.stop()
    assert sorted(path.name for path in (tmp_path / "home").iterdir() if path.is_dir()) == [
        "data",
        "data-16",
        "logs",
    ]


@pytest.mark.skipif(
    os.getuid() != 0, reason="only root serves folders that the server's account cannot enter"
)
def test_the_major_upgrade_works_below_a_closed_folder(tmp_path: Path) -> None:
    cluster = old_home(tmp_path / "home", crash=False)
    (tmp_path / "home").chmod(0o700)
    majors.upgrade(cluster.data, lambda _line: None, durable=False)
    cluster.start()
    cluster.stop()


def test_a_major_upgrade_that_fails_changes_nothing(tmp_path: Path) -> None:
    cluster = old_home(tmp_path / "home", crash=False)
    with (cluster.data / "postgresql.conf").open("a") as file:
        file.write("no_such_setting = on\n")
    with pytest.raises(Trouble):
        majors.upgrade(cluster.data, lambda _line: None, durable=False)
    assert cluster.major() == 16
    assert sorted(path.name for path in (tmp_path / "home").iterdir() if path.is_dir()) == ["data"]
