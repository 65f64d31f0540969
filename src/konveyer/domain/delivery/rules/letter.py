"""An inbound letter as it was read, what is known of our own side, and what became of the question what it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

VERSION = 1  # of the rules; verdicts of an older one may be asked anew

# A line of its own in `Letter.text`: from here on stands the letter that is answered or forwarded.
ORIGINAL = "\x02"

VERDICTS = (
    "sent_copy", "bounce", "complaint", "opt_out", "absence", "left_company", "auto_reply", "referral", "interested", "later",
    "refusal", "human", "unrelated",
)  # fmt: skip

Headers = tuple[tuple[str, str], ...]


def header(headers: Iterable[tuple[str, str]], name: str) -> str:
    """The first value under this name (small letters), '' where there is none."""
    return next((value for key, value in headers if key == name), "")


@dataclass(frozen=True, slots=True)
class Part:
    """A leaf of the message: its type, file name and text (empty for what is no text)."""

    kind: str
    name: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """One message. Nothing in it is trusted: every value may be empty or nonsense.

    `text` is what a person reads, HTML turned into lines: quoted lines begin with «> », a line ORIGINAL stands before the
    letter that is answered. `delivery`: the blocks of each message/delivery-status part, the one about the message first.
    """

    headers: Headers = ()
    kind: str = "text/plain"
    report_type: str = ""
    sender: str = ""  # address of From, small letters
    sender_name: str = ""
    to: tuple[str, ...] = ()  # addresses of To, Cc, Delivered-To and of the envelope
    date: datetime | None = None
    text: str = ""
    parts: tuple[Part, ...] = ()
    delivery: tuple[tuple[Headers, ...], ...] = ()
    feedback: Headers = ()
    attached: tuple[Letter, ...] = ()
    folder: str = ""

    def get(self, name: str) -> str:
        """The first header of this name."""
        return header(self.headers, name)

    def every(self, name: str) -> list[str]:
        """All headers of this name, in their order."""
        return [value for key, value in self.headers if key == name]

    @property
    def subject(self) -> str:
        """The subject, white space in one."""
        return " ".join(self.get("subject").split())


@dataclass(frozen=True, slots=True)
class Known:
    """Our own side: addresses we write from, the Message-IDs of what we sent, domains that are ours."""

    addresses: frozenset[str] = frozenset()
    message_ids: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()

    def ours(self, address: str) -> bool:
        """Whether somebody of ours writes from this address."""
        return address in self.addresses or address.rpartition("@")[2] in self.domains


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom a report speaks of. `status` like 5.1.1 or ''; `kind`: hard, soft, unknown; `reason`: see `reasons`."""

    address: str
    status: str = ""
    kind: str = "unknown"
    reason: str = "other"


@dataclass(frozen=True, slots=True)
class Named:
    """A person who is to be asked instead; '' where it was not said."""

    name: str = ""
    role: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Classified:
    """The verdict, and why: `reasons` are the names of the rules that spoke, in their order."""

    verdict: str
    doubtful: bool = False
    recipients: tuple[Recipient, ...] = ()
    until: date | None = None
    named: tuple[Named, ...] = ()
    reply_text: str = ""
    reasons: tuple[str, ...] = ()
    version: int = VERSION


@dataclass(frozen=True, slots=True)
class Asked:
    """A letter with what several rules need of it: made once for each letter."""

    letter: Letter
    known: Known
    reply: str = ""  # without quotation and signature
    said: str = ""  # the reply as `phrases.plain` has it
    subject: str = ""  # what the subject says, prefixes of answers taken off, as `phrases.plain` has it
    answered: bool = False  # something shows that it answers a letter
