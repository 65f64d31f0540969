"""R6: how many leads were given up before the sixth touch."""

from django.utils.translation import gettext_lazy as _

from konveyer.domain.audit.queries.check import Check, at_most
from konveyer.domain.audit.rules.telling import Unit

_LOST = """
select l.id, l.expected_amount, l.currency, (select count(*) from touch t where t.workspace_id = l.workspace_id and t.lead_id = l.id and t.counted) as n
  from lead l join refusal_route r on r.workspace_id = l.workspace_id and r.id = l.refusal_id
 where l.workspace_id = %(workspace)s and l.arrived_on > %(today)s::date - 180 and l.state = 'lost' and not l.history
   and r.destination = 'lost'"""

CHECK = Check(
    code="lost_too_early",
    rule="R6",
    title=_("Leads given up before the sixth touch"),
    unit=Unit.SHARE,
    bounds=at_most("0.3", "0.6"),
    source=_("Fewer than six contacts reach at best 19 % of the possible deals"),
    least=20,
    of=_("lost leads"),
    needs=("lead",),
    evidence=_("Of %(all)s leads lost in 180 days %(early)s had fewer than six touches (%(early_share)s); on average they had %(average)s."),
    action=_("Open the lost leads again that were asked once or twice only, and plan the touches that are missing."),
    button=_("Lost leads"),
    place="leads",
    query={"state": "lost"},
    sql=f"""
select avg((n < 6)::int) as measured, count(*) as sample, count(*) as "all", count(*) filter (where n < 6) as early,
       avg((n < 6)::int)::float as early_share, avg(n)::float as average,
       coalesce(sum(expected_amount) filter (where n < 6 and currency = %(currency)s), 0) as stake_money
  from ({_LOST}) lost""",
    note=_("Touches"),
    behind=f"select 'lead' as kind, id, n::text as note from ({_LOST}) lost where n < 6",
)  # fmt: skip
