"""R27: whether a client knows more than one of ours."""

from django.utils.translation import gettext_lazy as _

from konveyer.domain.audit.queries.check import Check, at_most
from konveyer.domain.audit.rules.telling import Unit

_CLIENTS = """
select id, who, ours = 1 as single
  from (select c.company_id as id, count(distinct t.member_id) as ours, min(m.name) as who
          from (select distinct company_id from lead where workspace_id = %(workspace)s and company_id is not null
                   and won_on > %(today)s::date - 365) c
          join lead l on l.workspace_id = %(workspace)s and l.company_id = c.company_id
          join touch t on t.workspace_id = l.workspace_id and t.lead_id = l.id and t.counted
           and t.happened_at > %(at)s - interval '90 days' and t.happened_at <= %(at)s
          join member m on m.workspace_id = t.workspace_id and m.id = t.member_id
         group by 1) n"""

CHECK = Check(
    code="one_of_ours",
    rule="R27",
    title=_("Clients whom one of ours alone talks to"),
    unit=Unit.SHARE,
    bounds=at_most("0.3", "0.7"),
    source=_("At least two of ours are known to the client: one manager alone is deadly"),
    least=5,
    of=_("client companies talked to in 90 days"),
    needs=("lead", "touch",),
    evidence=_("Of %(all)s companies that bought within a year and were talked to in 90 days, with %(single)s only one of ours talks (%(single_share)s)."),
    action=_("Introduce a second person of ours, who may talk when the first one is away."),
    button=_("Companies"),
    place="companies",
    note=_("Who"),
    sql=f"""
select avg(single::int) as measured, count(*) as sample, count(*) as "all",
       count(*) filter (where single) as single, avg(single::int)::float as single_share from ({_CLIENTS}) x""",
    behind=f"""
select 'company' as kind, id, who as note from ({_CLIENTS}) x where single""",
)  # fmt: skip
