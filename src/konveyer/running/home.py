"""KONVEYER_HOME: the one folder that holds all data of this installation.

data/        the database              files/    what people attached
logs/        the server's log          run/      locks, who runs now
secret.key   the key of all secrets    backups/  copies made by `upgrade`
"""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from konveyer.adapters.postgres import Trouble
from konveyer.config.secrets import make_key_file
from konveyer.kit.words import gettext as _

SIGNS = {"data", "run", "secret.key"}  # one of these makes a folder a Konveyer home
FOLDERS = ("files", "logs", "run")


@dataclass(frozen=True)
class Home:
    """The folder and the places in it."""

    path: Path

    @property
    def data(self) -> Path:
        """The database's own folder."""
        return self.path / "data"

    @property
    def files(self) -> Path:
        """Attached files."""
        return self.path / "files"

    @property
    def run(self) -> Path:
        """Locks and notes about running processes; may be emptied when nothing runs."""
        return self.path / "run"

    @property
    def key(self) -> Path:
        """The secret key; without it, what is encrypted in the database stays so."""
        return self.path / "secret.key"

    @property
    def backups(self) -> Path:
        """Copies made before an upgrade."""
        return self.path / "backups"

    @property
    def frozen(self) -> Path:
        """While this file exists nothing is sent to anybody: so a restored copy starts."""
        return self.path / "sending-frozen"

    @property
    def unfinished(self) -> Path:
        """While this file exists a restore has not come to its end."""
        return self.path / "restore-unfinished"


def location() -> Path:
    """KONVEYER_HOME, else `konveyer` in the user's data folder."""
    if chosen := os.environ.get("KONVEYER_HOME"):
        return Path(chosen).expanduser().absolute()
    share = os.environ.get("XDG_DATA_HOME")
    return (Path(share) if share else Path.home() / ".local" / "share") / "konveyer"


def prepare(path: Path | None = None) -> Home:
    """The home, made on first use with its key (0600) and named in the environment. Raises Trouble."""
    home = Home((path or location()).absolute())
    os.environ["KONVEYER_HOME"] = str(home.path)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "konveyer.config.settings")
    try:
        home.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        _refuse_strange(home)
        for name in FOLDERS:
            (home.path / name).mkdir(mode=0o700, exist_ok=True)
    except OSError as problem:
        raise Trouble(
            "home",
            _(
                "The folder {folder} cannot be used: {problem}. Set KONVEYER_HOME to a folder of yours."
            ).format(folder=home.path, problem=problem.strerror),
        ) from problem
    if not os.environ.get("KONVEYER_SECRET"):
        with locked(home.run / "key.lock"):
            make_key_file()
    return home


def _refuse_strange(home: Home) -> None:
    present = {entry.name for entry in home.path.iterdir()} - {"lost+found"}
    owner = home.path.stat().st_uid
    if present and owner != os.getuid():
        raise Trouble(
            "foreign_home",
            _(
                "The folder {folder} belongs to another system account (number {uid}). Run Konveyer under that account, "
                "or set KONVEYER_HOME to a folder of yours."
            ).format(folder=home.path, uid=owner),
        )
    if present and not present & SIGNS:
        raise Trouble(
            "strange_home",
            _(
                "The folder {folder} holds other files ({names} …) and no Konveyer. Set KONVEYER_HOME to an empty folder."
            ).format(folder=home.path, names=", ".join(sorted(present)[:3])),
        )


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Wait for the lock on this file and hold it during the block."""
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
