"""What is done to a lead from any screen: GET shows the dialog, POST acts."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from konveyer.domain.leads.operations import take
from konveyer.domain.leads.queries.moving import lead_in_view
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.clock import now
from konveyer.web.lead import closing
from konveyer.web.lead.answers import done
from konveyer.web.lead.moving import Made, answer_gate, stage_dialog, step, version_in
from konveyer.web.lead.names import name_of
from konveyer.web.lead.screen import card_context
from konveyer.web.work import WorkRequest, work

both = require_http_methods(["GET", "POST"])


@work(Right.LEADS_WORK)
@require_GET
def show(request: WorkRequest, lead_id: UUID) -> HttpResponse:
    """The lead card; a request for a part gets the card without the frame."""
    part = request.htmx and not request.htmx.boosted
    context = card_context(request, lead_id, now())
    return render(request, "lead/card.html" if part else "lead/lead.html", context)


@work(Right.LEADS_WORK)
@both
def move(request: WorkRequest, lead_id: UUID) -> HttpResponse:
    """Choose a stage, answer its gate, move."""
    if request.method == "POST":
        return answer_gate(request, lead_id, now())
    return stage_dialog(request, lead_id)


@work(Right.LEADS_WORK)
@require_POST
def step_on(request: WorkRequest, lead_id: UUID) -> HttpResponse:
    """A stage was chosen: moved at once, or the dialog that has to come first."""
    place, version = request.GET.get("stage", ""), version_in(request.GET.get("version", ""))
    answer = step(request, lead_id, place, version, now())
    return done(answer.words, undo=answer.undo) if isinstance(answer, Made) else answer


@work(Right.LEADS_WORK)
@require_POST
def take_it(request: WorkRequest, lead_id: UUID) -> HttpResponse:
    """Take it from the queue."""
    lead = lead_in_view(request.actor, lead_id)
    take(actor=request.actor, at=now(), lead_id=lead_id)
    return done(_("%(lead)s is yours.") % {"lead": name_of(lead)})


@work(Right.LEADS_WORK)
@both
def refuse_it(request: WorkRequest, lead_id: UUID) -> HttpResponse:
    """Refuse with a reason."""
    lead = lead_in_view(request.actor, lead_id)
    if request.method == "GET":
        return closing.refuse_dialog(request, lead)
    return closing.do_refuse(request, lead, now(), version_in(request.POST.get("version", "")))


@work(Right.LEADS_WORK)
@both
def hold_it(request: WorkRequest, lead_id: UUID) -> HttpResponse:
    """Put to rest until a day."""
    lead = lead_in_view(request.actor, lead_id)
    if request.method == "GET":
        return closing.hold_dialog(request, lead, now())
    return closing.do_hold(request, lead, now(), version_in(request.POST.get("version", "")))


@work(Right.LEADS_WORK)
@require_POST
def wake_it(request: WorkRequest, lead_id: UUID) -> HttpResponse:
    """Bring it back."""
    return closing.do_wake(request, lead_in_view(request.actor, lead_id), now())


@work(Right.LEADS_WORK)
@both
def reroute_it(request: WorkRequest, lead_id: UUID) -> HttpResponse:
    """Take a lead to another conveyor."""
    lead = lead_in_view(request.actor, lead_id)
    if request.method == "GET":
        return closing.reroute_dialog(request, lead)
    return closing.do_reroute(request, lead, now(), version_in(request.POST.get("version", "")))


@work(Right.LEADS_WORK)
@both
def reopen_it(request: WorkRequest, lead_id: UUID) -> HttpResponse:
    """Open a closed lead again."""
    lead = lead_in_view(request.actor, lead_id)
    if request.method == "GET":
        return closing.reopen_dialog(request, lead)
    return closing.do_reopen(request, lead, now(), version_in(request.POST.get("version", "")))
