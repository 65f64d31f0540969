"""Letters into the outbox, out of it again, and what a person says of those whose fate is not known."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from konveyer.domain.delivery.models import Mailbox, OutboxMessage, OutboxRecipient
from konveyer.domain.delivery.queries.outbox import letter
from konveyer.domain.delivery.rules.composing import message_id
from konveyer.domain.delivery.rules.outbox import ACCEPTED, QUEUED, UNKNOWN, WITHDRAWN
from konveyer.domain.delivery.rules.settings import read_address
from konveyer.domain.journal.operations import record
from konveyer.domain.people.rules.facts import one_line
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.kit.enqueue import enqueue
from konveyer.kit.ids import uuid7
from konveyer.kit.live import announce
from konveyer.kit.refusal import Invalid, Refused

JOB = "delivery.send"
LONGEST = 200_000


@dataclass(frozen=True)
class Letter:
    """What is to be said, to whom. `cause` names the one reason for it: a second letter of one cause is not made."""

    cause: str
    purpose: str  # question | answer | service | advertising
    to: Sequence[str]
    subject: str
    text: str
    in_reply_to: str = ""
    references: str = ""


def queue_letter(*, actor: Actor, at: datetime, mailbox: Mailbox, wanted: Letter) -> OutboxMessage:
    """Put a letter into the outbox; the letter of that cause when there is one already. Raises Invalid."""
    subject = one_line(wanted.subject)
    if not subject or len(subject) > 400:
        raise Invalid(
            "subject", _("Give the letter a subject of up to 400 characters."), fields={"subject": "invalid"}
        )
    if not wanted.text.strip() or len(wanted.text) > LONGEST:
        raise Invalid(
            "text", _("Write the letter: it is empty, or far too long."), fields={"text": "invalid"}
        )
    addresses = list(dict.fromkeys(read_address(address, "to") for address in wanted.to))
    ident = uuid7()
    row, made = OutboxMessage.objects.get_or_create(
        workspace_id=actor.workspace_id,
        cause=wanted.cause,
        defaults={
            "id": ident, "mailbox": mailbox, "purpose": wanted.purpose, "message_id": message_id(ident, mailbox.address),
            "sender": mailbox.address, "sender_name": mailbox.name, "subject": subject, "text": wanted.text.replace("\x00", ""),
            "in_reply_to": wanted.in_reply_to, "references": wanted.references, "due_at": at, "created_by_id": actor.member_id,
            "created_at": at,
        },
    )  # fmt: skip
    if made:
        OutboxRecipient.objects.bulk_create(
            OutboxRecipient(workspace_id=actor.workspace_id, message=row, address=address)
            for address in addresses
        )
        enqueue(JOB, workspace_id=actor.workspace_id, mailbox_id=str(mailbox.pk))
    return row


def withdraw_letter(*, actor: Actor, at: datetime, message_id: UUID) -> OutboxMessage:
    """Take a waiting letter back. Raises Refused when it is on its way or gone, NotFound, Forbidden."""
    return _settle(actor, at, message_id, QUEUED, WITHDRAWN)


def say_it_went(*, actor: Actor, at: datetime, message_id: UUID) -> OutboxMessage:
    """A person knows that the letter of unknown fate arrived. Raises like `withdraw_letter`."""
    return _settle(actor, at, message_id, UNKNOWN, ACCEPTED)


def send_once_more(*, actor: Actor, at: datetime, message_id: UUID) -> OutboxMessage:
    """A person decides that the letter of unknown fate goes again, under the same Message-ID. Raises like `withdraw_letter`."""
    return _settle(actor, at, message_id, UNKNOWN, QUEUED)


def _settle(actor: Actor, at: datetime, message_id: UUID, was: str, becomes: str) -> OutboxMessage:
    row = letter(actor, message_id)
    waits = becomes == QUEUED
    changed = OutboxMessage.objects.filter(workspace_id=actor.workspace_id, pk=message_id, state=was).update(
        state=becomes, due_at=at if waits else None, settled_at=None if waits else at
    )
    if not changed:
        raise Refused("moved_on", _("The letter is in another state by now: look at it again."))
    record(
        actor=actor, at=at, subject="outbox_message", subject_id=row.pk, action="settled", before={"state": was}, after={"state": becomes}
    )  # fmt: skip
    if becomes == ACCEPTED:
        OutboxRecipient.objects.filter(workspace_id=actor.workspace_id, message=row, state="waiting").update(
            state="accepted"
        )
    if waits:
        enqueue(JOB, workspace_id=actor.workspace_id, mailbox_id=str(row.mailbox_id))
    announce(actor.workspace_id, "mailbox", row.mailbox_id)
    row.refresh_from_db()
    return row
