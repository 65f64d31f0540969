"""The deal: born at proposal or order, won and lost with its lead."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from babel.numbers import list_currencies
from django.db import transaction
from django.utils.translation import gettext as _

from konveyer.domain.catalog.models import Product
from konveyer.domain.deals.events import DealChanged
from konveyer.domain.deals.models import Deal
from konveyer.domain.deals.operations.framing import offered, offered_by, require_in_frame
from konveyer.domain.journal.operations import changes, record
from konveyer.domain.leads.models import Lead
from konveyer.domain.leads.operations.hold_of import lock
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.events import publish
from konveyer.kit.refusal import Invalid, NotFound, Refused, Stale

MOST = Decimal(10) ** 12


@transaction.atomic
def create_deal(
    *,
    actor: Actor,
    at: datetime,
    lead_id: UUID,
    product_id: UUID | None = None,
    amount: Decimal | None = None,
    currency: str | None = None,
) -> Deal:
    """Give a lead its deal; product, amount and currency default to what the lead expects.

    Raises Refused when the lead has one already or is closed; OutsideFrame for a discount that the actor's frame does
    not allow.
    """
    actor.require(Right.DEALS_EDIT)
    lead = lock(actor=actor, lead_id=lead_id)
    if lead.state not in ("open", "on_hold"):
        raise Refused("lead_closed", _("This lead is closed. Reopen it first."))
    if Deal.objects.filter(workspace_id=actor.workspace_id, lead=lead).exists():
        raise Refused("deal_exists", _("This lead has a deal already."))
    return _create(lead, actor=actor, at=at, product_id=product_id, amount=amount, currency=currency)


def _create(
    lead: Lead,
    *,
    actor: Actor,
    at: datetime,
    product_id: UUID | None,
    amount: Decimal | None,
    currency: str | None,
) -> Deal:
    _check(actor, product_id, amount, currency)
    product_id, currency = product_id or lead.product_id, currency or lead.currency
    amount = amount if amount is not None else lead.expected_amount
    require_in_frame(actor, lead, offered(actor.workspace_id, product_id, amount, currency))
    deal = Deal.objects.create(
        workspace_id=lead.workspace_id, lead=lead, product_id=product_id, amount=amount, currency=currency, status_at=at,
        created_by_id=actor.member_id, created_at=at,
    )  # fmt: skip
    record(
        actor=actor, at=at, subject="deal", subject_id=deal.pk, action="created",
        after={"lead": lead.pk, "amount": deal.amount, "currency": deal.currency, "product": deal.product_id},
    )  # fmt: skip
    _expect(deal)
    publish(DealChanged(actor, at, deal.pk, deal.status))
    return deal


@transaction.atomic
def change_deal(*, actor: Actor, at: datetime, deal_id: UUID, version: int, **fields: Any) -> Deal:
    """Change product, amount, currency or competitor.

    Raises Stale when somebody else was quicker; OutsideFrame for a discount that the actor's frame does not allow, if
    product, amount or currency change.
    """
    actor.require(Right.DEALS_EDIT)
    deal = find(actor, deal_id)
    lead = lock(actor=actor, lead_id=deal.lead_id)
    if deal.version != version:
        raise Stale(
            "deal_changed",
            _(
                "Somebody changed this deal while you were looking at it. Nothing was overwritten: look again."
            ),
            details={"your_version": version, "version": deal.version, "amount": str(deal.amount)},
        )
    unknown = set(fields) - {"product_id", "amount", "currency", "competitor"}
    if unknown:
        raise Invalid(
            "field_unknown", _("This field cannot be changed."), fields=dict.fromkeys(unknown, "unknown")
        )
    _check(actor, fields.get("product_id"), fields.get("amount"), fields.get("currency"))
    was, stands = {name: getattr(deal, name) for name in fields}, offered_by(deal)
    for name, value in fields.items():
        setattr(deal, name, value)
    require_in_frame(actor, lead, offered_by(deal), stands)
    deal.version += 1
    deal.save()
    _expect(deal)
    before, after = changes(was, fields)
    if after:
        record(
            actor=actor,
            at=at,
            subject="deal",
            subject_id=deal.pk,
            action="changed",
            before=before,
            after=after,
        )
    publish(DealChanged(actor, at, deal.pk, deal.status))
    return deal


def _expect(deal: Deal) -> None:
    """What we expect of a lead is what its deal says: sums of stages read the lead alone."""
    Lead.objects.filter(workspace_id=deal.workspace_id, pk=deal.lead_id).update(
        expected_amount=deal.amount, currency=deal.currency, product_id=deal.product_id
    )


def win_deal_of_lead(*, actor: Actor, at: datetime, lead_id: UUID) -> Deal:
    """The lead passed its win point: its deal, made now if there is none, is won with it."""
    lead = Lead.objects.get(workspace_id=actor.workspace_id, pk=lead_id)
    deal = Deal.objects.filter(workspace_id=actor.workspace_id, lead=lead).first()
    deal = deal or _create(lead, actor=actor, at=at, product_id=None, amount=None, currency=None)
    return _status(deal, "won", actor=actor, at=at)


def lose_deal_of_lead(*, actor: Actor, at: datetime, lead_id: UUID, reason: str) -> Deal | None:
    """The lead was refused: its deal, if there is one, is lost for the same reason."""
    deal = (
        Deal.objects.filter(workspace_id=actor.workspace_id, lead_id=lead_id).exclude(status="lost").first()
    )
    return _status(deal, "lost", actor=actor, at=at, reason=reason) if deal else None


def hold_deal_of_lead(*, actor: Actor, at: datetime, lead_id: UUID, wake_on: date) -> Deal | None:
    """The lead rests until a day: its open deal rests with it."""
    deal = Deal.objects.filter(workspace_id=actor.workspace_id, lead_id=lead_id, status="open").first()
    return _status(deal, "on_hold", actor=actor, at=at, wake_on=wake_on) if deal else None


def reopen_deal_of_lead(*, actor: Actor, at: datetime, lead_id: UUID) -> Deal | None:
    """The lead is open again, reopened or woken, and its deal with it."""
    deal = (
        Deal.objects.filter(workspace_id=actor.workspace_id, lead_id=lead_id).exclude(status="open").first()
    )
    return _status(deal, "open", actor=actor, at=at) if deal else None


def _status(
    deal: Deal, status: str, *, actor: Actor, at: datetime, reason: str = "", wake_on: date | None = None
) -> Deal:
    was = deal.status
    deal.status, deal.status_at, deal.status_precision, deal.wake_on = status, at, "second", wake_on
    deal.lost_reason = reason[:200]
    deal.version += 1
    deal.save()
    record(
        actor=actor, at=at, subject="deal", subject_id=deal.pk, action=status, before={"status": was},
        after={"status": status}, reason=reason,
    )  # fmt: skip
    publish(DealChanged(actor, at, deal.pk, status))
    return deal


def find(actor: Actor, deal_id: UUID) -> Deal:
    """The deal, locked behind its lead: everybody locks in this order, so that nobody waits in a circle. Raises NotFound."""
    rows = Deal.objects.filter(workspace_id=actor.workspace_id, pk=deal_id)
    lead_id = rows.values_list("lead_id", flat=True).first()
    if lead_id is None:
        raise NotFound("deal_not_found", _("There is no such deal."))
    Lead.objects.select_for_update(of=("self",)).get(workspace_id=actor.workspace_id, pk=lead_id)
    return rows.select_for_update(of=("self",)).get()


def _check(actor: Actor, product_id: UUID | None, amount: Decimal | None, currency: str | None) -> None:
    if amount is not None and not 0 <= amount < MOST:
        raise Invalid("amount", _("The amount cannot be negative or that large."), fields={"amount": "range"})
    if currency is not None and currency not in list_currencies():
        raise Invalid(
            "currency", _("This is not a currency code. Example: RUB."), fields={"currency": "unknown"}
        )
    if product_id and not Product.objects.filter(workspace_id=actor.workspace_id, pk=product_id).exists():
        raise Invalid("product", _("There is no such product."), fields={"product": "unknown"})
