"""The stored key of a lead follows the name of its company, else of its person."""

from uuid import UUID

from konveyer.domain.leads.models import Lead


def company_renamed(*, workspace_id: UUID, company_id: UUID, name_key: str) -> int:
    """Leads of the company sort and are found under its new name. Returns how many."""
    rows = Lead.objects.filter(workspace_id=workspace_id, company_id=company_id)
    return rows.update(title_key=name_key)


def contact_renamed(*, workspace_id: UUID, contact_id: UUID, name_key: str) -> int:
    """Leads of the person that stand under no company."""
    rows = Lead.objects.filter(workspace_id=workspace_id, contact_id=contact_id, company__isnull=True)
    return rows.update(title_key=name_key)
