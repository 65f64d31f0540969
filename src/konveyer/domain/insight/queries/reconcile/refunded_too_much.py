"""What goes back has come in."""

from django.utils.translation import gettext_lazy as _

from konveyer.domain.insight.queries.reconcile.equation import Equation

EQUATION = Equation(
    "refunded_too_much",
    _("No more money was given back for a deal than was received."),
    """
select workspace_id, 'deal ' || deal_id as record from payment
 group by workspace_id, deal_id
having sum(case kind when 'refund' then -amount else amount end) < 0
""",
)
