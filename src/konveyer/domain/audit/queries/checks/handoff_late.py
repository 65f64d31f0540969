"""R13: whether what is handed over is taken in time."""

from django.utils.translation import gettext_lazy as _

from konveyer.domain.audit.queries.check import Check, at_most
from konveyer.domain.audit.rules.telling import Unit

_SENT = """
select lead_id, (sent_at at time zone %(zone)s)::date::text as day,
       state = 'recycled' or coalesce(settled_at, %(at)s) > due_at as late
  from handoff where workspace_id = %(workspace)s and sent_at > %(at)s - interval '90 days' and sent_at <= %(at)s
   and due_at is not null and not history and (settled_at is not null or due_at < %(at)s)"""

CHECK = Check(
    code="handoff_late",
    rule="R13",
    title=_("Handoffs not taken in time"),
    unit=Unit.SHARE,
    bounds=at_most("0.1", "0.25"),
    source=_("After the handoff the prospect is treated almost as a client already"),
    least=10,
    of=_("handoffs with a time limit"),
    needs=("handoff",),
    evidence=_("Of %(all)s handoffs of 90 days %(late)s were not taken within their time limit (%(late_share)s)."),
    action=_("Say who takes over when the closer is busy: the client waits for whoever was announced to him."),
    button=_("Leads that wait for a handoff"),
    place="leads",
    query={"waits": "handoff"},
    note=_("Sent"),
    sql=f"""
select avg(late::int) as measured, count(*) as sample, count(*) as "all",
       count(*) filter (where late) as late, avg(late::int)::float as late_share from ({_SENT}) x""",
    behind=f"""
select distinct on (lead_id) 'lead' as kind, lead_id as id, day as note from ({_SENT}) x where late""",
)  # fmt: skip
