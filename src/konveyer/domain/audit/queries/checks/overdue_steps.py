"""S26: whether next steps are kept."""

from django.utils.translation import gettext_lazy as _

from konveyer.domain.audit.queries.check import Check, at_most
from konveyer.domain.audit.rules.telling import Unit

_STEPS = """
select l.id, l.expected_amount, l.currency, (k.due_at at time zone %(zone)s)::date::text as day, k.due_at < %(at)s - interval '1 day' as late
  from lead l join task k on k.workspace_id = l.workspace_id and k.id = l.next_task_id
 where l.workspace_id = %(workspace)s and l.state = 'open' and l.owner_id is not null"""

CHECK = Check(
    code="overdue_steps",
    rule="S26",
    title=_("Open leads whose next step is overdue by a day"),
    unit=Unit.SHARE,
    bounds=at_most("0.1", "0.3"),
    source=_("An open lead always has a next step, and it is kept: a report of those without is read daily"),
    least=20,
    of=_("open leads with a next step"),
    needs=("lead", "task",),
    evidence=_("Of %(all)s open leads with a next step %(late)s are more than a day late (%(late_share)s)."),
    action=_("Do these steps today, or plan them anew with the client."),
    button=_("My day"),
    place="my-day",
    note=_("Due"),
    sql=f"""
select avg(late::int) as measured, count(*) as sample, count(*) as "all",
       count(*) filter (where late) as late, avg(late::int)::float as late_share,
       coalesce(sum(expected_amount) filter (where late and currency = %(currency)s), 0) as stake_money
  from ({_STEPS}) x""",
    behind=f"""
select 'lead' as kind, id, day as note from ({_STEPS}) x where late""",
)  # fmt: skip
