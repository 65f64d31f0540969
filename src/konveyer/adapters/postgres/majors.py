"""From an older major version of PostgreSQL to ours, by pg_upgrade, with the old folder kept until it has worked."""

import contextlib
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

from konveyer.adapters.postgres import launch, pidfile
from konveyer.adapters.postgres.account import Account, account_for
from konveyer.adapters.postgres.binaries import FOLDERS, MAJOR, environment, programs
from konveyer.adapters.postgres.cluster import Cluster
from konveyer.adapters.postgres.settings import SUPERUSER, conf
from konveyer.adapters.postgres.trouble import Trouble
from konveyer.kit.words import gettext as _


def upgrade(data: Path, say: Callable[[str], None], *, durable: bool = True) -> Path:
    """Make the folder one of our major version. Returns where the old one is kept. Raises Trouble; then nothing changed.

    The data are copied, so the room is needed twice; the old folder is a whole database that its version can start.
    Only under the home's lock, with no server running.
    """
    found = Cluster(data).major()
    if found is None or found not in FOLDERS or found >= MAJOR:
        text = _("From PostgreSQL {found} to {ours} there is no way here; this Konveyer carries {carried}.")
        raise Trouble(
            "no_way", text.format(found=found, ours=MAJOR, carried=", ".join(map(str, sorted(FOLDERS))))
        )
    pidfile.remove_stale(data)
    account = account_for(data)
    _ensure_room(data)
    say(_("PostgreSQL {found} → {ours}: copying the data").format(found=found, ours=MAJOR))
    work = data.with_name("upgrading")
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(mode=0o700)
    account.own(work)
    try:
        with _reachable(work, account) as reach:
            _run(data, work, reach, account, found, [] if durable else ["--no-sync"])
    except BaseException:
        if (work / "old").exists():
            (work / "old").rename(data)
        shutil.rmtree(work, ignore_errors=True)
        raise
    kept = data.with_name(f"data-{found}")
    (work / "old").rename(kept)
    (work / "new").rename(data)
    shutil.rmtree(work)
    return kept


def _run(data: Path, work: Path, reach: str, account: Account, found: int, sync: list[str]) -> None:
    old, new = programs(account, found), programs(account)
    _recover(data, account, found)
    launch.tool(
        "pg_checksums",
        ["--enable", *sync, "-D", launch.name_of(data, account)],
        account=account,
        cwd=data,
        major=found,
        may_fail=True,
    )
    (work / "new").mkdir(mode=0o700)
    account.own(work / "new")
    options = ["-D", f"{reach}/new", "-E", "UTF8", "--locale=C", "-U", SUPERUSER, "-A", "peer", *sync]
    launch.tool(
        "initdb",
        [*options, "--locale-provider=builtin", "--builtin-locale=PG_UNICODE_FAST"],
        account=account,
        cwd=work,
    )
    data.rename(work / "old")
    _open_to(account, work / "old")
    _open_to(account, work / "new")
    arguments = ["--old-datadir", f"{reach}/old", "--new-datadir", f"{reach}/new", "--old-bindir", str(old)]
    arguments += ["--new-bindir", str(new), "--username", SUPERUSER, "--socketdir", reach, "--copy", *sync]
    launch.tool("pg_upgrade", arguments, account=account, cwd=work)
    with (work / "new" / "postgresql.conf").open("a") as file:
        file.write("\ninclude_if_exists 'konveyer.conf'\n")
    settings = work / "new" / "konveyer.conf"
    settings.write_text(conf(durable=True))
    account.own(settings)


def _open_to(account: Account, data: Path) -> None:
    """pg_upgrade signs in as the server's own account; the usual files come back at the next start."""
    (data / "pg_hba.conf").write_text("local all all peer map=konveyer\n")
    (data / "pg_ident.conf").write_text(f'konveyer "{account.name}" all\n')


def _recover(data: Path, account: Account, major: int) -> None:
    """A server that was killed has work left in its log; one start and stop of its own version does it."""
    launch.tool(
        "postgres",
        ["--single", "-D", launch.name_of(data, account), "template1"],
        account=account,
        cwd=data,
        major=major,
    )


def _ensure_room(data: Path) -> None:
    size = sum(path.stat().st_size for path in data.rglob("*") if path.is_file())
    free = shutil.disk_usage(data).free
    if free < size * 1.2:
        text = _("Too little room: the upgrade copies {size} MB and {free} MB are free. Nothing was touched.")
        raise Trouble("disk_full", text.format(size=size // 1024**2, free=free // 1024**2))


@contextlib.contextmanager
def _reachable(work: Path, account: Account) -> Iterator[str]:
    """A name for the folder that every program of the account can follow, also below a folder closed to it.

    A process of the account stands in the folder as long as it takes; others find it as that process's own folder.
    """
    if account.enters(work):
        yield str(work)
        return
    holder = subprocess.Popen(
        ["/bin/sleep", "infinity"],
        cwd=work,
        env=environment(),
        preexec_fn=launch.die_with_parent(signal.SIGKILL),
        **account.spawn(),
    )
    try:
        yield f"/proc/{holder.pid}/cwd"
    finally:
        holder.kill()
        holder.wait()
