"""R24: how much of the warm base was left alone."""

from django.utils.translation import gettext_lazy as _

from konveyer.domain.audit.queries.check import Check, at_most
from konveyer.domain.audit.rules.telling import Unit
from konveyer.domain.portfolio.rules.classes import SLEEPS_AFTER

_WARM = f"""
select l.id, l.state,
       not exists (select from touch t where t.workspace_id = l.workspace_id and t.lead_id = l.id and t.counted
                      and t.happened_at > %(at)s - interval '{SLEEPS_AFTER} days')
       and not exists (select from touch t where l.contact_id is not null and t.workspace_id = l.workspace_id
                          and t.contact_id = l.contact_id and t.counted and t.happened_at > %(at)s - interval '{SLEEPS_AFTER} days') as asleep
  from (select distinct c.lead_id from temperature_change c
         where c.workspace_id = %(workspace)s and c.became in ('warm', 'hot', 'client', 'vip')
           and c.at > %(at)s - interval '365 days' and c.at <= %(at)s - interval '{SLEEPS_AFTER} days') w
  join lead l on l.workspace_id = %(workspace)s and l.id = w.lead_id and l.state <> 'lost'"""

CHECK = Check(
    code="sleeping_base",
    rule="R24",
    title=_("Warm contacts left alone for 90 days"),
    unit=Unit.SHARE,
    bounds=at_most("0.5", "0.8"),
    source=_("The base is asset number one: ripening takes up to a year, and the more often the contact, the higher the sales"),
    least=20,
    of=_("leads that became warm"),
    needs=("temperature_change",),
    evidence=_("Of %(all)s leads that became warm 90 days to a year ago and are not lost, %(asleep)s had no exchange in the last 90 days (%(asleep_share)s)."),
    action=_("Offer them something new by a call-through campaign: 10 contacts sell nothing, 1,000 warm ones do."),
    button=_("Leads at rest"),
    place="leads",
    query={"state": "on_hold"},
    sql=f"""
select avg(asleep::int) as measured, count(*) as sample, count(*) as "all",
       count(*) filter (where asleep) as asleep, avg(asleep::int)::float as asleep_share from ({_WARM}) x""",
    behind=f"""
select 'lead' as kind, id, state as note from ({_WARM}) x where asleep""",
)  # fmt: skip
