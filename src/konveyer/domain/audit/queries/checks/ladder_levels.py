"""R15: whether every level of the ladder has something to sell."""

from django.utils.translation import gettext_lazy as _

from konveyer.domain.audit.queries.check import Check, at_most
from konveyer.domain.audit.rules.telling import Unit

CHECK = Check(
    code="ladder_levels",
    rule="R15",
    title=_("Levels of the ladder without a product"),
    unit=Unit.COUNT,
    bounds=at_most("0", "0"),
    source=_("Information, front-end, core and VIP: a missing level is a leak"),
    least=1,
    of=_("products on offer"),
    needs=("product",),
    evidence=_("%(products)s products on offer stand on %(levels)s of the four levels; empty levels: %(missing)s."),
    action=_("Add a product on the empty level: at least two levels lie between a visitor and the expensive product."),
    button=_("Ladder of products"),
    place="products",
    sql="""
select 4 - count(distinct level) as measured, count(*) as sample, count(*) as products, count(distinct level) as levels,
       4 - count(distinct level) as missing
  from product where workspace_id = %(workspace)s and active""",
)  # fmt: skip
