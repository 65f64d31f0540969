"""S26: whether who was not reached is tried three times on the first day."""

from django.utils.translation import gettext_lazy as _

from konveyer.domain.audit.queries.check import Check, at_most
from konveyer.domain.audit.rules.telling import Unit

_UNREACHED = """
select id, tried, tried < 3 as few
  from (select l.id, count(t.id) as tried, coalesce(bool_or(t.reached), false) as reached
          from lead l left join touch t on t.workspace_id = l.workspace_id and t.lead_id = l.id and t.direction = 'out'
           and t.happened_at <= l.arrived_at + interval '24 hours'
         where l.workspace_id = %(workspace)s and l.arrived_on between %(today)s::date - 90 and %(today)s::date - 1 and l.incoming
           and not l.history
         group by l.id) n
 where not reached"""

CHECK = Check(
    code="three_touches",
    rule="S26",
    title=_("Unreached incoming leads tried less than three times in 24 hours"),
    unit=Unit.SHARE,
    bounds=at_most("0.3", "0.6"),
    source=_("At least three touches in the first 24 hours"),
    least=10,
    of=_("incoming leads not reached in 24 hours"),
    needs=("lead",),
    evidence=_("Of %(all)s incoming leads of 90 days that nobody reached within 24 hours, %(few)s were tried less than three times (%(few_share)s)."),
    action=_("Plan the second and the third attempt at once, by another channel and at another hour."),
    button=_("Leads that wait for an answer"),
    place="leads",
    query={"waits": "contact"},
    note=_("Attempts"),
    sql=f"""
select avg(few::int) as measured, count(*) as sample, count(*) as "all",
       count(*) filter (where few) as few, avg(few::int)::float as few_share from ({_UNREACHED}) x""",
    behind=f"""
select 'lead' as kind, id, tried::text as note from ({_UNREACHED}) x where few""",
)  # fmt: skip
