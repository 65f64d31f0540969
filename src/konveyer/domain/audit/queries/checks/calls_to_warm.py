"""R20, R21: how many cold calls make a warm client."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from konveyer.domain.audit.queries import work
from konveyer.domain.audit.queries.check import Check, Measured, Moment, at_least
from konveyer.domain.audit.rules.telling import Unit


class CallsToWarm(Check):
    """Of everybody together, entered or counted."""

    def measure(self, moment: Moment) -> Measured:
        """See Check."""
        found = work.totals(moment, 90)
        calls, warm = found.get("cold_calls", 0), found.get("warm", 0)
        share = round(Decimal(warm) / calls, 6) if calls else None
        return Measured(share, calls, {"calls": calls, "warm": warm, "warm_share": float(share or 0)})


CHECK = CallsToWarm(
    code="calls_to_warm",
    rule="R20",
    title=_("Warm clients of cold calls"),
    unit=Unit.SHARE,
    bounds=at_least("0.03", "0.015"),
    source=_("Of 1,000 calls about 50 become warm; sellers differ from 1 to 10 %"),
    least=300,
    of=_("cold calls of 90 days"),
    needs=("daily_count|touch",),
    evidence=_("%(calls)s cold calls of 90 days brought %(warm)s warm clients (%(warm_share)s)."),
    action=_("Listen to ten calls of the best and ten of the weakest, and write the best into the script."),
    button=_("Forecast"),
    place="forecast",
)  # fmt: skip
