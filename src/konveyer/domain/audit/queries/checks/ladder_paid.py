"""R15: no more than three paid levels; the information level costs a contact, not money."""

from django.utils.translation import gettext_lazy as _

from konveyer.domain.audit.queries.check import Check, at_most
from konveyer.domain.audit.rules.telling import Unit

CHECK = Check(
    code="ladder_paid",
    rule="R15",
    title=_("Paid levels of the ladder"),
    unit=Unit.COUNT,
    bounds=at_most("3", "3"),
    source=_("No more than three paid levels; information is given for a contact"),
    least=1,
    of=_("products on offer"),
    needs=("product",),
    evidence=_("Products that cost money stand on %(paid)s levels."),
    action=_("Make the information level free: it is what a contact is given for."),
    button=_("Ladder of products"),
    place="products",
    sql="""
select count(distinct level) filter (where price > 0) as measured, count(*) as sample,
       count(distinct level) filter (where price > 0) as paid
  from product where workspace_id = %(workspace)s and active""",
    note=_("Price"),
    behind="""
select 'product' as kind, id, price::text || ' ' || currency as note
  from product where workspace_id = %(workspace)s and active and level = 'info' and price > 0""",
)  # fmt: skip
