"""Results against frames: a line for each framed member."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from konveyer.domain.audit.queries.check import moment_of
from konveyer.domain.audit.queries.results import results
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit import clock
from konveyer.web.work import WorkRequest, work


@work(Right.AUDIT_READ)
@require_GET
def show(request: WorkRequest) -> HttpResponse:
    """Of the last 30 days; rates and discounts of 90."""
    found = results(request.actor, moment_of(request.workspace.pk, clock.now()))
    context = {"results": found, "may_frame": request.actor.may(Right.MEMBERS_MANAGE)}
    return render(request, "audit/frames.html", context)
