"""R12: whether leads were qualified before they were handed over, where criteria are set."""

from django.utils.translation import gettext_lazy as _

from konveyer.domain.audit.queries.check import Check, at_most
from konveyer.domain.audit.rules.telling import Unit

_FIRST = """
select h.lead_id, (h.sent_at at time zone %(zone)s)::date::text as day,
       not exists (select from qualification q where q.workspace_id = h.workspace_id and q.lead_id = h.lead_id
                      and q.verdict = 'qualified' and q.at <= h.sent_at) as bare
  from handoff h join lead l on l.workspace_id = h.workspace_id and l.id = h.lead_id
 where h.workspace_id = %(workspace)s and h.sent_at > %(at)s - interval '90 days' and h.sent_at <= %(at)s and not h.history
   and exists (select from criteria_set c where c.workspace_id = l.workspace_id and c.conveyor_id = l.conveyor_id)
   and not exists (select from handoff e where e.workspace_id = h.workspace_id and e.lead_id = h.lead_id and e.sent_at < h.sent_at)"""

CHECK = Check(
    code="handed_unqualified",
    rule="R12",
    title=_("Leads handed over before they were qualified"),
    unit=Unit.SHARE,
    bounds=at_most("0.1", "0.3"),
    source=_("A lead is handed over when it meets criteria set in advance"),
    least=10,
    of=_("first handoffs where criteria are set"),
    needs=("handoff",),
    evidence=_("Of %(all)s leads first handed over in 90 days on conveyors with criteria, %(bare)s had no verdict “qualified” (%(bare_share)s)."),
    action=_("Put “qualified” into the gate before the handoff: closers' time is not spent on who cannot buy."),
    button=_("Conveyors"),
    place="setup-conveyors",
    note=_("Sent"),
    sql=f"""
select avg(bare::int) as measured, count(*) as sample, count(*) as "all", count(*) filter (where bare) as bare,
       avg(bare::int)::float as bare_share from ({_FIRST}) x""",
    behind=f"select distinct on (lead_id) 'lead' as kind, lead_id as id, day as note from ({_FIRST}) x where bare",
)  # fmt: skip
