"""R24: whether warm contacts are added every day."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from konveyer.domain.audit.queries import work
from konveyer.domain.audit.queries.check import Check, Measured, Moment, at_least
from konveyer.domain.audit.rules.telling import Unit

DAYS = 30


class WarmDays(Check):
    """Working days on which anybody won a warm contact, entered or counted."""

    def measure(self, moment: Moment) -> Measured:
        """See Check."""
        found = work.days_of(moment, DAYS)
        days = work.working_days(moment, DAYS)
        won = {day for (_member, day, measure) in found if measure == "warm"}
        with_any = sum(day in won for day in days)
        warm = sum(value for (_member, _day, measure), value in found.items() if measure == "warm")
        share = round(Decimal(with_any) / len(days), 6) if days and found else None
        return Measured(share, len(days) if found else 0, {"all": len(days), "days": with_any, "warm": warm})


CHECK = WarmDays(
    code="warm_days",
    rule="R24",
    title=_("Working days that added a warm contact"),
    unit=Unit.SHARE,
    bounds=at_least("0.8", "0.4"),
    source=_("Warm contacts are added to the base every day"),
    least=10,
    of=_("working days"),
    needs=("daily_count|touch",),
    evidence=_("On %(days)s of %(all)s working days somebody became warm; %(warm)s in all."),
    action=_("Keep a block of calls on every day, also when meetings press: what is not sown does not ripen."),
    button=_("Daily sheet of the team"),
    place="sheet-team",
    query={"period": "month"},
)  # fmt: skip
