"""P9: from a clean checkout to the first signed-in page by one command, and the same a second time."""

# shows: P9, I2.bench

import json
import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import psutil

from bench.asking import Reader
from bench.figures import Figure
from bench.house import OURS, Broken, say

PROJECT = Path(__file__).resolve().parent.parent
FIRST, AGAIN = 60.0, 5.0


def figures() -> list[Figure]:
    """Without any cache of packages; then stopped and started anew."""
    place = Path(tempfile.mkdtemp(prefix="konveyer-bench-"))
    place.chmod(0o755)
    checkout = place / "konveyer"
    try:
        subprocess.run(["git", "clone", "-q", "--no-hardlinks", str(PROJECT), str(checkout)], check=True)
        say("P9: make demo in a clean checkout, caches empty")
        first, steps = demo(checkout, place / "caches")
        stop(checkout)
        say("P9: make demo again")
        again, _steps = demo(checkout, place / "caches")
    finally:
        stop(checkout)
        shutil.rmtree(place, ignore_errors=True)
    return [
        Figure("P9 clean checkout to signed-in page", round(first, 1), "s", FIRST, "the goal itself", round(first / FIRST, 2),
               f"≤ {FIRST:g} s", first <= FIRST, {"steps_s": steps, "commands": 1}),
        Figure("P9 the second time", round(again, 1), "s", AGAIN, "the goal itself", round(again / AGAIN, 2),
               f"≤ {AGAIN:g} s", again <= AGAIN),
    ]  # fmt: skip


def demo(checkout: Path, caches: Path) -> tuple[float, dict[str, float]]:
    """Seconds until the first page behind the sign-in; and when each line of progress was said."""
    inherited = {
        name: value for name, value in os.environ.items() if not name.startswith((*OURS, "MAKE", "MFLAGS"))
    }
    environment = inherited | {
        "PIP_CACHE_DIR": str(caches / "pip"),
        "npm_config_cache": str(caches / "npm"),
        "PORT": "0",
    }
    began, steps = time.monotonic(), {}
    running = subprocess.Popen(
        ["make", "demo", "DETACH=1"], cwd=checkout, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    assert running.stdout is not None
    last = ""
    for line in running.stdout:
        last = line.strip() or last
        steps[last[:60]] = round(time.monotonic() - began, 1)
        if last.startswith("READY "):
            break
    if not last.startswith("READY "):
        raise Broken(f"make demo ended without READY: {last}")
    _word, url, email, password = last.split()
    Reader(url).sign_in(email, password).read("/")
    seconds = time.monotonic() - began
    running.wait(30)
    return seconds, {words: at for words, at in steps.items() if not words.startswith("READY ")}


def stop(checkout: Path) -> None:
    """End the demo of this checkout."""
    note = checkout / ".demo" / "run" / "up.lock"
    if not note.exists() or not note.read_text().startswith("{"):
        return
    pid = json.loads(note.read_text()).get("pid", 0)
    if pid and psutil.pid_exists(pid):
        process = psutil.Process(pid)
        process.terminate()
        process.wait(60)
