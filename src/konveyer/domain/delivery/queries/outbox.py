"""The outbox as people see it, and what a mailbox may send when."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from konveyer.domain.delivery.models import Mailbox, OutboxMessage, OutboxRecipient
from konveyer.domain.delivery.rules.limits import Limits, Next, Spent, next_letter, tomorrow
from konveyer.domain.delivery.rules.outbox import ACCEPTED, AT_DOT, CLAIMED, STATES, UNKNOWN
from konveyer.domain.workspace.models import Workspace
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit import keyset
from konveyer.kit.refusal import NotFound


@dataclass(frozen=True)
class Written:
    """A letter of the outbox with its readers by address."""

    letter: OutboxMessage
    readers: list[OutboxRecipient]


@dataclass(frozen=True)
class Log:
    """Letters of a mailbox, and the cursors of the pages after and before them."""

    rows: list[Written]
    after: str | None
    before: str | None


def letter(actor: Actor, message_id: UUID, mailbox_id: UUID | None = None) -> OutboxMessage:
    """One letter of the outbox, with `mailbox_id` only when it is one of that mailbox's. Raises Forbidden without mailboxes.manage, NotFound."""
    actor.require(Right.MAILBOXES_MANAGE)
    row = next(iter(OutboxMessage.objects.filter(workspace_id=actor.workspace_id, pk=message_id)[:1]), None)
    if row is None or mailbox_id not in (None, row.mailbox_id):
        raise NotFound("not_found", _("There is no such letter in this workspace."))
    return row


def letters(
    actor: Actor, mailbox: Mailbox, *, after: str | None = None, before: str | None = None, size: int = 20
) -> Log:
    """Letters of a mailbox with their readers, newest first. Raises Forbidden. Two queries."""
    actor.require(Right.MAILBOXES_MANAGE)
    rows = OutboxMessage.objects.filter(workspace_id=actor.workspace_id, mailbox=mailbox)
    page = keyset.page(rows, ("-created_at", "-id"), after=after, before=before, size=size)
    readers = OutboxRecipient.objects.filter(workspace_id=actor.workspace_id, message__in=page.rows)
    by_letter: dict[UUID, list[OutboxRecipient]] = {row.pk: [] for row in page.rows}
    for reader in readers.order_by("address"):
        by_letter[reader.message_id].append(reader)
    return Log([Written(row, by_letter[row.pk]) for row in page.rows], page.after, page.before)


def in_states(workspace_id: UUID) -> dict[str, int]:
    """How many letters stand in each state, all states named. One query."""
    found = OutboxMessage.objects.filter(workspace_id=workspace_id).values_list("state").annotate(Count("id"))
    return dict.fromkeys(STATES, 0) | dict(Counter(dict(found)))


def held(workspace_id: UUID) -> list[dict[str, Any]]:
    """Mailboxes that send nothing now, and why. One query."""
    rows = Mailbox.objects.filter(workspace_id=workspace_id).exclude(stopped="").order_by("address")
    return [
        {"mailbox": row.address, "why": row.stopped, "until": row.stopped_until, "said": row.stopped_said}
        for row in rows
    ]


def next_of(mailbox: Mailbox, now: datetime) -> Next:
    """When the mailbox may send its next letter, and the limit that binds. Three queries."""
    limits, used, zone = budget(mailbox, now)
    return next_letter(limits, used, now, zone, mailbox.stopped_until)


def budget(mailbox: Mailbox, now: datetime) -> tuple[Limits, Spent, str]:
    """The mailbox's limits, what is spent of them, and the zone of its day. Three queries."""
    zone = Workspace.objects.values_list("timezone", flat=True).get(pk=mailbox.workspace_id)
    return Limits(mailbox.day_limit, mailbox.hour_limit, mailbox.gap), spent(mailbox, now, zone), zone


def spent(mailbox: Mailbox, now: datetime, zone: str) -> Spent:
    """Letters that went or may have gone, and those that are being handed over right now. Two queries, of one day at most."""
    rows = OutboxMessage.objects.filter(workspace_id=mailbox.workspace_id, mailbox=mailbox)
    gone = Q(state__in=[ACCEPTED, UNKNOWN])
    day = tomorrow(now, zone) - timedelta(days=1)
    under_way = list(rows.filter(state__in=[CLAIMED, AT_DOT]).values_list("lease_until", flat=True))
    hour = rows.filter(gone, settled_at__gt=now - timedelta(hours=1)).values_list("settled_at", flat=True)
    moments = sorted([*(moment for moment in hour if moment), *(now for _lease in under_way)])
    today = rows.filter(gone, settled_at__gte=day).count() + len(under_way)
    return Spent(today, tuple(moments))
