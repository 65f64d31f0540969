"""A whole Konveyer under `konveyer up` in a home of its own: started, looked at, killed in parts, started again."""

import contextlib
import fcntl
import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from konveyer.adapters.postgres import Cluster

KONVEYER = str(Path(sys.executable).with_name("konveyer"))
PASSWORD = "a long enough passphrase"
WHOLE = {"supervisor": 1, "database": 1, "web": 1, "web worker": 2, "live": 1, "worker": 1}
OURS = ("KONVEYER_", "DATABASE_URL", "DJANGO_")


class House:
    """One home, started and started again on the same port. Only a `durable` one waits for the disk."""

    def __init__(self, home: Path, konveyer: str = KONVEYER, *, durable: bool = False) -> None:
        self.home = home
        self.konveyer = konveyer
        self.log = home.parent / f"{home.name}.log"
        self.up: subprocess.Popen[str] | None = None
        self.url = ""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        self.environment = inherited | {"KONVEYER_HOME": str(home), "KONVEYER_LANGUAGE": "en"}
        if not durable:
            self.environment["KONVEYER_FSYNC"] = "off"

    @property
    def embedded(self) -> bool:
        """Whether the database is a part of it."""
        return "DATABASE_URL" not in self.environment

    def run(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """A short command on this home."""
        return subprocess.run(
            [self.konveyer, *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    def found(self) -> None:
        """A workspace to sign in to."""
        made = self.run(
            "init", "--workspace", "House", "--owner", "owner@house.example", "--password", PASSWORD
        )
        assert made.returncode == 0, made.stderr

    def start(self) -> float:
        """`up` until /healthz is well; the seconds that it took."""
        began = time.monotonic()
        port = self.url.rpartition(":")[2] or "0"
        with self.log.open("a") as log:
            self.up = subprocess.Popen(
                [self.konveyer, "up", "--port", port, "--json"],
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                start_new_session=True,
            )
        assert self.up.stdout is not None
        line = self.up.stdout.readline()
        assert line.startswith("{"), self.log.read_text()[-4000:]
        self.url = json.loads(line)["url"]
        self.until_well()
        return time.monotonic() - began

    def until_well(self, seconds: float = 60) -> float:
        """Wait for /healthz; the seconds that it took."""
        began = time.monotonic()
        state: object = None
        while time.monotonic() - began < seconds:
            try:
                with urllib.request.urlopen(f"{self.url}/healthz", timeout=5):
                    return time.monotonic() - began
            except urllib.error.HTTPError as refusal:
                state = refusal.read().decode()
            except OSError as problem:
                state = problem
            time.sleep(0.05)
        raise AssertionError(f"not well after {seconds} s: {state}\n{self.log.read_text()[-4000:]}")

    def until_whole(self, seconds: float = 30) -> float:
        """Wait until every part lives again; the seconds that it took."""
        began = time.monotonic()
        whole = {part: number for part, number in WHOLE.items() if part != "database" or self.embedded}
        while time.monotonic() - began < seconds:
            parts = {part: len(group) for part, group in self.family().items() if part in WHOLE}
            if parts == whole:
                return time.monotonic() - began
            time.sleep(0.05)
        raise AssertionError(f"after {seconds} s there is only {parts}\n{self.log.read_text()[-4000:]}")

    def stop(self) -> int:
        """A clean stop; the exit code."""
        assert self.up is not None
        self.up.terminate()
        return self._ended()

    def _ended(self) -> int:
        assert self.up is not None
        assert self.up.stdout is not None
        code = self.up.wait(60)
        self.up.stdout.close()
        return code

    def family(self) -> "dict[str, list[psutil.Process]]":
        """The living processes by part: supervisor, database, backend, web, web worker, live, worker."""
        assert self.up is not None
        found: dict[str, list[psutil.Process]] = {"supervisor": [psutil.Process(self.up.pid)]}
        server = Cluster(self.home / "data").server()
        for process in psutil.Process(self.up.pid).children(recursive=True):
            try:
                line, of_supervisor = process.cmdline(), process.ppid() == self.up.pid
            except psutil.Error:
                continue
            if part := part_of(process.pid, line, server.pid if server else 0, of_supervisor):
                found.setdefault(part, []).append(process)
        return found

    def kill(self, part: str) -> None:
        """kill -9 one process of this part, or `all` of everything."""
        family = self.family()
        victims = (
            [process for group in family.values() for process in group] if part == "all" else family[part][:1]
        )
        for victim in victims:
            with contextlib.suppress(psutil.NoSuchProcess):  # the kernel was faster: it ends with its parent
                victim.kill()
        if part in ("all", "supervisor"):
            self._ended()
        psutil.wait_procs(victims, timeout=10)


def part_of(pid: int, line: list[str], server: int, of_supervisor: bool) -> str | None:
    """Which part of the program a process is."""
    if pid == server:
        return "database"
    if line and line[0].startswith("postgres: konveyer_app"):
        return "backend"
    for name in ("web", "live", "worker"):
        if f"konveyer.running.{name}" in line:
            return name if of_supervisor else f"{name} worker"
    return None


@pytest.fixture(scope="session")
def founded_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a workspace, stopped; made once for all processes of a test run."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    place = shared / "founded"
    with (shared / "founded.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not place.exists():
            House(shared / "founding").found()
            (shared / "founding").rename(place)
    return place


@pytest.fixture
def house(founded_home: Path, tmp_path: Path) -> Iterator[House]:
    """A founded home of this test's own; whatever it left running is stopped."""
    subprocess.run(["cp", "-a", str(founded_home), str(tmp_path / "home")], check=True)
    made = House(tmp_path / "home")
    yield made
    if made.up is not None and made.up.poll() is None:
        made.stop()
    Cluster(made.home / "data").stop()
