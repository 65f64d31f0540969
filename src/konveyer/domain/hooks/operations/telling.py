"""Telling webhooks: an event becomes deliveries in the transaction in which it happened."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from konveyer.domain.hooks.models import Delivery, Webhook
from konveyer.domain.hooks.queries import webhook
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.enqueue import enqueue
from konveyer.kit.ids import uuid7
from konveyer.kit.refusal import NotFound

JOB = "hooks.deliver"


def tell(*, workspace_id: UUID, at: datetime, event: str, data: dict[str, Any]) -> int:
    """Write a delivery for every active webhook that asked for the event; returns how many.

    `data` holds ids and figures only. One query when nobody asked.
    """
    hooks = Webhook.objects.filter(workspace_id=workspace_id, active=True).only(
        "id", "events", "workspace_id"
    )
    return _write(workspace_id, [hook for hook in hooks if event in hook.events], event, data, at)


def try_out(*, actor: Actor, at: datetime, webhook_id: UUID) -> None:
    """Send a test to one webhook, whatever events it asked for. Raises NotFound, Forbidden."""
    _write(actor.workspace_id, [webhook(actor, webhook_id)], "test", {"webhook": str(webhook_id)}, at)


def resend(*, actor: Actor, at: datetime, delivery_id: UUID, webhook_id: UUID | None = None) -> Delivery:
    """Deliver again, now, under the same event id, with all attempts before it. Raises NotFound, Forbidden.

    With `webhook_id` the delivery must be one of that webhook's.
    """
    actor.require(Right.WEBHOOKS_MANAGE)
    row = Delivery.objects.filter(workspace_id=actor.workspace_id, pk=delivery_id).first()
    if row is None or webhook_id not in (None, row.webhook_id):
        raise NotFound("not_found", _("There is no such delivery in the log."))
    row.state, row.attempts, row.next_at, row.settled_at = "waiting", 0, at, None
    row.save(update_fields=["state", "attempts", "next_at", "settled_at"])
    enqueue(JOB, workspace_id=actor.workspace_id)
    return row


def _write(workspace_id: UUID, hooks: list[Webhook], event: str, data: dict[str, Any], at: datetime) -> int:
    if not hooks:
        return 0
    event_id = uuid7()
    payload = {"id": str(event_id), "event": event, "at": at.isoformat(), "data": data}
    Delivery.objects.bulk_create(
        Delivery(
            workspace_id=workspace_id, webhook=hook, event_id=event_id, event=event, payload=payload, next_at=at,
            created_at=at,
        )
        for hook in hooks
    )  # fmt: skip
    enqueue(JOB, workspace_id=workspace_id)
    return len(hooks)
