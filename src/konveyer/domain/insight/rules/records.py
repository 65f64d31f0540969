"""Which leads stand behind a figure: the filter that the screen, the list, CSV and the API share."""

import datetime
from enum import StrEnum
from typing import Any

from konveyer.domain.insight.rules.question import By, Kind, Question
from konveyer.domain.insight.rules.rows import Counts
from konveyer.domain.leads.rules.lead_filter import LeadFilter, month_days


class Column(StrEnum):
    """A figure of a row."""

    LEADS = "leads"
    WON = "won"
    DOUBTFUL = "doubtful"


def records(
    question: Question, counts: Counts, column: Column, *, whole: bool = False, mine: bool = False
) -> LeadFilter:
    """The leads that the figure counts; `whole` for the row of the whole.

    `mine` says that the figures speak only of leads of those whose leads the reader sees.
    """
    first, last = question.first, question.last
    if question.by == By.MONTH and not whole:
        first, last = _inside(counts.key or "", first, last)
    said: dict[str, Any] = {"mine": mine}
    said |= {"conveyor": question.conveyor} if question.by != By.STAGE or whole else {}
    said |= {} if whole else _key(question.by, counts)
    said |= _days(question, column, first, last, staged="reached" in said)
    said |= {} if column == Column.LEADS else {"state": "won"}
    return LeadFilter(**said, doubtful=column == Column.DOUBTFUL)


def _key(by: By, counts: Counts) -> dict[str, str]:
    if by == By.MONTH:
        return {}
    if by == By.STAGE:
        return {"reached": counts.asked}
    return {"without": by.value} if counts.key is None else {by.value: counts.asked}


def _days(
    question: Question,
    column: Column,
    first: datetime.date | None,
    last: datetime.date | None,
    *,
    staged: bool,
) -> dict[str, datetime.date | None]:
    if question.kind == Kind.COHORT:
        return {"first": first, "last": last}
    if column != Column.LEADS:
        return {"won_from": first, "won_to": last}
    return {"reached_from": first, "reached_to": last} if staged else {"first": first, "last": last}


def _inside(
    month: str, first: datetime.date | None, last: datetime.date | None
) -> tuple[datetime.date, datetime.date]:
    start, end = month_days(month)
    return max(start, first or start), min(end, last or end)
