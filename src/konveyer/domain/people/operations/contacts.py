"""People: created and changed. Their names, phones and addresses are personal in the journal."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from konveyer.domain.journal.operations import changes, record
from konveyer.domain.people.events import ContactCreated, ContactRenamed
from konveyer.domain.people.models import Contact
from konveyer.domain.people.operations.employment import employ
from konveyer.domain.people.operations.points import Typed, add_points, read
from konveyer.domain.people.operations.staleness import refuse_stale
from konveyer.domain.people.rules.facts import PersonFacts, ready_person
from konveyer.domain.people.rules.problems import sentence
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.events import publish
from konveyer.kit.refusal import Invalid, NotFound

PERSONAL = ("last_name", "first_name", "patronymic")


@transaction.atomic
def create_contact(
    *,
    actor: Actor,
    at: datetime,
    facts: PersonFacts,
    points: Sequence[Typed] = (),
    company_id: UUID | None = None,
    title: str = "",
    buying_role: str = "",
    started_on: date | None = None,
) -> Contact:
    """A new person, with phones and addresses, and with a place of work when `company_id` is given.

    Without a name a phone or an address is needed; it then stands where the name would. Raises Invalid with the
    fields to mend.
    """
    actor.require(Right.BASE_EDIT)
    ready = _ready(facts)
    known = read(actor, points)
    if not ready.key and not known:
        raise Invalid(
            "contact_unknown",
            _("Give a name, a phone or an e-mail: nothing is known of this person."),
            fields={"last_name": "empty"},
        )
    contact = Contact(workspace_id=actor.workspace_id, created_at=at)
    _store(contact, ready, fallback=known[0].value if known else "")
    contact.save(force_insert=True)
    record(
        actor=actor, at=at, subject="contact", subject_id=contact.pk, action="created",
        after={name: value for name, value in asdict(ready).items() if value}, personal=PERSONAL,
    )  # fmt: skip
    add_points(actor=actor, at=at, contact_id=contact.pk, points=points)
    if company_id:
        employ(
            actor=actor, at=at, contact_id=contact.pk, company_id=company_id, title=title, buying_role=buying_role,
            started_on=started_on,
        )  # fmt: skip
    publish(ContactCreated(actor, at, contact.pk))
    return contact


@transaction.atomic
def change_contact(
    *, actor: Actor, at: datetime, contact_id: UUID, version: int, facts: PersonFacts
) -> Contact:
    """The person with these facts instead. Raises Stale with both values when the record moved on, Invalid, NotFound."""
    actor.require(Right.BASE_EDIT)
    contact = hold_contact(actor, contact_id)
    ready = _ready(facts)
    now, wanted = asdict(facts_of(contact)), asdict(ready)
    refuse_stale(
        workspace_id=actor.workspace_id, subject_id=contact_id, version=contact.version, seen=version,
        now=now, wanted=wanted,
    )  # fmt: skip
    before, after = changes(now, wanted)
    if not after:
        return contact
    key = contact.name_key
    if not ready.key and PersonFacts(**now).key:
        raise Invalid("name_empty", _("A person who had a name keeps one."), fields={"last_name": "empty"})
    _store(contact, ready, fallback=key)
    contact.version += 1
    contact.save()
    record(
        actor=actor, at=at, subject="contact", subject_id=contact_id, action="changed", before=before, after=after,
        personal=PERSONAL,
    )  # fmt: skip
    if contact.name_key != key:
        publish(ContactRenamed(actor, at, contact_id, contact.name_key))
    return contact


def hold_contact(actor: Actor, contact_id: UUID) -> Contact:
    """The person, locked until the transaction ends. Raises NotFound."""
    found = (
        Contact.objects.select_for_update(of=("self",))
        .filter(workspace_id=actor.workspace_id, pk=contact_id)
        .first()
    )
    if found is None:
        raise NotFound("contact_not_found", _("There is no such person in the base."))
    return found


def facts_of(contact: Contact) -> PersonFacts:
    """What the form of a person shows."""
    return PersonFacts(
        contact.last_name,
        contact.first_name,
        contact.patronymic,
        contact.city,
        contact.timezone,
        contact.language,
    )


def _ready(facts: PersonFacts) -> PersonFacts:
    ready, wrong = ready_person(facts)
    if wrong:
        raise Invalid("contact_facts", sentence(wrong), fields=wrong)
    return ready


def _store(contact: Contact, facts: PersonFacts, *, fallback: str) -> None:
    contact.last_name, contact.first_name, contact.patronymic = (
        facts.last_name,
        facts.first_name,
        facts.patronymic,
    )
    contact.name_key = facts.key[:370] or fallback
    contact.city, contact.timezone, contact.language = facts.city, facts.timezone, facts.language
