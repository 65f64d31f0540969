"""Reads of webhooks and of their log."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Max, Q
from django.utils.translation import gettext as _

from konveyer.domain.hooks.models import Delivery, Webhook
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit import keyset
from konveyer.kit.keyset import Page
from konveyer.kit.refusal import NotFound


@dataclass(frozen=True)
class Listening:
    """A webhook with how it goes: what waits, what was given up, when it last worked."""

    webhook: Webhook
    waiting: int
    given_up: int
    delivered: int
    last_delivered_at: datetime | None


def webhooks(actor: Actor) -> list[Listening]:
    """The workspace's webhooks by name. Raises Forbidden without webhooks.manage. Two queries."""
    actor.require(Right.WEBHOOKS_MANAGE)
    rows = Webhook.objects.filter(workspace_id=actor.workspace_id).order_by("name", "id")
    counted = (
        Delivery.objects.filter(workspace_id=actor.workspace_id)
        .values("webhook_id")
        .annotate(
            waiting=Count("id", filter=Q(state="waiting")),
            given_up=Count("id", filter=Q(state="given_up")),
            delivered=Count("id", filter=Q(state="delivered")),
            last=Max("settled_at", filter=Q(state="delivered")),
        )
    )
    none: tuple[int, int, int, datetime | None] = (0, 0, 0, None)
    by_hook = {
        row["webhook_id"]: (row["waiting"], row["given_up"], row["delivered"], row["last"]) for row in counted
    }
    return [Listening(row, *by_hook.get(row.pk, none)) for row in rows]


def webhook(actor: Actor, webhook_id: UUID) -> Webhook:
    """One webhook. Raises Forbidden without webhooks.manage, NotFound."""
    actor.require(Right.WEBHOOKS_MANAGE)
    row = Webhook.objects.filter(workspace_id=actor.workspace_id, pk=webhook_id).first()
    if row is None:
        raise NotFound("not_found", _("There is no such webhook in this workspace."))
    return row


def log(
    actor: Actor, webhook_id: UUID, *, after: str | None = None, before: str | None = None, size: int = 50
) -> Page[Delivery]:
    """Deliveries of a webhook, newest first. Raises like `webhook`."""
    hook = webhook(actor, webhook_id)
    rows = Delivery.objects.filter(workspace_id=actor.workspace_id, webhook=hook)
    return keyset.page(rows, ("-created_at", "-id"), after=after, before=before, size=size)


def due(workspace_id: UUID, *, at: datetime) -> bool:
    """Whether anything waits to be delivered now."""
    return Delivery.objects.filter(workspace_id=workspace_id, state="waiting", next_at__lte=at).exists()
