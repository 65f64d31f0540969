"""R34, S26: first contact with an incoming lead within fifteen working minutes."""

from decimal import Decimal
from statistics import median

from django.db import connection
from django.utils.translation import gettext_lazy as _

from konveyer.domain.audit.queries.check import Check, Measured, Moment, at_least
from konveyer.domain.audit.rules.telling import Unit
from konveyer.domain.leads.rules.deadlines import FIRST_CONTACT, working_time

LIMIT = 20_000  # the newest: enough for any rate, and the calendar is asked for each
_ANSWERED = f"""select arrived_at, first_touch_at from lead
 where workspace_id = %(workspace)s and arrived_on between %(today)s::date - 90 and %(today)s::date and incoming and not history
   and arrived_precision <> 'day' and first_touch_at is not null
 order by arrived_on desc limit {LIMIT}"""


class FirstContact(Check):
    """Working time is counted by the calendar, which the database does not know."""

    def measure(self, moment: Moment) -> Measured:
        """See Check."""
        with connection.cursor() as cursor:
            cursor.execute(_ANSWERED, moment.bound())
            waits = [working_time(came, answered, moment.zone) for came, answered in cursor.fetchall()]
        quick = sum(one <= FIRST_CONTACT for one in waits)
        share = round(Decimal(quick) / len(waits), 6) if waits else None
        middle = round(median(one.total_seconds() for one in waits) / 60, 1) if waits else None
        return Measured(share, len(waits), {"all": len(waits), "quick": quick, "minutes": middle})


CHECK = FirstContact(
    code="first_contact",
    rule="R34",
    title=_("Incoming leads answered within 15 minutes"),
    unit=Unit.SHARE,
    bounds=at_least("0.75", "0.5"),
    source=_("First contact within 15 minutes of working time"),
    least=20,
    of=_("answered incoming leads"),
    needs=("lead",),
    evidence=_("Of %(all)s leads that came in within 90 days and were answered, %(quick)s were answered within 15 working minutes; half of them within %(minutes)s minutes."),
    action=_("Say who answers at which hour, and let a lead go to the queue when he does not within 15 minutes."),
    button=_("Leads that wait for an answer"),
    place="leads",
    query={"waits": "contact"},
    note=_("Minutes"),
    behind="""
select 'lead' as kind, id, round(extract(epoch from first_touch_at - arrived_at) / 60)::text as note from lead
 where workspace_id = %(workspace)s and arrived_on between %(today)s::date - 90 and %(today)s::date and incoming and not history
   and arrived_precision <> 'day' and first_touch_at > arrived_at + interval '15 minutes'""",
)  # fmt: skip
