"""The list of deals, and the dialog of one."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from konveyer.domain.catalog.queries import products
from konveyer.domain.deals.models import Deal
from konveyer.domain.deals.operations import change_deal, create_deal
from konveyer.domain.deals.queries import DealFilter, balance, deal_in_view, deals, payments, totals
from konveyer.domain.deals.queries.listing import STATUSES
from konveyer.domain.leads.models import Lead
from konveyer.domain.leads.queries.moving import lead_in_view
from konveyer.domain.workspace.queries import members
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.clock import now
from konveyer.kit.refusal import Invalid, Stale
from konveyer.web.deals.words import STATUS_NAMES, STATUS_TONES
from konveyer.web.lead.answers import dialog, done
from konveyer.web.lead.changing import read_amount
from konveyer.web.lead.moving import version_in
from konveyer.web.lead.names import name_of, person_of
from konveyer.web.work import WorkRequest, work

both = require_http_methods(["GET", "POST"])


@work(Right.DEALS_READ)
@require_GET
def listing(request: WorkRequest) -> HttpResponse:
    """Deals by status, owner and days; sums per currency."""
    actor, query, zone = request.actor, request.GET, request.workspace.timezone
    wanted = DealFilter(
        status=query.get("status", "") if query.get("status") in STATUSES else "",
        owner=_uuid(query.get("owner", "")),
        first=_day(query.get("from", "")),
        last=_day(query.get("to", "")),
    )
    found, rows = deals(
        actor, wanted, zone, after=query.get("after") or None, before=query.get("before") or None
    )
    total = totals(actor, wanted, zone)
    context = {
        "rows": [
            {
                "listed": row,
                "deal": row.deal,
                "name": name_of(row.deal.lead),
                "person": person_of(row.deal.lead) if row.deal.lead.company else "",
                "status": STATUS_NAMES[row.deal.status],
                "tone": STATUS_TONES[row.deal.status],
            }
            for row in rows
        ],
        "page": found,
        "totals": total,
        "sums": [(STATUS_NAMES[status], currency, amount) for status, currency, amount in total.amounts],
        "wanted": wanted,
        "statuses": [("", _("All deals")), *((one, STATUS_NAMES[one]) for one in STATUSES)],
        "owners": members(actor.workspace_id) if actor.seen_members is None else [],
        "sees_money": actor.may(Right.MONEY_READ),
        "narrowed": wanted != DealFilter(),
    }
    return render(request, "deals/list.html", context)


@work(Right.DEALS_READ)
@require_GET
def show(request: WorkRequest, deal_id: UUID) -> HttpResponse:
    """A deal with its payments, in the dialog."""
    deal = deal_in_view(request.actor, deal_id)
    sees = request.actor.may(Right.MONEY_READ)
    context = {
        "deal": deal,
        "name": name_of(deal.lead),
        "status": STATUS_NAMES[deal.status],
        "tone": STATUS_TONES[deal.status],
        "sees_money": sees,
        "payments": payments(deal.workspace_id, deal.pk) if sees else [],
        "received": balance(deal.workspace_id, deal.pk) if sees else None,
        "may_edit": request.actor.may(Right.DEALS_EDIT),
        "may_money": request.actor.may(Right.MONEY_RECORD),
    }
    return dialog(request, "deals/deal.html", context)


@work(Right.DEALS_EDIT)
@both
def new(request: WorkRequest, lead_id: UUID) -> HttpResponse:
    """Give a lead its deal."""
    lead = lead_in_view(request.actor, lead_id)
    if request.method == "GET":
        return _form(request, lead, None)
    try:
        said = _read(request)
        said.pop("competitor", None)
        create_deal(actor=request.actor, at=now(), lead_id=lead.pk, **said)
    except Invalid as refusal:
        return _form(request, lead, None, refusal)
    return done(_("%(lead)s has a deal.") % {"lead": name_of(lead)})


@work(Right.DEALS_EDIT)
@both
def change(request: WorkRequest, deal_id: UUID) -> HttpResponse:
    """Change product, amount, currency, competitor; a stale form shows both states."""
    deal = deal_in_view(request.actor, deal_id)
    if request.method == "GET":
        return _form(request, deal.lead, deal)
    version = version_in(request.POST.get("version", "")) or 0
    try:
        change_deal(actor=request.actor, at=now(), deal_id=deal.pk, version=version, **_read(request))
    except Stale as refusal:
        return _form(request, deal.lead, deal, refusal, stale=True)
    except Invalid as refusal:
        return _form(request, deal.lead, deal, refusal)
    return done(_("The deal of %(lead)s is changed.") % {"lead": name_of(deal.lead)})


def _read(request: WorkRequest) -> dict[str, Any]:
    post = request.POST
    return {
        "product_id": _uuid(post.get("product", "")),
        "amount": read_amount(post.get("amount", "")),
        "currency": post.get("currency", "").strip().upper() or None,
        "competitor": post.get("competitor", "").strip()[:120],
    }


def _form(
    request: WorkRequest,
    lead: Lead,
    deal: Deal | None,
    refusal: Invalid | Stale | None = None,
    *,
    stale: bool = False,
) -> HttpResponse:
    source: Any = deal or lead
    amount = deal.amount if deal else lead.expected_amount
    present = {
        "product": str(source.product_id or ""),
        "amount": f"{amount:f}" if amount is not None else "",
        "currency": source.currency,
        "competitor": deal.competitor if deal else "",
    }
    post = request.POST if request.method == "POST" else None
    said = {name: post.get(name, "") for name in present} if post is not None else present
    offers = products(lead.workspace_id)
    names = {str(product.pk): product.name for product in offers}
    context = {
        "lead": lead,
        "deal": deal,
        "name": name_of(lead),
        "said": said,
        "present": {**present, "product": names.get(present["product"], "")},
        "differs": [name for name in present if said[name] != present[name]] if stale else [],
        "stale": stale,
        "products": [("", "—"), *((product.pk, product.name) for product in offers)],
        "error": str(refusal) if refusal else "",
        "errors": dict(refusal.fields) if refusal else {},
        "action": reverse("deal-change", args=[deal.pk]) if deal else reverse("deal-new", args=[lead.pk]),
    }
    return dialog(request, "deals/form.html", context, status=409 if stale else 422 if refusal else 200)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
