"""R35: whether losses name the competitor."""

from django.utils.translation import gettext_lazy as _

from konveyer.domain.audit.queries.check import Check, at_most
from konveyer.domain.audit.rules.telling import Unit

_LOST = """
select l.id, l.refusal_note = '' and coalesce(d.competitor, '') = '' as unnamed
  from lead l join refusal_route r on r.workspace_id = l.workspace_id and r.id = l.refusal_id and r.code = 'competitor'
  left join deal d on d.workspace_id = l.workspace_id and d.lead_id = l.id
 where l.workspace_id = %(workspace)s and l.state = 'lost' and l.arrived_on > %(today)s::date - 180 and not l.history"""

CHECK = Check(
    code="lost_to_whom",
    rule="R35",
    title=_("Leads lost to an unknown competitor"),
    unit=Unit.SHARE,
    bounds=at_most("0.3", "0.7"),
    source=_("Losses name the competitor and the reason"),
    least=10,
    of=_("leads lost to a competitor"),
    needs=("lead",),
    evidence=_("Of %(all)s leads of 180 days lost to a competitor, %(unnamed)s do not say to whom (%(unnamed_share)s)."),
    action=_("Ask whom they chose and why, and write it into the note of the refusal or the deal."),
    button=_("Lost leads"),
    place="leads",
    query={"state": "lost"},
    sql=f"""
select avg(unnamed::int) as measured, count(*) as sample, count(*) as "all",
       count(*) filter (where unnamed) as unnamed, avg(unnamed::int)::float as unnamed_share from ({_LOST}) x""",
    behind=f"""
select 'lead' as kind, id, '' as note from ({_LOST}) x where unnamed""",
)  # fmt: skip
