"""What stands on a lead that its card shows from the packages above leads."""

from konveyer.domain.leads.models import Lead
from konveyer.kit.plans import present

_KINDS = {
    kind: f"select from {table} where workspace_id = %(workspace)s and lead_id = %(lead)s"
    for kind, table in (("tags", "tag_use"), ("fields", "field_value"), ("notes", "note"), ("deal", "deal"))
}


def kinds_on(lead: Lead) -> frozenset[str]:
    """Which of tags, fields, notes and deal there are. One query."""
    return present(_KINDS, {"workspace": lead.workspace_id, "lead": lead.pk})
