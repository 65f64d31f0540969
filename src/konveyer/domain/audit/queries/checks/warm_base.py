"""R24: how many of the base are warm now."""

from django.utils.translation import gettext_lazy as _

from konveyer.domain.audit.queries.check import Check, at_least
from konveyer.domain.audit.rules.telling import Unit

_TODAY = """
select s.kind, s.party_id, s.became from portfolio_stay s
 where s.workspace_id = %(workspace)s and s.first_on <= %(today)s and (s.until_on is null or s.until_on > %(today)s)"""

CHECK = Check(
    code="warm_base",
    rule="R24",
    title=_("Warm companies and people in the base"),
    unit=Unit.COUNT,
    bounds=at_least("1000", "100"),
    source=_("10 contacts sell nothing, 1,000 warm ones do"),
    least=1,
    of=_("companies and people without one"),
    needs=("company|contact",),
    evidence=_("Of %(all)s in the base %(ripe)s are warm or hot and %(clients)s are clients; %(asleep)s sleep, %(cold)s were never warm."),
    action=_("Wake the sleeping with something new, and warm some more every day: they ripen in one month to a year."),
    button=_("The base as a portfolio"),
    place="portfolio",
    note=_("sleeping"),
    sql=f"""
select count(*) filter (where became in ('warm', 'hot', 'client', 'vip')) as measured, count(*) as sample, count(*) as "all",
       count(*) filter (where became in ('warm', 'hot')) as ripe, count(*) filter (where became in ('client', 'vip')) as clients,
       count(*) filter (where became = 'sleeping') as asleep, count(*) filter (where became = 'cold') as cold
  from ({_TODAY}) x""",
    behind=f"""
select kind, party_id as id, '' as note from ({_TODAY}) x where became = 'sleeping'""",
)  # fmt: skip
