"""The list of deals, and what they come to, each currency by itself."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Q, QuerySet

from konveyer.domain.deals.models import Deal, Payment
from konveyer.domain.deals.queries.one import SIGNED
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.kit.keyset import Page, page

STATUSES = ("open", "won", "lost", "on_hold")
ORDER = ("-status_at", "-id")
CAP = 5000


@dataclass(frozen=True)
class DealFilter:
    """Status, owner of the lead, and the local days between which the status came."""

    status: str = ""
    owner: UUID | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class Listed:
    """A deal in the list, with what was received for it."""

    deal: Deal
    received: Decimal

    @property
    def rest(self) -> Decimal | None:
        """What is still to come of a deal that was not lost; None while the amount is unknown."""
        if self.deal.amount is None or self.deal.status == "lost":
            return None
        return max(Decimal(0), self.deal.amount - self.received)


@dataclass(frozen=True)
class Totals:
    """How many deals, and their amounts per status and currency; past CAP (`exact` False) nothing is added up."""

    count: int
    exact: bool
    amounts: list[tuple[str, str, Decimal]]
    unknown: int


def deals(
    actor: Actor,
    wanted: DealFilter,
    zone: str,
    *,
    after: str | None = None,
    before: str | None = None,
    size: int = 50,
) -> tuple[Page[Deal], list[Listed]]:
    """A page of deals, the latest change of status first, each with what was received. Two queries."""
    rows = _matching(actor, wanted, zone).select_related(
        "product", "lead__company", "lead__contact", "lead__owner", "lead__stage"
    )
    found = page(rows, ORDER, after=after, before=before, size=size)
    sums = Payment.objects.filter(workspace_id=actor.workspace_id, deal__in=[deal.pk for deal in found.rows])
    received = dict(sums.values("deal_id").annotate(s=SIGNED).values_list("deal_id", "s"))
    return found, [Listed(deal, received.get(deal.pk, Decimal(0))) for deal in found.rows]


def totals(actor: Actor, wanted: DealFilter, zone: str) -> Totals:
    """Counts and sums of the filter, never of different currencies together. One query."""
    rows = _matching(actor, wanted, zone).order_by(*ORDER).values("status", "currency", "amount")[: CAP + 1]
    sql, values = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            f"select status, currency, count(*), sum(amount), count(*) filter (where amount is null) from ({sql}) d "
            "group by status, currency",
            values,
        )
        found: list[tuple[Any, ...]] = list(cursor.fetchall())
    count = sum(row[2] for row in found)
    exact = count <= CAP
    amounts = [(row[0], row[1], row[3]) for row in found if row[3] is not None] if exact else []
    amounts.sort(key=lambda one: (STATUSES.index(one[0]), -one[2]))
    return Totals(count, exact, amounts, sum(row[4] for row in found))


def _matching(actor: Actor, wanted: DealFilter, zone: str) -> QuerySet[Deal]:
    rows = Deal.objects.filter(workspace_id=actor.workspace_id)
    if actor.seen_members is not None:
        seen = sorted(actor.seen_members)
        rows = rows.filter(
            Q(lead__owner_id__in=seen)
            | Q(lead__telemarketer_id__in=seen)
            | Q(lead__closer_id__in=seen)
            | Q(lead__owner_id__isnull=True)
        )
    if wanted.status in STATUSES:
        rows = rows.filter(status=wanted.status)
    if wanted.owner:
        rows = rows.filter(lead__owner_id=wanted.owner)
    start, end = _bounds(wanted, zone)
    if start:
        rows = rows.filter(status_at__gte=start)
    if end:
        rows = rows.filter(status_at__lt=end)
    return rows


def _bounds(wanted: DealFilter, zone: str) -> tuple[datetime | None, datetime | None]:
    """The instants at which the local days begin and end."""
    tz = ZoneInfo(zone)
    start = datetime.combine(wanted.first, time(), tz) if wanted.first else None
    ended = wanted.last and wanted.last < date.max
    end = datetime.combine(wanted.last + timedelta(days=1), time(), tz) if ended and wanted.last else None
    return start, end
