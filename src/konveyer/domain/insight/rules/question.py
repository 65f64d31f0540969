"""What is asked of the funnel."""

import datetime
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from konveyer.kit.refusal import Invalid


class By(StrEnum):
    """What the rows are."""

    ORIGIN = "origin"
    PAGE = "page"
    TELEMARKETER = "telemarketer"
    CLOSER = "closer"
    STAGE = "stage"
    MONTH = "month"


class Kind(StrEnum):
    """Which of the two funnels."""

    COHORT = "cohort"
    ACTIVITY = "activity"


MEMBER_KEYS = (By.TELEMARKETER, By.CLOSER)


@dataclass(frozen=True)
class Question:
    """A funnel by one key over a period; both days are inside it, None is open. `conveyor` is a code."""

    by: By
    kind: Kind = Kind.COHORT
    first: datetime.date | None = None
    last: datetime.date | None = None
    conveyor: str | None = None

    def __post_init__(self) -> None:
        """Refuses a period that ends before it begins."""
        if self.first and self.last and self.last < self.first:
            raise Invalid(
                "period",
                _("The period ends before it begins. Swap the two dates."),
                fields={"to": "before_from"},
            )
