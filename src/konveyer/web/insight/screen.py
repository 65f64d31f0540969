"""The report as the screen shows it: every figure with its sample, its comparison and its way in."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from konveyer.domain.conveyor.queries import conveyors
from konveyer.domain.insight.queries.funnel import Report, funnel, report
from konveyer.domain.insight.rules.arithmetic import Verdict
from konveyer.domain.insight.rules.drawing import Step, steps
from konveyer.domain.insight.rules.question import By, Kind, Question
from konveyer.domain.insight.rules.records import Column, records
from konveyer.domain.insight.rules.ripeness import judged, ripe
from konveyer.domain.insight.rules.rows import NOTES, Note, Row
from konveyer.domain.insight.rules.table import headings, month_of
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.web.insight.asked import OWN_DAYS, WORDS, Asked
from konveyer.web.work import WorkRequest

MOST_ROWS = 200


@dataclass(frozen=True)
class Line:
    """A row with the addresses of its records (empty where the reader may not open leads)."""

    row: Row
    label: Any
    hrefs: dict[str, str]
    verdict: Verdict
    young: bool
    note: str


def context(request: WorkRequest, wanted: Asked) -> dict[str, Any]:
    """Everything the template needs. Figures come in two statements, the drawing in one more unless it is by stage."""
    made = report(wanted.question, request.actor)
    ways = Ways(wanted.question, request.actor)
    lines = [_line(made, row, ways, wanted) for row in made.rows]
    head = headings(wanted.question)[0]
    return {
        "asked": wanted,
        "question": wanted.question,
        "kinds": [(Kind.COHORT, _("Cohort")), (Kind.ACTIVITY, _("Activity"))],
        "keys": _keys(),
        "periods": [(key, str(words)) for key, words in WORDS.items()],
        "own_days": wanted.period == OWN_DAYS,
        "conveyors": conveyors(request.actor.workspace_id),
        "lines": lines[:MOST_ROWS],
        "more": max(0, len(lines) - MOST_ROWS),
        "total": _line(made, made.total, ways, wanted, whole=True),
        "top": _top(made),
        "head": head,
        "won_only": any(line.row.note == Note.WON_ONLY for line in lines),
        "young": any(line.young for line in lines),
        "own": request.actor.seen_members is not None,
        "drawing": _drawing(made, ways, request.actor),
        "csv": f"{reverse('funnel-csv')}?{request.GET.urlencode()}",
    }


def _keys() -> list[tuple[str, str]]:
    return [
        (By.ORIGIN, _("Source")),
        (By.PAGE, _("Page")),
        (By.TELEMARKETER, _("Telemarketer")),
        (By.CLOSER, _("Closer")),
        (By.STAGE, _("Stage")),
        (By.MONTH, _("Month")),
    ]


@dataclass(frozen=True)
class Ways:
    """Addresses of the records behind figures."""

    question: Question
    actor: Actor

    def to(self, row: Row, column: Column, *, whole: bool = False, question: Question | None = None) -> str:
        """The list of these leads; empty while there is none to show, or for who may not see leads."""
        if not self.actor.may(Right.LEADS_WORK) or not getattr(row.counts, column.value):
            return ""
        try:
            leads = reverse("leads")
        except NoReverseMatch:
            return ""
        mine = self.actor.seen_members is not None
        wanted = records(question or self.question, row.counts, column, whole=whole, mine=mine)
        return f"{leads}?{urlencode(wanted.as_query())}"


def _line(made: Report, row: Row, ways: Ways, wanted: Asked, *, whole: bool = False) -> Line:
    grown = whole or ripe(made.question, row, made.total, wanted.today)
    return Line(
        row,
        _("All leads") if whole else month_of(row) if made.question.by == By.MONTH else row.counts.label,
        {column.value: ways.to(row, column, whole=whole) for column in Column},
        Verdict.NONE if whole or not grown else judged(made.question, row, made.total),
        not grown,
        str(NOTES[row.note]) if row.note else "",
    )


def _top(made: Report) -> float:
    """Where the axis of the intervals ends: the highest end that is worth seeing, so that bars do not crowd at the left."""
    ends = [row.interval.high for row in (*made.rows, made.total) if row.interval and not row.small]
    ends += [row.rate for row in made.rows if row.rate is not None and row.interval and row.small]
    return min(1.0, max(ends, default=1.0) * 1.05) or 1.0


def _drawing(made: Report, ways: Ways, actor: Actor) -> dict[str, Any] | None:
    """The stages of one conveyor, up to the win: the chosen one, else the one that most leads came to."""
    question = Question(
        By.STAGE, made.question.kind, made.question.first, made.question.last, made.question.conveyor
    )
    rows = made.rows if made.question.by == By.STAGE else funnel(question, actor)
    drawn = steps(rows)
    if drawn is None:
        return None

    def address(step: Step) -> str:
        return ways.to(step.row, Column.WON if step.won else Column.LEADS, question=question)

    named = [
        (pgettext("funnel", "Won") if step.won else step.label, step.row.counts.won if step.won else step.row.counts.leads, address(step))
        for step in drawn.steps
    ]  # fmt: skip
    return {"conveyor": drawn.conveyor, "steps": named}
