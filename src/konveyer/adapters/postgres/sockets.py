"""The private folder of the server's socket: short path, rights 0700, owned by the server's account."""

import contextlib
import hashlib
import os
import stat
import tempfile
from pathlib import Path

from konveyer.adapters.postgres.account import Account
from konveyer.adapters.postgres.settings import PORT
from konveyer.adapters.postgres.trouble import Trouble
from konveyer.kit.words import gettext as _

LONGEST = 107  # bytes in the address of a Unix socket, everywhere


def folder_for(data: Path, account: Account) -> Path:
    """The folder, made if need be. Raises Trouble when every place is too deep or somebody else's."""
    name = "konveyer-" + hashlib.sha256(str(data.resolve()).encode()).hexdigest()[:10]
    for place in _places():
        folder = place / name
        if len(os.fsencode(folder)) + len(f"/.s.PGSQL.{PORT}") <= LONGEST and account.enters(place):
            if _take(folder, account):
                return folder
            # Somebody sits on the name: it is no secret. Take one nobody can guess; others read it in postmaster.pid.
            fresh = Path(tempfile.mkdtemp(prefix=f"{name}-", dir=place))
            account.own(fresh)
            return fresh
    raise Trouble(
        "no_socket_folder",
        _(
            "There is no place for the database's socket: the temporary folder {folder} is too deep or closed. "
            "Set TMPDIR to a short path such as /tmp."
        ).format(folder=tempfile.gettempdir()),
    )


def leave(folder: Path) -> None:
    """Take the folder away after the server has gone; one that is not empty stays."""
    with contextlib.suppress(OSError):
        folder.rmdir()


def _places() -> list[Path]:
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    candidates = [Path(runtime)] if runtime else []
    candidates += [Path(tempfile.gettempdir()), Path("/tmp")]  # noqa: S108 - our folder in it is 0700 and checked
    return [place for place in candidates if place.is_dir() and os.access(place, os.W_OK | os.X_OK)]


def _take(folder: Path, account: Account) -> bool:
    try:
        folder.mkdir(mode=0o700)
        account.own(folder)
    except FileExistsError:
        pass
    state = folder.lstat()
    return (
        stat.S_ISDIR(state.st_mode) and state.st_uid == account.uid and stat.S_IMODE(state.st_mode) == 0o700
    )
