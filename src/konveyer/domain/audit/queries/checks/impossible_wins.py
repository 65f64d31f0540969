"""S29: wins that cannot be: before the lead came."""

from django.utils.translation import gettext_lazy as _

from konveyer.domain.audit.queries.check import Check, at_most
from konveyer.domain.audit.rules.telling import Unit

_WON = """
select id, won_on::text as day, won_on < arrived_on as impossible
  from lead where workspace_id = %(workspace)s and won_on > %(today)s::date - 365"""

CHECK = Check(
    code="impossible_wins",
    rule="S29",
    title=_("Leads won before they came in"),
    unit=Unit.SHARE,
    bounds=at_most("0", "0.02"),
    source=_("Numbers that cannot be are shown as doubtful"),
    least=10,
    of=_("sales of a year"),
    needs=("lead",),
    evidence=_("Of %(all)s leads won within a year %(impossible)s were won before they came in."),
    action=_("Set the dates right: such leads count as sales, but not in the days to a sale."),
    button=_("Doubtful leads"),
    place="leads",
    query={"doubtful": "1"},
    note=_("Won"),
    sql=f"""
select avg(impossible::int) as measured, count(*) as sample, count(*) as "all",
       count(*) filter (where impossible) as impossible, avg(impossible::int)::float as impossible_share from ({_WON}) x""",
    behind=f"""
select 'lead' as kind, id, day as note from ({_WON}) x where impossible""",
)  # fmt: skip
