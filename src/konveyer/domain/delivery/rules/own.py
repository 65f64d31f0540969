"""Our own side: copies of what we sent, answers to it, and whose mailbox it is when nobody says so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from konveyer.domain.delivery.rules.letter import Asked, Classified, Known, Letter
from konveyer.domain.people.rules.emails import company_domain

SENT_FOLDERS = re.compile(
    r"\.?(?:inbox[./])?(?:sent(?:[ _-](?:items|mail|messages))?|отправленные|отправленные письма|gesendet\w*(?: objekte)?|&BB4EQgQ\S*|envoyés|enviados|posta inviata|исходящие)$",
    re.I,
)
OUR_ID = re.compile(r"\.konveyer@([^\s<>@]{1,255}?)>?\s*$", re.I)
_ID = re.compile(r"<([^<>\s]{1,500})>")
_ANSWERING = re.compile(
    r"^\s*(?:(?:re|aw|antw|antwort|ha|на|отв|ответ|res|rif|réf|ref|sv|vs|odp|yнт|fwd?|fw|wg|tr|rv|i|enc|пересл|пересылка|vb|doorst)(?:\s?[\[(]\d{1,3}[\])]|\^\d)?\s*:\s*)+",
    re.I,
)
MAJORITY = 0.5


def sent_copy(asked: Asked) -> Classified | None:
    """A copy of a letter of ours: sent from one of our addresses and not a machine's report."""
    letter, known = asked.letter, asked.known
    if letter.kind == "multipart/report" or letter.get("return-path").strip() == "<>":
        return None
    signs = []
    if any(name.startswith("x-konveyer") for name, _ in letter.headers):
        signs.append("our_header")
    own_id = OUR_ID.search(letter.get("message-id"))
    if own_id or _bare(letter.get("message-id")) in known.message_ids:
        signs.append("our_message_id")
    if SENT_FOLDERS.search(letter.folder) or re.search(
        r"\b(?:sent|отправленные)\b", letter.get("x-gmail-labels"), re.I
    ):
        signs.append("sent_folder")
    if letter.sender and letter.sender in known.addresses:
        signs.append("our_address")
    if not signs or (signs == ["our_address"] and _machines(letter)):
        return None
    return Classified("sent_copy", reasons=tuple(signs))


def _machines(letter: Letter) -> bool:
    """A report that carries our own address as its sender."""
    said = letter.get("auto-submitted").strip().lower()
    return (
        bool(said and not said.startswith("no"))
        or bool(letter.delivery)
        or bool(letter.get("x-failed-recipients"))
    )


def _bare(value: str) -> str:
    return value.strip().strip("<>")


def answered_ids(letter: Letter) -> list[str]:
    """Message-IDs that the letter says it answers."""
    named = f"{letter.get('in-reply-to')} {letter.get('references')}"
    return _ID.findall(named[:8000])


def answers_ours(letter: Letter, known: Known, quoted: bool) -> bool:
    """Whether something shows that it answers a letter of ours."""
    ids = answered_ids(letter)
    if any(OUR_ID.search(one) or one in known.message_ids for one in ids):
        return True
    return bool(ids and _ANSWERING.match(letter.subject)) or (
        quoted and bool(_ANSWERING.match(letter.subject) or ids)
    )


def bare_subject(subject: str) -> str:
    """The subject without Re:, На:, Fwd: and their kind."""
    return _ANSWERING.sub("", subject)


def is_answering(subject: str) -> bool:
    """Whether the subject begins with Re: or a word of its kind."""
    return bool(_ANSWERING.match(subject))


def inferred(letters: Sequence[Letter]) -> Known:
    """Whose mailbox a batch comes from: the address, or the domain of a firm, that a majority was sent to.

    Two letters say nothing; a domain that names no firm (gmail.com) is never taken as a whole.
    """
    ids: Counter[str] = Counter()
    told: Counter[str] = Counter()
    domains: Counter[str] = Counter()
    for letter in letters:
        told.update(set(letter.to))
        domains.update({company_domain(address) for address in letter.to} - {""})
        ids.update(found[1].lower() for one in answered_ids(letter) if (found := OUR_ID.search(one)))
        own = OUR_ID.search(letter.get("message-id"))
        ids.update([own[1].lower()] if own else [])
    enough = max(3, len(letters) * MAJORITY)
    ours = {name for name, count in domains.items() if count > enough} | set(ids)
    mailbox = {
        address for address, count in told.items() if count > enough or address.rpartition("@")[2] in ours
    }
    senders = {
        letter.sender
        for letter in letters
        if letter.sender.rpartition("@")[2] in ours and letter.kind != "multipart/report"
    }
    return Known(frozenset(mailbox | {one for one in senders if not _reports(one)}), domains=frozenset(ours))


def _reports(address: str) -> bool:
    return address.partition("@")[0] in (
        "mailer-daemon",
        "postmaster",
        "mail-daemon",
        "noreply",
        "no-reply",
        "root",
    )
