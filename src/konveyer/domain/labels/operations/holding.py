"""Getting hold of the record that a label is put on: the right asked, locked, in view."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from konveyer.domain.leads.models import Lead
from konveyer.domain.leads.operations.hold_of import lock
from konveyer.domain.people.models import Company, Contact
from konveyer.domain.people.operations.contacts import hold_contact
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.refusal import NotFound

Record = Company | Contact | Lead


def hold(actor: Actor, kind: str, pk: UUID) -> Record:
    """The record, locked until the transaction ends. Raises Forbidden, NotFound."""
    if kind == "lead":
        return lock(actor=actor, lead_id=pk)
    actor.require(Right.BASE_EDIT)
    if kind == "contact":
        return hold_contact(actor, pk)
    rows = Company.objects.select_for_update(of=("self",))
    found = rows.filter(workspace_id=actor.workspace_id, pk=pk).first() if kind == "company" else None
    if found is None:
        raise NotFound("company_not_found", _("There is no such company in the base."))
    return found
