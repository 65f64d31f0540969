"""A handoff: accepted, or returned with a reason. And who works the lead."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from konveyer.domain.leads.operations import accept_handoff, assign, return_handoff
from konveyer.domain.leads.queries.load import loads
from konveyer.domain.leads.queries.moving import handed_lead, lead_in_view
from konveyer.domain.leads.rules.returns import RETURN_REASONS
from konveyer.domain.workspace.queries import members, members_in_role
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.clock import now
from konveyer.kit.refusal import Invalid
from konveyer.web.lead.answers import dialog, done
from konveyer.web.lead.moving import id_in, version_in
from konveyer.web.lead.names import name_of
from konveyer.web.work import WorkRequest, work


@work(Right.LEADS_WORK)
@require_POST
def accept(request: WorkRequest, lead_id: UUID, handoff_id: UUID) -> HttpResponse:
    """Take it."""
    lead = handed_lead(request.actor, lead_id, handoff_id)
    accept_handoff(actor=request.actor, at=now(), handoff_id=handoff_id)
    return done(_("%(lead)s is yours.") % {"lead": name_of(lead)})


@work(Right.LEADS_WORK)
@require_http_methods(["GET", "POST"])
def give_back(request: WorkRequest, lead_id: UUID, handoff_id: UUID) -> HttpResponse:
    """Return it with a reason from the list."""
    lead = handed_lead(request.actor, lead_id, handoff_id)
    error = ""
    if request.method == "POST":
        reason, note = request.POST.get("reason", ""), request.POST.get("note", "")
        try:
            return_handoff(actor=request.actor, at=now(), handoff_id=handoff_id, reason=reason, note=note)
            return done(_("%(lead)s went back.") % {"lead": name_of(lead)})
        except Invalid as refusal:
            error = str(refusal)
    context = {
        "lead": lead,
        "name": name_of(lead),
        "reasons": list(RETURN_REASONS.items()),
        "chosen": request.POST.get("reason", ""),
        "note": request.POST.get("note", ""),
        "error": error,
        "action": reverse("lead-return", args=[lead.pk, handoff_id]),
    }
    return dialog(request, "lead/return.html", context, status=422 if error else 200)


@work(Right.LEADS_WORK)
@require_http_methods(["GET", "POST"])
def assign_it(request: WorkRequest, lead_id: UUID) -> HttpResponse:
    """Give the lead to somebody, or to the queue of its stage."""
    lead = lead_in_view(request.actor, lead_id)
    actor, error = request.actor, ""
    if request.method == "POST":
        chosen = request.POST.get("member", "")
        try:
            assign(
                actor=actor, at=now(), lead_id=lead.pk, member_id=id_in(chosen, "member") if chosen else None,
                version=version_in(request.POST.get("version", "")), reason=request.POST.get("reason", ""),
            )  # fmt: skip
            return done(_("%(lead)s has another owner.") % {"lead": name_of(lead)})
        except Invalid as refusal:
            error = str(refusal)
    fitting = members_in_role(lead.workspace_id, lead.stage.role_id)
    known = {member.pk for member in fitting}
    everybody = members(lead.workspace_id) if actor.may(Right.LEADS_ASSIGN) else []
    load = loads(lead.workspace_id, {one.pk for one in (*fitting, *everybody)})
    context = {
        "lead": lead,
        "name": name_of(lead),
        "groups": [
            ("", [(one, load[one.pk]) for one in fitting if everybody or one.pk == actor.member_id]),
            (_("Other roles"), [(one, load[one.pk]) for one in everybody if one.pk not in known]),
        ],
        "chosen": request.POST.get("member") or str(lead.owner_id or ""),
        "reason": request.POST.get("reason", ""),
        "error": error,
        "action": reverse("lead-assign", args=[lead.pk]),
    }
    return dialog(request, "lead/assign.html", context, status=422 if error else 200)
