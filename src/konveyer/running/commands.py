"""The commands that run and look after the program: up, doctor, backup, restore, upgrade, thaw."""

import getpass
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from konveyer.adapters.postgres import Trouble
from konveyer.commands.call import DONE, ENVIRONMENT, Call, Commands, Result, WrongUse
from konveyer.kit.words import gettext as _

MARKS = {"ok": "✓", "warning": "!", "failing": "✗"}


def register(commands: Commands) -> None:
    """Add them."""
    parser = commands.add(
        "up", up, help="start everything and stay in the foreground", workspace=False, database=False
    )
    parser.add_argument(
        "--port", type=int, default=8000, metavar="N", help="the app; the next two are used too; 0 picks"
    )
    parser.add_argument(
        "--host", default="127.0.0.1", metavar="ADDRESS", help="0.0.0.0 lets other machines in"
    )
    parser = commands.add(
        "doctor", doctor, help="say what is wrong, in plain words", workspace=False, database=False
    )
    parser.add_argument("--port", type=int, default=8000, metavar="N", help="the port that `up` would use")
    parser.add_argument(
        "--roles", action="store_true", help="print the SQL that makes the roles on an outside server"
    )
    parser = commands.add(
        "backup", backup, help="a consistent copy of everything, in one file", workspace=False
    )
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument(
        "--with-key", action="store_true", help="put the secret key in too: keep such a file locked away"
    )
    parser = commands.add(
        "restore", restore, help="bring a copy back; sending starts frozen", workspace=False, database=False
    )
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--key", type=Path, metavar="FILE", help="the secret.key of the copy's installation")
    parser.add_argument(
        "--new-key", action="store_true", help="go on without it: encrypted secrets stay unreadable"
    )
    parser.add_argument("--replace", action="store_true", help="move aside what is in KONVEYER_HOME now")
    parser = commands.add(
        "upgrade", upgrade, help="bring database and tables to this version", workspace=False, database=False
    )
    parser.add_argument("--no-copy", action="store_true", help="do not back up first")
    commands.add("thaw", thaw, help="let a restored copy send again", workspace=False, database=False)


def backup(call: Call) -> Result:
    """One archive, made while others work."""
    from konveyer.running.backup import backup as make
    from konveyer.running.home import prepare

    facts = make(prepare(), call.options.file, at=call.now, with_key=call.options.with_key)
    lines = [f"{facts['file']}: {facts['bytes'] / 1e6:.1f} MB, {facts['files']} files"]
    if not call.options.with_key:
        lines.append(_("The key is not in it: keep secret.key elsewhere too, or make it with --with-key."))
    return Result(facts, lines)


def restore(call: Call) -> Result:
    """Into an empty home."""
    from konveyer.running.home import prepare
    from konveyer.running.restore import restore as bring_back

    facts = bring_back(
        prepare(),
        call.options.file,
        at=call.now,
        ask_key=_key_for(call),
        replace=call.options.replace,
        say=call.say,
    )
    erased = _erase_again()
    told = _("Restored: {workspaces}, as of {time}.")
    lines = [told.format(workspaces=", ".join(facts["workspaces"]) or "–", time=facts["made_at"])]
    lines.append(_("Sending is frozen. If the original is gone for good: konveyer thaw"))
    if erased:
        lines.append(
            _("Persons erased since this copy was made, and now again: {count}.").format(count=erased)
        )
    return Result(facts | {"sending": "frozen", "erased_again": erased}, lines)


def _erase_again() -> int:
    """Whoever was erased since the copy was made goes again, by the list beside the data. In a process with the key of the copy."""
    from konveyer.running.home import prepare

    if not (prepare().path / "erasures.jsonl").exists():
        return 0
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from konveyer.cli import main; sys.exit(main())",
            "erase-again",
            "--json",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Trouble(
            "erase_again",
            _(
                "The copy is back, but persons erased since must be erased again: konveyer erase-again. {why}"
            ).format(why=done.stderr[-300:]),
        )
    return int(json.loads(done.stdout)["erased"])


def _key_for(call: Call) -> Callable[[str], bytes | None]:
    def ask(_fingerprint: str) -> bytes | None:
        if call.options.new_key:
            return None
        if call.options.key:
            return bytes(call.options.key.read_bytes().strip())
        if chosen := os.environ.get("KONVEYER_SECRET"):
            return chosen.encode()
        if not sys.stdin.isatty():
            raise WrongUse(
                "The key is not in this backup. Name it: --key secret.key, or go on without it: --new-key"
            )
        return getpass.getpass(_("Contents of secret.key of that installation: ")).strip().encode()

    return ask


def upgrade(call: Call) -> Result:
    """With Konveyer stopped."""
    from konveyer.running.upgrade import upgrade as bring_up

    done = bring_up(at=call.now, copy=not call.options.no_copy, say=call.say)
    if done["postgres"] is None and not done["migrations"]:
        lines = [_("Everything is up to date.")]
    else:
        lines = [_("Done. Start it with: konveyer up")]
    return Result(done, lines)


def thaw(_call: Call) -> Result:
    """Only after the original has gone: two copies that send would write to every client twice."""
    from konveyer.running.home import prepare

    home = prepare()
    was = home.frozen.exists()
    home.frozen.unlink(missing_ok=True)
    return Result({"thawed": was}, [_("Sending is on again.") if was else _("Sending was not frozen.")])


def doctor(call: Call) -> Result:
    """All checks; exit code 3 when something fails."""
    from konveyer.adapters.postgres.roles import statements
    from konveyer.kit.clock import now
    from konveyer.kit.health import worst
    from konveyer.running.doctor import examine

    if call.options.roles:
        lines = [f"{line};" for line in statements()]
        return Result({"sql": lines}, lines)
    checks = list(examine(now=now, port=call.options.port))
    status = worst(checks)
    lines = [f"{MARKS[check.state]} {check.name:<11}{check.reason}".rstrip() for check in checks]
    data = {"status": status, "checks": [asdict(check) for check in checks]}
    return Result(data, lines, ENVIRONMENT if status == "failing" else DONE)


def up(call: Call) -> Result:
    """Run until Ctrl-C or SIGTERM. With --json one document is printed as soon as the web answers."""
    from konveyer.running import supervisor

    def ready(url: str, port: int) -> None:
        if call.options.json:
            print(json.dumps({"url": url, "port": port}), flush=True)
        else:
            supervisor.say_ready(url, port)

    code = supervisor.up(call.options.port, call.options.host, ready)
    raise SystemExit(code)
