"""The order of the day, with its reason.

First what has a clock: a handoff to take, a new incoming lead, a moment the client named, each by time. Then what
is late, then today, then what the role's queue holds: there the lead worth most goes first, where its worth is known.
Then, by time, what comes after today.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import IntEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Turn(IntEnum):
    """Groups of the day in their order."""

    HANDOFF = 1
    INCOMING = 2
    PROMISED = 3
    LATE = 4
    TODAY = 5
    QUEUE = 6
    LATER = 7


NAMES: dict[Turn, str | Promise] = {
    Turn.HANDOFF: _("Handed to you"),
    Turn.INCOMING: _("New, waiting for a first contact"),
    Turn.PROMISED: _("Promised for a time"),
    Turn.LATE: _("Late"),
    Turn.TODAY: _("Today"),
    Turn.QUEUE: _("In the queue of your role"),
    Turn.LATER: _("Next days"),
}
WHY: dict[Turn, str | Promise] = {
    Turn.HANDOFF: _("a colleague waits for your yes, and the clock runs"),
    Turn.INCOMING: _("an incoming lead cools down: fifteen minutes are the norm"),
    Turn.PROMISED: _("the client named this moment"),
    Turn.LATE: _("the moment has passed; the dearest first"),
    Turn.TODAY: _("planned for today; the dearest first, then by time"),
    Turn.QUEUE: _("nobody works it yet; the dearest first"),
    Turn.LATER: _("planned after today"),
}


BY_WORTH = frozenset({Turn.LATE, Turn.TODAY, Turn.QUEUE})


@dataclass(frozen=True)
class Worth:
    """What a lead is worth today: the money expected times the chance of its stage. Money in the lead's currency."""

    amount: Decimal
    chance: float

    @property
    def value(self) -> Decimal:
        """Rounded to whole units: nothing here is exact."""
        return (self.amount * Decimal(str(self.chance))).quantize(Decimal(1))


def place(turn: Turn, worth: Worth | None, at: datetime) -> tuple[int, Decimal, datetime]:
    """What the day is sorted by."""
    value = worth.value if worth is not None and turn in BY_WORTH else Decimal(0)
    return turn, -value, at


@dataclass(frozen=True)
class Planned:
    """A task as the order sees it."""

    due_at: datetime
    promised: bool
    incoming_untouched: bool


def turn(task: Planned, now: datetime, day_ends: datetime) -> Turn:
    """Which group a task belongs to."""
    if task.incoming_untouched:
        return Turn.INCOMING
    if task.promised and task.due_at <= day_ends:
        return Turn.PROMISED
    if task.due_at < now - timedelta(minutes=1):
        return Turn.LATE
    return Turn.TODAY if task.due_at <= day_ends else Turn.LATER


def pace(done: int, norm: int, worked: timedelta, day: timedelta) -> int:
    """How far ahead of the pace (negative: behind) somebody is with `done` of `norm`.

    `worked` of the `day`'s working time has passed; a day without working time asks for nothing.
    """
    if day <= timedelta():
        return done
    return done - round(norm * min(max(worked / day, 0), 1))
