"""Deals, and money received and given back."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Router, Schema, Status
from pydantic import Field

from konveyer.api.auth import ApiRequest
from konveyer.api.shapes import (
    After,
    Currency,
    Day,
    FromDay,
    Given,
    Limit,
    Listed,
    Money,
    Ref,
    Revision,
    Short,
    ToDay,
    listed,
    opened,
    ref,
)
from konveyer.domain.deals import operations, queries
from konveyer.domain.deals.models import Deal, Payment
from konveyer.domain.deals.queries.listing import DealFilter
from konveyer.domain.deals.queries.listing import deals as find_deals
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit import clock

router = Router(tags=["deals"])
Sum = Annotated[Decimal, Field(gt=0, max_digits=14, decimal_places=2, examples=["10000.00"])]


class DealOut(Schema):
    """The commercial side of a lead. `received` is there for who may see money."""

    id: UUID
    version: int
    lead_id: UUID
    name: str
    status: str
    status_at: datetime
    product: Ref | None
    amount: Decimal | None
    currency: str
    received: Decimal | None
    lost_reason: str
    competitor: str
    owner: Ref | None
    external_key: str | None


class DealIn(Given):
    """Product, amount and currency default to what the lead expects."""

    lead_id: UUID
    product_id: UUID | None = None
    amount: Money | None = None
    currency: Currency | None = None


class DealPatch(Given):
    """What is to change; what is left out stays."""

    version: Revision
    product_id: UUID | None = None
    amount: Money | None = None
    currency: Currency | None = None
    competitor: Annotated[str, Field(max_length=120)] | None = None


class PaymentOut(Schema):
    """Money received, or given back (`kind` refund). Corrected by a counter-entry, never edited."""

    id: UUID
    deal_id: UUID
    kind: str
    amount: Decimal
    currency: str
    received_on: date
    note: str
    recorded_by: Ref | None


class PaymentIn(Given):
    """Money received."""

    amount: Sum
    received_on: Day
    currency: Currency | None = None
    note: Short = ""


class RefundIn(Given):
    """Money given back, and why."""

    amount: Sum
    received_on: Day
    note: Annotated[str, Field(min_length=1, max_length=200)]


@router.get("/deals", response=Listed[DealOut], summary="Deals")
def list_deals(
    request: ApiRequest,
    status: Literal["open", "won", "lost", "on_hold"] | None = None,
    owner: UUID | None = None,
    first: FromDay = None,
    last: ToDay = None,
    after: After | None = None,
    limit: Limit = 50,
) -> dict[str, Any]:
    """In view, the latest change of status first; `from`–`to` are local days of that change."""
    request.actor.require(Right.DEALS_READ)
    wanted = DealFilter(status or "", owner, first, last)
    page, found = find_deals(
        request.actor, wanted, request.workspace.timezone, after=opened(after, "deals"), size=limit
    )
    return listed(found, lambda one: _shape(request, one.deal, one.received), page.after, "deals")


@router.get("/deals/{uuid:deal_id}", response=DealOut, summary="One deal")
def get_deal(request: ApiRequest, deal_id: UUID) -> DealOut:
    """In view."""
    request.actor.require(Right.DEALS_READ)
    deal = queries.deal_in_view(request.actor, deal_id)
    return _shape(request, deal, queries.balance(request.actor.workspace_id, deal.pk))


@router.post("/deals", response={201: DealOut}, summary="Give a lead its deal")
def post_deal(request: ApiRequest, body: DealIn) -> Status[DealOut]:
    """At most one per lead. 409 `outside_frame`: details name whose frame allows the discount."""
    deal = operations.create_deal(actor=request.actor, at=clock.now(), **body.dict())
    return Status(201, get_deal(request, deal.pk))


@router.patch("/deals/{uuid:deal_id}", response=DealOut, summary="Change a deal")
def patch_deal(request: ApiRequest, deal_id: UUID, body: DealPatch) -> DealOut:
    """Product, amount, currency, competitor. It is won and lost with its lead. 409 `outside_frame` as above."""
    given = body.dict(exclude_unset=True)
    version = given.pop("version")
    fields = {
        name: value for name, value in given.items() if value is not None or name in {"product_id", "amount"}
    }
    operations.change_deal(actor=request.actor, at=clock.now(), deal_id=deal_id, version=version, **fields)
    return get_deal(request, deal_id)


@router.get("/deals/{uuid:deal_id}/payments", response=list[PaymentOut], summary="Payments of a deal")
def list_payments(request: ApiRequest, deal_id: UUID) -> list[PaymentOut]:
    """Newest first."""
    request.actor.require(Right.MONEY_READ)
    queries.deal_in_view(request.actor, deal_id)
    return [_payment(row) for row in queries.payments(request.actor.workspace_id, deal_id)]


@router.post("/deals/{uuid:deal_id}/payments", response={201: PaymentOut}, summary="Record money received")
def post_payment(request: ApiRequest, deal_id: UUID, body: PaymentIn) -> Status[PaymentOut]:
    """The first one answers the gate "invoice paid" and makes the lead a client."""
    request.actor.require(Right.MONEY_RECORD)
    queries.deal_in_view(request.actor, deal_id)
    row = operations.record_payment(actor=request.actor, at=clock.now(), deal_id=deal_id, **body.dict())
    return Status(201, _payment(row))


@router.post("/deals/{uuid:deal_id}/refunds", response={201: PaymentOut}, summary="Record money given back")
def post_refund(request: ApiRequest, deal_id: UUID, body: RefundIn) -> Status[PaymentOut]:
    """Never more than was received."""
    request.actor.require(Right.MONEY_RECORD)
    queries.deal_in_view(request.actor, deal_id)
    row = operations.refund(actor=request.actor, at=clock.now(), deal_id=deal_id, **body.dict())
    return Status(201, _payment(row))


def _shape(request: ApiRequest, row: Deal, received: Decimal) -> DealOut:
    named = row.lead.company or row.lead.contact
    return DealOut(
        id=row.pk, version=row.version, lead_id=row.lead_id, name=(str(named) if named else "") or row.lead.title,
        status=row.status, status_at=row.status_at, product=ref(row.product), amount=row.amount, currency=row.currency,
        received=received if request.actor.may(Right.MONEY_READ) else None, lost_reason=row.lost_reason,
        competitor=row.competitor, owner=ref(row.lead.owner), external_key=row.external_key,
    )  # fmt: skip


def _payment(row: Payment) -> PaymentOut:
    return PaymentOut(
        id=row.pk, deal_id=row.deal_id, kind=row.kind, amount=row.amount, currency=row.currency,
        received_on=row.received_on, note=row.note, recorded_by=ref(row.recorded_by),
    )  # fmt: skip
