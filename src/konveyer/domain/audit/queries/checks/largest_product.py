"""R27: one is deadly, the share of the largest product."""

from django.utils.translation import gettext_lazy as _

from konveyer.domain.audit.queries.check import Check, at_most
from konveyer.domain.audit.rules.telling import Unit

_WON = """
select l.id, coalesce(d.product_id, l.product_id) as key
  from lead l left join deal d on d.workspace_id = l.workspace_id and d.lead_id = l.id
 where l.workspace_id = %(workspace)s and l.won_on > %(today)s::date - 365"""

CHECK = Check(
    code="largest_product",
    rule="R27",
    title=_("Share of the largest product"),
    unit=Unit.SHARE,
    bounds=at_most("0.6", "0.9"),
    source=_("The number one is deadly: one source, one seller, one client, one product"),
    least=10,
    of=_("sales of a year"),
    needs=("lead",),
    evidence=_("“%(name)s” makes %(top)s of %(all)s sales of the last year (%(top_share)s)."),
    action=_("Offer the products beside it: a market that turns away from one product takes the firm along."),
    button=_("Ladder of products"),
    place="products",
    query={},
    sql=f"""
with won as (select key, count(*) as n from ({_WON}) w where key is not null group by key),
     top as (select key, n from won order by n desc, key limit 1)
select top.n::numeric / whole.n as measured, whole.n as sample, top.n as top, whole.n as "all", top.n::float / whole.n as top_share,
       (select p.name from product p where p.workspace_id = %(workspace)s and p.id = top.key) as name
  from (select sum(n) as n from won) whole left join top on true""",
    behind=f"""
select 'lead' as kind, id, '' as note from ({_WON}) w
 where key = (select key from ({_WON}) k where key is not null group by key order by count(*) desc, key limit 1)""",
)  # fmt: skip
