"""A process under the supervisor: started, watched, brought back with growing pauses, stopped."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

STEADY_AFTER = 30.0  # a process that lived this long starts again at once
LONGEST_PAUSE = 30.0


@dataclass
class Child:
    """One process. `name` is what the person reads, `arguments` follow the Python that runs us."""

    name: str
    arguments: Sequence[str]
    process: "subprocess.Popen[bytes] | None" = field(default=None, init=False)
    started: float = field(default=0.0, init=False)
    failures: int = field(default=0, init=False)
    again_at: float = field(default=0.0, init=False)

    def start(self) -> None:
        """Start it in a session of its own, so that Ctrl-C at the terminal reaches only the supervisor."""
        self.started = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603
            [sys.executable, *self.arguments],
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            env={**os.environ, "KONVEYER_SUPERVISOR": str(os.getpid()), "PYTHONUNBUFFERED": "1"},
        )

    def ended(self) -> int | None:
        """Its exit code once, when it has ended; schedules its return."""
        if self.process is None or (code := self.process.poll()) is None:
            return None
        self._sweep_up()
        self.process = None
        lived = time.monotonic() - self.started
        self.failures = 0 if lived >= STEADY_AFTER else self.failures + 1
        self.again_at = time.monotonic() + self.pause()
        return code

    def pause(self) -> float:
        """Seconds until the next start: the first return is at once, then 1, 2, 4 … 30."""
        return 0.0 if self.failures <= 1 else min(2.0 ** (self.failures - 2), LONGEST_PAUSE)

    def due(self) -> bool:
        """Whether it is down and its pause is over."""
        return self.process is None and time.monotonic() >= self.again_at

    def tell(self, number: signal.Signals) -> None:
        """Send a signal, if it lives."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(number)

    def lives(self) -> bool:
        """Whether it runs."""
        return self.process is not None and self.process.poll() is None

    def stop(self) -> bool:
        """End what is left of it and of whatever it started; True if it had gone by itself."""
        if self.process is None:
            return True
        willing = not self.lives()
        self._sweep_up()
        self.process.wait()
        self.process = None
        return willing

    def _sweep_up(self) -> None:
        """Its session goes with it: no worker of a dead master goes on answering."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
