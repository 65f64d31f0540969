"""What mailboxes need from outside: mail servers that are spoken to, and the names of the network."""

from dataclasses import dataclass, field
from typing import Protocol

from konveyer.domain.delivery.rules.steps import Step


@dataclass(frozen=True)
class Door:
    """One server of a mailbox and how it is entered. The password stands in no text of it."""

    host: str
    port: int
    security: str  # tls | starttls | none
    login: str
    password: str = field(repr=False)


class Servers(Protocol):
    """Mail servers. Nothing is sent by a trial, and nothing in the mailbox is changed."""

    def try_sending(self, door: Door, address: str) -> list[Step]:
        """Every step up to being allowed to send from `address`; the first that fails ends it."""
        ...

    def try_reading(self, door: Door) -> list[Step]:
        """Every step up to the folders of the mailbox; the first that fails ends it."""
        ...


class Names(Protocol):
    """The DNS."""

    def texts(self, name: str) -> list[str]:
        """TXT records of a name, each in one piece; none when there are none. Raises NoAnswer."""
        ...

    def exchangers(self, name: str) -> list[str]:
        """Hosts that take the mail of a domain, the first choice first. Raises NoAnswer."""
        ...


class NoAnswer(Exception):
    """The name servers said nothing: whether there is a record is not known."""


@dataclass
class _Plugged:
    servers: Servers | None = None
    names: Names | None = None


_now = _Plugged()


def plug(*, servers: Servers, names: Names) -> None:
    """Called by the wiring."""
    _now.servers, _now.names = servers, names


def servers() -> Servers:
    """The mail servers in use."""
    assert _now.servers  # noqa: S101 - the wiring has run
    return _now.servers


def names() -> Names:
    """The name servers in use."""
    assert _now.names  # noqa: S101
    return _now.names
