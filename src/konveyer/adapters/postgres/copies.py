"""Copies of a whole database: one consistent dump, and its way back."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from konveyer.adapters.postgres.binaries import MAJOR, own_programs
from konveyer.adapters.postgres.trouble import Trouble
from konveyer.kit.words import gettext as _

NAMES = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "dbname": "PGDATABASE",
    "password": "PGPASSWORD",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
}


def dump(dsn: Mapping[str, Any], to: Path) -> None:
    """Write the database as it is at this moment into one compressed file, while others go on writing."""
    _run("pg_dump", ["--format=custom", "--compress=3", "--no-password", f"--file={to}"], dsn)


def restore(dsn: Mapping[str, Any], source: Path, *, jobs: int = 2) -> None:
    """Fill an empty database from a dump; stops at the first error. Raises Trouble.

    Commits do not wait for the disk one by one: a crash leaves an unfinished restore in any case. The caller ends
    with a checkpoint or a commit of his own.
    """
    options = ["--exit-on-error", "--no-password", f"--jobs={jobs}", f"--dbname={dsn['dbname']}", str(source)]
    _run("pg_restore", options, dsn, PGOPTIONS="-c synchronous_commit=off")


def _run(name: str, options: list[str], dsn: Mapping[str, Any], **environment: str) -> None:
    # The connection goes by the environment: a password in the arguments would stand in the list of processes.
    connection = {NAMES[key]: str(value) for key, value in dsn.items() if key in NAMES}
    done = subprocess.run(  # noqa: S603
        [_program(name, str(dsn.get("sslmode", ""))), *options],
        env={
            "PATH": os.defpath,
            "LC_ALL": "C",
            "HOME": os.environ.get("HOME", "/"),
            **connection,
            **environment,
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        said = done.stderr.strip()[-1500:]
        if "No space left on device" in said:
            raise Trouble(
                "disk_full",
                _("The disk is full: {name} could not finish. {said}").format(name=name, said=said),
            )
        raise Trouble("tool_failed", _("{name} failed: {said}").format(name=name, said=said))


def _program(name: str, sslmode: str) -> str:
    """Ours; but they speak no TLS, so for a server that insists on it those of the machine."""
    if sslmode not in ("require", "verify-ca", "verify-full"):
        return str(own_programs(MAJOR) / name)
    found = shutil.which(name)
    if found is None:
        text = _(
            "{name} with TLS is not on this machine. Install PostgreSQL's client programs, version {major} or newer."
        )
        raise Trouble("no_client", text.format(name=name, major=MAJOR))
    return found
