"""Feedback reports (ARF, RFC 5965) and what providers write when a person pressed «spam»."""

from __future__ import annotations

import re

from konveyer.domain.delivery.rules.letter import Asked, Classified, Known, Letter, Recipient, header
from konveyer.domain.delivery.rules.phrases import plain, says

NO_COMPLAINT = frozenset({"auth-failure", "not-spam", "virus", "dkim", "dmarc"})
_ADDRESS = re.compile(r"[^\s<>;,:\"()\[\]=]{1,64}@[^\s<>;,\"()\[\]]{1,255}")


def complaint(asked: Asked) -> Classified | None:
    """The verdict, with the address of the one who complained where it was not taken out."""
    letter = asked.letter
    feedback = letter.feedback or _inline(letter)
    kind = header(feedback, "feedback-type").lower()
    if kind in NO_COMPLAINT:
        return None
    if feedback and (kind or header(feedback, "user-agent")):
        return _told(letter, asked.known, feedback, "feedback_report")
    if letter.report_type == "feedback-report" and not feedback:
        return _told(letter, asked.known, feedback, "feedback_form")
    if letter.get("x-hmxmroriginalrecipient") or letter.get("x-loop") == "scomp":
        return _told(letter, asked.known, feedback, "provider_header")
    notice = plain(letter.text[:4000])
    subject = plain(letter.subject)
    provider = re.search(
        r"(?:abuse|fbl|feedback|complaint|staff@hotmail|scomp|postmaster|spam|junk|arf)", letter.sender
    )
    if says("complaint", notice) and (provider or says("complaint", subject)) and not asked.answered:
        return _told(letter, asked.known, feedback, "provider_notice")
    return None


def _inline(letter: Letter) -> tuple[tuple[str, str], ...]:
    from konveyer.domain.delivery.rules.blocks import blocks_of

    start = letter.text.lower().find("\nfeedback-type:")
    if start == -1 or (letter.attached == () and "user-agent" not in letter.text.lower()):
        return ()
    return tuple(pair for block in blocks_of(letter.text[start : start + 4000]) for pair in block)


def _told(letter: Letter, known: Known, feedback: tuple[tuple[str, str], ...], reason: str) -> Classified:
    found: dict[str, None] = {}
    for name in ("original-rcpt-to", "removal-recipient", "original-recipient"):
        found.update(
            (one.lower(), None) for key, value in feedback if key == name for one in _ADDRESS.findall(value)
        )
    if not found:
        found.update((one.lower(), None) for one in _ADDRESS.findall(letter.get("x-hmxmroriginalrecipient")))
    if not found:
        found.update((one, None) for inner in letter.attached for one in inner.to)
    if not found:
        found.update((one.lower().strip("."), None) for one in _ADDRESS.findall(letter.text[:4000]))
    people = [one for one in found if not known.ours(one) and one != letter.sender and "redacted" not in one]
    return Classified("complaint", recipients=tuple(Recipient(one, "", "unknown", "complaint") for one in people[:20]), reasons=(reason,))  # fmt: skip
