"""Money received by hand, and given back."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from konveyer.domain.deals.events import PaymentRecorded
from konveyer.domain.deals.models import Deal, Payment
from konveyer.domain.deals.operations.deal import MOST, find
from konveyer.domain.deals.queries import balance
from konveyer.domain.journal.operations import record
from konveyer.domain.leads.models import Lead
from konveyer.domain.leads.operations.change import change_temperature, store_fact
from konveyer.domain.leads.operations.hold_of import save, snapshot, zone_of
from konveyer.domain.leads.operations.open import local_day
from konveyer.domain.leads.rules.temperature import warmer
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.events import publish
from konveyer.kit.refusal import Invalid


def record_payment(
    *,
    actor: Actor,
    at: datetime,
    deal_id: UUID,
    amount: Decimal,
    received_on: date,
    currency: str | None = None,
    note: str = "",
) -> Payment:
    """Write down money received. The first one answers the gate "invoice paid" and makes the lead a client.

    Raises Invalid for a sum that is not positive, a day in the future, a currency other than the deal's.
    """
    actor.require(Right.MONEY_RECORD)
    deal = find(actor, deal_id)
    payment = _payment(
        deal, "received", actor=actor, at=at, amount=amount, day=received_on, currency=currency, note=note
    )
    lead = Lead.objects.select_for_update(of=("self",)).get(workspace_id=actor.workspace_id, pk=deal.lead_id)
    store_fact(lead, actor=actor, at=at, kind="invoice_paid", value="yes", source="payment")
    was = snapshot(lead)
    if change_temperature(
        lead, actor=actor, at=at, became=warmer(lead.temperature, "client"), cause="payment"
    ):
        save(lead, actor=actor, at=at, action="temperature", was=was)
    return payment


def refund(
    *, actor: Actor, at: datetime, deal_id: UUID, amount: Decimal, received_on: date, note: str
) -> Payment:
    """Write down money given back: never more than was received, always with a reason."""
    actor.require(Right.MONEY_RECORD)
    deal = find(actor, deal_id)
    if not note.strip():
        raise Invalid("note", _("Say why the money goes back."), fields={"note": "empty"})
    if amount > balance(actor.workspace_id, deal.pk):
        raise Invalid(
            "refund_too_large", _("More cannot go back than was received."), fields={"amount": "range"}
        )
    return _payment(
        deal, "refund", actor=actor, at=at, amount=amount, day=received_on, currency=None, note=note
    )


def _payment(
    deal: Deal,
    kind: str,
    *,
    actor: Actor,
    at: datetime,
    amount: Decimal,
    day: date,
    currency: str | None,
    note: str,
) -> Payment:
    if not 0 < amount < MOST or amount != round(amount, 2):
        raise Invalid(
            "amount", _("The sum must be above zero, with at most two decimals."), fields={"amount": "range"}
        )
    if day > local_day(at, zone_of(actor.workspace_id)):
        raise Invalid("received_on", _("The day lies in the future."), fields={"received_on": "future"})
    if currency is not None and currency != deal.currency:
        raise Invalid("currency", _("The deal is in another currency."), fields={"currency": "other"})
    payment = Payment.objects.create(
        workspace_id=actor.workspace_id, deal=deal, kind=kind, amount=amount, currency=deal.currency, received_on=day,
        note=note.strip()[:200], recorded_by_id=actor.member_id, created_at=at,
    )  # fmt: skip
    record(
        actor=actor, at=at, subject="deal", subject_id=deal.pk, action=kind,
        after={"amount": amount, "currency": deal.currency, "day": day}, reason=note,
    )  # fmt: skip
    publish(PaymentRecorded(actor, at, deal.pk, payment.pk))
    return payment
