"""R15: VIP costs at least three times the core product."""

from django.utils.translation import gettext_lazy as _

from konveyer.domain.audit.queries.check import Check, at_least
from konveyer.domain.audit.rules.telling import Unit

CHECK = Check(
    code="ladder_vip",
    rule="R15",
    title=_("VIP against core, times dearer"),
    unit=Unit.TIMES,
    bounds=at_least("3", "2"),
    source=_("VIP is at least three times dearer than core"),
    least=2,
    of=_("priced products of core and VIP"),
    needs=("product",),
    evidence=_("The cheapest VIP product costs %(times)s times the dearest core product."),
    action=_("Raise the price of VIP, or put more into it."),
    button=_("Ladder of products"),
    place="products",
    sql="""
with priced as (select level, price from product
                 where workspace_id = %(workspace)s and active and currency = %(currency)s and price > 0 and level in ('core', 'vip'))
select v.least / c.most as measured, (select count(*) from priced) as sample, (v.least / c.most)::float as times
  from (select max(price) as most from priced where level = 'core') c, (select min(price) as least from priced where level = 'vip') v""",
    note=_("Price"),
    behind="""
select 'product' as kind, id, price::text || ' ' || currency as note
  from product where workspace_id = %(workspace)s and active and level in ('core', 'vip')""",
)  # fmt: skip
