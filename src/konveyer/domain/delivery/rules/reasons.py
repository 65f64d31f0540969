"""Why a message was not delivered, and whether it ever will be: from the code first, then from the words.

Reasons: unknown_user, unknown_domain, mailbox_full, disabled, policy, spam, too_large, delayed, loop, relay, timeout, other.
Codes: RFC 3463, and 5.1.10, 5.7.x of Exchange Online. The kind follows the code alone where there is one.
"""

from __future__ import annotations

import re

from konveyer.domain.delivery.rules.phrases import phrases, plain

# asked in this order: what is more special first
BY_WORDS = ("mailbox_full", "loop", "disabled", "unknown_domain", "too_large", "relay", "unknown_user", "spam", "policy", "timeout")  # fmt: skip
DEAD = frozenset({"unknown_user", "unknown_domain", "disabled"})

_BY_CODE = {
    "1.1": "unknown_user", "1.10": "unknown_user", "1.2": "unknown_domain", "1.6": "disabled", "2.1": "disabled", "2.2": "mailbox_full",
    "2.3": "too_large", "3.4": "too_large", "4.6": "loop", "4.7": "timeout", "4.4": "unknown_domain", "4.1": "timeout",
    "4.2": "timeout", "1.3": "unknown_user", "4.14": "loop", "1.8": "policy", "1.20": "unknown_user", "1.7": "policy",
}  # fmt: skip
_STATUS = re.compile(r"(?<![\w.@#-])#?([45]\.\d{1,3}\.\d{1,3})(?![\w.@-]*@)(?![\d.]*\d)")
_AFTER_REPLY = re.compile(r"(?<![\d.])[45]\d\d[ -]+#?([45]\.\d{1,3}\.\d{1,3})(?![.\d]*\d)")
_HASH = re.compile(r"#([45]\.\d{1,3}\.\d{1,3})\b")
_REPLY = re.compile(r"(?<![\w.:-])([45])[0-5]\d(?![\w.:@])")


def status_in(text: str) -> str:
    """The enhanced code that stands in the text: the one behind an SMTP reply first; '' where there is none."""
    found = _AFTER_REPLY.search(text) or _HASH.search(text) or _STATUS.search(text)
    return found[1] if found and _sensible(found[1]) else ""


def _sensible(status: str) -> bool:
    return int(status.split(".")[1]) <= 7


def reply_class(text: str) -> str:
    """«4» or «5»: the class of the SMTP reply quoted in the text, '' where there is none."""
    found = _REPLY.search(text)
    return found[1] if found else ""


def from_words(text: str) -> str:
    """The reason that the words give, '' where they give none."""
    said = plain(text[:4000].replace("_", " ").replace("-", " "))
    return next((name for name in BY_WORDS if phrases(f"report_{name}").first(said)), "")


def judged(status: str, words: str, *, delayed: bool = False) -> tuple[str, str]:
    """(reason, kind). `delayed`: the report says that it will be tried again."""
    worded = from_words(words)
    if delayed:
        return "delayed", "soft"
    reason = _by_code(status, worded)
    if status:
        return reason, {"5": "hard", "4": "soft"}.get(status[0], "unknown")
    if reason == "mailbox_full" or reply_class(words) == "4":
        return reason, "soft"
    return reason, "hard" if reason in DEAD else "unknown"


def _by_code(status: str, worded: str) -> str:
    if status.partition(".")[2].startswith("7."):
        return worded if worded in ("relay", "unknown_user", "disabled") else "policy"
    coded = _BY_CODE.get(status.partition(".")[2], "")
    if status.endswith(".4.7"):
        return "timeout"
    if coded in ("unknown_user", "timeout") and worded in (
        "disabled",
        "unknown_domain",
        "mailbox_full",
        "loop",
    ):
        return worded
    if coded == "timeout" and worded in ("unknown_user", "policy", "spam", "relay"):
        return worded
    if coded == "disabled" and worded in ("unknown_user", "mailbox_full"):
        return worded
    return coded or worded or "other"
