"""Going away and coming back."""

from konveyer.domain.absence.operations.going import begin_due, call_off, dismiss, go_away, preview
from konveyer.domain.absence.operations.returning import come_back, end_due

__all__ = ["begin_due", "call_off", "come_back", "dismiss", "end_due", "go_away", "preview"]
