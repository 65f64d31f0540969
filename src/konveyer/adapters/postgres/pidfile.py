"""postmaster.pid: which process serves a data folder, and where its socket is."""

import os
from dataclasses import dataclass
from pathlib import Path

import psutil


@dataclass(frozen=True)
class Running:
    """A server process and where to reach it."""

    pid: int
    port: int
    socket_folder: str


def read(data: Path) -> Running | None:
    """What the file says, true or not; None without a file or with a half-written one."""
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
        return Running(int(lines[0]), int(lines[3]), lines[4])
    except (FileNotFoundError, IndexError, ValueError):
        return None


def serves(pid: int, data: Path) -> bool:
    """Whether this process is a PostgreSQL of this data folder. A server always stands in its folder."""
    try:
        process = psutil.Process(pid)
        if process.status() == psutil.STATUS_ZOMBIE:
            return False
        return process.name().startswith("postgres") and os.path.samefile(process.cwd(), data)
    except (psutil.Error, OSError):
        return False


def running(data: Path) -> Running | None:
    """The server of this folder, if it lives."""
    found = read(data)
    return found if found and serves(found.pid, data) else None


def remove_stale(data: Path) -> None:
    """Delete a file whose number now belongs to another process, as after a reboot or in a new container.

    PostgreSQL itself would refuse for ever, since it cannot see what that process is. Only under our lock.
    """
    path = data / "postmaster.pid"
    try:
        pid = int(path.read_text().splitlines()[0])
    except (FileNotFoundError, IndexError, ValueError):
        return
    if not serves(pid, data):
        path.unlink(missing_ok=True)
