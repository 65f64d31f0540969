"""Mailboxes as people see them: never with their passwords."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from konveyer.domain.delivery.models import RUNS, WAITS, Mailbox
from konveyer.domain.delivery.rules.domain_records import REASONS
from konveyer.domain.delivery.rules.steps import FAILURES, READING, SENDING, STEP_NAMES, worked
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.refusal import NotFound


@dataclass(frozen=True)
class Told:
    """A step or record in words: its name, whether it is in order, what it means, what the server said."""

    name: Any
    failure: str
    words: Any
    said: str


def mailboxes(actor: Actor) -> list[Mailbox]:
    """The workspace's mailboxes by address, with whose they are. Raises Forbidden without mailboxes.manage. One query."""
    actor.require(Right.MAILBOXES_MANAGE)
    rows = Mailbox.objects.filter(workspace_id=actor.workspace_id).select_related("member")
    return list(rows.order_by("address"))


def mailbox(actor: Actor, mailbox_id: UUID) -> Mailbox:
    """One mailbox. Raises Forbidden, NotFound."""
    actor.require(Right.MAILBOXES_MANAGE)
    rows = Mailbox.objects.filter(workspace_id=actor.workspace_id, pk=mailbox_id).select_related("member")
    row = next(iter(rows[:1]), None)
    if row is None:
        raise NotFound("not_found", _("There is no such mailbox in this workspace."))
    return row


def state(row: Mailbox) -> str:
    """off, no_password, trying, stopped, untried, fails or works."""
    if not row.active:
        return "off"
    if not row.sealed_password:
        return "no_password"
    if row.trial in (WAITS, RUNS):
        return "trying"
    if row.stopped:
        return "stopped"
    if row.tried_at is None:
        return "untried"
    return "works" if worked(row.steps, SENDING) and worked(row.steps, READING) else "fails"


def steps(row: Mailbox, way: str) -> list[Told]:
    """The last trial of one way, in words."""
    return [
        Told(STEP_NAMES[step["step"]], step["failure"], FAILURES.get(step["failure"], ""), step["said"])
        for step in row.steps
        if step["way"] == way
    ]


def records(row: Mailbox) -> Sequence[dict[str, Any]]:
    """What the domain says of its mail, each record with the reason in words."""
    return [{**record, "words": REASONS[record["reason"]]} for record in row.domain]
