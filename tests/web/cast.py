"""What the tests of the board and the lead card share: leads on the conveyor, and signed-in people."""

from datetime import timedelta
from typing import Any

from django.test import Client

from konveyer.domain.conveyor.models import Conveyor, Stage
from konveyer.domain.leads.models import Lead
from konveyer.domain.leads.operations import move_lead, open_lead
from konveyer.domain.people.models import Company, Contact, ContactPoint, PointUse
from konveyer.kit.clock import now
from tests.world import World

AT = now() - timedelta(hours=2)  # screens read the clock themselves
FIRST = {"questionnaire": "yes"}
WATCHED = {"minutes_watched": "36", "pain": "few new clients"}
AGREED = {"decision_maker": "himself", "decision_time": "This year", "code_word": "pendulum"}


def opened(world: World, name: str = "Kama Fasteners", by: str = "Igor", **more: Any) -> Lead:
    """A lead of a company on the first stage."""
    conveyor = Conveyor.objects.get(workspace=world.workspace, code=more.pop("code", "new_clients"))
    firm = Company.objects.create(workspace=world.workspace, name=name, name_key=name.lower())
    return open_lead(
        actor=world.actor(by), at=more.pop("at", AT), conveyor_id=conveyor.pk, company_id=firm.pk, **more
    )


def stage(world: World, key: str) -> Stage:
    """A stage of the conveyor of new clients."""
    return Stage.objects.get(
        workspace=world.workspace, conveyor_version__conveyor__code="new_clients", key=key
    )


def moved(world: World, lead: Lead, key: str, by: str = "Igor", **more: Any) -> Lead:
    """The lead on another stage."""
    return move_lead(
        actor=world.actor(by),
        at=more.pop("at", AT),
        lead_id=lead.pk,
        to_stage_id=stage(world, key).pk,
        **more,
    )


def signed_in(world: World, name: str) -> Client:
    """A browser of that person."""
    client = Client(headers={"HX-Request": "true"})
    client.force_login(world.people[name].user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def person_of(world: World, lead: Lead, phone: str = "+73422004117") -> ContactPoint:
    """Give the lead a person with a phone."""
    person = Contact.objects.create(
        workspace=world.workspace, first_name="Roman", last_name="Kudrin", name_key="kudrin roman", timezone="Asia/Yekaterinburg",
        city="Perm",
    )  # fmt: skip
    point = ContactPoint.objects.create(workspace=world.workspace, kind="phone", value=phone)
    PointUse.objects.create(workspace=world.workspace, point=point, contact=person)
    Lead.objects.filter(pk=lead.pk).update(contact=person)
    lead.contact = person
    return point
