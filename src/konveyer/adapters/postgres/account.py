"""Under which system account the server runs: our own, unless we are root, whom PostgreSQL refuses."""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from konveyer.adapters.postgres.trouble import Trouble
from konveyer.kit.words import gettext as _

OWN_NAME = "konveyer"


@dataclass(frozen=True)
class Account:
    """A system account that may run the server."""

    name: str
    uid: int
    gid: int

    @property
    def foreign(self) -> bool:
        """Another account than that of this process: the server is started by root for it."""
        return self.uid != os.getuid()

    def spawn(self) -> dict[str, Any]:
        """Arguments for `subprocess` that make the child run under this account."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []} if self.foreign else {}

    def own(self, *paths: Path) -> None:
        """Hand these files or folders, which we made, to the account."""
        if self.foreign:
            for path in paths:
                os.chown(path, self.uid, self.gid)

    def enters(self, folder: Path) -> bool:
        """Whether the account can reach and pass through this folder by its path."""
        if not self.foreign:
            return True
        return all(self._passes(step) for step in [folder, *folder.parents])

    def _passes(self, folder: Path) -> bool:
        state = folder.stat()
        if state.st_uid == self.uid:
            return bool(state.st_mode & 0o100)
        return bool(state.st_mode & (0o010 if state.st_gid == self.gid else 0o001))


def account_for(data: Path) -> Account:
    """The account for a data folder: the one that owns it already, else ours, else a system account.

    Raises Trouble when this process has no name in the list of accounts, which PostgreSQL insists on.
    """
    if os.getuid() != 0:
        return _by_uid(os.getuid())
    if data.exists() and (owner := data.stat().st_uid) != 0:
        return _by_uid(owner)
    return _named(OWN_NAME) or _created() or _named("nobody") or _nobody_left()


def _by_uid(uid: int) -> Account:
    try:
        found = pwd.getpwuid(uid)
    except KeyError:
        raise Trouble(
            "nameless_account",
            _(
                "The system account number {uid} has no name on this machine, and PostgreSQL does not run under it. "
                "Use an account that is listed in /etc/passwd, or name an outside database in DATABASE_URL."
            ).format(uid=uid),
        ) from None
    return Account(found.pw_name, found.pw_uid, found.pw_gid)


def _named(name: str) -> Account | None:
    try:
        found = pwd.getpwnam(name)
    except KeyError:
        return None
    return Account(found.pw_name, found.pw_uid, found.pw_gid)


def _created() -> Account | None:
    tool = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin")
    if tool is None:
        return None
    options = [
        "--system",
        "--no-create-home",
        "--home-dir",
        "/nonexistent",
        "--shell",
        "/usr/sbin/nologin",
        "--user-group",
    ]
    # Two first starts at once: the second is refused and finds the account made by the first.
    subprocess.run([tool, *options, OWN_NAME], capture_output=True, check=False)  # noqa: S603
    return _named(OWN_NAME)


def _nobody_left() -> Account:
    raise Trouble(
        "no_account",
        _(
            "PostgreSQL does not run as root, and this machine has neither useradd nor an account `nobody`. "
            "Run Konveyer under an ordinary account, or name an outside database in DATABASE_URL."
        ),
    )
