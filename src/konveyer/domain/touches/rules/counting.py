"""Which touches count (R6), and what was reached.

Counted are exchanges: talks, meetings held, webinars attended, letters, messages and mails accepted by the
receiver's server, replies. Never attempts (unanswered calls), bounced mail, or internal notes. A call is a
talk when somebody answered and it lasted at least the workspace's `talk_seconds`; entered by hand without a
length, its outcome says whether they talked.
"""

SPOKEN = {"refusal", "later", "interest", "agreed", "do_not_call", "talked"}
UNREACHED_CALL = {"no_answer", "busy", "wrong_number", "gatekeeper"}
# Outcomes that a channel can have; the first is proposed.
OUTCOMES = {
    "call": ("talked", "interest", "agreed", "later", "refusal", "gatekeeper", "no_answer", "busy", "wrong_number",
             "do_not_call"),
    "mail": ("sent", "delivered", "replied", "interest", "later", "refusal"),
    "message": ("sent", "delivered", "replied", "interest", "later", "refusal"),
    "letter": ("sent", "delivered", "replied"),
    "meeting": ("held", "not_held", "interest", "agreed", "later", "refusal"),
    "webinar": ("held", "not_held"),
}  # fmt: skip


PRESENT = {"call", "meeting", "webinar"}


def answers(channel: str, direction: str) -> bool:
    """Whether a touch is a first contact (S26): we turned to them, or both were there. A message of theirs is none."""
    return direction == "out" or channel in PRESENT


def reached(channel: str, direction: str, outcome: str, seconds: int | None, talk_seconds: int) -> bool:
    """Whether a person of theirs was there."""
    if direction == "in":
        return outcome != "not_held"
    if channel == "call":
        if outcome in UNREACHED_CALL:
            return False
        return seconds is None or seconds >= talk_seconds
    if channel in {"meeting", "webinar"}:
        return outcome != "not_held"
    return outcome in SPOKEN or outcome == "replied"


def counted(channel: str, direction: str, outcome: str, seconds: int | None, talk_seconds: int) -> bool:
    """Whether the touch has a number (R6)."""
    if channel == "call":
        if direction == "in":
            return outcome not in UNREACHED_CALL and (seconds is None or seconds >= talk_seconds)
        return reached(channel, direction, outcome, seconds, talk_seconds)
    if channel in {"meeting", "webinar"}:
        return outcome != "not_held"
    return True
