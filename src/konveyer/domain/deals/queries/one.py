"""One deal: of a lead, its payments and balance."""

from collections.abc import Iterable
from decimal import Decimal
from uuid import UUID

from django.db import connection
from django.db.models import Case, F, Sum, When
from django.utils.translation import gettext as _

from konveyer.domain.deals.models import Deal, Payment
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.kit.refusal import NotFound
from konveyer.kit.rows import only

SIGNED = Sum(Case(When(kind="refund", then=-F("amount")), default=F("amount")))


def of_lead(workspace_id: UUID, lead_id: UUID) -> Deal | None:
    """The lead's deal with its product."""
    return Deal.objects.filter(workspace_id=workspace_id, lead_id=lead_id).select_related("product").first()


def balance(workspace_id: UUID, deal_id: UUID) -> Decimal:
    """Received less refunds, in the deal's currency."""
    total: Decimal | None = Payment.objects.filter(workspace_id=workspace_id, deal_id=deal_id).aggregate(
        s=SIGNED
    )["s"]
    return total or Decimal(0)


def payments(workspace_id: UUID, deal_id: UUID) -> list[Payment]:
    """Payments of a deal, newest first."""
    rows = Payment.objects.filter(workspace_id=workspace_id, deal_id=deal_id).select_related("recorded_by")
    return list(rows.order_by("-received_on", "-id"))


def amounts(workspace_id: UUID, lead_ids: Iterable[UUID]) -> dict[UUID, Decimal | None]:
    """The deal's amount per lead; leads without a deal are absent."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select lead_id, amount from deal where workspace_id = %s and lead_id = any(%s)",
            [workspace_id, list(lead_ids)],
        )
        return dict(cursor.fetchall())


def deal_in_view(actor: Actor, deal_id: UUID) -> Deal:
    """The deal with its lead and client, where the actor sees the lead. Raises NotFound."""
    rows = Deal.objects.filter(workspace_id=actor.workspace_id, pk=deal_id)
    deal = only(rows.select_related("product", "lead__company", "lead__contact", "lead__owner"))
    if deal is None or not (
        deal.lead.owner_id is None
        or actor.sees(deal.lead.owner_id, deal.lead.telemarketer_id, deal.lead.closer_id)
    ):
        raise NotFound("deal_not_found", _("There is no such deal."))
    return deal
