"""What webhooks need from outside: keeping a secret sealed, and posting to a foreign address."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol


class Sealer(Protocol):
    """Encrypts with a key that is not in the database."""

    def seal(self, text: str) -> str: ...

    def unseal(self, sealed: str) -> str:
        """Raises Unreadable when the key is another one."""
        ...


class Unreadable(Exception):
    """Sealed with another key than ours."""


@dataclass(frozen=True)
class Reply:
    """What the other side answered. `text` is the beginning of the body, for the log."""

    status: int
    text: str = ""


class Unreachable(Exception):
    """No answer, and why: refused address, no connection, no certificate, too slow. The words are for the log."""


class Frozen(Exception):
    """Nothing leaves this installation now; the delivery waits and counts as no attempt."""


class Outbound(Protocol):
    """The one way out."""

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        """Raises Unreachable or Frozen. Never follows redirects."""
        ...


@dataclass
class _Plugged:
    sealer: Sealer | None = None
    outbound: Outbound | None = None


_now = _Plugged()


def plug(*, sealer: Sealer, outbound: Outbound) -> None:
    """Called by the wiring."""
    _now.sealer, _now.outbound = sealer, outbound


def sealer() -> Sealer:
    """The sealer in use."""
    assert _now.sealer  # noqa: S101 - the wiring has run
    return _now.sealer


def outbound() -> Outbound:
    """The way out in use."""
    assert _now.outbound  # noqa: S101
    return _now.outbound
