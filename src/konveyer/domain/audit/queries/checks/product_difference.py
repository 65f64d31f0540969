"""R35: whether every product says why it and not another."""

from django.utils.translation import gettext_lazy as _

from konveyer.domain.audit.queries.check import Check, at_most
from konveyer.domain.audit.rules.telling import Unit

CHECK = Check(
    code="product_difference",
    rule="R35",
    title=_("Products without a difference stated"),
    unit=Unit.SHARE,
    bounds=at_most("0", "0.25"),
    source=_("Each product answers “why us and not another” with a benefit of the client"),
    least=1,
    of=_("products on offer"),
    needs=("product",),
    evidence=_("Of %(all)s products on offer %(silent)s do not say why one should take them and not another's."),
    action=_("Write for each of these products one difference, as what the client gains by it."),
    button=_("Ladder of products"),
    place="products",
    sql="""
select avg((difference = '')::int) as measured, count(*) as sample, count(*) as "all",
       count(*) filter (where difference = '') as silent
  from product where workspace_id = %(workspace)s and active""",
    behind="""
select 'product' as kind, id, '' as note from product
 where workspace_id = %(workspace)s and active and difference = ''""",
)  # fmt: skip
