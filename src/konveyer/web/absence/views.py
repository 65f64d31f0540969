"""Who is away; going away with a look at what goes to whom; coming back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from konveyer.domain.absence import operations
from konveyer.domain.absence.models import Absence
from konveyer.domain.absence.operations.going import today_of
from konveyer.domain.absence.queries import absences as reading
from konveyer.domain.staff.queries import roster
from konveyer.domain.workspace.models import Member
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit import clock
from konveyer.kit.refusal import NotFound, Refused
from konveyer.web.absence.forms import RULES, AwayForm
from konveyer.web.absence.words import STATES, WHY
from konveyer.web.work import WorkRequest, work


@work()
def absences(request: WorkRequest) -> HttpResponse:
    """All of them for who manages members, else one's own."""
    manages = request.actor.may(Right.MEMBERS_MANAGE)
    rows = reading.absences(
        request.actor.workspace_id, member_id=None if manages else request.actor.member_id
    )
    counted = reading.moved(request.actor.workspace_id, [row.pk for row in rows])
    lines = [_line(row, counted.get(row.pk, reading.Moved())) for row in rows]
    return render(request, "absence/absences.html", {"lines": lines, "manages": manages})


@work()
def new(request: WorkRequest) -> HttpResponse:
    """GET with days shows what would go to whom; POST does it."""
    asked_for = (request.POST or request.GET).get("member_id", "")
    if asked_for and asked_for != str(request.actor.member_id):
        request.actor.require(Right.MEMBERS_MANAGE)
    form = _form(request)
    context: dict[str, Any] = {"form": form, "manages": request.actor.may(Right.MEMBERS_MANAGE)}
    if request.method == "POST" or "starts_on" in request.GET:
        values = form.cleaned_data if form.is_valid() else None
        if values is None:
            return render(request, "absence/new.html", context, status=422)
        asked = {"member_id": request.actor.member_id, "rule": "deputy", "to": None, **values}
        if asked["rule"] != "member":
            asked["to"] = None
        try:
            if request.method == "POST":
                made = operations.go_away(actor=request.actor, at=clock.now(), **asked)
                messages.success(request, _("Written down."))
                return redirect("absence", made.pk)
            context |= _preview(request, asked)
        except NotFound:
            raise
        except Refused as refused:
            known = [name for name in refused.fields if name in form.fields]
            form.add_error(known[0] if known else None, str(refused))
            return render(request, "absence/new.html", context, status=refused.status)
    return render(request, "absence/new.html", context)


@work()
def absence(request: WorkRequest, absence_id: UUID) -> HttpResponse:
    """One absence: to whom what went, what stayed there and why."""
    row = _seen(request, absence_id)
    counted = reading.moved(request.actor.workspace_id, [row.pk]).get(row.pk, reading.Moved())
    stayed = [(step, WHY[step.why]) for step in reading.kept(request.actor.workspace_id, row.pk)]
    context = {**_line(row, counted), "stayed": stayed, "takers": reading.takers(row.workspace_id, row.pk)}
    return render(request, "absence/absence.html", context)


@require_POST
@work()
def back(request: WorkRequest, absence_id: UUID) -> HttpResponse:
    """He is back."""
    _seen(request, absence_id)
    operations.come_back(
        actor=request.actor, at=clock.now(), absence_id=absence_id, keep_talked="keep_talked" in request.POST
    )
    messages.success(request, _("Back. The work has returned."))
    return redirect("absence", absence_id)


@require_POST
@work()
def off(request: WorkRequest, absence_id: UUID) -> HttpResponse:
    """It does not take place."""
    _seen(request, absence_id)
    operations.call_off(actor=request.actor, at=clock.now(), absence_id=absence_id)
    messages.success(request, _("Called off."))
    return redirect("absences")


def _form(request: WorkRequest) -> AwayForm:
    people = None
    if request.actor.may(Right.MEMBERS_MANAGE):
        rows = roster.people(request.actor.workspace_id)
        people = [
            (str(row.member.pk), row.member.name) for row in rows if row.member.active and row.member.user_id
        ]
    data = request.POST if request.method == "POST" else request.GET if "starts_on" in request.GET else None
    today = today_of(request.actor.workspace_id, clock.now())
    initial = {"starts_on": today, "member_id": request.GET.get("member_id", str(request.actor.member_id))}
    return AwayForm(data, people=people, initial=initial)


def _preview(request: WorkRequest, asked: dict[str, Any]) -> dict[str, Any]:
    workspace_id = request.actor.workspace_id
    moves = operations.preview(actor=request.actor, at=clock.now(), **asked)
    names = {row.pk: row.name for row in Member.objects.filter(workspace_id=workspace_id)}
    rows = [
        (names.get(one) if one else None, leads, tasks, handoffs)
        for one, leads, tasks, handoffs in moves.by_member()
    ]
    return {
        "preview": rows,
        "nothing": not moves.any,
        "later": asked["starts_on"] > today_of(workspace_id, clock.now()),
    }


def _line(row: Absence, counted: reading.Moved) -> dict[str, Any]:
    words, tone = STATES[row.state]
    return {"absence": row, "moved": counted, "state": words, "tone": tone, "rule": RULES[row.rule]}


def _seen(request: WorkRequest, absence_id: UUID) -> Absence:
    row = reading.one(request.actor.workspace_id, absence_id)
    if row.member_id != request.actor.member_id and not request.actor.may(Right.MEMBERS_MANAGE):
        raise NotFound("absence_not_found", _("There is no such absence."))
    return row
