"""The lead that stands in the way of a new one, and leads of people already in the base."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from konveyer.domain.leads.models import Lead, Origin
from konveyer.domain.leads.models.lead import OPEN_STATES
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.kit.plans import joined_as_written


@dataclass(frozen=True)
class Standing:
    """An open lead: that it is there and who works it is told to everybody, the lead itself to who may see it."""

    lead: Lead
    visible: bool


def open_leads(
    actor: Actor, *, contacts: Iterable[UUID] = (), companies: Iterable[UUID] = ()
) -> list[Standing]:
    """Open leads of these people and companies, the latest first. One query."""
    whose = Q(contact_id__in=list(contacts)) | Q(company_id__in=list(companies))
    rows = Lead.objects.filter(whose, workspace_id=actor.workspace_id, state__in=OPEN_STATES)
    found = rows.select_related("stage", "conveyor", "owner", "queue", "contact", "company")[:50]
    return [
        Standing(lead, _sees(actor, lead))
        for lead in sorted(found, key=lambda lead: lead.arrived_at, reverse=True)
    ]


def standing(actor: Actor, lead_id: UUID) -> Standing | None:
    """One lead with its people. One query."""
    rows = Lead.objects.filter(workspace_id=actor.workspace_id, pk=lead_id)
    with joined_as_written():
        lead = rows.select_related("stage", "conveyor", "owner", "queue", "contact", "company").first()
    return Standing(lead, _sees(actor, lead)) if lead else None


def origins(workspace_id: UUID, most: int = 50) -> list[str]:
    """Sources that leads came from, by name: offered while one is typed."""
    return list(
        Origin.objects.filter(workspace_id=workspace_id).order_by("name").values_list("key", flat=True)[:most]
    )


def _sees(actor: Actor, lead: Lead) -> bool:
    return lead.owner_id is None or actor.sees(lead.owner_id, lead.telemarketer_id, lead.closer_id)
