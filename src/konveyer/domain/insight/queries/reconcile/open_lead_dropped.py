"""Nothing is dropped."""

from django.utils.translation import gettext_lazy as _

from konveyer.domain.insight.queries.reconcile.equation import Equation

EQUATION = Equation(
    "open_lead_dropped",
    _(
        "An open lead has an owner with an open next task of its own, or stands in a queue; never both, never neither."
    ),
    """
select l.workspace_id, 'lead ' || l.id as record
  from lead l left join task t on t.workspace_id = l.workspace_id and t.id = l.next_task_id
 where l.state = 'open'
   and ((l.queue_id is null and (l.owner_id is null or t.id is null)) or (l.queue_id is not null and l.owner_id is not null)
        or (t.id is not null and (t.lead_id <> l.id or t.done_at is not null or t.cancelled_at is not null)))
""",
)
