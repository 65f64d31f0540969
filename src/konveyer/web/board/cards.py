"""A card as it is shown: what time is left, and of what."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from konveyer.domain.leads.queries.cards import Card
from konveyer.domain.leads.rules.deadlines import ESCALATION, FIRST_CONTACT, working_time
from konveyer.kit import formats
from konveyer.kit.formats import span_short
from konveyer.web.kit.tags.numbers import language

PLANNED_TOUCHES = 6  # R6
SIGNS = {
    "call": "phone",
    "mail": "mail",
    "meeting": "calendar",
    "message": "message",
    "letter": "send",
    "todo": "checklist",
    "sort": "inbox",
}
SOON = timedelta(hours=2)


@dataclass(frozen=True)
class Clock:
    """What runs, in words, and whether it is good, running out (warn) or over (bad)."""

    words: str
    tone: str = "3"


@dataclass(frozen=True)
class Shown:
    """A card with everything the template says."""

    card: Card
    amount: Decimal | None
    touches: int
    planned: int
    sign: str
    when: str
    clock: Clock | None
    takes: bool


def shown(
    cards: Iterable[Card],
    *,
    touches: Mapping[UUID, tuple[int, int]],
    amounts: Mapping[UUID, Decimal | None],
    roles: frozenset[UUID],
    now: datetime,
    zone: str,
) -> list[Shown]:
    """Cards with their touches, the sum of the deal where there is one, and their clock. No queries."""
    said = language()
    return [
        Shown(
            card=card,
            amount=amounts.get(card.id) or card.amount,
            touches=touches.get(card.id, (0, 0))[0],
            planned=max(PLANNED_TOUCHES, touches.get(card.id, (0, 0))[0]),
            sign=SIGNS.get(card.task_kind, "inbox"),
            when=_when(card.task_at, now, zone, said),
            clock=clock(card, now, zone, said),
            takes=card.owner_id is None and card.queue_id in roles,
        )
        for card in cards
    ]


def clock(card: Card, now: datetime, zone: str, said: str) -> Clock | None:
    """The clock that matters most: acceptance, first contact of an incoming lead, the stage's term; `said` is the language."""
    if card.handed_to_due is not None:
        return _acceptance(card.handed_to_due - now, said)
    if card.incoming and card.first_touch_at is None and card.state == "open":
        return _first_contact(working_time(card.arrived_at, now, zone), said)
    if card.due_at is None:
        return None
    left = card.due_at - now
    if left < timedelta():
        return Clock(_("overdue %(time)s") % {"time": span_short(-left, said)}, "bad")
    return Clock(span_short(left, said), "warn" if left < SOON else "3")


def _when(at: datetime | None, now: datetime, zone: str, said: str) -> str:
    """The moment of the next step: the hour today, else the day."""
    if at is None:
        return ""
    local, today = at.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone)).date()
    return formats.clock(local) if local.date() == today else formats.day_short(local.date(), said, today)


def _acceptance(left: timedelta, said: str) -> Clock:
    if left < timedelta():
        return Clock(pgettext("handoff", "not accepted"), "bad")
    return Clock(_("accept in %(time)s") % {"time": span_short(left, said)}, "warn")


def _first_contact(waited: timedelta, said: str) -> Clock:
    words = _("%(time)s of 15") % {"time": span_short(waited, said)}
    if waited > ESCALATION:
        return Clock(_("no contact for %(time)s") % {"time": span_short(waited, said)}, "bad")
    return Clock(words, "warn" if waited > FIRST_CONTACT else "act")
