"""Money received by hand, and given back."""

from datetime import date
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from konveyer.domain.deals.models import Deal
from konveyer.domain.deals.operations import record_payment, refund
from konveyer.domain.deals.queries import balance, deal_in_view
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit import formats
from konveyer.kit.clock import now
from konveyer.kit.refusal import Invalid
from konveyer.web.kit.tags.numbers import language
from konveyer.web.lead.answers import dialog, done
from konveyer.web.lead.changing import read_amount
from konveyer.web.lead.names import name_of
from konveyer.web.work import WorkRequest, work

both = require_http_methods(["GET", "POST"])


@work(Right.MONEY_RECORD)
@both
def pay(request: WorkRequest, deal_id: UUID) -> HttpResponse:
    """Write down money that came in."""
    deal = deal_in_view(request.actor, deal_id)
    if request.method == "GET":
        return _form(request, deal)
    try:
        amount, day = _read(request)
        note = request.POST.get("note", "")
        record_payment(
            actor=request.actor, at=now(), deal_id=deal.pk, amount=amount, received_on=day, note=note
        )
    except Invalid as refusal:
        return _form(request, deal, refusal)
    said = {"sum": formats.money(amount, deal.currency, language()), "lead": name_of(deal.lead)}
    return done(_("%(sum)s received from %(lead)s.") % said)


@work(Right.MONEY_RECORD)
@both
def give_back(request: WorkRequest, deal_id: UUID) -> HttpResponse:
    """Write down money that went back; always with a reason."""
    deal = deal_in_view(request.actor, deal_id)
    if request.method == "GET":
        return _form(request, deal, back=True)
    try:
        amount, day = _read(request)
        note = request.POST.get("note", "")
        refund(actor=request.actor, at=now(), deal_id=deal.pk, amount=amount, received_on=day, note=note)
    except Invalid as refusal:
        return _form(request, deal, refusal, back=True)
    said = {"sum": formats.money(amount, deal.currency, language()), "lead": name_of(deal.lead)}
    return done(_("%(sum)s went back to %(lead)s.") % said)


def _read(request: WorkRequest) -> tuple[Decimal, date]:
    amount = read_amount(request.POST.get("amount", ""))
    if amount is None:
        raise Invalid("amount", _("Write the sum."), fields={"amount": "empty"})
    try:
        return amount, date.fromisoformat(request.POST.get("received_on", ""))
    except ValueError as error:
        raise Invalid("received_on", _("Write the day."), fields={"received_on": "form"}) from error


def _form(
    request: WorkRequest, deal: Deal, refusal: Invalid | None = None, *, back: bool = False
) -> HttpResponse:
    received = balance(deal.workspace_id, deal.pk)
    rest = max(Decimal(0), (deal.amount or Decimal(0)) - received)
    proposed = received if back else rest
    today = now().astimezone(ZoneInfo(request.workspace.timezone)).date()
    post = request.POST
    context = {
        "deal": deal,
        "name": name_of(deal.lead),
        "back": back,
        "received": received,
        "rest": rest,
        "amount": post.get("amount", f"{proposed:f}" if proposed else ""),
        "received_on": post.get("received_on", today.isoformat()),
        "today": today.isoformat(),
        "note": post.get("note", ""),
        "errors": dict(refusal.fields) if refusal else {},
        "error": str(refusal) if refusal else "",
        "action": reverse("deal-refund" if back else "deal-pay", args=[deal.pk]),
    }
    return dialog(request, "deals/payment.html", context, status=422 if refusal else 200)
