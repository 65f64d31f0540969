"""Reads of the deals package."""

from collections.abc import Iterable
from decimal import Decimal
from uuid import UUID

from django.db.models import Case, F, Sum, When

from konveyer.domain.deals.models import Deal, Payment

_SIGNED = Sum(Case(When(kind="refund", then=-F("amount")), default=F("amount")))


def of_lead(workspace_id: UUID, lead_id: UUID) -> Deal | None:
    """The lead's deal with its product."""
    return Deal.objects.filter(workspace_id=workspace_id, lead_id=lead_id).select_related("product").first()


def balance(workspace_id: UUID, deal_id: UUID) -> Decimal:
    """Received less refunds, in the deal's currency."""
    total: Decimal | None = Payment.objects.filter(workspace_id=workspace_id, deal_id=deal_id).aggregate(
        s=_SIGNED
    )["s"]
    return total or Decimal(0)


def payments(workspace_id: UUID, deal_id: UUID) -> list[Payment]:
    """Payments of a deal, newest first."""
    rows = Payment.objects.filter(workspace_id=workspace_id, deal_id=deal_id).select_related("recorded_by")
    return list(rows.order_by("-received_on", "-id"))


def amounts(workspace_id: UUID, lead_ids: Iterable[UUID]) -> dict[UUID, Decimal | None]:
    """The deal's amount per lead; leads without a deal are absent."""
    rows = Deal.objects.filter(workspace_id=workspace_id, lead_id__in=list(lead_ids))
    return dict(rows.values_list("lead_id", "amount"))
