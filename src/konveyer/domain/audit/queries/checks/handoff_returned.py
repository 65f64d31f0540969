"""R12: whether what is handed over is fit to be taken."""

from django.utils.translation import gettext_lazy as _

from konveyer.domain.audit.queries.check import Check, at_most
from konveyer.domain.audit.rules.telling import Unit

_SETTLED = """
select lead_id, return_reason, state = 'returned' as returned
  from handoff where workspace_id = %(workspace)s and sent_at > %(at)s - interval '90 days' and sent_at <= %(at)s
   and state in ('accepted', 'returned') and not history"""

CHECK = Check(
    code="handoff_returned",
    rule="R12",
    title=_("Handoffs that were returned"),
    unit=Unit.SHARE,
    bounds=at_most("0.1", "0.25"),
    source=_("A lead is handed over when it meets criteria set in advance"),
    least=10,
    of=_("settled handoffs"),
    needs=("handoff",),
    evidence=_("Of %(all)s handoffs settled in 90 days %(returned)s came back (%(returned_share)s)."),
    action=_("Read the reasons of return together, and put what was missing into the gate before the handoff."),
    button=_("Conveyors"),
    place="setup-conveyors",
    sql=f"""
select avg(returned::int) as measured, count(*) as sample, count(*) as "all",
       count(*) filter (where returned) as returned, avg(returned::int)::float as returned_share from ({_SETTLED}) x""",
    behind=f"""
select distinct on (lead_id) 'lead' as kind, lead_id as id, return_reason as note from ({_SETTLED}) x where returned""",
)  # fmt: skip
