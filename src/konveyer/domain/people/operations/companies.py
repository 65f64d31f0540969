"""Companies: created and changed."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from konveyer.domain.journal.operations import changes, record
from konveyer.domain.people.events import CompanyCreated, CompanyRenamed
from konveyer.domain.people.models import Company
from konveyer.domain.people.operations.points import Typed, add_points
from konveyer.domain.people.operations.staleness import refuse_stale
from konveyer.domain.people.rules.companies import company_key
from konveyer.domain.people.rules.facts import CompanyFacts, ready_company
from konveyer.domain.people.rules.problems import sentence
from konveyer.domain.people.rules.region import region_of
from konveyer.domain.workspace.models import Workspace
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.events import publish
from konveyer.kit.refusal import Invalid, NotFound


@transaction.atomic
def create_company(
    *, actor: Actor, at: datetime, facts: CompanyFacts, points: Sequence[Typed] = ()
) -> Company:
    """A new company with its phones and addresses.

    Raises Invalid with the fields to mend; a tax number that another company has is "taken", and `details`
    name that company.
    """
    actor.require(Right.BASE_EDIT)
    ready = _ready(actor, facts, None)
    company = Company(workspace_id=actor.workspace_id, created_at=at)
    _store(company, ready)
    company.save(force_insert=True)
    record(
        actor=actor, at=at, subject="company", subject_id=company.pk, action="created",
        after={name: value for name, value in asdict(ready).items() if value},
    )  # fmt: skip
    add_points(actor=actor, at=at, company_id=company.pk, points=points)
    publish(CompanyCreated(actor, at, company.pk))
    return company


@transaction.atomic
def change_company(
    *, actor: Actor, at: datetime, company_id: UUID, version: int, facts: CompanyFacts
) -> Company:
    """The company with these facts instead of its own. Raises Stale with both values when it moved on, Invalid, NotFound."""
    actor.require(Right.BASE_EDIT)
    company = hold_company(actor, company_id)
    ready = _ready(actor, facts, company_id)
    now, wanted = asdict(facts_of(company)), asdict(ready)
    refuse_stale(
        workspace_id=actor.workspace_id, subject_id=company_id, version=company.version, seen=version,
        now=now, wanted=wanted,
    )  # fmt: skip
    before, after = changes(now, wanted)
    if not after:
        return company
    key = company.name_key
    _store(company, ready)
    company.version += 1
    company.save()
    record(
        actor=actor,
        at=at,
        subject="company",
        subject_id=company_id,
        action="changed",
        before=before,
        after=after,
    )
    if company.name_key != key:
        publish(CompanyRenamed(actor, at, company_id, company.name_key))
    return company


def hold_company(actor: Actor, company_id: UUID) -> Company:
    """The company, locked until the transaction ends. Raises NotFound."""
    found = (
        Company.objects.select_for_update(of=("self",))
        .filter(workspace_id=actor.workspace_id, pk=company_id)
        .first()
    )
    if found is None:
        raise NotFound("company_not_found", _("There is no such company in the base."))
    return found


def facts_of(company: Company) -> CompanyFacts:
    """What the form of a company shows."""
    return CompanyFacts(
        company.name,
        company.legal_name,
        company.tax_number or "",
        company.domain,
        company.city,
        company.industry,
    )


def _ready(actor: Actor, facts: CompanyFacts, company_id: UUID | None) -> CompanyFacts:
    currency = Workspace.objects.only("currency").get(pk=actor.workspace_id).currency
    ready, wrong = ready_company(facts, region_of(currency))
    if wrong:
        raise Invalid("company_facts", sentence(wrong), fields=wrong)
    if ready.tax_number:
        others = Company.objects.filter(workspace_id=actor.workspace_id, tax_number=ready.tax_number)
        other = (others.exclude(pk=company_id) if company_id else others).first()
        if other:
            raise Invalid(
                "tax_number_taken",
                _("“%(name)s” has this tax number already.") % {"name": other.name},
                fields={"tax_number": "taken"},
                details={"company": str(other.pk), "name": other.name},
            )
    return ready


def _store(company: Company, facts: CompanyFacts) -> None:
    company.name, company.name_key = facts.name, company_key(facts.name)[:300]
    company.legal_name, company.tax_number = facts.legal_name, facts.tax_number or None
    company.domain, company.city, company.industry = facts.domain, facts.city, facts.industry
