"""Who works where, from–to, and what he is there as a buyer sees it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from konveyer.domain.journal.operations import changes, record
from konveyer.domain.people.models import Employment
from konveyer.domain.people.operations.holding import require_record
from konveyer.domain.people.rules.facts import BUYING_ROLES, one_line
from konveyer.domain.people.rules.problems import sentence
from konveyer.domain.people.rules.roles import buying_role as guessed_role
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.refusal import Invalid, NotFound, Refused


@transaction.atomic
def employ(
    *,
    actor: Actor,
    at: datetime,
    contact_id: UUID,
    company_id: UUID,
    title: str = "",
    buying_role: str = "",
    started_on: date | None = None,
) -> Employment:
    """The person works at the company from a day on (None: not known since when).

    Without a role the title's usual one is taken. Raises Refused when he works there already.
    """
    actor.require(Right.BASE_EDIT)
    require_record(actor, contact_id=contact_id, company_id=company_id)
    place = _checked(title, buying_role, started_on, None)
    standing = Employment.objects.filter(
        workspace_id=actor.workspace_id, contact_id=contact_id, company_id=company_id, ended_on__isnull=True
    )
    if standing.exists():
        raise Refused(
            "works_there", _("This person works at this company already. Change that line instead.")
        )
    employment = Employment.objects.create(
        workspace_id=actor.workspace_id, contact_id=contact_id, company_id=company_id,
        **{**place, "buying_role": place["buying_role"] or guessed_role(place["title"])},
    )  # fmt: skip
    _journal(employment, actor=actor, at=at, action="employed", before={}, after=_state(employment))
    return employment


@transaction.atomic
def change_employment(
    *,
    actor: Actor,
    at: datetime,
    employment_id: UUID,
    title: str,
    buying_role: str,
    started_on: date | None = None,
    ended_on: date | None = None,
) -> Employment:
    """Another title, role or dates. Raises Invalid for a role that is none or an end before the beginning, NotFound."""
    actor.require(Right.BASE_EDIT)
    employment = _hold(actor, employment_id)
    was = _state(employment)
    for name, value in _checked(title, buying_role, started_on, ended_on).items():
        setattr(employment, name, value)
    before, after = changes(was, _state(employment))
    if after:
        employment.save()
        _journal(employment, actor=actor, at=at, action="employment_changed", before=before, after=after)
    return employment


@transaction.atomic
def end_employment(*, actor: Actor, at: datetime, employment_id: UUID, ended_on: date) -> Employment:
    """The person works there no longer; the line stays as history. Raises Invalid, NotFound."""
    actor.require(Right.BASE_EDIT)
    employment = _hold(actor, employment_id)
    _checked(employment.title, employment.buying_role, employment.started_on, ended_on)
    was = _state(employment)
    employment.ended_on = ended_on
    employment.save(update_fields=["ended_on"])
    before, after = changes(was, _state(employment))
    _journal(employment, actor=actor, at=at, action="employment_ended", before=before, after=after)
    return employment


def _hold(actor: Actor, employment_id: UUID) -> Employment:
    found = (
        Employment.objects.select_for_update(of=("self",))
        .filter(workspace_id=actor.workspace_id, pk=employment_id)
        .first()
    )
    if found is None:
        raise NotFound("employment_not_found", _("This place of work is no longer in the base."))
    return found


def _checked(title: str, buying_role: str, started_on: date | None, ended_on: date | None) -> dict[str, Any]:
    wrong: dict[str, str] = {}
    plain = one_line(title)
    if len(plain) > 200:
        wrong["title"] = "too_long"
    if buying_role and buying_role not in BUYING_ROLES:
        wrong["buying_role"] = "unknown"
    if started_on and ended_on and ended_on < started_on:
        wrong["ended_on"] = "order"
    if wrong:
        raise Invalid("employment", sentence(wrong), fields=wrong)
    return {"title": plain, "buying_role": buying_role, "started_on": started_on, "ended_on": ended_on}


def _state(employment: Employment) -> dict[str, Any]:
    return {
        "title": employment.title,
        "buying_role": employment.buying_role,
        "started_on": employment.started_on,
        "ended_on": employment.ended_on,
    }


def _journal(
    employment: Employment,
    *,
    actor: Actor,
    at: datetime,
    action: str,
    before: dict[str, Any],
    after: dict[str, Any],
) -> None:
    """Readable on the person and on the company; each line names the other side by its id."""
    pairs = (
        ("contact", employment.contact_id, {"company_id": employment.company_id}),
        ("company", employment.company_id, {"contact_id": employment.contact_id}),
    )
    for subject, subject_id, other in pairs:
        record(
            actor=actor,
            at=at,
            subject=subject,
            subject_id=subject_id,
            action=action,
            before=before,
            after={**after, **other},
        )
