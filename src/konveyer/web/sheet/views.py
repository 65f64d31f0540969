"""The month of one member, the team over a period, a file out and a file in."""

import tempfile
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from konveyer.adapters import tables
from konveyer.adapters.tables.reading import UnreadableFile
from konveyer.adapters.tables.writing import write_xlsx
from konveyer.domain.insight.queries.forecast import working_days
from konveyer.domain.sheet import operations
from konveyer.domain.sheet.operations.writing import Cell, today_of
from konveyer.domain.sheet.queries import figures, people, quotas
from konveyer.domain.sheet.rules.measures import MEASURES, MONEY, NORMED, TITLES, WHY, NoFigure, read_figure
from konveyer.domain.workspace.models import Member
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit import clock
from konveyer.kit.refusal import Invalid, Refused
from konveyer.web.sheet import screen
from konveyer.web.work import WorkRequest, work

LARGEST = 5 * 1024 * 1024


@work(Right.FUNNEL_READ)
@require_http_methods(["GET", "POST"])
def sheet(request: WorkRequest) -> HttpResponse:
    """GET shows the month; POST writes what was changed, and on a refusal gives every typed figure back."""
    member = _member(request)
    first = screen.month_of(request.GET.get("month", ""), today_of(request.workspace.pk, clock.now()))
    typed: dict[str, str] = {}
    wrong: dict[str, str] = {}
    status = 200
    said: Any = ""
    if request.method == "POST":
        try:
            count = operations.write_sheet(
                actor=request.actor, at=clock.now(), member_id=member.pk, wanted=_wanted(request.POST, first),
                norms=_norms(request.POST),
            )  # fmt: skip
            messages.success(request, ngettext("%d cell written.", "%d cells written.", count) % count)
            return redirect(f"{reverse('sheet')}?member={member.pk}&month={first:%Y-%m}")
        except Refused as refused:
            if refused.status not in (409, 422):
                raise
            typed = {name[5:]: str(text) for name, text in request.POST.items() if name.startswith("cell:")}
            wrong, said, status = dict(refused.fields), str(refused), refused.status
    return render(
        request, "sheet/sheet.html", _month(request, member, first, typed, wrong, said), status=status
    )


@work(Right.FUNNEL_READ)
@require_GET
def team(request: WorkRequest) -> HttpResponse:
    """Members by columns, over a day, a week or a month."""
    today = today_of(request.workspace.pk, clock.now())
    period = request.GET.get("period", "")
    period = period if period in ("day", "week") else "month"
    first, last = screen.span_of(period, _day(request.GET.get("day", ""), today))
    members = people.ever_seen(request.actor)
    sums = figures.sums(request.workspace.pk, [one.pk for one in members], first, last)
    lines = [(one, screen.totals([one.pk], sums)) for one in members]
    context = {
        "lines": [(one, values) for one, values in lines if any(value for _name, value in values)],
        "total": screen.totals([one.pk for one in members], sums), "heads": screen.heads(), "first": first, "last": last,
        "periods": [("month", _("Month")), ("week", _("Week")), ("day", _("Day"))], "before": first - timedelta(days=1),
        "after": last + timedelta(days=1), "currency": request.workspace.currency, "money": MONEY,
    }  # fmt: skip
    return render(request, "sheet/team.html", context)


@work(Right.FUNNEL_READ)
@require_GET
def table(request: WorkRequest) -> HttpResponse:
    """A month of everybody in view as XLSX; the same file can be brought in again."""
    first = screen.month_of(request.GET.get("month", ""), today_of(request.workspace.pk, clock.now()))
    members = people.ever_seen(request.actor)
    found = figures.cells(request.workspace.pk, [one.pk for one in members], first, screen.last_of(first))
    rows: list[list[str | date | Decimal]] = [
        [one.name, day, *(found.get((one.pk, day, name), figures.NOTHING).value for name in MEASURES)]
        for one in members
        for day in sorted({day for member, day, _name in found if member == one.pk})
    ]
    answer = HttpResponse(
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        headers={"Content-Disposition": f'attachment; filename="sheet-{first:%Y-%m}.xlsx"'},
    )
    columns = [_("Member"), _("Day"), *(str(TITLES[name]) for name in MEASURES)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sheet.xlsx"
        write_xlsx(path, columns, rows, sheet=_("Daily sheet"))
        answer.write(path.read_bytes())
    return answer


@require_POST
@work(Right.FUNNEL_READ)
def file(request: WorkRequest) -> HttpResponse:
    """Take an XLSX or CSV file in, and tell line by line what stayed outside."""
    upload = request.FILES.get("file")
    if upload is None:
        raise Invalid("no_file", _("Choose a file first."))
    if (upload.size or 0) > LARGEST:
        raise Invalid("too_large", _("The file is larger than 5 MB: a daily sheet is not that long."))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / Path(upload.name or "sheet").name[-80:]
        path.write_bytes(upload.read())
        try:
            reading = tables.guess(path)
            brought = operations.bring_in(
                actor=request.actor, at=clock.now(), columns=reading.columns, rows=tables.rows(path, reading)
            )
        except UnreadableFile as unreadable:
            raise Invalid(
                "unreadable", _("This file is no table that can be read. Save it as XLSX or CSV.")
            ) from unreadable
    lines = [(one.line, TITLES.get(one.column, ""), WHY[one.code]) for one in brought.rejects[:200]]
    return render(request, "sheet/brought.html", {"brought": brought, "lines": lines})


def _member(request: WorkRequest) -> Member:
    asked = request.GET.get("member", "")
    try:
        wanted = UUID(asked) if asked else request.actor.member_id
    except ValueError:
        wanted = request.actor.member_id
    return people.one_seen(request.actor, cast(UUID, wanted))


def _day(text: str, today: date) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return today
    return day if 2000 <= day.year <= today.year + 1 else today


def _wanted(post: QueryDict, first: date) -> list[Cell]:
    """The cells that somebody changed. Raises Invalid that names those which are no figures."""
    wanted, wrong = [], {}
    last = screen.last_of(first)
    for name, text in post.items():
        kind, _sign, cell = name.partition(":")
        day, _colon, measure = cell.partition(":")
        before = post.get(f"was:{cell}", "")
        if kind != "cell" or measure not in MEASURES or str(text).strip() == before:
            continue
        try:
            one = Cell(
                date.fromisoformat(day),
                measure,
                read_figure(str(text), measure),
                read_figure(before, measure),
            )
        except NoFigure as refused:
            wrong[cell] = refused.code
        except ValueError:
            continue
        else:
            wanted += [one] if first <= one.day <= last else []
    if wrong:
        raise Invalid(
            "sheet_cells",
            _("Some cells are no figures; they are marked. Nothing was written yet."),
            fields=wrong,
        )
    return wanted


def _norms(post: QueryDict) -> dict[str, int | None]:
    """The norms that were changed."""
    changed: dict[str, int | None] = {}
    for name in MEASURES:
        text = post.get(f"norm:{name}")
        if text is not None and text.strip() != post.get(f"norm-was:{name}", ""):
            try:
                figure = read_figure(text, name)
            except NoFigure as wrong:
                raise Invalid("quota", _("A norm is a whole number from 1 to 10 000.")) from wrong
            changed[name] = None if figure is None else int(figure)
    return changed


def _month(
    request: WorkRequest, member: Member, first: date, typed: dict[str, str], wrong: dict[str, str], said: Any
) -> dict[str, Any]:
    last, today = screen.last_of(first), today_of(request.workspace.pk, clock.now())
    shown = min(last, today) if first <= today else first
    found = figures.cells(request.workspace.pk, [member.pk], first, last)
    norms = quotas.of(request.workspace.pk, member.pk)
    due = working_days(first, shown, "RU" if request.workspace.language == "ru" else "GB")
    sums = {name: Decimal(0) for name in MEASURES}
    for (_who, _on, name), figure in found.items():
        sums[name] += figure.value
    return {
        "member": member, "members": people.seen(request.actor), "first": first, "heads": screen.heads(), "typed": typed,
        "rows": screen.grid(member.pk, first, shown, found, typed, wrong), "said": said, "today": today,
        "may_write": people.may_write(request.actor, member.pk), "may_norm": people.may_norm(request.actor, member.pk), "money": MONEY, "currency": request.workspace.currency,
        "totals": [(name, sums[name], norms.get(name, 0) * due) for name in MEASURES],
        "norms": [(name, TITLES[name], norms.get(name), name in NORMED) for name in MEASURES], "due": due,
        "before": first - timedelta(days=1), "after": last + timedelta(days=1),
    }  # fmt: skip
