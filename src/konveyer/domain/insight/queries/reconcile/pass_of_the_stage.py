"""The open pass and the lead name one stage."""

from django.utils.translation import gettext_lazy as _

from konveyer.domain.insight.queries.reconcile.equation import Equation

EQUATION = Equation(
    "pass_of_the_stage",
    _(
        "An open lead has an open pass in the stage where it stands, entered when the lead says; a lost lead has none."
    ),
    """
select l.workspace_id, 'lead ' || l.id as record
  from lead l left join stage_pass p on p.workspace_id = l.workspace_id and p.lead_id = l.id and p.left_at is null
 where (l.state = 'open' and p.id is null) or (l.state = 'lost' and p.id is not null)
    or (p.id is not null and (p.stage_id <> l.stage_id or p.entered_at <> l.entered_stage_at))
""",
)
