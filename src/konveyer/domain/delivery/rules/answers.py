"""What an SMTP server's answer means for the letter, for its reader's address and for the mailbox (RFC 5321, RFC 3463)."""

import re
from dataclasses import dataclass

# What becomes of the letter.
ACCEPTED, LATER, REFUSED = "accepted", "later", "refused"
# Whom the answer is about: nobody (a passing trouble), the reader's address, this letter, the mailbox.
TROUBLE, ADDRESS, LETTER, QUOTA, REPUTATION, SIGN_IN = (
    "trouble",
    "address",
    "letter",
    "quota",
    "reputation",
    "sign_in",
)

_ENHANCED = re.compile(r"(?:^|[\s#(])([245]\.\d{1,3}\.\d{1,3})\b")
_QUOTA = re.compile(
    r"\b[45]\.4\.5\b|quota.{0,30}(exceed|sending|daily)|daily.{0,20}(limit|quota)|sending limit|too many (messages|recipients|letters|emails)"
    r"|rate ?limit|limit.{0,20}exceeded|5\.7\.28|4\.7\.28|превы\S+.{0,30}лимит|лимит.{0,30}(отправ|исчерпан|превыш)"
)
_REPUTATION = re.compile(
    r"spam|black ?list|blocked|block list|blocklist|reputation|dnsbl|rbl|spamhaus|listed (at|by|in|on)|policy rejection|suspicious|5\.7\.(1|25|26|27)\b.{0,80}(spam|block|policy|auth|dmarc|spf|dkim)"
    r"|unsolicited|спам|заблокир"
)
_SIZE = re.compile(r"\b5\.3\.4\b|too (big|large)|exceeds.{0,30}(size|limit)|message size")
_ADDRESS = re.compile(
    r"\b5\.1\.[0-9]+\b|\b5\.2\.1\b|user.{0,20}(unknown|not found)|unknown user|no such (user|mailbox|recipient|address)|does ?n.t exist|does not exist"
    r"|mailbox.{0,20}(unavailable|not found|disabled)|invalid (recipient|mailbox|address)|recipient.{0,20}(unknown|rejected|refused|not found)|account.{0,20}(disabled|inactive)|не существует|не найден"
)


@dataclass(frozen=True)
class Meaning:
    """What becomes of the letter, whom the answer is about, and the enhanced code when there is one."""

    outcome: str
    about: str = TROUBLE
    status: str = ""


def enhanced(said: str) -> str:
    """The status code of RFC 3463 in an answer, or nothing."""
    found = _ENHANCED.search(said)
    return found[1] if found else ""


def meaning(code: int, said: str, stage: str) -> Meaning:
    """What `code said` means after `stage`: connect, hello, sign_in, sender, recipient, data or body.

    421 and every other 4xx put the letter off. A quota puts off all letters of the mailbox for the day; a word on
    reputation stops the mailbox until a person has looked; a failed sign-in stops it as well. Only an answer to RCPT,
    or one that names the address, speaks of the reader's address.
    """
    low, status = said.lower(), enhanced(said)
    if 200 <= code < 400:
        return Meaning(ACCEPTED, status=status)
    if stage == "sign_in" and code >= 500:
        return Meaning(LATER, SIGN_IN, status)
    if _QUOTA.search(low) or (code == 452 and stage == "recipient" and "too many" in low):
        return Meaning(LATER, QUOTA, status)
    if code < 500:
        return Meaning(LATER, TROUBLE, status)
    if stage in ("connect", "hello", "sender"):
        return Meaning(
            LATER,
            REPUTATION if _REPUTATION.search(low) else SIGN_IN if stage == "sender" else TROUBLE,
            status,
        )
    if _SIZE.search(low):
        return Meaning(REFUSED, LETTER, status)
    if stage == "recipient" and not (_REPUTATION.search(low) and not _ADDRESS.search(low)):
        return Meaning(REFUSED, ADDRESS, status)
    if _REPUTATION.search(low):
        return Meaning(REFUSED, REPUTATION, status)
    return Meaning(REFUSED, ADDRESS if _ADDRESS.search(low) else LETTER, status)
