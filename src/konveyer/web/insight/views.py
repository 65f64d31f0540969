"""The funnel on the screen and as a file."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from konveyer.adapters.tables.writing import write_csv
from konveyer.domain.insight.queries.funnel import funnel
from konveyer.domain.insight.rules.table import csv_rows, headings
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.clock import now
from konveyer.web.insight.asked import asked
from konveyer.web.insight.screen import context
from konveyer.web.work import WorkRequest, work


@work(Right.FUNNEL_READ)
@require_GET
def show(request: WorkRequest) -> HttpResponse:
    """The drawing and the table."""
    return render(request, "funnel/funnel.html", context(request, asked(request, now())))


@work(Right.FUNNEL_READ)
@require_GET
def table(request: WorkRequest) -> HttpResponse:
    """All rows as CSV that a spreadsheet opens and that runs nothing there."""
    wanted = asked(request, now())
    question = wanted.question
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="funnel-{question.kind}-{question.by}.csv"'
    answer.write("\ufeff")
    rows = csv_rows(funnel(question, request.actor))
    comma = request.LANGUAGE_CODE.startswith("ru")
    write_csv(answer, headings(question, for_file=True), rows, decimal_comma=comma, mark=False)  # type: ignore[arg-type]
    return answer
