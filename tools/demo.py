"""`make demo`: a made-up firm in `.demo`, served until Ctrl-C; with --detach it goes on in the background.

The last line on standard output is `READY URL EMAIL PASSWORD`. What the server says goes to .demo/logs/up.log.
"""

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
HOME = PROJECT / ".demo"
NOTE = HOME / "demo.json"
KONVEYER = str(Path(sys.executable).with_name("konveyer"))
FIRM, OWNER, PASSWORD = "Северный метод", "owner@demo.example", "konveyer-demo"
LONGEST_START = 180.0


def main() -> int:
    """Fill the demo if it is empty, serve it, say READY."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--detach", action="store_true")
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
    chosen = parser.parse_args()
    os.environ["KONVEYER_HOME"] = str(HOME)
    os.environ.pop("DATABASE_URL", None)
    os.environ.pop("KONVEYER_APP_URL", None)

    account = filled()
    if (url := already_up()) is not None:
        print("The demo is already running.", file=sys.stderr)
        return ready(url, account)
    server = start(chosen.port)
    try:
        url = wait(server)
    except BaseException:
        server.terminate()
        raise
    if chosen.detach:
        print(f"demo       goes on in the background; stop it with: kill {server.pid}", file=sys.stderr)
    ready(url, account)
    return 0 if chosen.detach else stay(server)


def filled() -> dict[str, str]:
    """The account to sign in with; makes the data when there are none yet."""
    if NOTE.exists():
        return dict(json.loads(NOTE.read_text()))
    clear()
    print("demo       making a year of a made-up firm …", file=sys.stderr)
    if subprocess.run([KONVEYER, "demo", "--help"], capture_output=True, check=False).returncode == 0:
        made = subprocess.run([KONVEYER, "demo", "--json"], stdout=subprocess.PIPE, text=True, check=True)
        found = json.loads(made.stdout)
        account = {"email": found.get("owner", OWNER), "password": found.get("password", PASSWORD)}
    else:
        command = [
            KONVEYER,
            "init",
            "--workspace",
            FIRM,
            "--owner",
            OWNER,
            "--password",
            PASSWORD,
            "--team",
            "6+",
        ]
        subprocess.run([*command, "--json"], stdout=subprocess.DEVNULL, check=True)
        account = {"email": OWNER, "password": PASSWORD}
    NOTE.write_text(json.dumps(account))
    return account


def clear() -> None:
    """Throw away a demo whose making was broken off."""
    if not HOME.exists():
        return
    from konveyer.adapters.postgres import Cluster

    Cluster(HOME / "data").stop()
    shutil.rmtree(HOME)


def already_up() -> str | None:
    """The address of a demo that is still being served."""
    from konveyer.running.home import Home
    from konveyer.running.supervisor import who_is_up

    return (who_is_up(Home(HOME)) or {}).get("url")


def start(port: int) -> "subprocess.Popen[str]":
    """`konveyer up` in a session of its own; another port when the wanted one is taken."""
    from konveyer.running import ports

    if port and not all(ports.free("127.0.0.1", number) for number in (port, port + ports.AFTER)):
        print(f"demo       port {port} is taken; choosing another", file=sys.stderr)
        port = 0
    log = (HOME / "logs" / "up.log").open("a")
    return subprocess.Popen(
        [KONVEYER, "up", "--port", str(port), "--json"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=log,
        text=True,
        start_new_session=True,
    )


def wait(server: "subprocess.Popen[str]") -> str:
    """Its address, once it is well."""
    assert server.stdout is not None
    line = server.stdout.readline()
    if not line:
        sys.exit(f"demo       the server did not start:\n{(HOME / 'logs' / 'up.log').read_text()[-3000:]}")
    url = str(json.loads(line).get("url", ""))
    until = time.monotonic() + LONGEST_START
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=5):
                return url
        except (urllib.error.URLError, OSError) as problem:
            reason = problem
        if server.poll() is not None:
            break
        time.sleep(0.1)
    sys.exit(f"demo       the server is not well: {reason}\n{(HOME / 'logs' / 'up.log').read_text()[-3000:]}")


def ready(url: str, account: dict[str, str]) -> int:
    """The line that others wait for."""
    print("READY", url, account["email"], account["password"], flush=True)
    return 0


def stay(server: "subprocess.Popen[str]") -> int:
    """Wait for the server's end; pass Ctrl-C and TERM on to it."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, _frame: server.send_signal(number))
    return server.wait()


if __name__ == "__main__":
    sys.exit(main())
