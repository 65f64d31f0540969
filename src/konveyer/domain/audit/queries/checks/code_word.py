"""R9: whether meetings were held only after the material was studied."""

from django.utils.translation import gettext_lazy as _

from konveyer.domain.audit.queries.check import Check, at_most
from konveyer.domain.audit.queries.recent import touches
from konveyer.domain.audit.rules.telling import Unit

_HELD = f"""
select t.lead_id, (t.happened_at at time zone %(zone)s)::date::text as day,
       not exists (select from lead_fact f where f.workspace_id = t.workspace_id and f.lead_id = t.lead_id and f.at <= t.happened_at
                      and f.kind in (select 'code_word' union select g.fact from gate_condition g
                                      where g.workspace_id = t.workspace_id and g.kind = 'code_word')) as unasked
  from {touches(90)}
 where m.workspace_id = %(workspace)s and t.channel = 'meeting' and t.outcome = 'held' and t.lead_id is not null
   and not t.history"""

CHECK = Check(
    code="code_word",
    rule="R9",
    title=_("Meetings held without the code word"),
    unit=Unit.SHARE,
    bounds=at_most("0.05", "0.25"),
    source=_("No code word, no trip, until the material has been studied"),
    least=10,
    of=_("meetings held"),
    needs=("touch",),
    evidence=_("Of %(all)s meetings held in 90 days %(unasked)s took place before the code word was named (%(unasked_share)s)."),
    action=_("Put the code word into the gate before the meeting: who has not read the material is called again, not visited."),
    button=_("Conveyors"),
    place="setup-conveyors",
    note=_("Meeting"),
    sql=f"""
select avg(unasked::int) as measured, count(*) as sample, count(*) as "all",
       count(*) filter (where unasked) as unasked, avg(unasked::int)::float as unasked_share from ({_HELD}) x""",
    behind=f"""
select distinct on (lead_id) 'lead' as kind, lead_id as id, day as note from ({_HELD}) x where unasked""",
)  # fmt: skip
