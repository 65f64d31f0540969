"""R16: the next level begins with a win."""

from django.utils.translation import gettext_lazy as _

from konveyer.domain.insight.queries.reconcile.equation import Equation

EQUATION = Equation(
    "after_no_win",
    _("A next-level lead follows a lead that was won, of the same client."),
    """
select l.workspace_id, 'lead ' || l.id as record
  from lead l join lead p on p.workspace_id = l.workspace_id and p.id = l.parent_id
 where p.state <> 'won' or (p.company_id, p.contact_id) is distinct from (l.company_id, l.contact_id)
""",
)
