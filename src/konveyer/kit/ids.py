"""Identifiers: UUID version 7 (RFC 9562), so that keys made later sort later."""

import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from random import Random
from uuid import UUID

_drawn: ContextVar["_Drawn | None"] = ContextVar("ids", default=None)


class _Drawn:
    """Keys from a seed: one millisecond after another."""

    def __init__(self, source: Random, start: int) -> None:
        self.source, self.next = source, start

    def take(self) -> UUID:
        self.next += 1
        return _compose(self.next, self.source.getrandbits(74))


def uuid7() -> UUID:
    """A new identifier: 48 bits of Unix milliseconds, then random bits."""
    drawn = _drawn.get()
    return drawn.take() if drawn else _compose(time.time_ns() // 1_000_000, secrets.randbits(74))


def _compose(milliseconds: int, noise: int) -> UUID:
    high, low = noise >> 62, noise & (1 << 62) - 1
    return UUID(int=(milliseconds & 0xFFFF_FFFF_FFFF) << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low)


@contextmanager
def drawn_from(source: Random, start: int) -> Iterator[None]:
    """Inside the block keys come from `source` and count milliseconds from `start`: the same seed, the same keys."""
    token = _drawn.set(_Drawn(source, start))
    try:
        yield
    finally:
        _drawn.reset(token)
