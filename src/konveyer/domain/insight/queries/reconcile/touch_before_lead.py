"""A touch belongs to a lead that was there. Where a moment is known as a day only, days are compared."""

from django.utils.translation import gettext_lazy as _

from konveyer.domain.insight.queries.reconcile.equation import Equation

EQUATION = Equation(
    "touch_before_lead",
    _("A touch of a lead happened when the lead had arrived, not before."),
    """
select t.workspace_id, 'touch ' || t.id as record
  from touch t join lead l on l.workspace_id = t.workspace_id and l.id = t.lead_id
  join workspace w on w.id = t.workspace_id
 where t.happened_at < l.arrived_at
   and not ('day' in (t.precision, l.arrived_precision)
            and (t.happened_at at time zone w.timezone)::date >= l.arrived_on)
""",
)
