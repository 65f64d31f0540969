"""Which rows may be judged against the whole."""

import datetime

from konveyer.domain.insight.rules.arithmetic import Verdict, verdict
from konveyer.domain.insight.rules.question import By, Kind, Question
from konveyer.domain.insight.rules.rows import Row
from konveyer.domain.leads.rules.lead_filter import month_days


def ripe(question: Question, row: Row, whole: Row, today: datetime.date) -> bool:
    """Whether a month of a cohort had its time: nine of ten wins take `days_p90` of the whole, counted from its last lead.

    Every row but a month is always ripe.
    """
    if question.by != By.MONTH or question.kind != Kind.COHORT or row.counts.key is None:
        return True
    _first, last = month_days(row.counts.key)
    return last + datetime.timedelta(days=whole.counts.days_p90 or 0) <= today


def judged(question: Question, row: Row, whole: Row) -> Verdict:
    """The verdict on a row.

    None on stages, which are parts of each other, and none in the activity funnel, where wins and leads are not
    the same leads.
    """
    if question.by == By.STAGE or question.kind == Kind.ACTIVITY:
        return Verdict.NONE
    return verdict(row.interval, row.counts.leads, whole.rate)
