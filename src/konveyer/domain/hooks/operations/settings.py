"""Setting webhooks up. The secret is shown once, when it is made."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from konveyer.domain.hooks.models import Webhook
from konveyer.domain.hooks.ports import sealer
from konveyer.domain.hooks.queries import webhook
from konveyer.domain.hooks.rules.address import read_url
from konveyer.domain.hooks.rules.events import EVENTS
from konveyer.domain.journal.operations import changes, record
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.refusal import Invalid, Refused

MOST = 20


@dataclass(frozen=True)
class Made:
    """The webhook and its secret, which can not be read again."""

    webhook: Webhook
    secret: str


def add_webhook(*, actor: Actor, at: datetime, name: str, url: str, events: Collection[str]) -> Made:
    """Tell this address about these events from now on. Raises Invalid, Forbidden without webhooks.manage."""
    actor.require(Right.WEBHOOKS_MANAGE)
    if Webhook.objects.filter(workspace_id=actor.workspace_id).count() >= MOST:
        raise Refused("too_many", _("There are enough webhooks already: remove one first."))
    secret = _secret()
    row = Webhook.objects.create(
        workspace_id=actor.workspace_id,
        name=_name(name),
        url=read_url(url),
        events=_events(events),
        sealed_secret=sealer().seal(secret),
        created_by_id=actor.member_id,
        created_at=at,
    )
    record(
        actor=actor, at=at, subject="webhook", subject_id=row.pk, action="created",
        after={"name": row.name, "url": row.url, "events": row.events},
    )  # fmt: skip
    return Made(row, secret)


def change_webhook(
    *,
    actor: Actor,
    at: datetime,
    webhook_id: UUID,
    name: str,
    url: str,
    events: Collection[str],
    active: bool,
) -> Webhook:
    """Set name, address, events, and whether it is told at all. Another host gets a new secret only by `new_secret`."""
    row = webhook(actor, webhook_id)
    values = {"name": _name(name), "url": read_url(url), "events": _events(events), "active": active}
    was, became = changes({field: getattr(row, field) for field in values}, values)
    if became:
        for field, value in values.items():
            setattr(row, field, value)
        row.save(update_fields=list(values))
        record(
            actor=actor,
            at=at,
            subject="webhook",
            subject_id=row.pk,
            action="changed",
            before=was,
            after=became,
        )
    return row


def new_secret(*, actor: Actor, at: datetime, webhook_id: UUID) -> Made:
    """Another secret; the former one signs nothing any more."""
    row = webhook(actor, webhook_id)
    secret = _secret()
    row.sealed_secret = sealer().seal(secret)
    row.save(update_fields=["sealed_secret"])
    record(actor=actor, at=at, subject="webhook", subject_id=row.pk, action="new_secret")
    return Made(row, secret)


def remove_webhook(*, actor: Actor, at: datetime, webhook_id: UUID) -> None:
    """Forget the address and its log; what waits is not delivered."""
    row = webhook(actor, webhook_id)
    before = {"name": row.name, "url": row.url, "events": row.events}
    Webhook.objects.filter(workspace_id=actor.workspace_id, pk=webhook_id).delete()
    record(actor=actor, at=at, subject="webhook", subject_id=webhook_id, action="removed", before=before)


def _secret() -> str:
    return "whsec_" + secrets.token_urlsafe(32)


def _name(name: str) -> str:
    if not name.strip() or len(name) > 120:
        raise Invalid("name", _("Name the webhook after what it feeds."), fields={"name": "invalid"})
    return name.strip()


def _events(events: Collection[str]) -> list[str]:
    unknown = sorted(set(events) - set(EVENTS))
    if unknown or not events:
        raise Invalid("events", _("Choose which events are told."), fields={"events": "invalid"})
    return sorted(set(events))
