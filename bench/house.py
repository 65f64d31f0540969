"""A Konveyer of the bench's own: a KONVEYER_HOME in a temporary folder, its commands, its server."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import psycopg

from konveyer.adapters.postgres import Cluster

KONVEYER = str(Path(sys.executable).with_name("konveyer"))
EMAIL, PASSWORD = "owner@bench.example", "a long passphrase for measuring"
OURS = ("KONVEYER_", "DATABASE_URL", "DJANGO_")
LONGEST_START = 120.0
LONGEST_COUNT = 3600.0


class Broken(Exception):
    """A command or the server did not do what the bench needs."""


def say(text: str) -> None:
    """Progress, on standard error."""
    print(f"bench  {text}", file=sys.stderr, flush=True)


class House:
    """One home; `up` is running between `open` and `close`."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.url = ""
        self.up: subprocess.Popen[str] | None = None
        self.log = home.with_suffix(".log")
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        self.environment = inherited | {"KONVEYER_HOME": str(home), "KONVEYER_LANGUAGE": "en"}

    def run(self, *arguments: str | Path) -> Any:
        """A command with --json; its answer. Raises Broken unless it ends with 0 or 1."""
        with self.log.open("a") as log:
            done = subprocess.run(
                [KONVEYER, *map(str, arguments), "--json"], env=self.environment, stdout=subprocess.PIPE, stderr=log, text=True,
                check=False,
            )  # fmt: skip
        if done.returncode not in (0, 1):
            raise Broken(f"{arguments[0]} ended with {done.returncode}: {done.stdout}{self._last_words()}")
        return json.loads(done.stdout)

    def start(self, *arguments: str | Path) -> "subprocess.Popen[str]":
        """The same command, running; the caller waits for it and reads its answer."""
        with self.log.open("a") as log:
            return subprocess.Popen(
                [KONVEYER, *map(str, arguments), "--json"], env=self.environment, stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE, stderr=log, text=True, start_new_session=True,
            )  # fmt: skip

    def found(self) -> None:
        """A workspace with an owner to sign in as."""
        self.run(
            "init", "--workspace", "Bench", "--owner", EMAIL, "--password", PASSWORD, "--language", "en", "--team", "6+"
        )  # fmt: skip

    def seed(self, leads: int, touches: int) -> None:
        """Fill it."""
        self.run("seed", "--leads", str(leads), "--touches", str(touches))

    def fill(self, leads: int) -> None:
        """Found it and fill it with ten touches a lead, unless a run before left it filled."""
        mark = self.home.with_suffix(".filled")
        if not mark.exists():
            say(f"filling a base with {leads} leads and {leads * 10} touches")
            began = time.monotonic()
            self.found()
            self.seed(leads, leads * 10)
            mark.touch()
            say(f"filled in {time.monotonic() - began:.0f} s")

    def open(self) -> None:
        """`konveyer up` until it is well."""
        self.up = self.start("up", "--port", "0")
        self.url = str(json.loads(line(self.up.stdout) or "{}").get("url", ""))
        until = time.monotonic() + LONGEST_START
        while self.url and time.monotonic() < until:
            try:
                with urllib.request.urlopen(f"{self.url}/healthz", timeout=5):
                    return
            except OSError:
                time.sleep(0.1)
        raise Broken(f"up did not become well: {self._last_words()}")

    def settle(self) -> float:
        """Seconds until the worker has counted the months, days and parties that the filling marked. Raises Broken if it never does."""
        began = time.monotonic()
        with self.database("konveyer_owner") as owner:
            while time.monotonic() - began < LONGEST_COUNT:
                row = owner.execute(
                    """select exists (select from funnel_dirty_month) or exists (select from sheet_dirty_day)
                           or exists (select from portfolio_mark)"""
                ).fetchone()
                if row == (False,):
                    return time.monotonic() - began
                time.sleep(1)
        raise Broken("months of the funnel, days of the sheet or parties of the base stay uncounted")

    def close(self) -> None:
        """Stop the server, if it runs."""
        if self.up is not None and self.up.poll() is None:
            self.up.terminate()
            self.up.wait(60)
        self.up = None

    @contextmanager
    def database(self, role: str) -> Iterator["psycopg.Connection[Any]"]:
        """A connection as that role to the server that `up` or a command holds open."""
        with psycopg.connect(**Cluster(self.home / "data").dsn(role), autocommit=True) as connection:  # type: ignore[arg-type]
            yield connection

    def settings(self) -> dict[str, Any]:
        """What the database promises, and how many rows there are."""
        with self.database("konveyer_owner") as owner:
            values = {
                name: shown(owner, name)
                for name in ("server_version", "fsync", "synchronous_commit", "full_page_writes")
            }
            rows = {
                name: counted(owner, name)
                for name in ("lead", "touch", "contact", "stage_pass", "journal_entry")
            }
        with self.database("konveyer_app") as app:
            role = app.execute(
                "select current_user, rolsuper, rolbypassrls from pg_roles where rolname = current_user"
            ).fetchone()
        assert role is not None
        return values | {"role": role[0], "superuser": role[1], "bypasses_row_security": role[2], "rows": rows}  # fmt: skip

    def _last_words(self) -> str:
        return "\n" + self.log.read_text()[-2000:] if self.log.exists() else ""


def line(stream: IO[str] | None) -> str:
    """The next line of a running command."""
    assert stream is not None
    return stream.readline()


def shown(connection: "psycopg.Connection[Any]", name: str) -> str:
    """A setting of the server."""
    row = connection.execute(f"show {name}").fetchone()
    assert row is not None
    return str(row[0])


def counted(connection: "psycopg.Connection[Any]", table: str) -> int:
    """Rows of a table, exactly."""
    row = connection.execute(f"select count(*) from {table}").fetchone()
    assert row is not None
    return int(row[0])


@contextmanager
def house(name: str) -> Iterator[House]:
    """A home that is stopped and thrown away afterwards, or kept where BENCH_KEEP says, for the next run."""
    keep = os.environ.get("BENCH_KEEP")
    place = Path(keep or tempfile.mkdtemp(prefix="konveyer-bench-"))
    place.mkdir(parents=True, exist_ok=True)
    place.chmod(0o755)  # the database may run under an account of its own
    made = House(place / name)
    try:
        yield made
    finally:
        made.close()
        Cluster(made.home / "data").stop()
        if not keep:
            shutil.rmtree(place, ignore_errors=True)
