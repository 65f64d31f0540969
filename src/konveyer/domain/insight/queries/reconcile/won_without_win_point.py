"""A win is the passing of the win point."""

from django.utils.translation import gettext_lazy as _

from konveyer.domain.insight.queries.reconcile.equation import Equation

EQUATION = Equation(
    "won_without_win_point",
    _("A won lead has passed the win point of a conveyor."),
    """
select l.workspace_id, 'lead ' || l.id as record from lead l
 where l.state = 'won' and not exists (
       select from stage_pass p join stage s on s.workspace_id = p.workspace_id and s.id = p.stage_id
        where p.workspace_id = l.workspace_id and p.lead_id = l.id and s.win_point
          and p.outcome in ('passed', 'skipped'))
""",
)
