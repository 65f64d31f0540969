"""The commands that run and look after the program: up, doctor, backup, restore, upgrade, thaw."""

import json

from konveyer.commands.call import Call, Commands, Result


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
