"""Temperature is a dated event."""

from django.utils.translation import gettext_lazy as _

from konveyer.domain.insight.queries.reconcile.equation import Equation

EQUATION = Equation(
    "temperature",
    _("The temperature of a lead is the one that its last change left."),
    """
select l.workspace_id, 'lead ' || l.id as record
  from lead l join (select distinct on (workspace_id, lead_id) workspace_id, lead_id, became
                      from temperature_change order by workspace_id, lead_id, at desc, id desc) t
    on t.workspace_id = l.workspace_id and t.lead_id = l.id
 where t.became <> l.temperature
""",
)
