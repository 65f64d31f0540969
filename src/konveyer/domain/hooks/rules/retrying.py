"""When a failed delivery is tried again: soon at first, then ever later, for about three days."""

from datetime import timedelta

WAITS = (
    timedelta(seconds=10),
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=16),
    timedelta(hours=24),
    timedelta(hours=24),
)
LEASE = timedelta(minutes=2)  # longer than a delivery may take: a claim that old is of a dead worker


def wait_after(attempts: int) -> timedelta | None:
    """How long to wait after this many failed attempts; None = given up."""
    return WAITS[attempts - 1] if attempts <= len(WAITS) else None
