"""What the address of the funnel asks for."""

import datetime
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from konveyer.domain.insight.rules.periods import PERIODS, days_of
from konveyer.domain.insight.rules.question import By, Kind, Question
from konveyer.web.work import WorkRequest

OWN_DAYS = "days"
WORDS: dict[str, str | Promise] = {
    "all": gettext_lazy("All time"),
    "month": gettext_lazy("This month"),
    "last_month": gettext_lazy("Last month"),
    "30d": gettext_lazy("30 days"),
    "90d": gettext_lazy("90 days"),
    "12m": gettext_lazy("12 months"),
    "year": gettext_lazy("This year"),
    OWN_DAYS: gettext_lazy("Other days …"),
}


@dataclass(frozen=True)
class Asked:
    """The question, and what the form shows: the period chosen, what was typed, what is wrong with it."""

    question: Question
    period: str
    today: datetime.date
    typed: dict[str, str] = field(default_factory=dict)
    wrong: dict[str, str] = field(default_factory=dict)


def asked(request: WorkRequest, at: datetime.datetime) -> Asked:
    """Read the address. Words that do not exist mean the first choice; a day that is none is told beside its field."""
    query = request.GET
    today = at.astimezone(ZoneInfo(request.workspace.timezone)).date()
    period = query.get("period", "")
    typed = {name: query.get(name, "") for name in ("from", "to")}
    if period not in WORDS:
        period = OWN_DAYS if any(typed.values()) else "all"
    wrong: dict[str, str] = {}
    first, last = days_of(period, today) if period in PERIODS else _typed(typed, wrong)
    by, kind = query.get("by", ""), query.get("kind", "")
    question = Question(
        By(by) if by in list(By) else By.ORIGIN,
        Kind(kind) if kind in list(Kind) else Kind.COHORT,
        first,
        last,
        query.get("conveyor") or None,
    )
    return Asked(question, period, today, typed, wrong)


def _typed(typed: dict[str, str], wrong: dict[str, str]) -> tuple[datetime.date | None, datetime.date | None]:
    days: dict[str, datetime.date | None] = {}
    for name, text in typed.items():
        try:
            days[name] = datetime.date.fromisoformat(text) if text else None
        except ValueError:
            days[name] = None
            wrong[name] = _("This is not a date. Example: 2026-03-31.")
    first, last = days["from"], days["to"]
    if first and last and last < first:
        wrong["to"] = _("The period ends before it begins. Swap the two dates.")
        return None, None
    return first, last
