"""Who may read and write on a record: the one place that notes, files and downloads ask."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from konveyer.domain.deals.models import Deal
from konveyer.domain.leads.models import Lead
from konveyer.domain.leads.queries.filters import in_view
from konveyer.domain.notes.rules.subject import Subject
from konveyer.domain.people.models import Company, Contact
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.refusal import Forbidden, NotFound


@dataclass(frozen=True)
class Reached:
    """A record that the actor may see. `owner` is the record whose personal data is written on it."""

    subject: Subject
    owner: UUID


def reach(actor: Actor, subject: Subject, *, to_write: bool = False) -> Reached:
    """The record, if the actor may read (or write on) it.

    Raises Forbidden without the right, NotFound when it is not there, of another workspace, or out of view.
    """
    _require(actor, subject.kind, to_write)
    if subject.kind == "contact":
        found: UUID | None = _only(
            Contact.objects.filter(workspace_id=actor.workspace_id, pk=subject.id), "pk"
        )
    elif subject.kind == "company":
        found = _only(Company.objects.filter(workspace_id=actor.workspace_id, pk=subject.id), "pk")
    elif subject.kind == "lead":
        found = _of_lead(actor, subject.id)
    else:
        lead = _only(Deal.objects.filter(workspace_id=actor.workspace_id, pk=subject.id), "lead_id")
        found = _of_lead(actor, lead) if lead else None
    if found is None:
        raise NotFound("record_not_found", _("There is no such record, or it is not in your view."))
    return Reached(subject, found)


def _only(rows: QuerySet[Any], column: str) -> UUID | None:
    found: UUID | None = rows.values_list(column, flat=True).first()
    return found


def _of_lead(actor: Actor, lead_id: UUID) -> UUID | None:
    row = (
        Lead.objects.filter(in_view(actor), workspace_id=actor.workspace_id, pk=lead_id)
        .values_list("contact_id", "pk")
        .first()
    )
    return (row[0] or row[1]) if row else None


def _require(actor: Actor, kind: str, to_write: bool) -> None:
    reading = {"lead": Right.LEADS_WORK, "deal": Right.DEALS_READ}.get(kind, Right.BASE_READ)
    actor.require(reading)
    writing = {
        "lead": (Right.LEADS_WORK,),
        "deal": (Right.DEALS_EDIT, Right.MONEY_RECORD, Right.LEADS_WORK),
    }.get(kind, (Right.BASE_EDIT, Right.LEADS_WORK))
    if to_write and not any(actor.may(right) for right in writing):
        raise Forbidden(
            "right_missing",
            _("You may read this record, but not write on it. Whoever heads sales can allow it."),
            details={"right": str(writing[0])},
        )
