"""A new lead from what was typed or pasted: person, company, contact points and the lead itself, at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from konveyer.domain.leads.events import LeadNoted
from konveyer.domain.leads.operations.receiving import Received, receive_lead
from konveyer.domain.people.models import Employment
from konveyer.domain.people.operations import Typed, add_points, create_company, create_contact, employ
from konveyer.domain.people.rules.facts import CompanyFacts, PersonFacts
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.kit.events import publish
from konveyer.kit.refusal import Invalid


@dataclass(frozen=True)
class Entered:
    """What is known of the lead's people. `contact_id`, `company_id`: they are in the base already."""

    person: PersonFacts = field(default_factory=PersonFacts)
    company: CompanyFacts = field(default_factory=CompanyFacts)
    points: Sequence[Typed] = ()
    contact_id: UUID | None = None
    company_id: UUID | None = None
    position: str = ""
    buying_role: str = ""

    @property
    def nobody(self) -> bool:
        """Neither a person nor a company nor a way to reach somebody."""
        return not (
            self.contact_id or self.company_id or self.person.key or self.company.name.strip()
            or any(point.text.strip() for point in self.points)
        )  # fmt: skip


@transaction.atomic
def enter_lead(
    *,
    actor: Actor,
    at: datetime,
    entered: Entered,
    conveyor_id: UUID,
    title: str = "",
    origin_key: str | None = None,
    incoming: bool = False,
    second_reason: str = "",
    note: str = "",
) -> Received:
    """Put everything into the base and the lead onto the conveyor; all of it or nothing.

    Without a person's name the points are the company's; without a company, somebody's who has no name yet. A
    person from the base gets the points that were new. Raises Invalid with the fields to mend, and what
    `open_lead` raises: Refused "open_lead_exists" names the open lead. Where they came to us, an open lead is no
    refusal: the inquiry, with its note, becomes a touch on it.
    """
    if entered.nobody:
        raise Invalid(
            "lead_of_nobody",
            _("Paste or type something: a name, a company, a phone or an e-mail."),
            fields={"last_name": "empty"},
        )
    company_id = _company(actor, at, entered)
    contact_id = _contact(actor, at, entered, company_id)
    received = receive_lead(
        actor=actor, at=at, conveyor_id=conveyor_id, contact_id=contact_id, company_id=company_id, title=title,
        origin_key=origin_key, incoming=incoming, second_reason=second_reason, note=note,
    )  # fmt: skip
    if note.strip() and not received.again:
        publish(LeadNoted(actor, at, received.lead.pk, note))
    return received


def _company(actor: Actor, at: datetime, entered: Entered) -> UUID | None:
    if entered.company_id or not entered.company.name.strip():
        return entered.company_id
    return create_company(actor=actor, at=at, facts=entered.company).pk


def _contact(actor: Actor, at: datetime, entered: Entered, company_id: UUID | None) -> UUID | None:
    if entered.contact_id:
        add_points(actor=actor, at=at, contact_id=entered.contact_id, points=entered.points)
        if company_id and not _works_there(actor, entered.contact_id, company_id):
            employ(
                actor=actor, at=at, contact_id=entered.contact_id, company_id=company_id, title=entered.position,
                buying_role=entered.buying_role,
            )  # fmt: skip
        return entered.contact_id
    if not entered.person.key and company_id:
        add_points(actor=actor, at=at, company_id=company_id, points=entered.points)
        return None
    return create_contact(
        actor=actor, at=at, facts=entered.person, points=entered.points, company_id=company_id, title=entered.position,
        buying_role=entered.buying_role,
    ).pk  # fmt: skip


def _works_there(actor: Actor, contact_id: UUID, company_id: UUID) -> bool:
    return Employment.objects.filter(
        workspace_id=actor.workspace_id, contact_id=contact_id, company_id=company_id, ended_on__isnull=True
    ).exists()
