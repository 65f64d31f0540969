"""R28: results within the frames: who works by his frame and brings nothing."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from konveyer.domain.audit.queries import work
from konveyer.domain.audit.queries.check import Check, Measured, Moment, at_most
from konveyer.domain.audit.rules.telling import Unit
from konveyer.domain.insight.rules.arithmetic import wilson


class FrameResults(Check):
    """Callers whose rate lies surely (Wilson's upper end) below half of the team's, though they call."""

    def measure(self, moment: Moment) -> Measured:
        """See Check."""
        found = work.callers(moment, 90)
        calls, warm = sum(one.calls for one in found), sum(one.warm for one in found)
        half = warm / calls / 2 if calls else 0
        idle = [one for one in found if wilson(min(one.warm, one.calls), one.calls).high < half]
        worst = min(found, key=lambda one: one.rate, default=None)
        share = round(Decimal(len(idle)) / len(found), 6) if found else None
        figures = {
            "all": len(found), "idle": len(idle), "name": worst.name if worst else "–", "his_share": worst.rate if worst else None,
            "team_share": warm / calls if calls else None,
        }  # fmt: skip
        return Measured(share, len(found), figures)


CHECK = FrameResults(
    code="frame_results",
    rule="R28",
    title=_("Sellers who call and bring nothing"),
    unit=Unit.SHARE,
    bounds=at_most("0", "0.2"),
    source=_("Freedom inside the frames as long as it brings results; no result: change the person or the frame"),
    least=2,
    of=_("sellers with 300 cold calls in 90 days"),
    needs=("daily_count|touch",),
    evidence=_("Of %(all)s sellers with at least 300 cold calls %(idle)s bring surely less than half of the team's warm (%(team_share)s); the least has %(name)s: %(his_share)s."),
    action=_("Change the person or the frame: another list, another script, another stage, or another seller."),
    button=_("Results against frames"),
    place="audit-frames",
)  # fmt: skip
