"""The next step: planned, done, moved to another moment."""

from datetime import timedelta
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from konveyer.domain.leads.models import Lead
from konveyer.domain.leads.operations import complete_task, plan_next, reschedule_task
from konveyer.domain.leads.queries.moving import lead_in_view
from konveyer.domain.leads.rules.deadlines import next_working_morning
from konveyer.domain.workspace.queries import members
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.clock import now
from konveyer.kit.refusal import Invalid
from konveyer.web.lead import words
from konveyer.web.lead.answers import dialog, done
from konveyer.web.lead.moments import local_input, read_moment
from konveyer.web.lead.moving import id_in, version_in
from konveyer.web.lead.names import name_of
from konveyer.web.work import WorkRequest, work


@work(Right.LEADS_WORK)
@require_http_methods(["GET", "POST"])
def plan(request: WorkRequest, lead_id: UUID) -> HttpResponse:
    """What is done next, by whom, when; with ?task the present step gets another moment."""
    lead = lead_in_view(request.actor, lead_id)
    if request.method == "GET":
        return _dialog(request, lead)
    post = request.POST
    try:
        due = read_moment(post.get("due_at", ""), request.workspace.timezone, "due_at")
        if due is None:
            raise Invalid("due_at", _("Say when."), fields={"due_at": "empty"})
        promised = post.get("promised") == "1"
        if post.get("task"):
            reschedule_task(
                actor=request.actor,
                at=now(),
                task_id=id_in(post["task"], "task"),
                due_at=due,
                promised=promised,
            )
        else:
            plan_next(
                actor=request.actor, at=now(), lead_id=lead.pk, kind=post.get("kind", ""), title=post.get("title", ""),
                due_at=due, member_id=id_in(post["member"], "member") if post.get("member") else None, promised=promised,
                version=version_in(post.get("version", "")),
            )  # fmt: skip
    except Invalid as refusal:
        return _dialog(request, lead, refusal)
    return done(_("%(lead)s: the next step is planned.") % {"lead": name_of(lead)})


def _dialog(request: WorkRequest, lead: Lead, refusal: Invalid | None = None) -> HttpResponse:
    said = request.POST if request.method == "POST" else request.GET
    moving = bool(said.get("task")) and lead.next_task_id is not None
    task = lead.next_task if moving else None
    zone = request.workspace.timezone
    morning = next_working_morning(now(), zone)
    start = task.due_at if task and task.due_at > now() else morning
    context = {
        "lead": lead,
        "name": name_of(lead),
        "task": task,
        "said": said,
        "kinds": list(words.TASKS.items()),
        "due_at": said.get("due_at") or local_input(start, zone),
        "quick": [
            (_("in an hour"), local_input(now() + timedelta(hours=1), zone)),
            (_("tomorrow, 10:00"), local_input(morning, zone)),
            (_("in a week"), local_input(next_working_morning(now() + timedelta(days=6), zone), zone)),
        ],
        "people": members(lead.workspace_id) if request.actor.seen_members is None else [],
        "error": str(refusal) if refusal else "",
        "errors": dict(refusal.fields) if refusal else {},
        "action": reverse("lead-plan", args=[lead.pk]),
    }
    return dialog(request, "lead/plan.html", context, status=422 if refusal else 200)


@work(Right.LEADS_WORK)
@require_POST
def finish(request: WorkRequest, lead_id: UUID, task_id: UUID) -> HttpResponse:
    """The step is done; what follows is proposed by the stage until somebody plans better."""
    lead = lead_in_view(request.actor, lead_id)
    complete_task(actor=request.actor, at=now(), task_id=task_id)
    return done(_("%(lead)s: the step is done.") % {"lead": name_of(lead)})
