"""Why a letter has not gone yet, and when it goes: for an address, over all mailboxes."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from konveyer.domain.delivery.models import Mailbox, OutboxMessage, OutboxRecipient
from konveyer.domain.delivery.queries.outbox import budget, next_of
from konveyer.domain.delivery.rules.limits import Next, plan
from konveyer.domain.delivery.rules.outbox import QUEUED

OFF, NO_PASSWORD, DUE_LATER = "off", "no_password", "due_later"


@dataclass(frozen=True)
class WhyLetter:
    """A letter to the address: its state; why it waits and until when, if it waits. `at` is None when a person must act first."""

    message_id: UUID
    mailbox: str
    subject: str
    state: str
    why: str
    at: datetime | None
    said: str


@dataclass(frozen=True)
class WhyMailbox:
    """When a mailbox could send a new letter: `why` names what holds it, empty when nothing does."""

    mailbox: str
    why: str
    at: datetime | None


def why(workspace_id: UUID, address: str, now: datetime) -> tuple[list[WhyLetter], list[WhyMailbox]]:
    """Letters to this address, newest first, at most a hundred; and every mailbox. Cost goes with these alone."""
    boxes = {box.pk: box for box in Mailbox.objects.filter(workspace_id=workspace_id).order_by("address")}
    to = OutboxRecipient.objects.filter(workspace_id=workspace_id, address=address).values("message_id")
    rows = OutboxMessage.objects.filter(workspace_id=workspace_id, pk__in=to).order_by("-created_at", "-id")[
        :100
    ]
    found = list(rows)
    waiting = {row.mailbox_id for row in found if row.state == QUEUED}
    coming = {pk: when for box in waiting for pk, when in _coming(boxes[box], now).items()}
    letters = [_letter(row, boxes[row.mailbox_id], coming, now) for row in found]
    return letters, [WhyMailbox(box.address, *_held(box, now)) for box in boxes.values()]


def _held(box: Mailbox, now: datetime) -> tuple[str, datetime | None]:
    """What holds a new letter, and until when."""
    if not box.active:
        return OFF, None
    if not box.sealed_password:
        return NO_PASSWORD, None
    if box.stopped and box.stopped_until is None:
        return box.stopped, None
    coming = next_of(box, now)
    return (box.stopped if coming.limit == "stopped" else coming.limit), coming.at


def _coming(box: Mailbox, now: datetime) -> dict[UUID, Next]:
    """When each waiting letter of the mailbox goes, in the order in which the sender takes them."""
    rows = OutboxMessage.objects.filter(workspace_id=box.workspace_id, mailbox=box, state=QUEUED)
    due = list(rows.order_by("due_at", "id").values_list("pk", "due_at"))
    limits, used, zone = budget(box, now)
    moments = [moment for _pk, moment in due if moment]
    planned = plan(limits, used, now, zone, moments, box.stopped_until)
    return {pk: when for (pk, _moment), when in zip(due, planned, strict=True)}


def _letter(row: OutboxMessage, box: Mailbox, coming: dict[UUID, Next], now: datetime) -> WhyLetter:
    held, at = "", None
    if row.state == QUEUED:
        held, at = _held(box, now)
        if at is not None:
            when = coming[row.pk]
            later = DUE_LATER if when.at > now and not when.limit else when.limit
            held, at = (box.stopped if later == "stopped" else later), when.at
    return WhyLetter(row.pk, box.address, row.subject, row.state, held, at, row.said)
