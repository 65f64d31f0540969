"""R27: one is deadly, the share of the largest client."""

from django.utils.translation import gettext_lazy as _

from konveyer.domain.audit.queries.check import Check, at_most
from konveyer.domain.audit.rules.telling import Unit

_BY_CLIENT = """
select coalesce(l.company_id, l.contact_id) as key, bool_or(l.company_id is not null) as firm,
       sum(case p.kind when 'refund' then -p.amount else p.amount end) as money
  from payment p join deal d on d.workspace_id = p.workspace_id and d.id = p.deal_id
  join lead l on l.workspace_id = d.workspace_id and l.id = d.lead_id
 where p.workspace_id = %(workspace)s and p.received_on > %(today)s::date - 365 and p.currency = %(currency)s
   and coalesce(l.company_id, l.contact_id) is not null
 group by 1"""

CHECK = Check(
    code="largest_client",
    rule="R27",
    title=_("Share of the largest client"),
    unit=Unit.SHARE,
    bounds=at_most("0.2", "0.4"),
    source=_("The number one is deadly: one source, one seller, one client, one product"),
    least=5,
    of=_("clients who paid within a year"),
    needs=("payment",),
    evidence=_("“%(name)s” paid %(top_money)s of %(all_money)s received in the last year (%(top_share)s)."),
    action=_("Win clients beside him, and see that he knows at least two of ours."),
    button=_("Deals"),
    place="deals",
    query={"status": "won"},
    sql=f"""
with paid as ({_BY_CLIENT}), top as (select key, money from paid order by money desc, key limit 1)
select top.money / nullif(whole.money, 0) as measured, whole.n as sample, top.money as top_money, whole.money as all_money,
       (top.money / nullif(whole.money, 0))::float as top_share,
       coalesce((select c.name from company c where c.workspace_id = %(workspace)s and c.id = top.key),
                (select concat_ws(' ', c.first_name, c.last_name) from contact c
                  where c.workspace_id = %(workspace)s and c.id = top.key)) as name
  from (select sum(money) as money, count(*) as n from paid) whole left join top on true""",
    note=_("Received"),
    behind=f"""
select case when firm then 'company' else 'contact' end as kind, key as id, money::text as note
  from ({_BY_CLIENT}) paid where money = (select max(money) from ({_BY_CLIENT}) most)""",
)  # fmt: skip
