"""R6: how many of our deals closed after the fifth contact."""

from django.utils.translation import gettext_lazy as _

from konveyer.domain.audit.queries.check import Check, at_least
from konveyer.domain.audit.rules.telling import Unit

CHECK = Check(
    code="deals_after_fifth",
    rule="R6",
    title=_("Deals closed after the fifth touch"),
    unit=Unit.SHARE,
    bounds=at_least("0.5", "0.2"),
    source=_("81 % of deals close after the fifth contact; who stops earlier leaves them to others"),
    least=10,
    of=_("won leads with touches"),
    needs=("lead", "touch"),
    evidence=_("Of %(all)s leads won in 180 days %(late)s closed at the sixth touch or later (%(late_share)s); on average at touch %(average)s."),
    action=_("Give leads that said “not now” a next step until the sixth touch: plan them from the list of leads at rest."),
    button=_("Leads at rest"),
    place="leads",
    query={"state": "on_hold"},
    sql="""
with won as (
  select l.id, (select count(*) from touch t where t.workspace_id = l.workspace_id and t.lead_id = l.id and t.counted
                   and t.happened_at <= l.won_at) as n
    from lead l where l.workspace_id = %(workspace)s and l.won_on > %(today)s::date - 180 and not l.history)
select avg((n >= 6)::int) as measured, count(*) as sample, count(*) as "all", count(*) filter (where n >= 6) as late,
       avg((n >= 6)::int)::float as late_share, avg(n)::float as average
  from won where n > 0""",
    note=_("Touches"),
    behind="""
select 'lead' as kind, l.id, x.n::text as note
  from lead l cross join lateral (select count(*) as n from touch t where t.workspace_id = l.workspace_id and t.lead_id = l.id
                                     and t.counted and t.happened_at <= l.won_at) x
 where l.workspace_id = %(workspace)s and l.won_on > %(today)s::date - 180 and not l.history and x.n between 1 and 5""",
)  # fmt: skip
