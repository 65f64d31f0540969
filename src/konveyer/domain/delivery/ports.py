"""What mailboxes need from outside: mail servers that are spoken to, and the names of the network."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from konveyer.domain.delivery.rules.steps import Step


@dataclass(frozen=True)
class Door:
    """One server of a mailbox and how it is entered. The password stands in no text of it."""

    host: str
    port: int
    security: str  # tls | starttls | none
    login: str
    password: str = field(repr=False)


class NotOpened(Exception):
    """No letter could be begun: where it ended (connect, hello or sign_in), and what the server said."""

    def __init__(self, stage: str, code: int, said: str) -> None:
        super().__init__(stage)
        self.stage, self.code, self.said = stage, code, said


@dataclass(frozen=True)
class Handed:
    """How handing a letter over ended: the last stage (sender, recipient, data, body or composing), the server's answer there,
    and its answers to each address. `lost`: the connection broke before the answer to that stage. `stood_down`: we kept the
    body back, since the letter might not go any more."""

    stage: str
    code: int = 0
    said: str = ""
    recipients: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    lost: bool = False
    stood_down: bool = False


class Line(Protocol):
    """An open way to a mail server."""

    open: bool

    def hand_over(
        self, ident: UUID, sender: str, to: Sequence[str], data: bytes, at_dot: Callable[[], bool]
    ) -> Handed:
        """Hand one letter over. `at_dot` is asked just before the body goes out; on False it is kept back. A taken letter
        is in the local journal before this returns."""
        ...


class SentJournal(Protocol):
    """What this machine knows of letters that receivers took, apart from the database."""

    def found(self, ident: UUID) -> str | None:
        """What the receiver said when it took the letter; None when nothing is known of it here."""
        ...


class Servers(Protocol):
    """Mail servers. Nothing is sent by a trial, and nothing in the mailbox is changed."""

    def sending(self, door: Door) -> AbstractContextManager[Line]:
        """A way to send letters. Raises NotOpened, and Frozen when nothing may leave this installation."""
        ...

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
    journal: SentJournal | None = None


_now = _Plugged()


def plug(*, servers: Servers, names: Names, journal: SentJournal) -> None:
    """Called by the wiring."""
    _now.servers, _now.names, _now.journal = servers, names, journal


def servers() -> Servers:
    """The mail servers in use."""
    assert _now.servers  # noqa: S101 - the wiring has run
    return _now.servers


def names() -> Names:
    """The name servers in use."""
    assert _now.names  # noqa: S101
    return _now.names


def sent_journal() -> SentJournal:
    """The local journal in use."""
    assert _now.journal  # noqa: S101
    return _now.journal
