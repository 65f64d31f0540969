"""Speed to lead is counted from facts: the first time that we turned to them, or both were there."""

from django.utils.translation import gettext_lazy as _

from konveyer.domain.insight.queries.reconcile.equation import Equation

EQUATION = Equation(
    "first_touch",
    _("The first contact that a lead names is the earliest of its touches that was one."),
    """
select l.workspace_id, 'lead ' || l.id as record
  from lead l
  left join (select workspace_id, lead_id, min(happened_at) as first from touch where lead_id is not null
                 and (direction = 'out' or channel in ('call', 'meeting', 'webinar')) group by 1, 2) t
    on t.workspace_id = l.workspace_id and t.lead_id = l.id
 where l.first_touch_at is distinct from t.first
""",
)
