"""The report as lines of text, aligned, in the language of the moment."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from konveyer.domain.insight.rules.question import Question
from konveyer.domain.insight.rules.rows import NOTES, Row
from konveyer.kit import formats


def headings(question: Question) -> list[str]:
    """The words over the columns of a table or of a CSV file."""
    first = {
        "origin": _("Source"),
        "page": _("Page"),
        "telemarketer": _("Telemarketer"),
        "closer": _("Closer"),
        "stage": _("Stage"),
        "month": _("Month"),
    }[question.by]
    return [
        first,
        _("Leads"),
        _("Won"),
        _("Rate"),
        _("Interval"),
        _("Days: median"),
        _("Days: 9 in 10"),
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
