"""The web process: granian serving Django, a master with two workers.

The application is loaded once in the master and shared by its copies, the workers: they start at once and the
memory that they never change is there only once.
"""

import argparse
import gc
import signal
from typing import Any

from konveyer.running.child import begin, end_with_parent

WORKERS = 2
THREADS = 2


def load(target: str) -> Any:
    """Called in each worker: a master killed with -9 must not leave workers that go on answering."""
    end_with_parent(signal.SIGKILL)
    from konveyer.config.wsgi import application

    return application


def main() -> None:
    """Serve until told to stop."""
    begin("web")
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", required=True)
    parser.add_argument("--port", type=int, required=True)
    chosen = parser.parse_args()

    import granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    import konveyer.config.wsgi  # noqa: F401 - loaded before the workers are copied from this process

    gc.collect()
    gc.freeze()
    granian.Granian(
        "konveyer.config.wsgi:application",
        address=chosen.host,
        port=chosen.port,
        interface=Interfaces.WSGI,
        workers=WORKERS,
        blocking_threads=THREADS,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        log_level=LogLevels.error,
    ).serve(target_loader=load)


if __name__ == "__main__":
    main()
