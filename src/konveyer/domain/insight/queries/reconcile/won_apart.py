"""Lead and deal are won together."""

from django.utils.translation import gettext_lazy as _

from konveyer.domain.insight.queries.reconcile.equation import Equation

EQUATION = Equation(
    "won_apart",
    _("A won lead has a won deal, and a won deal stands on a won lead."),
    """
select l.workspace_id, 'lead ' || l.id as record
  from lead l left join deal d on d.workspace_id = l.workspace_id and d.lead_id = l.id
 where (l.state = 'won') <> (coalesce(d.status, '') = 'won')
""",
)
