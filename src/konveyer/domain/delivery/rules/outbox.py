"""The states of a letter on its way out, and when a letter that was put off is tried again.

queued → claimed → at_dot → accepted | refused | unknown; a claim that a worker left goes back to queued, a letter left
at the dot becomes unknown: it may have gone, and only evidence or a person says so (RFC 1047).
"""

from datetime import timedelta

QUEUED, CLAIMED, AT_DOT = "queued", "claimed", "at_dot"
ACCEPTED, REFUSED, UNKNOWN, WITHDRAWN = "accepted", "refused", "unknown", "withdrawn"
STATES = (QUEUED, CLAIMED, AT_DOT, ACCEPTED, REFUSED, UNKNOWN, WITHDRAWN)
MOVES = {
    QUEUED: {CLAIMED, WITHDRAWN},
    CLAIMED: {QUEUED, AT_DOT, REFUSED, WITHDRAWN},
    AT_DOT: {QUEUED, ACCEPTED, REFUSED, UNKNOWN},
    UNKNOWN: {ACCEPTED, QUEUED, WITHDRAWN},  # by evidence, or by a person
    ACCEPTED: set[str](),
    REFUSED: set[str](),
    WITHDRAWN: set[str](),
}

# Leases outlast the ten minutes that RFC 5321, 4.5.3.2.6 gives the receiver after the final dot.
LEASE = timedelta(minutes=15)
WAITS = tuple(
    timedelta(minutes=minutes) for minutes in (5, 15, 30, 60, 120, 240, 480, 960)
)  # 31 h 50 min in all


def wait_after(attempts: int) -> timedelta | None:
    """How long to wait after this many attempts were put off; None = given up."""
    return WAITS[attempts - 1] if attempts <= len(WAITS) else None
