"""The sum that a deal remembers."""

from django.utils.translation import gettext_lazy as _

from konveyer.domain.insight.queries.reconcile.equation import Equation

EQUATION = Equation(
    "received_sum",
    _("What a deal has received is the sum of its payments, refunds taken off."),
    """
select d.workspace_id, 'deal ' || d.id as record
  from deal d left join (
    select workspace_id, deal_id, sum(case kind when 'refund' then -amount else amount end) as received
      from payment group by 1, 2) p on p.workspace_id = d.workspace_id and p.deal_id = d.id
 where d.received <> coalesce(p.received, 0)
""",
)
