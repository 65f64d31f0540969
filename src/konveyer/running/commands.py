"""The commands that run and look after the program: up, doctor, backup, restore, upgrade, thaw."""

import json
from dataclasses import asdict

from konveyer.commands.call import DONE, ENVIRONMENT, Call, Commands, Result

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
