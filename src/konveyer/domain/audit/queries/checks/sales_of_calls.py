"""R21: what thousand calls bring."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from konveyer.domain.audit.queries import work
from konveyer.domain.audit.queries.check import Check, Measured, Moment, at_least
from konveyer.domain.audit.rules.telling import Unit


class SalesOfCalls(Check):
    """Sales of a period against the cold calls of the same period: activity, not a cohort."""

    def measure(self, moment: Moment) -> Measured:
        """See Check."""
        found = work.totals(moment, 90)
        calls, sales = found.get("cold_calls", 0), found.get("sales", 0)
        rate = round(Decimal(1000 * sales) / calls, 6) if calls else None
        return Measured(
            rate,
            calls,
            {"calls": calls, "sales": sales, "rate": float(round(rate, 2)) if rate is not None else None},
        )


CHECK = SalesOfCalls(
    code="sales_of_calls",
    rule="R21",
    title=_("Sales of a thousand cold calls"),
    unit=Unit.COUNT,
    bounds=at_least("2", "0.5"),
    source=_("Of 1,000 calls a month 2 or 3 deals"),
    least=1000,
    of=_("cold calls of 90 days"),
    needs=("daily_count|touch",),
    evidence=_("In 90 days %(calls)s cold calls were made and %(sales)s sales closed: %(rate)s of a thousand calls."),
    action=_("See in the forecast at which step most is lost, and what the target needs."),
    button=_("Forecast"),
    place="forecast",
)  # fmt: skip
