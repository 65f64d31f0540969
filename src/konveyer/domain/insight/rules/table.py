"""The report as lines of text, aligned, in the language of the moment."""

import datetime
from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from konveyer.domain.insight.rules.question import Question
from konveyer.domain.insight.rules.rows import NOTES, Row
from konveyer.kit import formats


def headings(question: Question, *, for_file: bool = False) -> list[str]:
    """The words over the columns of a table; a file has the key and both ends of the interval apart."""
    first = {
        "origin": _("Source"),
        "page": _("Page"),
        "telemarketer": _("Telemarketer"),
        "closer": _("Closer"),
        "stage": _("Stage"),
        "month": _("Month"),
    }[question.by]
    interval = [_("Interval: from"), _("Interval: to")] if for_file else [_("Interval")]
    key = [_("Key")] if for_file else []
    days = [_("Days: median"), _("Days: 9 in 10")]
    return [
        first,
        *key,
        _("Leads"),
        pgettext("funnel", "Won"),
        _("Rate"),
        *interval,
        *days,
        _("Doubtful"),
        _("Note"),
    ]


def lines(question: Question, rows: Sequence[Row], language: str) -> list[str]:
    """A head and a line per row; the first and the last column stand to the left, figures to the right."""
    if not rows:
        return [_("No leads in this period yet. Bring some in with: konveyer import FILE")]
    table = [headings(question), *(_cells(row, language) for row in rows)]
    widths = [max(len(line[at]) for line in table) for at in range(len(table[0]))]
    return [
        "  ".join(
            text.ljust(width) if at in (0, len(widths) - 1) else text.rjust(width)
            for at, (text, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in table
    ]


def _cells(row: Row, language: str) -> list[str]:
    counts = row.counts
    return [
        counts.label,
        formats.number(counts.leads, language),
        formats.number(counts.won, language),
        "" if row.rate is None else formats.percent(row.rate, language, counts.leads),
        "" if row.interval is None else formats.interval(row.interval.low, row.interval.high, language),
        "" if counts.days_median is None else formats.number(counts.days_median, language),
        "" if counts.days_p90 is None else formats.number(counts.days_p90, language),
        formats.number(counts.doubtful, language) if counts.doubtful else "",
        str(NOTES[row.note]) if row.note else "",
    ]


def month_of(row: Row) -> datetime.date | str:
    """The first day of the row's month, for a reader's filter to write; the label of "not stated"."""
    return row.counts.label if row.counts.key is None else datetime.date.fromisoformat(f"{row.counts.key}-01")


def csv_rows(rows: Sequence[Row]) -> Iterator[list[str | Decimal | int | None]]:
    """The same as values for a file: rates as fractions with six decimals, both ends of the interval apart."""
    for row in rows:
        counts, ends = row.counts, row.interval
        yield [
            counts.label,
            counts.key,
            counts.leads,
            counts.won,
            _decimal(row.rate),
            _decimal(ends.low if ends else None),
            _decimal(ends.high if ends else None),
            counts.days_median,
            counts.days_p90,
            counts.doubtful,
            str(NOTES[row.note]) if row.note else "",
        ]


def _decimal(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(f"{value:.6f}")
