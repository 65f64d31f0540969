"""S29, R20: conversions of cold calls that can hardly be."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from konveyer.domain.audit.queries import work
from konveyer.domain.audit.queries.check import Check, Measured, Moment, at_most
from konveyer.domain.audit.rules.telling import Unit

HARDLY = 0.1  # R20: cold-call conversion rarely exceeds 10 %


class DoubtfulCallers(Check):
    """Members with at least 300 calls and more than one warm of ten."""

    def measure(self, moment: Moment) -> Measured:
        """See Check."""
        found = work.callers(moment, 90)
        doubtful = [one for one in found if one.rate > HARDLY]
        most = max(found, key=lambda one: one.rate, default=None)
        share = round(Decimal(len(doubtful)) / len(found), 6) if found else None
        figures = {
            "all": len(found), "doubtful": len(doubtful), "name": most.name if most else "–", "most_share": most.rate if most else None,
        }  # fmt: skip
        return Measured(share, len(found), figures)


CHECK = DoubtfulCallers(
    code="doubtful_callers",
    rule="S29",
    title=_("Sellers whose cold calls convert beyond belief"),
    unit=Unit.SHARE,
    bounds=at_most("0", "0.1"),
    source=_("Cold-call conversion rarely exceeds 10 %"),
    least=1,
    of=_("sellers with 300 cold calls in 90 days"),
    needs=("daily_count|touch",),
    evidence=_("Of %(all)s sellers with at least 300 cold calls %(doubtful)s turn more than one of ten warm; the most has %(name)s: %(most_share)s."),
    action=_("Ask what he enters as warm, or whether he calls those who know us already."),
    button=_("Daily sheet of the team"),
    place="sheet-team",
    query={"period": "month"},
)  # fmt: skip
