"""Signals to the supervisor: stop, hurry, renew; and sleeping that any of them ends."""

import os
import select
import signal
from types import TracebackType
from typing import Any


class Signals:
    """TERM and INT ask to stop, a second one to hurry, HUP to start the processes anew, a child's end wakes."""

    def __init__(self) -> None:
        self.stop = False
        self.hurry = False
        self._renew = False

    def __enter__(self) -> "Signals":
        self._reader, self._writer = os.pipe()
        os.set_blocking(self._reader, False)
        os.set_blocking(self._writer, False)
        self._old_wakeup = signal.set_wakeup_fd(self._writer, warn_on_full_buffer=False)
        handlers: dict[signal.Signals, Any] = {
            signal.SIGTERM: self._on_stop,
            signal.SIGINT: self._on_stop,
            signal.SIGHUP: self._on_renew,
            signal.SIGCHLD: lambda *_: None,
        }
        self._old = {number: signal.signal(number, handler) for number, handler in handlers.items()}
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, handler in self._old.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._old_wakeup)
        os.close(self._reader)
        os.close(self._writer)

    def sleep(self, seconds: float) -> None:
        """Sleep, at most until the next signal."""
        if select.select([self._reader], [], [], seconds)[0]:
            os.read(self._reader, 4096)

    def take_renewal(self) -> bool:
        """Whether a renewal was asked for since the last time."""
        asked, self._renew = self._renew, False
        return asked

    def _on_stop(self, *_frame: object) -> None:
        self.hurry = self.stop
        self.stop = True

    def _on_renew(self, *_frame: object) -> None:
        self._renew = True
