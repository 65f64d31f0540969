"""R36: whether it is known who recommended us."""

from django.utils.translation import gettext_lazy as _

from konveyer.domain.audit.queries.check import Check, at_most
from konveyer.domain.audit.rules.telling import Unit

_RECOMMENDED = """
select l.id, l.arrived_on::text as day, l.recommender_id is null as unknown
  from lead l join origin o on o.workspace_id = l.workspace_id and o.id = l.origin_id and o.key = 'recommendation'
 where l.workspace_id = %(workspace)s and l.arrived_on > %(today)s::date - 365 and l.parent_id is null and not l.history"""

CHECK = Check(
    code="recommender_unknown",
    rule="R36",
    title=_("Recommendations without a recommender"),
    unit=Unit.SHARE,
    bounds=at_most("0.3", "0.6"),
    source=_("Recommendation is a source of its own, with the recommender linked"),
    least=5,
    of=_("recommended leads of a year"),
    needs=("lead",),
    evidence=_("Of %(all)s leads of a year that came by recommendation, of %(unknown)s nobody knows who recommended us (%(unknown_share)s)."),
    action=_("Ask them who sent them, link him, and thank him: he will do it again."),
    button=_("Leads by recommendation"),
    place="leads",
    query={"origin": "recommendation"},
    note=_("Came in"),
    sql=f"""
select avg(unknown::int) as measured, count(*) as sample, count(*) as "all", count(*) filter (where unknown) as unknown,
       avg(unknown::int)::float as unknown_share from ({_RECOMMENDED}) x""",
    behind=f"select 'lead' as kind, id, day as note from ({_RECOMMENDED}) x where unknown",
)  # fmt: skip
