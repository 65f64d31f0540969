"""Everything that stands on the page of a company and of a person, read at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from konveyer.domain.deals.models import Deal
from konveyer.domain.journal.queries import Line, of_record
from konveyer.domain.labels.models import Tag
from konveyer.domain.labels.queries.fields import Value, values_of
from konveyer.domain.labels.queries.tags import borne
from konveyer.domain.leads.models import Lead
from konveyer.domain.leads.models.lead import OPEN_STATES
from konveyer.domain.leads.queries.filters import in_view
from konveyer.domain.notes.models import File, Note
from konveyer.domain.notes.queries.attached import MOST
from konveyer.domain.people.models import Company, Contact, Employment, PointUse
from konveyer.domain.touches.models import Touch
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.refusal import NotFound


@dataclass(frozen=True)
class Card:
    """What is common to both pages. Leads and deals are those in view, open ones first; None without the right."""

    points: list[PointUse]
    shared: dict[UUID, list[PointUse]]  # point → who else answers there
    works: list[Employment]  # open ones first; with the other side
    leads: list[Lead] | None
    deals: list[Deal] | None
    touches: list[Touch]
    notes: list[Note]
    files: list[File]
    journal: list[Line]
    tags: list[Tag]
    own: list[Value]


@dataclass(frozen=True)
class CompanyCard(Card):
    """The page of a company. `reach`: points of its people, for calling from here."""

    company: Company
    reach: dict[UUID, list[PointUse]]


@dataclass(frozen=True)
class ContactCard(Card):
    """The page of a person."""

    contact: Contact


def company_card(actor: Actor, company_id: UUID) -> CompanyCard:
    """Raises Forbidden, NotFound. Fourteen queries, however much stands on the page."""
    actor.require(Right.BASE_READ)
    company = Company.objects.filter(workspace_id=actor.workspace_id, pk=company_id).first()
    if company is None:
        raise NotFound("company_not_found", _("There is no such company in the base."))
    works = _works(actor, Q(company_id=company_id))
    people = [work.contact_id for work in works if work.ended_on is None]
    reach: dict[UUID, list[PointUse]] = {}
    uses = PointUse.objects.filter(workspace_id=actor.workspace_id, contact_id__in=people)
    for use in uses.select_related("point").order_by("position", "id"):
        if use.contact_id:
            reach.setdefault(use.contact_id, []).append(use)
    return CompanyCard(**_common(actor, company_id, "company", works), company=company, reach=reach)


def contact_card(actor: Actor, contact_id: UUID) -> ContactCard:
    """Raises Forbidden, NotFound. Thirteen queries, however much stands on the page."""
    actor.require(Right.BASE_READ)
    contact = Contact.objects.filter(workspace_id=actor.workspace_id, pk=contact_id).first()
    if contact is None:
        raise NotFound("contact_not_found", _("There is no such person in the base."))
    works = _works(actor, Q(contact_id=contact_id))
    return ContactCard(**_common(actor, contact_id, "contact", works), contact=contact)


def _common(actor: Actor, pk: UUID, kind: str, works: list[Employment]) -> dict:  # type: ignore[type-arg]
    mine = {"workspace_id": actor.workspace_id, f"{kind}_id": pk}
    points = list(PointUse.objects.filter(**mine).select_related("point").order_by("position", "id"))
    leads = _leads(actor, Q(**{f"{kind}_id": pk}))
    return {
        "points": points,
        "shared": _shared(actor, points, kind, pk),
        "works": works,
        "leads": leads,
        "deals": _deals(actor, leads, kind, pk),
        "touches": _latest(Touch.objects.filter(**mine), "happened_at", "member", "contact", "lead"),
        "notes": _latest(Note.objects.filter(**mine), "created_at", "member"),
        "files": _latest(File.objects.filter(**mine), "created_at", "member"),
        "journal": of_record(actor.workspace_id, pk, limit=MOST),
        "own": values_of(actor.workspace_id, kind, [pk]).get(pk, []),
        "tags": borne(actor.workspace_id, kind, [pk]).get(pk, []),
    }


def _works(actor: Actor, whose: Q) -> list[Employment]:
    rows = Employment.objects.filter(whose, workspace_id=actor.workspace_id).select_related(
        "contact", "company"
    )
    return sorted(
        rows, key=lambda work: (work.ended_on is not None, work.contact.name_key, work.company.name_key)
    )


def _shared(actor: Actor, points: list[PointUse], kind: str, pk: UUID) -> dict[UUID, list[PointUse]]:
    others: dict[UUID, list[PointUse]] = {}
    rows = PointUse.objects.filter(
        workspace_id=actor.workspace_id, point_id__in=[use.point_id for use in points]
    )
    for use in rows.exclude(**{f"{kind}_id": pk}).select_related("contact", "company")[:MOST]:
        others.setdefault(use.point_id, []).append(use)
    return others


def _leads(actor: Actor, whose: Q) -> list[Lead] | None:
    if not actor.may(Right.LEADS_WORK):
        return None
    rows = Lead.objects.filter(whose, in_view(actor), workspace_id=actor.workspace_id)
    found = rows.select_related("stage", "conveyor", "owner", "queue", "next_task", "contact", "company")[
        :MOST
    ]
    return sorted(found, key=lambda lead: (lead.state not in OPEN_STATES, -lead.arrived_at.timestamp()))


def _deals(actor: Actor, leads: Iterable[Lead] | None, kind: str, pk: UUID) -> list[Deal] | None:
    if not actor.may(Right.DEALS_READ):
        return None
    rows = Deal.objects.filter(workspace_id=actor.workspace_id).select_related("lead", "product")
    if leads is None:  # reads deals, works no leads: a bookkeeper
        of_record = Lead.objects.filter(in_view(actor), workspace_id=actor.workspace_id, **{f"{kind}_id": pk})
        rows = rows.filter(lead_id__in=of_record.values("pk"))
    else:
        rows = rows.filter(lead_id__in=[lead.pk for lead in leads])
    return list(rows.order_by("-status_at", "-id")[:MOST])


def _latest(rows: QuerySet, moment: str, *beside: str) -> list:  # type: ignore[type-arg]
    return list(rows.select_related(*beside).order_by(f"-{moment}", "-id")[:MOST])
