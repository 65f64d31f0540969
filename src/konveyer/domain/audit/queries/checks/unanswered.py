"""R34: incoming leads that nobody has answered yet."""

from datetime import timedelta
from decimal import Decimal

from django.db import connection
from django.utils.translation import gettext_lazy as _

from konveyer.domain.audit.queries.check import Check, Measured, Moment, at_most
from konveyer.domain.audit.rules.telling import Unit
from konveyer.domain.leads.rules.deadlines import FIRST_CONTACT, working_time

LIMIT = 10_000  # waiting ones that are looked at; more than that are bad anyway
_CAME = """select count(*) from lead where workspace_id = %(workspace)s and arrived_on > %(today)s::date - 30
              and arrived_on <= %(today)s::date and incoming and not history"""
_WAITING = f"""select arrived_at from lead
 where workspace_id = %(workspace)s and state = 'open' and incoming and first_touch_at is null and not history
   and arrived_on > %(today)s::date - 30 order by arrived_at limit {LIMIT}"""


class Unanswered(Check):
    """Working time is counted by the calendar, which the database does not know."""

    def measure(self, moment: Moment) -> Measured:
        """See Check."""
        with connection.cursor() as cursor:
            cursor.execute(_CAME, moment.bound())
            came = int((cursor.fetchone() or (0,))[0])
            cursor.execute(_WAITING, moment.bound())
            waits = [working_time(row[0], moment.at, moment.zone) for row in cursor.fetchall()]
        late = [one for one in waits if one > FIRST_CONTACT]
        longest = max(late, default=timedelta())
        figures = {"all": came, "late": len(late), "hours": round(longest / timedelta(hours=1), 1)}
        return Measured(round(Decimal(len(late)) / came, 6) if came else None, came, figures)


CHECK = Unanswered(
    code="unanswered",
    rule="R34",
    title=_("Incoming leads that nobody has answered"),
    unit=Unit.SHARE,
    bounds=at_most("0.02", "0.1"),
    source=_("An incoming contact gives no second chance: a missed call is a lost lead until called back"),
    least=10,
    of=_("incoming leads of 30 days"),
    needs=("lead",),
    evidence=_("Of %(all)s leads that came in within 30 days %(late)s still wait for a first answer, the longest %(hours)s working hours."),
    action=_("Call them back now, and say who takes incoming contacts when the first one is busy."),
    button=_("Leads that wait for an answer"),
    place="leads",
    query={"waits": "contact"},
    note=_("Came in"),
    behind="""
select 'lead' as kind, id, (arrived_at at time zone %(zone)s)::date::text as note from lead
 where workspace_id = %(workspace)s and state = 'open' and incoming and first_touch_at is null and not history
   and arrived_on > %(today)s::date - 30""",
)  # fmt: skip
