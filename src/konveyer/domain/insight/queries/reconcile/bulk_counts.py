"""Every record of an action on many is accounted for."""

from django.utils.translation import gettext_lazy as _

from konveyer.domain.insight.queries.reconcile.equation import Equation

EQUATION = Equation(
    "bulk_counts",
    _("The records of an action on many are those it changed and those it kept, and each has its step."),
    """
select a.workspace_id, 'action on many ' || a.id as record
  from bulk_action a
  left join (select workspace_id, action_id, count(*) as steps,
                    count(*) filter (where state in ('would', 'changed', 'restored', 'left')) as changed
               from bulk_step group by 1, 2) s on s.workspace_id = a.workspace_id and s.action_id = a.id
 where a.state in ('tried', 'done', 'undone')
   and (a.total <> coalesce(s.steps, 0) or a.total <> a.changed + a.kept or a.changed <> coalesce(s.changed, 0))
""",
)
