"""A letter as bytes. The message is read again before it may go: its headers are exactly those that were meant."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.utils import format_datetime
from uuid import UUID

SMTP = policy.SMTP.clone(max_line_length=76)


class Unsound(Exception):
    """The letter read again is not the letter that was meant: it must not go."""


@dataclass(frozen=True)
class Draft:
    """What a letter is made of. All in plain text; `message_id` with its angle brackets, fixed when it was queued."""

    message_id: str
    written_at: datetime
    sender_name: str
    sender: str
    to: Sequence[str]
    subject: str
    text: str
    in_reply_to: str = ""
    references: str = ""


def message_id(ident: UUID, address: str) -> str:
    """Ours, and of one letter only: it says from which installation and domain the letter came."""
    return f"<{ident}.konveyer@{address.rpartition('@')[2]}>"


def compose(draft: Draft) -> bytes:
    """The bytes to hand over, lines ended by CRLF. Raises Unsound, and ValueError for a header with a line end in it."""
    made = EmailMessage(policy=SMTP)
    made["Date"] = format_datetime(draft.written_at)
    made["From"] = Address(draft.sender_name, addr_spec=draft.sender)
    made["To"] = [Address(addr_spec=address) for address in draft.to]
    made["Subject"] = draft.subject
    made["Message-ID"] = draft.message_id
    if draft.in_reply_to:
        made["In-Reply-To"] = draft.in_reply_to
        made["References"] = draft.references or draft.in_reply_to
    made.set_content(
        draft.text, cte=None if draft.text.isascii() else "base64"
    )  # a relay may not know 8BITMIME
    data = made.as_bytes()
    _same(made, data)
    return data


def _same(meant: EmailMessage, data: bytes) -> None:
    read = BytesHeaderParser(policy=policy.default).parsebytes(data)
    if _headers(read) != _headers(meant):
        raise Unsound


def _headers(message: EmailMessage) -> list[tuple[str, str]]:
    """Without white space: the reader doubles it between two encoded words, and no header is made of it alone."""
    return [(name.lower(), "".join(str(value).split())) for name, value in message.items()]
