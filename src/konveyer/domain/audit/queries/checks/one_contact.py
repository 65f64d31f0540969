"""R27: whether we know more than one person at a client."""

from django.utils.translation import gettext_lazy as _

from konveyer.domain.audit.queries.check import Check, at_most
from konveyer.domain.audit.rules.telling import Unit

_CLIENTS = """
select id, people, people < 2 as single
  from (select c.company_id as id, (select count(*) from employment e where e.workspace_id = %(workspace)s
                                       and e.company_id = c.company_id and e.ended_on is null) as people
          from (select distinct company_id from lead where workspace_id = %(workspace)s and company_id is not null
                   and won_on > %(today)s::date - 365) c) n"""

CHECK = Check(
    code="one_contact",
    rule="R27",
    title=_("Clients where we know one person only"),
    unit=Unit.SHARE,
    bounds=at_most("0.3", "0.7"),
    source=_("One entry point into a client is deadly: any absence loses the contact"),
    least=5,
    of=_("client companies of a year"),
    needs=("lead",),
    evidence=_("Of %(all)s companies that bought within a year, at %(single)s we know one person or none (%(single_share)s)."),
    action=_("Ask your contact who else decides there: heads of departments, not only the director."),
    button=_("Companies"),
    place="companies",
    note=_("People"),
    sql=f"""
select avg(single::int) as measured, count(*) as sample, count(*) as "all",
       count(*) filter (where single) as single, avg(single::int)::float as single_share from ({_CLIENTS}) x""",
    behind=f"""
select 'company' as kind, id, people::text as note from ({_CLIENTS}) x where single""",
)  # fmt: skip
