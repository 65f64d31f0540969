"""Search everywhere: leads through their words, their person and their company; people; companies."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from konveyer.domain.leads.models.lead import OPEN_STATES, Lead
from konveyer.domain.leads.queries.filters import in_view
from konveyer.domain.people.models import Company, Contact, Employment
from konveyer.domain.people.queries.search import MOST, Hit, People, names, search_people
from konveyer.domain.people.rules.looking import Asked
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right

Record = TypeVar("Record", bound=Model)


@dataclass(frozen=True)
class Found:
    """What search everywhere shows, best first; at most twenty rows in all.

    Leads come with stage, owner, person and company; people with `places`, the company where they work now;
    `at` holds the contact point at which a record was found.
    """

    leads: list[Lead]
    companies: list[Company]
    contacts: list[Contact]
    places: dict[UUID, Company]
    at: dict[UUID, Hit]

    @property
    def nothing(self) -> bool:
        """Nothing was found."""
        return not (self.leads or self.companies or self.contacts)


def search_everywhere(asked: Asked, actor: Actor) -> Found:
    """Everything the actor may see that fits. Leads follow his view: own, team, all. At most nine queries."""
    if asked.nothing:
        return Found([], [], [], {}, {})
    people = search_people(asked, most=MOST)
    leads = _leads(asked, actor, people) if actor.may(Right.LEADS_WORK) else []
    if not actor.may(Right.BASE_READ):
        return Found(leads[:MOST], [], [], {}, {})
    shares = _shares(len(leads), len(people.companies), len(people.contacts))
    companies = _in_order(Company, actor, people.companies[: shares[1]])
    contacts = _in_order(Contact, actor, people.contacts[: shares[2]])
    works = Employment.objects.filter(
        workspace_id=actor.workspace_id, contact__in=contacts, ended_on__isnull=True
    )
    return Found(
        leads[: shares[0]],
        companies,
        contacts,
        {work.contact_id: work.company for work in works.select_related("company").order_by("-pk")},
        {hit.id: hit for hit in (*people.companies, *people.contacts) if hit.value},
    )


def matching_leads(asked: Asked, actor: Actor, most: int) -> list[UUID]:
    """Ids of leads that fit, for the filter of a list; at most `most`. At most four queries."""
    people = search_people(asked, most=most)
    own = [pk for pk, _place in _own(asked, actor, most)]
    through = _of_people(actor, people).values_list("pk", flat=True)[:most]
    return list(dict.fromkeys([*own, *through]))[:most]


def _leads(asked: Asked, actor: Actor, people: People) -> list[Lead]:
    """Those found by their own words, then those of the people found; open ones before closed ones, late before early."""
    own = dict(reversed(_own(asked, actor, MOST)))
    rows = Lead.objects.filter(workspace_id=actor.workspace_id).select_related(
        "stage", "owner", "contact", "company", "queue"
    )
    found = {lead.pk: lead for lead in rows.filter(pk__in=list(own))} if own else {}
    if people.companies or people.contacts:
        # unsorted: an order would tempt the planner to walk all leads by time
        found |= {lead.pk: lead for lead in rows.filter(pk__in=_of_people(actor, people).values("pk"))[:200]}
    return sorted(
        found.values(),
        key=lambda lead: (lead.state not in OPEN_STATES, own.get(lead.pk, 1), -lead.arrived_at.timestamp()),
    )[:MOST]


def _own(asked: Asked, actor: Actor, most: int) -> list[tuple[UUID, int]]:
    return names("lead", asked, asked.firm, most, actor.seen_members) if asked.firm else []


def _of_people(actor: Actor, people: People) -> QuerySet[Lead]:
    met = Q(contact__in=[hit.id for hit in people.contacts]) | Q(
        company__in=[hit.id for hit in people.companies]
    )
    return Lead.objects.filter(in_view(actor), met, workspace_id=actor.workspace_id)


def _in_order(model: type[Record], actor: Actor, hits: Iterable[Hit]) -> list[Record]:
    ids = [hit.id for hit in hits]
    rows = model._default_manager.filter(workspace_id=actor.workspace_id).in_bulk(ids)
    return [rows[pk] for pk in ids if pk in rows]


def _shares(*found: int) -> list[int]:
    """Rows for each group: dealt in turn until twenty are out or nothing is left."""
    shares = [0] * len(found)
    while sum(shares) < min(MOST, sum(found)):
        for at, count in enumerate(found):
            if shares[at] < count and sum(shares) < MOST:
                shares[at] += 1
    return shares
