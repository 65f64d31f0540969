"""Days of the sheet that had not come when they were written."""

from django.utils.translation import gettext_lazy as _

from konveyer.domain.insight.queries.reconcile.equation import Equation

# A day of grace: the workspace's zone may have been changed since.
EQUATION = Equation(
    "sheet_ahead",
    _("What stands in the daily sheet was written on its day or later."),
    """
select d.workspace_id, 'daily_count ' || d.id as record
  from daily_count d join workspace w on w.id = d.workspace_id
 where d.day > (d.entered_at at time zone w.timezone)::date + 1
""",
)
