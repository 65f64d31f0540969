"""Some clients stand in the base twice, as in every firm: typed anew from a card, in the other alphabet, by the mail's domain."""

from datetime import datetime, timedelta
from random import Random

from konveyer.domain.demo.rules.words import latin
from konveyer.domain.people.models import Company, Contact, Employment, PointUse
from konveyer.domain.people.operations import create_company, create_contact
from konveyer.domain.people.rules.facts import CompanyFacts, PersonFacts
from konveyer.domain.workspace.models import Workspace
from konveyer.domain.workspace.rules.actor import Actor

COUNT = 8


def store_twice(workspace: Workspace, actor: Actor, draw: Random, today: datetime) -> None:
    """Eight companies with their people a second time, a day apart, by one of the firm."""
    works = list(
        Employment.objects.filter(workspace=workspace).select_related("contact", "company").order_by("id")
    )
    for number, work in enumerate(draw.sample(works, min(COUNT, len(works)))):
        at = today - timedelta(days=COUNT - number)
        _again(workspace, actor, at, number, work.company, work.contact)


def _again(
    workspace: Workspace, actor: Actor, at: datetime, number: int, company: Company, contact: Contact
) -> None:
    name = latin(company.name) if number % 2 else company.name
    twin = create_company(
        actor=actor, at=at, facts=CompanyFacts(name, domain=company.domain, city=company.city if number % 3 else ""),
    )  # fmt: skip
    facts = PersonFacts(latin(contact.last_name) if number % 2 else contact.last_name, contact.first_name)
    person = create_contact(actor=actor, at=at, facts=facts, company_id=twin.pk)
    known = (
        PointUse.objects.filter(workspace=workspace, contact=contact)
        .select_related("point")
        .order_by("position", "id")
    )
    for position, use in enumerate(known):
        if use.point.kind == ("phone" if number % 4 != 3 else "email"):
            PointUse.objects.create(workspace=workspace, point=use.point, contact=person, position=position)
