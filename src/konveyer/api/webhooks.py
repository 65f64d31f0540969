"""Webhooks: which addresses are told what, and how it goes."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Router, Schema, Status

from konveyer.api.auth import ApiRequest
from konveyer.api.shapes import After, Given, Limit, Line, Listed, Name, listed, opened
from konveyer.domain.hooks import queries
from konveyer.domain.hooks.models import Delivery, Webhook
from konveyer.domain.hooks.operations import settings as operations
from konveyer.domain.hooks.operations import telling
from konveyer.kit import clock

router = Router(tags=["webhooks"])


class WebhookOut(Schema):
    """A webhook; its secret is never shown again."""

    id: UUID
    name: str
    url: str
    events: list[str]
    active: bool


class WebhookMade(WebhookOut):
    """The webhook with its secret, this once."""

    secret: str


class WebhookIn(Given):
    """Where to, and about what."""

    name: Name
    url: Line
    events: list[str]


class WebhookPut(WebhookIn):
    """All of it."""

    active: bool


class DeliveryOut(Schema):
    """One event for one address."""

    id: UUID
    event_id: UUID
    event: str
    state: str
    attempts: int
    next_at: datetime | None
    answer_status: int | None
    said: str
    created_at: datetime
    settled_at: datetime | None
    payload: dict[str, Any]


@router.get("/webhooks", response=list[WebhookOut], summary="Webhooks")
def list_webhooks(request: ApiRequest) -> list[Webhook]:
    """By name."""
    return [row.webhook for row in queries.webhooks(request.actor)]


@router.post("/webhooks", response={201: WebhookMade}, summary="Tell an address")
def post_webhook(request: ApiRequest, body: WebhookIn) -> Status[WebhookMade]:
    """The answer holds the secret with which deliveries are signed."""
    made = operations.add_webhook(actor=request.actor, at=clock.now(), **body.dict())
    return Status(201, _made(made))


@router.put("/webhooks/{uuid:webhook_id}", response=WebhookOut, summary="Change a webhook")
def put_webhook(request: ApiRequest, webhook_id: UUID, body: WebhookPut) -> Webhook:
    """Name, address, events, whether it is told at all."""
    return operations.change_webhook(
        actor=request.actor, at=clock.now(), webhook_id=webhook_id, **body.dict()
    )


@router.post("/webhooks/{uuid:webhook_id}/secret", response=WebhookMade, summary="A new secret")
def post_secret(request: ApiRequest, webhook_id: UUID) -> WebhookMade:
    """The former one signs nothing any more."""
    return _made(operations.new_secret(actor=request.actor, at=clock.now(), webhook_id=webhook_id))


@router.post("/webhooks/{uuid:webhook_id}/test", response={204: None}, summary="Send a test")
def post_test(request: ApiRequest, webhook_id: UUID) -> Status[None]:
    """Whatever events it asked for."""
    telling.try_out(actor=request.actor, at=clock.now(), webhook_id=webhook_id)
    return Status(204, None)


@router.delete("/webhooks/{uuid:webhook_id}", response={204: None}, summary="Remove a webhook")
def delete_webhook(request: ApiRequest, webhook_id: UUID) -> Status[None]:
    """With its log; what waits is not delivered."""
    operations.remove_webhook(actor=request.actor, at=clock.now(), webhook_id=webhook_id)
    return Status(204, None)


@router.get(
    "/webhooks/{uuid:webhook_id}/deliveries", response=Listed[DeliveryOut], summary="Deliveries of a webhook"
)
def list_deliveries(
    request: ApiRequest, webhook_id: UUID, after: After | None = None, limit: Limit = 50
) -> dict[str, Any]:
    """Newest first."""
    page = queries.log(request.actor, webhook_id, after=opened(after, "deliveries"), size=limit)
    return listed(page.rows, DeliveryOut.from_orm, page.after, "deliveries")


@router.post("/deliveries/{uuid:delivery_id}/resend", response=DeliveryOut, summary="Deliver again")
def resend(request: ApiRequest, delivery_id: UUID) -> Delivery:
    """Under the same event id."""
    return telling.resend(actor=request.actor, at=clock.now(), delivery_id=delivery_id)


def _made(made: operations.Made) -> WebhookMade:
    row = made.webhook
    return WebhookMade(
        id=row.pk, name=row.name, url=row.url, events=row.events, active=row.active, secret=made.secret
    )
