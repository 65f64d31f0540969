"""The embedded server against the real thing: start, rights, roles, adoption, hard stops."""

import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from konveyer.adapters.postgres import Cluster, Trouble, serving
from konveyer.adapters.postgres.account import account_for


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    made = Cluster(tmp_path_factory.mktemp("home") / "data", durable=False)
    made.initialise()
    made.start()
    yield made
    made.stop()


def query(
    cluster: Cluster, sql: str, role: str = "konveyer_owner", database: str = "konveyer"
) -> list[tuple]:
    with psycopg.connect(**cluster.dsn(role, database), autocommit=True) as connection:
        found = connection.execute(sql)
        return found.fetchall() if found.description else []


@pytest.mark.shows("I2.up")
def test_locale_knows_cyrillic_case(cluster: Cluster) -> None:
    assert query(cluster, "select lower('ЁЖИК'), 'Ёж' ilike 'ЁЖ', initcap('анна петровна')") == [
        ("ёжик", True, "Анна Петровна")
    ]
    assert query(
        cluster, "select to_tsvector('russian', 'поставки') @@ to_tsquery('russian', 'поставка')"
    ) == [(True,)]
    assert query(
        cluster, "select encoding, datlocprovider, datlocale from pg_database where datname = 'konveyer'"
    ) == [(6, "b", "PG_UNICODE_FAST")]


@pytest.mark.shows("I2.workspaces")
def test_roles_have_exactly_their_rights(cluster: Cluster) -> None:
    rows = query(
        cluster,
        "select rolname, rolcanlogin, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole from pg_roles "
        "where rolname like 'konveyer%' order by 1",
    )
    assert rows == [
        ("konveyer_app", True, False, False, False, False),
        ("konveyer_owner", True, False, False, True, False),
        ("konveyer_search", False, False, True, False, False),
        ("konveyer_sweep", True, False, False, False, False),
    ]


def test_owner_hands_functions_to_the_search_role_but_does_not_act_as_it(cluster: Cluster) -> None:
    query(cluster, "grant create on schema public to konveyer_search")
    query(
        cluster, "create or replace function probe() returns int language sql security definer as 'select 1'"
    )
    query(cluster, "alter function probe() owner to konveyer_search")
    assert query(cluster, "select proowner::regrole::text from pg_proc where proname = 'probe'") == [
        ("konveyer_search",)
    ]
    assert query(cluster, "select pg_has_role('konveyer_owner', 'konveyer_search', 'USAGE')") == [(False,)]


def test_sweep_reads_everything_and_writes_nothing(cluster: Cluster) -> None:
    query(cluster, "create table if not exists swept as select 1 as n")
    assert query(cluster, "select n from swept", role="konveyer_sweep") == [(1,)]
    with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
        query(cluster, "insert into swept values (2)", role="konveyer_sweep")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        query(
            cluster,
            "set transaction read write; insert into swept values (2)",
            role="konveyer_sweep",
        )


def test_app_role_cannot_make_tables(cluster: Cluster) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        query(cluster, "create table mine (n int)", role="konveyer_app")


def test_only_the_private_folder_leads_in(cluster: Cluster) -> None:
    folder = Path(str(cluster.dsn("konveyer_app")["host"]))
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert folder.stat().st_uid == account_for(cluster.data).uid
    assert "trust" not in (cluster.data / "pg_hba.conf").read_text()
    assert query(cluster, "show listen_addresses") == [("",)]


@pytest.mark.skipif(os.getuid() != 0, reason="only root can act as somebody else")
def test_another_system_account_stays_outside(cluster: Cluster) -> None:
    code = "import socket,sys; socket.socket(socket.AF_UNIX).connect(sys.argv[1])"
    address = f"{cluster.dsn('konveyer_app')['host']}/.s.PGSQL.5432"
    tried = subprocess.run(
        ["python3", "-c", code, address],
        user=12345,
        group=12345,
        extra_groups=[],
        env={"PATH": "/usr/bin:/bin:/usr/local/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "PermissionError" in tried.stderr


def outside(home: Path, body: str, **options: object) -> "subprocess.Popen[str]":
    """Another process that uses the server of this home."""
    code = (
        "import sys, time\nfrom pathlib import Path\nfrom konveyer.adapters.postgres import serving\n"
        f"with serving(Path(sys.argv[1]), durable=False{', tied=True' if options.get('tied') else ''}) as cluster:\n"
        f"    print('in', flush=True)\n    {body}\n"
    )
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", code, str(home)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": "src"},
    )


def until(holds: "object", seconds: float = 15) -> None:
    """Wait for a condition; fails when it does not come."""
    end = time.monotonic() + seconds
    while not holds():  # type: ignore[operator]
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


def test_a_command_joins_and_the_last_one_stops(tmp_path: Path) -> None:
    first = outside(tmp_path, "sys.stdin.readline()")
    assert first.stdout is not None
    assert first.stdin is not None
    assert first.stdout.readline() == "in\n"
    with serving(tmp_path, durable=False) as joined:
        pid = joined.server().pid  # type: ignore[union-attr]
        first.stdin.write("\n")
        first.stdin.close()
        assert first.wait(10) == 0
        assert query(joined, "select 1") == [(1,)]  # the first one left, the server stayed
        assert joined.server().pid == pid  # type: ignore[union-attr]
    assert not joined.running()
    first.stdout.close()


def test_an_orphan_is_adopted(tmp_path: Path) -> None:
    killed = outside(tmp_path, "time.sleep(60)")
    assert killed.stdout is not None
    assert killed.stdout.readline() == "in\n"
    orphan = Cluster(tmp_path / "data", durable=False).server()
    killed.kill()
    killed.communicate()
    assert orphan is not None
    with serving(tmp_path, durable=False) as cluster:
        assert cluster.server() == orphan
        assert query(cluster, "select 1") == [(1,)]
    assert not cluster.running()


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's signal at a parent's death is Linux's")
def test_a_tied_server_shuts_down_when_its_starter_is_killed(tmp_path: Path) -> None:
    killed = outside(tmp_path, "time.sleep(60)", tied=True)
    assert killed.stdout is not None
    assert killed.stdout.readline() == "in\n"
    cluster = Cluster(tmp_path / "data", durable=False)
    assert cluster.running()
    killed.kill()
    killed.communicate()
    until(lambda: not cluster.running())
    assert "database system is shut down" in cluster.log.read_text()


def test_a_killed_server_comes_back_with_every_commit(tmp_path: Path) -> None:
    cluster = Cluster(tmp_path / "data")
    cluster.initialise()
    for number in range(3):
        cluster.start()
        query(cluster, "create table if not exists kept (n int)")
        query(cluster, f"insert into kept values ({number})")
        os.kill(cluster.server().pid, signal.SIGKILL)  # type: ignore[union-attr]
    cluster.start()
    try:
        assert query(cluster, "select n from kept order by n") == [(0,), (1,), (2,)]
    finally:
        cluster.stop()


def test_a_stale_pid_file_that_names_a_living_process_does_not_block(tmp_path: Path) -> None:
    cluster = Cluster(tmp_path / "data", durable=False)
    cluster.initialise()
    account = account_for(cluster.data)
    stranger = subprocess.Popen(["sleep", "60"], **account.spawn())
    try:
        pid_file = cluster.data / "postmaster.pid"
        pid_file.write_text(f"{stranger.pid}\n{cluster.data}\n1\n5432\n/tmp\n\n1 1\nready\n")
        account.own(pid_file)
        assert not cluster.running()
        cluster.start()
        assert query(cluster, "select 1") == [(1,)]
        cluster.stop()
    finally:
        stranger.kill()
        stranger.wait()


@pytest.mark.shows("I2.doctor")
def test_a_foreign_version_is_refused_untouched(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "PG_VERSION").write_text("16\n")
    with pytest.raises(Trouble, match="16") as refused:
        Cluster(data).initialise()
    assert refused.value.code == "foreign_version"
    with pytest.raises(Trouble):
        Cluster(data).start()
    assert [path.name for path in data.iterdir()] == ["PG_VERSION"]


def test_a_folder_with_other_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "letter.txt").write_text("dear")
    with pytest.raises(Trouble) as refused:
        Cluster(tmp_path / "data").initialise()
    assert refused.value.code == "strange_folder"


def test_settings_that_keep_data_safe_are_on(tmp_path: Path) -> None:
    with serving(tmp_path) as cluster:
        rows = query(
            cluster,
            "select name, setting from pg_settings where name in "
            "('fsync', 'full_page_writes', 'synchronous_commit', 'data_checksums') order by 1",
        )
        assert rows == [
            ("data_checksums", "on"),
            ("fsync", "on"),
            ("full_page_writes", "on"),
            ("synchronous_commit", "on"),
        ]
        assert (tmp_path / "ballast").stat().st_size == 64 * 1024 * 1024


def test_parent_folders_keep_their_rights(tmp_path: Path) -> None:
    home = tmp_path / "closed" / "home"
    home.parent.mkdir(mode=0o700)
    with serving(home, durable=False) as cluster:
        assert query(cluster, "select 1") == [(1,)]
    assert stat.S_IMODE(home.parent.stat().st_mode) == 0o700
