"""A list as a file: what the filter means, in the columns on the screen, and behind them the numbers of the records, by which
the list finds them again when it comes back."""

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.http import FileResponse, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from konveyer.adapters.tables.writing import write_csv, write_xlsx
from konveyer.domain.imports.rules.own_lists import NUMBER
from konveyer.domain.journal.operations import record
from konveyer.domain.labels.rules import label_filter
from konveyer.domain.leads.rules.lead_filter import parse as parse_leads
from konveyer.domain.notes.queries import lead_list, people_lists
from konveyer.domain.notes.queries.lead_rows import every_row
from konveyer.domain.notes.rules.base_filter import parse, plain_text
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.clock import now
from konveyer.kit.refusal import NotFound
from konveyer.web.base.columns import BY_LIST, Column, plain
from konveyer.web.base.lists import RIGHTS, Look, look, sort_of
from konveyer.web.work import WorkRequest, work

AT_ONCE = 1000
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@work(Right.BASE_EXPORT)
@require_GET
def export(request: WorkRequest, name: str, kind: str) -> HttpResponse | FileResponse:
    """As many rows as the member's frame allows, a hundred thousand at most; who took how many out is written in the journal."""
    if name not in BY_LIST or kind not in TYPES:
        raise NotFound("list_unknown", _("There is no such list."))
    request.actor.require(RIGHTS[name])
    shown = look(request, name)
    columns = shown.columns
    heads = [*(str(column.words) for column in columns), NUMBER[name]]
    rows = _rows(columns, _lines(request, shown, people_lists.most_to_export(request.actor)))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"list.{kind}"
        comma = request.LANGUAGE_CODE == "ru"
        written = (
            write_csv(path, heads, rows, decimal_comma=comma)
            if kind == "csv"
            else write_xlsx(path, heads, rows)
        )
        file = path.open("rb")  # its name goes with the folder, its content stays until it is sent
    record(
        actor=request.actor, at=now(), subject="workspace", subject_id=request.actor.workspace_id, action="exported",
        after={"list": name, "rows": written.rows, "kind": kind},
    )  # fmt: skip
    day = timezone.localdate().isoformat()
    return FileResponse(file, as_attachment=True, filename=f"{name}-{day}.{kind}", content_type=TYPES[kind])


def _rows(columns: list[Column], lines: Iterable[Any]) -> Iterator[list[Any]]:
    for line in lines:
        yield [*(plain(column.plain(line)) for column in columns), str(getattr(line, "record", line).pk)]


def _lines(request: WorkRequest, shown: Look, most: int) -> Iterator[Any]:
    name = shown.name
    if name == "leads":
        wanted, text = parse_leads(request.GET.dict()), plain_text(request.GET.get("q", ""))
        sort = sort_of(request, lead_list.ORDERS, lead_list.USUAL)
        labels = label_filter.parse(request.GET)
        yield from every_row(
            request.actor, wanted, text=text, labels=labels, sort=sort, most=most, own=shown.own
        )
        return
    read = people_lists.companies if name == "companies" else people_lists.contacts
    narrowed, sort = parse(request.GET), sort_of(request, people_lists.ORDERS, people_lists.USUAL)
    after, left = None, most
    while left > 0:
        listed: Any = read(
            request.actor, narrowed, sort=sort, after=after, size=min(AT_ONCE, left), own=shown.own
        )
        yield from listed.lines
        after, left = listed.page.after, left - len(listed.lines)
        if after is None:
            return
