"""`konveyer up`: the database, the web, the event streams and the worker, kept alive until told to stop."""

import contextlib
import fcntl
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from konveyer.adapters.postgres import Cluster, Trouble
from konveyer.kit.words import gettext as _
from konveyer.running import ports
from konveyer.running.environment import database, name_in_environment, refuse_unsafe_role
from konveyer.running.home import Home, prepare
from konveyer.running.processes import Child
from konveyer.running.signals import Signals

GRACE = 25.0  # longer than the worker gives its jobs
TICK = 1.0
GIVE_UP_AFTER = 4  # failures before it has ever answered: somebody must look
QUIET = ["-W", "ignore::DeprecationWarning", "-m"]
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - chosen by the person who starts it


def say(text: str) -> None:
    """A line of the supervisor's own."""
    print(f"up     | {text}", file=sys.stderr, flush=True)


@dataclass
class Supervisor:
    """Holds the processes of one home on one port."""

    host: str
    port: int
    cluster: Cluster | None
    on_ready: Callable[[], None]

    def __post_init__(self) -> None:
        run = QUIET
        listen = ["--host", self.host, "--port"]
        live = [
            *run,
            "konveyer.running.live",
            *listen,
            str(self.port + ports.AFTER),
            "--web-port",
            str(self.port),
        ]
        self.children = [
            Child("web", [*run, "konveyer.running.web", *listen, str(self.port)]),
            Child("live", live),
            Child("worker", [*run, "konveyer.running.worker"]),
        ]
        self._database_again_at = 0.0
        self._database_failures = 0
        self._ready = False

    # ---- the loop

    def run(self, signals: Signals) -> None:
        """Keep everything alive until a signal to stop."""
        while not signals.stop:
            self._mind_database()
            for child in self.children:
                self._mind(child)
            if signals.take_renewal():
                self._renew(signals)
            self._announce()
            signals.sleep(self._nap())

    def _nap(self) -> float:
        waiting = [child.again_at - time.monotonic() for child in self.children if child.process is None]
        return max(0.02, min([TICK if self._ready else 0.05, *waiting]))

    def _announce(self) -> None:
        if self._ready or not answers(self.host, self.port):
            return
        self._ready = True
        self.on_ready()

    def _mind(self, child: Child) -> None:
        code = child.ended()
        if code is not None:
            say(
                _("{name} ended ({how}); starting it again in {seconds} s").format(
                    name=child.name, how=how_ended(code), seconds=round(child.pause())
                )
            )
            if not self._ready and child.failures >= GIVE_UP_AFTER:
                raise Trouble(
                    "does_not_start",
                    _(
                        "{name} does not start; the reason stands above. Nothing was changed in the data."
                    ).format(name=child.name),
                )
        if child.due():
            child.start()

    def _mind_database(self) -> None:
        if self.cluster is None or self.cluster.running() or time.monotonic() < self._database_again_at:
            return
        say(_("the database ended; starting it again"))
        try:
            self.cluster.start(tied=True)
            name_in_environment(self.cluster)
            self._database_failures = 0
            say(_("the database is back"))
        except Trouble as trouble:
            self._database_failures += 1
            pause = min(2.0**self._database_failures, 30.0)
            self._database_again_at = time.monotonic() + pause
            say(f"{trouble}")

    def _renew(self, signals: Signals) -> None:
        say(_("starting web, streams and worker anew"))
        self.stop_children(signals)
        for child in self.children:
            child.failures, child.again_at = 0, 0.0

    def stop_children(self, signals: Signals) -> None:
        """End all: running requests and jobs are finished first, within limits; a second signal hurries it."""
        for child in self.children:
            child.tell(signal.SIGTERM)
        until = time.monotonic() + GRACE
        while (
            not signals.hurry and time.monotonic() < until and any(child.lives() for child in self.children)
        ):
            signals.sleep(0.05)
        for child in self.children:
            if not child.stop() and not signals.hurry:
                say(
                    _("{name} did not end in time and was killed; its jobs are taken up again").format(
                        name=child.name
                    )
                )


def how_ended(code: int) -> str:
    """`code 3`, or the name of the signal."""
    if code < 0:
        return signal.Signals(-code).name
    return _("code {code}").format(code=code)


def up(port: int, host: str = "127.0.0.1", on_ready: Callable[[str, int], None] | None = None) -> int:
    """Run everything until a signal; the exit code. `on_ready(url, port)` is called when the web answers first.

    Raises Trouble.
    """
    home = prepare()
    with Signals() as signals, only_one(home) as note:
        port = ports.choose(host, port)
        url = os.environ.setdefault(
            "KONVEYER_BASE_URL", f"http://{'127.0.0.1' if host in EVERYWHERE else host}:{port}"
        )
        os.environ["KONVEYER_LIVE_PORT"] = str(port + ports.AFTER)
        with database(home, tied=True) as cluster:
            migrate()
            refuse_unsafe_role()
            note(port=port, url=url)
            supervisor = Supervisor(host, port, cluster, lambda: (on_ready or say_ready)(url, port))
            try:
                supervisor.run(signals)
            finally:
                say(_("stopping"))
                supervisor.stop_children(signals)
    say(_("stopped"))
    return 0


def say_ready(url: str, _port: int) -> None:
    """Tell the person where to go."""
    say(_("Konveyer is at {url} (Ctrl-C stops it)").format(url=url))


def migrate(*, copy: bool = True) -> None:
    """Bring the tables up to date, in a process of its own; a base in use is copied first. Raises Trouble."""
    options = [] if copy else ["--no-copy"]
    done = subprocess.run([sys.executable, *QUIET, "konveyer.running.migrate", *options], check=False)  # noqa: S603
    if done.returncode:
        raise Trouble(
            "migration_failed",
            _(
                "The tables could not be brought up to date; the reason stands above. The data are as they were."
            ),
        )


def answers(host: str, port: int) -> bool:
    """Whether something accepts connections there."""
    try:
        with socket.create_connection((host, port), timeout=0.2):
            return True
    except OSError:
        return False


@contextlib.contextmanager
def only_one(home: Home) -> Iterator[Callable[..., None]]:
    """Hold the lock of `up` on this home; yields a function that notes where it serves. Raises Trouble."""
    with (home.run / "up.lock").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise _already(home) from None

        def note(**facts: object) -> None:
            file.truncate(0)
            file.write(json.dumps({"pid": os.getpid(), **facts}))
            file.flush()

        note()
        try:
            yield note
        finally:
            file.truncate(0)


def who_is_up(home: Home) -> dict[str, Any] | None:
    """What the running `up` of this home noted (pid, port, url); None when none runs."""
    path = home.run / "up.lock"
    if not path.exists():
        return None
    with path.open("r+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            with contextlib.suppress(ValueError):
                return dict(json.loads(file.read()))
            return {}
    return None


def _already(home: Home) -> Trouble:
    facts = who_is_up(home) or {}
    return Trouble(
        "already_up",
        _(
            "Konveyer already runs on {home}: {url}, process {pid}. Use that, or stop it first: kill {pid}"
        ).format(home=home.path, url=facts.get("url", "?"), pid=facts.get("pid", "?")),
    )
