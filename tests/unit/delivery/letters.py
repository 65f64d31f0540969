"""Small raw messages for the tests: written here, nobody's mail."""

from __future__ import annotations

from konveyer.adapters.letters import read_letter
from konveyer.domain.delivery.rules.classify import classify
from konveyer.domain.delivery.rules.letter import Classified, Known, Letter

OWN = "anna.belova@sever-consult.example"
KNOWN = Known(frozenset({OWN}))


def raw(
    text: str,
    *,
    subject: str = "Re: Аудит склада",
    sender: str = "Иван Кузнецов <kuznetsov@zavod.example>",
    **headers: str,
) -> bytes:
    """A message to us; a keyword is a header, its underscores are hyphens. In-Reply-To names a letter of ours unless told."""
    fields = {
        "From": sender, "To": f"Анна Белова <{OWN}>", "Subject": subject, "Date": "Tue, 28 Apr 2026 10:00:00 +0300",
        "Message-ID": "<a1@zavod.example>", "In-Reply-To": "<77.konveyer@sever-consult.example>", "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
    }  # fmt: skip
    fields |= {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\n" for name, value in fields.items() if value)
    return f"{head}\n{text}\n".encode()


def letter(text: str, **told: str) -> Letter:
    """The same, read."""
    return read_letter(raw(text, **told))


def judged(text: str, **told: str) -> Classified:
    """The verdict on it."""
    return classify(letter(text, **told), KNOWN)


def report(text: str, **told: str) -> Classified:
    """The verdict on a notice of a mail server, by its sender and its empty return path."""
    usual = {
        "sender": "Mail Delivery System <MAILER-DAEMON@mx.zavod.example>", "subject": "Undelivered Mail Returned to Sender", "In_Reply_To": "",
        "Return_Path": "<>",
    }  # fmt: skip
    return judged(text, **(usual | told))


def dsn(blocks: str, notice: str = "Your message could not be delivered.", **told: str) -> Classified:
    """The verdict on a report in the form of RFC 3464. `blocks`: the recipients' fields, parted by empty lines."""
    body = (
        f"--b\nContent-Type: text/plain\n\n{notice}\n--b\nContent-Type: message/delivery-status\n\n"
        f"Reporting-MTA: dns; mx.zavod.example\n\n{blocks}\n--b\nContent-Type: text/rfc822-headers\n\n"
        f"From: {OWN}\nTo: someone@else.example\nSubject: Offer\n--b--\n"
    )
    return report(body, Content_Type='multipart/report; report-type=delivery-status; boundary="b"', **told)
