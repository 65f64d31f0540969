"""Money of two currencies is never added."""

from django.utils.translation import gettext_lazy as _

from konveyer.domain.insight.queries.reconcile.equation import Equation

EQUATION = Equation(
    "payment_currency",
    _("A payment is in the currency of its deal."),
    """
select p.workspace_id, 'payment ' || p.id as record
  from payment p join deal d on d.workspace_id = p.workspace_id and d.id = p.deal_id
 where p.currency <> d.currency
""",
)
