"""What is known of a lead, changed by hand: fields, facts, both hands of the exchange, temperature."""

from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from konveyer.domain.catalog.queries import products
from konveyer.domain.leads.models import Lead
from konveyer.domain.leads.operations import change_lead, set_fact, set_temperature
from konveyer.domain.leads.queries.card import GIVEN, GOT, lead_card
from konveyer.domain.leads.queries.moving import lead_in_view
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.clock import now
from konveyer.kit.refusal import Invalid, NotFound, Stale
from konveyer.web.lead import words
from konveyer.web.lead.answers import dialog, done
from konveyer.web.lead.moving import id_in, version_in
from konveyer.web.lead.names import name_of
from konveyer.web.work import WorkRequest, work

HANDS = {"given": GIVEN, "got": GOT}


@work(Right.LEADS_WORK)
@require_http_methods(["GET", "POST"])
def change(request: WorkRequest, lead_id: UUID) -> HttpResponse:
    """Title, product, expected amount, level, what they said of how they found us. A stale form shows both states."""
    lead = lead_in_view(request.actor, lead_id)
    if request.method == "GET":
        return _dialog(request, lead)
    post = request.POST
    try:
        version = version_in(post.get("version", ""))
        fields: dict[str, Any] = {
            "title": post.get("title", "").strip()[:200],
            "product_id": id_in(post["product"], "product") if post.get("product") else None,
            "expected_amount": read_amount(post.get("expected_amount", "")),
            "level": post.get("level", lead.level),
            "self_reported": post.get("self_reported", "").strip()[:200],
        }
        change_lead(actor=request.actor, at=now(), lead_id=lead.pk, version=version or 0, **fields)
    except Stale as refusal:
        return _dialog(request, lead, refusal, stale=True)
    except Invalid as refusal:
        return _dialog(request, lead, refusal)
    return done(_("%(lead)s is changed.") % {"lead": name_of(lead)})


def _dialog(
    request: WorkRequest, lead: Lead, refusal: Invalid | Stale | None = None, *, stale: bool = False
) -> HttpResponse:
    post = request.POST if request.method == "POST" else None
    present = {
        "title": lead.title,
        "product": str(lead.product_id or ""),
        "expected_amount": f"{lead.expected_amount:f}" if lead.expected_amount is not None else "",
        "level": lead.level,
        "self_reported": lead.self_reported,
    }
    said = {name: post.get(name, "") for name in present} if post is not None else present
    offers = products(lead.workspace_id)
    context = {
        "lead": lead,
        "name": name_of(lead),
        "said": said,
        "present": present,
        "stale": stale,
        "differs": [name for name in present if said[name] != present[name]] if stale else [],
        "products": [("", "—"), *((product.pk, product.name) for product in offers)],
        "levels": list(words.LEVELS.items()),
        "error": str(refusal) if refusal else "",
        "errors": dict(refusal.fields) if refusal else {},
        "action": reverse("lead-change", args=[lead.pk]),
    }
    return dialog(request, "lead/change.html", context, status=409 if stale else 422 if refusal else 200)


def read_amount(text: str) -> Decimal | None:
    """A sum as people type it: spaces, comma or point; None when empty. Raises Invalid."""
    plain = "".join(text.replace("\u00a0", "").split()).replace(",", ".").rstrip("₽$€")
    if not plain:
        return None
    try:
        amount = Decimal(plain)
    except InvalidOperation as error:
        raise _not_a_sum() from error
    if not amount.is_finite() or amount.adjusted() > 14 or amount != round(amount, 2):
        raise _not_a_sum()
    return amount


def _not_a_sum() -> Invalid:
    return Invalid(
        "amount",
        _("This is not a sum. Example: 420 000."),
        fields={"expected_amount": "form", "amount": "form"},
    )


@work(Right.LEADS_WORK)
@require_http_methods(["GET", "POST"])
def fact(request: WorkRequest, lead_id: UUID, kind: str) -> HttpResponse:
    """A fact that the present gate asks for, written in its place."""
    found = lead_card(request.actor, lead_id)
    condition = next((one for one, _fact, _why in found.gate if one.fact == kind), None)
    if condition is None or condition.ask == "nothing":
        raise NotFound("fact_unknown", _("The present stage does not ask for this."))
    if request.method == "POST":
        value = request.POST.get("value", "")
        set_fact(actor=request.actor, at=now(), lead_id=lead_id, kind=kind, value=value)
        return done(_("Written down."))
    known = next((one.value for _condition, one, _why in found.gate if one and one.kind == kind), "")
    context = {"lead": found.lead, "condition": condition, "value": known}
    return render(request, "lead/fact.html", context)


@work(Right.LEADS_WORK)
@require_POST
def exchange(request: WorkRequest, lead_id: UUID, hand: str, stage: str) -> HttpResponse:
    """Tick, or untick, that something was given or got in a stage."""
    found = lead_card(request.actor, lead_id)
    keys = {line.stage.key for line in found.lines}
    if hand not in HANDS or stage not in keys:
        raise NotFound("stage_unknown", _("There is no such stage."))
    value = "" if request.POST.get("undo") else "yes"
    set_fact(actor=request.actor, at=now(), lead_id=lead_id, kind=HANDS[hand] + stage, value=value)
    return done(_("Written down."))


@work(Right.LEADS_WORK)
@require_POST
def warmth(request: WorkRequest, lead_id: UUID) -> HttpResponse:
    """A person's own judgement of how warm it is."""
    lead = lead_in_view(request.actor, lead_id)
    became = request.POST.get("temperature", "") or request.GET.get("temperature", "")
    set_temperature(actor=request.actor, at=now(), lead_id=lead_id, temperature=became)
    said = {"lead": name_of(lead), "temperature": words.TEMPERATURES[became]}
    return done(_("%(lead)s: now %(temperature)s.") % said)
