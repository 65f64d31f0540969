"""The pages of a company and of a person."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET

from konveyer.domain.duplicates.queries.pairs import went_to
from konveyer.domain.notes.queries.attached import may_change
from konveyer.domain.notes.queries.cards import Card, CompanyCard, ContactCard, company_card, contact_card
from konveyer.domain.notes.queries.recommended import brought
from konveyer.domain.people.models import PointUse
from konveyer.domain.people.queries.links import links_of
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.refusal import NotFound
from konveyer.web.base import marks
from konveyer.web.consent.card import for_card as for_person
from konveyer.web.journal.sentences import sentences
from konveyer.web.labels.marks import fields_for_card, for_card
from konveyer.web.lead.names import name_of
from konveyer.web.work import WorkRequest, work


@work(Right.BASE_READ)
@require_GET
def company(request: WorkRequest, company_id: UUID) -> HttpResponse:
    """The page of a company."""
    try:
        card = company_card(request.actor, company_id)
    except NotFound:
        return _merged_into(request, "company", company_id)
    context = {
        "company": card.company,
        "lead_query": "?" + urlencode({"company_id": company_id, "company": card.company.name}),
        "people": [_employee(card, work) for work in card.works],
        **_common(request, card, "company", company_id),
    }
    return render(request, "base/company.html", context)


@work(Right.BASE_READ)
@require_GET
def contact(request: WorkRequest, contact_id: UUID) -> HttpResponse:
    """The page of a person."""
    try:
        card = contact_card(request.actor, contact_id)
    except NotFound:
        return _merged_into(request, "contact", contact_id)
    context = {
        "contact": card.contact,
        "name": called(card),
        "lead_query": "?" + urlencode(_lead_of(card)),
        "consents": for_person(request.actor.workspace_id, contact_id),
        "links": links_of(request.actor, contact_id),
        "brought": brought(request.actor, contact_id),
        "works": [{"work": work, "role": marks.ROLES.get(work.buying_role, "")} for work in card.works],
        **_common(request, card, "contact", contact_id),
    }
    return render(request, "base/contact.html", context)


def _merged_into(request: WorkRequest, kind: str, gone_id: UUID) -> HttpResponse:
    """Old links lead to the record that stayed; called where NotFound is handled, which is raised again otherwise."""
    now_at = went_to(request.actor.workspace_id, kind, gone_id)
    if now_at is None:
        raise
    return redirect(kind, now_at)


def called(card: ContactCard) -> str:
    """The person's name, else the phone or address that is known of him."""
    return card.contact.name or marks.shown_point("phone", card.contact.name_key) or marks.nobody()


def _lead_of(card: ContactCard) -> dict[str, Any]:
    """A new lead of this person, at the company where he works now."""
    contact = card.contact
    known = {"contact_id": contact.pk, "last_name": contact.last_name, "first_name": contact.first_name}
    now = next((work for work in card.works if work.ended_on is None), None)
    return known | ({"company_id": now.company_id, "company": now.company.name} if now else {})


def _employee(card: CompanyCard, work: Any) -> dict[str, Any]:
    uses = card.reach.get(work.contact_id, [])
    return {
        "work": work,
        "name": work.contact.name or marks.shown_point("phone", work.contact.name_key),
        "role": marks.ROLES.get(work.buying_role, ""),
        "points": [marks.point(use.point, contact=work.contact_id) for use in uses[:3]],
    }


def _common(request: WorkRequest, card: Card, kind: str, pk: UUID) -> dict[str, Any]:
    return {
        "kind": kind,
        "pk": pk,
        "pk_text": str(pk),
        "points": [_point(card, use) for use in card.points],
        "leads": None
        if card.leads is None
        else [{"lead": lead, "name": name_of(lead), "state": marks.state(lead.state)} for lead in card.leads],
        "deals": card.deals,
        "touches": card.touches,
        "notes": [{"note": note, "may_change": may_change(request.actor, note)} for note in card.notes],
        "files": [{"file": file, "may_change": may_change(request.actor, file)} for file in card.files],
        "labels": for_card(kind, pk, card.tags, request.actor.may(Right.BASE_EDIT)),
        "own_fields": fields_for_card(request.actor, kind, pk, card.own, request.actor.may(Right.BASE_EDIT)),
        "journal": sentences(request.actor.workspace_id, card.journal),
        "may_edit": request.actor.may(Right.BASE_EDIT),
        "may_write": request.actor.may(Right.BASE_EDIT) or request.actor.may(Right.LEADS_WORK),
    }


def _point(card: Card, use: PointUse) -> dict[str, Any]:
    others = card.shared.get(use.point_id, [])
    return {
        "use": use,
        "kind": marks.KINDS[use.point.kind],
        "sign": marks.SIGNS[use.point.kind],
        "tap": marks.point(use.point, contact=use.contact_id, company=use.company_id),
        "others": [_other(other) for other in others],
    }


def _other(use: PointUse) -> SafeString:
    """Who else answers there."""
    if use.contact and use.contact_id:
        return marks.link("contact", use.contact_id, use.contact.name or use.contact.name_key)
    return (
        marks.link("company", use.company_id, use.company.name)
        if use.company and use.company_id
        else marks.NOTHING
    )
