"""R20: whether the daily norms of calls are met."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from konveyer.domain.audit.queries import work
from konveyer.domain.audit.queries.check import Check, Measured, Moment, at_least
from konveyer.domain.audit.rules.telling import Unit

DAYS = 30


class NormReached(Check):
    """Calls made on days of work, against what the frames ask for on as many days."""

    def measure(self, moment: Moment) -> Measured:
        """See Check."""
        people = work.active(moment)
        norms = work.norms(moment, people)
        found = {key: value for key, value in work.days_of(moment, DAYS).items() if key[0] in norms}
        worked = {(member, day) for member, day, _measure in found}
        asked = sum(norms[member] for member, _day in worked)
        made = sum(value for (_member, _day, measure), value in found.items() if measure == "cold_calls")
        share = round(Decimal(made) / asked, 6) if asked else None
        figures = {"days": len(worked), "made": made, "asked": asked, "made_share": float(share or 0)}
        return Measured(share, len(worked), figures)


CHECK = NormReached(
    code="norm_reached",
    rule="R20",
    title=_("Cold calls against the norm"),
    unit=Unit.SHARE,
    bounds=at_least("0.9", "0.6"),
    source=_("30 to 100 calls a day; the norm is the frame that you set"),
    least=10,
    of=_("days of work of those with a norm"),
    needs=("frame", "daily_count|touch"),
    evidence=_("On %(days)s days of work in 30 days %(made)s calls were made; the norms ask for %(asked)s (%(made_share)s)."),
    action=_("Look day by day who stays below the norm, and what takes the time: block hours for calls."),
    button=_("Daily sheet of the team"),
    place="sheet-team",
    query={"period": "month"},
)  # fmt: skip
