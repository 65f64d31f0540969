"""One data folder and its server."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import IO

import psutil
import psycopg

from konveyer.adapters.postgres import ballast, launch, pidfile, readiness, roles, settings, sockets
from konveyer.adapters.postgres.account import Account, account_for
from konveyer.adapters.postgres.binaries import MAJOR
from konveyer.adapters.postgres.pidfile import Running
from konveyer.adapters.postgres.trouble import Trouble
from konveyer.kit.words import gettext as _

RETRY_FOR = 30.0  # a killed server's children leave within about two seconds; be generous
LOG_LIMIT = 10 * 1024 * 1024


def to_stderr(text: str) -> None:
    """Say it to the person at the terminal."""
    print(text, file=sys.stderr, flush=True)


class Cluster:
    """A PostgreSQL server of our own in the folder `data`.

    `durable=False` switches safety against a crash off: for tests alone.
    """

    def __init__(self, data: Path, *, durable: bool = True, say: readiness.Say = to_stderr) -> None:
        self.data = data.absolute()
        self.durable = durable
        self.say = say
        self.log = self.data.parent / "logs" / "postgres.log"
        self._process: subprocess.Popen[bytes] | None = None
        self._found: Running | None = None

    # ---- state

    def running(self) -> bool:
        """Whether a server of this folder lives, ours or an orphan."""
        return self.server() is not None

    def server(self) -> Running | None:
        """The living server: its process and its socket."""
        if self._process is not None and self._process.poll() is not None:
            self._process = None
        return pidfile.running(self.data)

    def major(self) -> int | None:
        """The major version that wrote the folder; None before `initialise`."""
        try:
            return int((self.data / "PG_VERSION").read_text())
        except FileNotFoundError:
            return None

    def dsn(self, role: str, database: str = settings.DATABASE) -> dict[str, str | int]:
        """Where and as whom to connect: host (the socket folder), port, user, dbname."""
        found = self._found or self.server()
        if found is None:
            raise Trouble(
                "not_running", _("The database in {folder} is not running.").format(folder=self.data)
            )
        return {"host": found.socket_folder, "port": found.port, "user": role, "dbname": database}

    # ---- actions

    def initialise(self) -> None:
        """Make the data folder unless it is there. Nothing half-made stays: it is made aside and then renamed.

        Raises Trouble for a folder of another major version, before anything is touched.
        """
        if (found := self.major()) is not None:
            self._refuse_foreign(found)
            return
        if self.data.exists() and any(self.data.iterdir()):
            raise Trouble(
                "strange_folder",
                _(
                    "{folder} holds files, but no database. Move them away or choose another KONVEYER_HOME."
                ).format(folder=self.data),
            )
        fresh = self.data.with_name(self.data.name + ".making")
        shutil.rmtree(fresh, ignore_errors=True)
        account = account_for(fresh)
        fresh.mkdir(mode=0o700, parents=True)
        account.own(fresh)
        self._initdb(fresh, account)
        if self.data.exists():
            self.data.rmdir()
        fresh.rename(self.data)

    def start(self, *, tied: bool = True) -> None:
        """Start the server, or adopt one that already runs here; wait until it answers; make roles and database right.

        With `tied` it ends with this process (Linux); else it stays until `stop`. Raises Trouble.
        """
        self._refuse_foreign(self.major())
        while not self._reach_and_ready(tied=tied):
            time.sleep(0.1)

    def stop(self) -> None:
        """Fast and clean stop: open transactions end, everything committed is on disk. Never kill -9."""
        found = self.server()
        self._found = None
        if found is None:
            return
        os.kill(found.pid, signal.SIGINT)
        if self._process is not None and self._process.pid == found.pid:
            self._process.wait()
            self._process = None
        else:
            while pidfile.serves(found.pid, self.data):
                time.sleep(0.02)
        sockets.leave(Path(found.socket_folder))

    def exit_code(self) -> int | None:
        """How the server that we started has ended; None while it runs, or when it is not our child."""
        return self._process.poll() if self._process else None

    # ---- steps

    def _reach_and_ready(self, *, tied: bool) -> bool:
        """Adopt or launch, and see to the roles; False when the server was killed in between."""
        orphan = self.server()
        if orphan and readiness.wait(orphan.socket_folder, orphan.port, alive=self.running, say=self.say):
            self._found = orphan
        else:
            self._launch(tied=tied)
        try:
            with readiness.connection(self._server().socket_folder, self._server().port) as connection:
                roles.ensure(connection)
        except psycopg.OperationalError:
            time.sleep(0.1)
            if self.running():
                raise
            return False
        return True

    def _initdb(self, fresh: Path, account: Account) -> None:
        options = [
            "--locale-provider=builtin",
            "--builtin-locale=PG_UNICODE_FAST",
            "--locale=C",
            "-E",
            "UTF8",
        ]
        options += ["-U", settings.SUPERUSER, "-A", "peer"] + ([] if self.durable else ["--no-sync"])
        launch.tool("initdb", ["-D", launch.name_of(fresh, account), *options], account=account, cwd=fresh)
        with (fresh / "postgresql.conf").open("a") as file:
            file.write("\ninclude_if_exists 'konveyer.conf'\n")

    def _write_settings(self, account: Account) -> None:
        texts = {
            "konveyer.conf": settings.conf(durable=self.durable),
            "pg_hba.conf": settings.HBA,
            "pg_ident.conf": settings.ident(account.name),
        }
        for name, text in texts.items():
            path = self.data / name
            if path.exists() and path.read_text() == text:
                continue  # nothing is written on a full disk
            fresh = path.with_name(name + ".new")
            fresh.write_text(text)
            fresh.chmod(0o600)
            account.own(fresh)
            fresh.replace(path)

    def _launch(self, *, tied: bool) -> None:
        account = account_for(self.data)
        self._write_settings(account)
        if self.durable and ballast.give_up(self.data.parent):
            self.say(_("The disk is full: the reserve of 64 MB was given up so that the database can start."))
        folder = sockets.folder_for(self.data, account)
        give_up_at = time.monotonic() + RETRY_FOR
        while (said := self._attempt(account, folder, tied=tied)) is not None:
            if not _still_leaving(said) or time.monotonic() > give_up_at:
                raise _refusal(said, self.log)
            _reap()
            time.sleep(0.25)
        if self.durable:
            ballast.keep(self.data.parent)

    def _attempt(self, account: Account, folder: Path, *, tied: bool) -> str | None:
        """One start. None when the server answers, else what it said before it ended."""
        pidfile.remove_stale(self.data)
        arguments = ["-c", f"unix_socket_directories={folder}"]
        with self._open_log() as log:
            before = log.tell()
            process = launch.server(arguments, account=account, data=self.data, log=log, tied=tied)
        alive = lambda: process.poll() is None  # noqa: E731
        if not readiness.wait(str(folder), settings.PORT, alive=alive, say=self.say):
            return readiness.since(self.log, before)
        self._process = process
        self._found = Running(process.pid, settings.PORT, str(folder))
        return None

    def _open_log(self) -> IO[bytes]:
        self.log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
            self.log.replace(self.log.with_suffix(".old.log"))
        return self.log.open("ab")

    def _server(self) -> Running:
        assert self._found is not None  # noqa: S101 - set by every way of starting
        return self._found

    def _refuse_foreign(self, found: int | None) -> None:
        if found is None:
            raise Trouble(
                "not_initialised", _("There is no database in {folder} yet.").format(folder=self.data)
            )
        if found != MAJOR:
            raise Trouble(
                "foreign_version",
                _(
                    "The data in {folder} belong to PostgreSQL {found}; this Konveyer carries {ours}. "
                    "Nothing was touched. Run `konveyer upgrade`, or use the version of Konveyer that made them."
                ).format(folder=self.data, found=found, ours=MAJOR),
            )


def _still_leaving(said: str) -> bool:
    """Whether the refusal is that of a killed server's children, which leave by themselves."""
    return "already exists" in said or "still in use" in said


def _reap() -> None:
    """Take leave of killed servers that were our children: while they are not waited for, they still look alive."""
    for child in psutil.Process().children():
        with contextlib.suppress(psutil.Error, ChildProcessError):
            if child.status() == psutil.STATUS_ZOMBIE and child.name() == "postgres":
                child.wait(timeout=0)


def _refusal(said: str, log: Path) -> Trouble:
    if "No space left on device" in said:
        text = _(
            "The disk is full: the database cannot start. Free some room; nothing is lost. Details: {log}"
        )
        return Trouble("disk_full", text.format(log=log))
    last = "\n".join(line for line in said.splitlines()[-8:])
    return Trouble(
        "database_ended",
        _("The database ended at its start. Its last words ({log}):\n{last}").format(log=log, last=last),
    )
