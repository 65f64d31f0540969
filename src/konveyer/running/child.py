"""What every process under the supervisor does first: end with its parent, and mark its lines in the log."""

import ctypes
import io
import os
import signal
import sys
import threading
import time
from typing import TextIO

PR_SET_PDEATHSIG = 1
WATCH_EVERY = 1.0


def begin(name: str) -> None:
    """Call at the start of a child's main: its lines carry its name, and its end follows the supervisor's."""
    sys.stderr = sys.stdout = Prefixed(sys.__stderr__ or sys.stderr, f"{name:<6} | ")
    end_with_parent(signal.SIGTERM)
    supervisor = os.environ.get("KONVEYER_SUPERVISOR")
    if supervisor and os.getppid() != int(supervisor):
        os._exit(1)  # it died before we could ask to be told


def end_with_parent(number: signal.Signals) -> None:
    """Get this signal when the parent dies, however it dies.

    A supervisor killed with -9 must not leave a web server behind that goes on answering on the port.
    """
    parent = os.getppid()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(number), 0, 0, 0)
    else:
        threading.Thread(target=_watch, args=(parent, number), daemon=True).start()
    if os.getppid() != parent:
        os._exit(1)


def _watch(parent: int, number: signal.Signals) -> None:
    while os.getppid() == parent:
        time.sleep(WATCH_EVERY)
    os.kill(os.getpid(), number)


class Prefixed(io.TextIOBase):
    """A text stream that puts a name before each line, and writes whole lines at once."""

    def __init__(self, stream: TextIO, prefix: str) -> None:
        self._stream = stream
        self._prefix = prefix
        self._rest = ""

    def write(self, text: str) -> int:
        *whole, self._rest = (self._rest + text).split("\n")
        if whole:
            self._stream.write("".join(f"{self._prefix}{line}\n" for line in whole))
            self._stream.flush()
        return len(text)

    def flush(self) -> None:
        self._stream.flush()

    def fileno(self) -> int:
        return self._stream.fileno()

    def isatty(self) -> bool:
        return False
