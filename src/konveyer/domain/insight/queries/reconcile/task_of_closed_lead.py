"""What is over is not due."""

from django.utils.translation import gettext_lazy as _

from konveyer.domain.insight.queries.reconcile.equation import Equation

EQUATION = Equation(
    "task_of_closed_lead",
    _("A closed lead has no task to be done."),
    """
select t.workspace_id, 'task ' || t.id as record
  from task t join lead l on l.workspace_id = t.workspace_id and l.id = t.lead_id
 where t.done_at is null and t.cancelled_at is null and l.closed_at is not null
""",
)
