"""A lead stands in one stage."""

from django.utils.translation import gettext_lazy as _

from konveyer.domain.insight.queries.reconcile.equation import Equation

EQUATION = Equation(
    "two_open_passes",
    _("A lead stands in one stage at a time: it has at most one open stage pass."),
    """
select workspace_id, 'lead ' || lead_id as record from stage_pass
 where left_at is null group by workspace_id, lead_id having count(*) > 1
""",
)
