"""A handoff gives what is known."""

from django.utils.translation import gettext_lazy as _

from konveyer.domain.insight.queries.reconcile.equation import Equation

EQUATION = Equation(
    "handoff_without_package",
    _("Every handoff carries its package: what was known when the lead was given on."),
    """
select workspace_id, 'handoff ' || id as record from handoff
 where package is null or package in ('{}', 'null', '[]')
""",
)
