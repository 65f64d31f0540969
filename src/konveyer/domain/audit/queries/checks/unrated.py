"""R10: whether the potential of open leads is rated."""

from django.utils.translation import gettext_lazy as _

from konveyer.domain.audit.queries.check import Check, at_most
from konveyer.domain.audit.rules.telling import Unit

_OPEN = """
select id, product_id is null and expected_amount is null as unrated
  from lead where workspace_id = %(workspace)s and state = 'open'"""

CHECK = Check(
    code="unrated",
    rule="R10",
    title=_("Open leads whose potential nobody rated"),
    unit=Unit.SHARE,
    bounds=at_most("0.1", "0.4"),
    source=_("Potential is rated before speed: by “the faster the better” one loses VIPs"),
    least=20,
    of=_("open leads"),
    needs=("lead",),
    evidence=_("Of %(all)s open leads %(unrated)s have neither a product nor an expected amount (%(unrated_share)s)."),
    action=_("Write down on entry what the lead could buy: it says who should take it and how soon."),
    button=_("Open leads"),
    place="leads",
    query={"state": "open"},
    sql=f"""
select avg(unrated::int) as measured, count(*) as sample, count(*) as "all",
       count(*) filter (where unrated) as unrated, avg(unrated::int)::float as unrated_share from ({_OPEN}) x""",
    behind=f"""
select 'lead' as kind, id, '' as note from ({_OPEN}) x where unrated""",
)  # fmt: skip
