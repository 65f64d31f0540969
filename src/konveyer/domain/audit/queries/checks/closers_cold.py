"""R12: whether closers are kept free of cold calls."""

from django.utils.translation import gettext_lazy as _

from konveyer.domain.audit.queries.check import Check, at_most
from konveyer.domain.audit.queries.recent import touches
from konveyer.domain.audit.rules.telling import Unit

_CALLS = f"""
select t.lead_id, m.name, l.temperature = 'cold' as cold
  from {touches(90)} join lead l on l.workspace_id = t.workspace_id and l.id = t.lead_id
 where m.workspace_id = %(workspace)s and t.channel = 'call' and t.direction = 'out' and not t.automatic and not t.history
   and exists (select from member_role mr join role r on r.workspace_id = mr.workspace_id and r.id = mr.role_id and r.code = 'closer'
                where mr.workspace_id = m.workspace_id and mr.member_id = m.id)
   and not exists (select from member_role mr join role r on r.workspace_id = mr.workspace_id and r.id = mr.role_id
                      and r.code = 'telemarketer' where mr.workspace_id = m.workspace_id and mr.member_id = m.id)"""

CHECK = Check(
    code="closers_cold",
    rule="R12",
    title=_("Calls of closers to cold leads"),
    unit=Unit.SHARE,
    bounds=at_most("0.1", "0.3"),
    source=_("Closers' time is not spent on prospecting: the telemarketer hands over who is qualified"),
    least=30,
    of=_("calls of closers"),
    needs=("touch",),
    evidence=_("Of %(all)s calls that closers made in 90 days %(cold)s went to leads that are cold (%(cold_share)s)."),
    action=_("Let telemarketers call the cold ones, and hand over who meets the criteria."),
    button=_("People and roles"),
    place="setup-members",
    note=_("Closer"),
    sql=f"""
select avg(cold::int) as measured, count(*) as sample, count(*) as "all",
       count(*) filter (where cold) as cold, avg(cold::int)::float as cold_share from ({_CALLS}) x""",
    behind=f"""
select distinct on (lead_id) 'lead' as kind, lead_id as id, name as note from ({_CALLS}) x where cold""",
)  # fmt: skip
