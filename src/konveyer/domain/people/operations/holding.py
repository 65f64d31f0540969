"""The record that something is attached to."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from konveyer.domain.people.models import Company, Contact
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.kit.refusal import NotFound


def require_record(actor: Actor, *, contact_id: UUID | None = None, company_id: UUID | None = None) -> None:
    """Raise NotFound unless each of the given records is in the workspace; one of them is needed."""
    if contact_id and not Contact.objects.filter(workspace_id=actor.workspace_id, pk=contact_id).exists():
        raise NotFound("contact_not_found", _("There is no such person in the base."))
    if company_id and not Company.objects.filter(workspace_id=actor.workspace_id, pk=company_id).exists():
        raise NotFound("company_not_found", _("There is no such company in the base."))
    if not contact_id and not company_id:
        raise NotFound("record_not_found", _("Say whose it is: a person's or a company's."))
