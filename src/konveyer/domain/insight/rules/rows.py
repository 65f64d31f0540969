"""From counts to the rows of a report: rates, intervals, notes, order."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from konveyer.domain.insight.rules.arithmetic import SMALL_SAMPLE, Interval, wilson
from konveyer.domain.insight.rules.question import By, Question


@dataclass(frozen=True)
class Counts:
    """What the facts say of one key. `key` None is "not stated"; `place` orders stages, `asked` is what a
    filter calls the key.

    `from_deals` are leads whose key was read from a list of won deals.
    """

    key: str | None
    label: str
    leads: int
    won: int
    doubtful: int = 0
    from_deals: int = 0
    days_median: int | None = None
    days_p90: int | None = None
    place: int = 0
    asked: str = ""
    win_point: bool = False


class Note(StrEnum):
    """Why a row must be read with care."""

    WON_ONLY = "won_only"
    NOT_THE_SAME = "not_the_same"
    FEW = "few"


NOTES = {
    Note.WON_ONLY: _("Known only for won leads: no rate."),
    Note.NOT_THE_SAME: _("More wins than leads in the period: the wins belong to earlier leads."),
    Note.FEW: _("Fewer than 30 leads: too few to judge."),
}


@dataclass(frozen=True)
class Row:
    """One row of a funnel. Rates are fractions; a rate of the activity funnel may exceed 1."""

    counts: Counts
    rate: float | None
    interval: Interval | None
    note: Note | None

    @property
    def small(self) -> bool:
        """Too few leads to judge."""
        return self.counts.leads < SMALL_SAMPLE

    def as_data(self) -> dict[str, Any]:
        """The row as `konveyer funnel --json` prints it; the note in the language of the moment."""
        counts = self.counts
        return {
            "key": counts.key,
            "leads": counts.leads,
            "won": counts.won,
            "rate": self.rate,
            "low": self.interval.low if self.interval else None,
            "high": self.interval.high if self.interval else None,
            "days_median": counts.days_median,
            "days_p90": counts.days_p90,
            "doubtful": counts.doubtful,
            "note": str(NOTES[self.note]) if self.note else None,
        }


def rows(question: Question, found: Iterable[Counts]) -> list[Row]:
    """The rows of a report in its order."""
    counts = list(found)
    any_from_deals = any(one.from_deals for one in counts)
    made = [_row(question, one, any_from_deals) for one in counts]
    return sorted(made, key=lambda row: _order(question, row.counts))


def total(question: Question, counts: Counts) -> Row:
    """The row of the whole."""
    return _row(question, counts, any_from_deals=False)


def _row(question: Question, counts: Counts, any_from_deals: bool) -> Row:
    # Where a list of deals named some members, the leads they lost stand in "not stated": no rate there either.
    if counts.from_deals or (counts.key is None and any_from_deals):
        return Row(counts, None, None, Note.WON_ONLY)
    rate = counts.won / counts.leads if counts.leads else None
    if counts.won > counts.leads:
        return Row(counts, rate, None, Note.NOT_THE_SAME)
    interval = wilson(counts.won, counts.leads) if counts.leads else None
    return Row(counts, rate, interval, Note.FEW if 0 < counts.leads < SMALL_SAMPLE else None)


def _order(question: Question, counts: Counts) -> tuple[Any, ...]:
    if question.by in (By.STAGE, By.MONTH):
        return (counts.key is None, counts.place, counts.key or "")
    return (counts.key is None, -counts.leads, counts.key or "")
