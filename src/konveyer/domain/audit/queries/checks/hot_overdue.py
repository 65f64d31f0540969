"""R14: whether anything stands in the way of who wants to buy."""

from django.utils.translation import gettext_lazy as _

from konveyer.domain.audit.queries.check import Check, at_most
from konveyer.domain.audit.rules.telling import Unit

_HOT = """
select id, expected_amount, currency, (due_at at time zone %(zone)s)::date::text as day, coalesce(due_at < %(at)s, false) as late
  from lead where workspace_id = %(workspace)s and state = 'open' and temperature = 'hot'"""

CHECK = Check(
    code="hot_overdue",
    rule="R14",
    title=_("Hot leads past the term of their stage"),
    unit=Unit.SHARE,
    bounds=at_most("0.2", "0.5"),
    source=_("Who wants to buy is not kept waiting: the shortest path to payment"),
    least=5,
    of=_("open hot leads"),
    needs=("lead",),
    evidence=_("Of %(all)s open hot leads %(late)s stand longer in their stage than it allows (%(late_share)s)."),
    action=_("Go through these leads one by one today: what do they still wait for?"),
    button=_("Leads past their term"),
    place="leads",
    query={"waits": "late"},
    note=_("Term"),
    sql=f"""
select avg(late::int) as measured, count(*) as sample, count(*) as "all",
       count(*) filter (where late) as late, avg(late::int)::float as late_share,
       coalesce(sum(expected_amount) filter (where late and currency = %(currency)s), 0) as stake_money
  from ({_HOT}) x""",
    behind=f"""
select 'lead' as kind, id, day as note from ({_HOT}) x where late""",
)  # fmt: skip
