"""Reports count by local days. A moment known as a day only keeps its day, whatever the zone is now."""

from django.utils.translation import gettext_lazy as _

from konveyer.domain.insight.queries.reconcile.equation import Equation

EQUATION = Equation(
    "local_days",
    _("The days of arrival and of the win are the local days of their moments."),
    """
select l.workspace_id, 'lead ' || l.id as record
  from lead l join workspace w on w.id = l.workspace_id
 where abs(l.arrived_on - (l.arrived_at at time zone w.timezone)::date) > (l.arrived_precision = 'day')::int
    or abs(l.won_on - (l.won_at at time zone w.timezone)::date) > (l.won_precision = 'day')::int
""",
)
