"""R22: whether those with a norm have their days counted."""

from collections import Counter
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from konveyer.domain.audit.queries import work
from konveyer.domain.audit.queries.check import Check, Measured, Moment, at_most
from konveyer.domain.audit.rules.telling import Unit

DAYS = 30


class DaysMissing(Check):
    """Working days on which a member with a norm was here and nothing of his stands, entered or counted."""

    def measure(self, moment: Moment) -> Measured:
        """See Check."""
        people = work.active(moment)
        counting = work.expected_to_count(moment, people)
        done = {(member, day) for member, day, _measure in work.days_of(moment, DAYS)}
        away = work.away(moment, DAYS)
        zone = ZoneInfo(moment.zone)
        due = [
            (member, day)
            for member in counting
            for day in work.working_days(moment, DAYS)
            if day >= people[member].created_at.astimezone(zone).date()
            and not any(who == member and first <= day <= last for who, first, last in away)
        ]
        missing = Counter(member for member, day in due if (member, day) not in done)
        worst = max(missing, key=lambda member: (missing[member], str(member)), default=None)
        figures = {
            "all": len(due), "missing": missing.total(), "name": people[worst].name if worst else "–", "his": missing[worst] if worst else 0,
        }  # fmt: skip
        share = round(Decimal(missing.total()) / len(due), 6) if due else None
        return Measured(share, len(due), figures)


CHECK = DaysMissing(
    code="days_missing",
    rule="R22",
    title=_("Days of which nothing is counted"),
    unit=Unit.SHARE,
    bounds=at_most("0.1", "0.3"),
    source=_("Start with a plain sheet of daily counts: without it no figure follows"),
    least=10,
    of=_("working days of those with a norm"),
    needs=("daily_count|touch",),
    evidence=_("Of %(all)s working days in 30 days nothing is counted on %(missing)s; most are missing of %(name)s (%(his)s)."),
    action=_("Have the day entered before going home: one line of the daily sheet."),
    button=_("Daily sheet of the team"),
    place="sheet-team",
    query={"period": "month"},
)  # fmt: skip
