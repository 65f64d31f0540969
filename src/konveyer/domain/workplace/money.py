"""The bookkeeper's day: what is owed, what came in."""

from dataclasses import dataclass
from decimal import Decimal

from django.db import connection

from konveyer.domain.deals.models import Payment
from konveyer.domain.workspace.rules.actor import Actor


@dataclass(frozen=True)
class Owed:
    """A deal with money still to come."""

    deal_id: str
    lead_id: str
    name: str
    amount: Decimal
    received: Decimal
    currency: str

    @property
    def rest(self) -> Decimal:
        return self.amount - self.received


def owed(actor: Actor, limit: int = 15) -> list[Owed]:
    """Deals on their way to payment or won, not fully paid, the latest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select d.id, d.lead_id, coalesce(c.name, nullif(l.title, ''), k.last_name || ' ' || k.first_name, ''), d.amount,
                   d.received, d.currency
              from deal d join lead l on l.workspace_id = d.workspace_id and l.id = d.lead_id
              left join company c on c.workspace_id = l.workspace_id and c.id = l.company_id
              left join contact k on k.workspace_id = l.workspace_id and k.id = l.contact_id
             where d.workspace_id = %s and d.owed
             order by d.status_at desc, d.id desc limit %s
            """,
            [actor.workspace_id, limit],
        )
        return [Owed(*row) for row in cursor.fetchall()]


def latest_payments(actor: Actor, limit: int = 10) -> list[Payment]:
    """What came in last."""
    rows = Payment.objects.filter(workspace_id=actor.workspace_id).select_related(
        "deal__lead__company", "deal__lead__contact"
    )
    return list(rows.order_by("-received_on", "-id")[:limit])
