"""A letter by which a mailbox proves that letters arrive, and letting a stopped mailbox send again."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from konveyer.domain.delivery.models import Mailbox, OutboxMessage
from konveyer.domain.delivery.operations.queueing import JOB, Letter, queue_letter
from konveyer.domain.delivery.queries.mailboxes import mailbox
from konveyer.domain.journal.operations import record
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.kit.enqueue import enqueue
from konveyer.kit.ids import uuid7
from konveyer.kit.refusal import Refused


def send_test(*, actor: Actor, at: datetime, mailbox_id: UUID, to: str) -> OutboxMessage:
    """A short letter to this address. Raises Refused without a password or while the mailbox is not in use, Invalid, NotFound, Forbidden."""
    row = mailbox(actor, mailbox_id)
    if not row.active or not row.sealed_password:
        raise Refused(
            "not_ready", _("The mailbox sends nothing: it is not in use, or its password is missing.")
        )
    text = _(
        "This letter shows that Konveyer sends from %(address)s.\n\nLook at it as your clients would: is it in the inbox or in spam, and is the sender’s name right?"
    )
    letter = Letter(
        cause=f"test:{uuid7()}", purpose="service", to=[to], subject=_("A test letter from Konveyer"),
        text=text % {"address": row.address} + "\n",
    )  # fmt: skip
    return queue_letter(actor=actor, at=at, mailbox=row, wanted=letter)


def let_send(*, actor: Actor, at: datetime, mailbox_id: UUID) -> Mailbox:
    """A person has looked at why the mailbox was stopped: it sends again. Raises NotFound, Forbidden."""
    row = mailbox(actor, mailbox_id)
    if row.stopped:
        record(
            actor=actor, at=at, subject="mailbox", subject_id=row.pk, action="changed", before={"stopped": row.stopped},
            after={"stopped": ""},
        )  # fmt: skip
        row.stopped, row.stopped_until, row.stopped_said = "", None, ""
        row.save(update_fields=["stopped", "stopped_until", "stopped_said"])
        enqueue(JOB, workspace_id=actor.workspace_id, mailbox_id=str(row.pk))
    return row
