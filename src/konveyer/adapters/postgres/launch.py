"""Starting the server and its tools under the right account, also in folders that this account cannot reach."""

import ctypes
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO

from konveyer.adapters.postgres.account import Account
from konveyer.adapters.postgres.binaries import environment, programs
from konveyer.adapters.postgres.trouble import Trouble
from konveyer.kit.words import gettext as _

PR_SET_PDEATHSIG = 1
HERE = "/proc/self/cwd"


def name_of(data: Path, account: Account) -> str:
    """How the account can call a folder in which its process stands.

    KONVEYER_HOME may lie below a closed folder such as /root, whose rights are not ours to change. A child is put
    into the data folder before it becomes another account, and from there names it by its own working folder.
    """
    if account.enters(data):
        return str(data)
    if sys.platform == "linux":
        return HERE
    raise Trouble(
        "closed_folder",
        _("The account {account} cannot enter {folder}. Put KONVEYER_HOME into a folder open to it.").format(
            account=account.name, folder=data
        ),
    )


def tool(
    name: str,
    arguments: list[str],
    *,
    account: Account,
    cwd: Path,
    major: int | None = None,
    may_fail: bool = False,
) -> None:
    """Run one of PostgreSQL's programs to its end. Raises Trouble with what it said, unless it `may_fail`."""
    folder = programs(account, major) if major else programs(account)
    try:
        done = subprocess.run(  # noqa: S603
            [str(folder / name), *arguments],
            cwd=cwd,
            env=environment(),
            umask=0o077,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
            **account.spawn(),
        )
    except (PermissionError, OSError) as problem:
        raise cannot_start(name, account, problem) from problem
    if done.returncode and not may_fail:
        said = (done.stderr or done.stdout).strip()[-2000:]
        raise Trouble("tool_failed", _("{name} failed: {said}").format(name=name, said=said))


def server(
    arguments: list[str], *, account: Account, data: Path, log: IO[bytes], tied: bool
) -> subprocess.Popen[bytes]:
    """Start `postgres` standing in its data folder, in a session of its own.

    With `tied` it shuts down cleanly when the thread that started it dies (Linux): start it from the main thread.
    """
    try:
        return subprocess.Popen(  # noqa: S603
            [str(programs(account) / "postgres"), "-D", name_of(data, account), *arguments],
            cwd=data,
            env=environment(),
            umask=0o077,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            preexec_fn=die_with_parent(signal.SIGINT) if tied else None,
            **account.spawn(),
        )
    except (PermissionError, OSError) as problem:
        raise cannot_start("postgres", account, problem) from problem


def die_with_parent(number: signal.Signals) -> Callable[[], None] | None:
    """For `preexec_fn`: the child gets this signal when its starter dies, however it dies. Linux only."""
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None, use_errno=True)
    return lambda: libc.prctl(PR_SET_PDEATHSIG, int(number), 0, 0, 0) and None


def cannot_start(name: str, account: Account, problem: OSError) -> Trouble:
    """Why a program of PostgreSQL could not even be started."""
    return Trouble(
        "cannot_start",
        _(
            "{name} could not be started as {account}: {problem}. In a container without the right to change accounts "
            "run Konveyer as an ordinary user, or name an outside database in DATABASE_URL."
        ).format(name=name, account=account.name, problem=problem.strerror or problem),
    )
