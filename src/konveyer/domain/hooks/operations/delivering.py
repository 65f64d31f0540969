"""Delivering: claim, send outside any transaction, write down what came of it.

A worker that dies between claim and answer leaves a claim that ends by itself; then the delivery is sent
again, so the receiver may get an event twice and tells by its id. Nothing is lost.
"""

import json
from datetime import datetime, timedelta
from uuid import UUID

from konveyer.domain.hooks.models import Delivery
from konveyer.domain.hooks.ports import Frozen, Unreachable, Unreadable, outbound, sealer
from konveyer.domain.hooks.rules.retrying import LEASE, wait_after
from konveyer.domain.hooks.rules.signing import signature
from konveyer.kit import tenancy

AT_ONCE = 5  # each may take twenty seconds, and all of them end within the claim


def deliver_due(*, workspace_id: UUID, at: datetime, most: int = AT_ONCE) -> int:
    """Send what is due; returns how many were tried. Opens its own transactions: call it outside one."""
    claimed = _claim(workspace_id, at, most)
    for delivery in claimed:
        _deliver(delivery, at)
    return len(claimed)


def _claim(workspace_id: UUID, at: datetime, most: int) -> list[Delivery]:
    with tenancy.enter(workspace_id):
        due = Delivery.objects.filter(
            workspace_id=workspace_id, state="waiting", next_at__lte=at, webhook__active=True
        ).select_related("webhook")
        found = list(due.select_for_update(skip_locked=True, of=("self",)).order_by("next_at", "id")[:most])
        Delivery.objects.filter(workspace_id=workspace_id, pk__in=[row.pk for row in found]).update(
            next_at=at + LEASE
        )
        return found


def _deliver(delivery: Delivery, at: datetime) -> None:
    status: int | None = None
    try:
        body = json.dumps(delivery.payload, ensure_ascii=False, separators=(",", ":"))
        secret = sealer().unseal(delivery.webhook.sealed_secret)
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "Konveyer-Webhooks",
            "Konveyer-Event": delivery.event,
            "Konveyer-Delivery": str(delivery.event_id),
            "Konveyer-Signature": signature(secret, body, at),
        }
        reply = outbound().post(delivery.webhook.url, body.encode(), headers)
        status, said = reply.status, reply.text
    except Unreachable as problem:
        said = str(problem)
        _spare(delivery, at)
    except Unreadable:
        said = "the secret was sealed with another key: make a new one"
    except Frozen:
        _put_back(delivery, at)
        return
    _settle(delivery, at, status, said)


def _settle(delivery: Delivery, at: datetime, status: int | None, said: str) -> None:
    attempts = delivery.attempts + 1
    good = status is not None and 200 <= status < 300
    wait = None if good else wait_after(attempts)
    state = "delivered" if good else "waiting" if wait else "given_up"
    with tenancy.enter(delivery.workspace_id):
        Delivery.objects.filter(workspace_id=delivery.workspace_id, pk=delivery.pk).update(
            state=state,
            attempts=attempts,
            answer_status=status,
            said=said[:500],
            next_at=at + wait if wait else None,
            settled_at=None if wait else at,
        )


def _put_back(delivery: Delivery, at: datetime) -> None:
    with tenancy.enter(delivery.workspace_id):
        Delivery.objects.filter(workspace_id=delivery.workspace_id, pk=delivery.pk).update(
            next_at=at + LEASE, said="sending is frozen"
        )


def _spare(delivery: Delivery, at: datetime) -> None:
    """An address that does not answer is tried once a minute, not once for everything that waits for it."""
    with tenancy.enter(delivery.workspace_id):
        Delivery.objects.filter(
            workspace_id=delivery.workspace_id,
            webhook_id=delivery.webhook_id,
            state="waiting",
            next_at__lte=at,
        ).update(next_at=at + timedelta(minutes=1))


def forget_old(*, workspace_id: UUID, before: datetime) -> int:
    """Delete what was settled before this moment from the log; returns how many."""
    rows = Delivery.objects.filter(workspace_id=workspace_id, settled_at__lt=before)
    deleted, _each = rows.delete()
    return deleted
