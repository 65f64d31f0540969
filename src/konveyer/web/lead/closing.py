"""Refusing, resting, waking and reopening, as dialogs."""

from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from konveyer.domain.conveyor.queries import conveyors, refusals
from konveyer.domain.leads.models import Lead
from konveyer.domain.leads.operations import hold, refuse, reopen, reroute, wake
from konveyer.kit.refusal import Invalid
from konveyer.web.lead.answers import dialog, done
from konveyer.web.lead.names import name_of
from konveyer.web.work import WorkRequest

REST_DAYS = (7, 14, 30, 90)


def refuse_dialog(request: WorkRequest, lead: Lead, error: str = "") -> HttpResponse:
    """Where the lead goes when it does not go on."""
    context = {
        "lead": lead,
        "name": name_of(lead),
        "routes": refusals(lead.workspace_id, lead.conveyor_version_id),
        "chosen": request.POST.get("refusal", ""),
        "note": request.POST.get("note", ""),
        "error": error,
        "action": reverse("lead-refuse", args=[lead.pk]),
    }
    return dialog(request, "lead/refuse.html", context, status=422 if error else 200)


def hold_dialog(request: WorkRequest, lead: Lead, at: datetime, error: str = "") -> HttpResponse:
    """Until when the lead rests."""
    today = at.astimezone(ZoneInfo(request.workspace.timezone)).date()
    context = {
        "lead": lead,
        "name": name_of(lead),
        "days": [today + timedelta(days=days) for days in REST_DAYS],
        "tomorrow": today + timedelta(days=1),
        "wake_on": request.POST.get("wake_on", "") or (today + timedelta(days=30)).isoformat(),
        "note": request.POST.get("note", ""),
        "error": error,
        "action": reverse("lead-hold", args=[lead.pk]),
    }
    return dialog(request, "lead/hold.html", context, status=422 if error else 200)


def do_refuse(request: WorkRequest, lead: Lead, at: datetime, version: int | None) -> HttpResponse:
    """Refuse with the chosen reason, or ask for it."""
    chosen = request.POST.get("refusal", "")
    known = {str(route.pk): route for route in refusals(lead.workspace_id, lead.conveyor_version_id)}
    if chosen not in known:
        return refuse_dialog(request, lead, _("Choose a reason: reports count them."))
    note = request.POST.get("note", "")
    refused = refuse(
        actor=request.actor, at=at, lead_id=lead.pk, refusal_id=UUID(chosen), note=note, version=version
    )
    words = {
        "lost": _("%(lead)s is closed: %(reason)s."),
        "on_hold": _("%(lead)s rests: %(reason)s."),
        "open": _("%(lead)s went to another conveyor: %(reason)s."),
    }[refused.state]
    return done(words % {"lead": name_of(lead), "reason": known[chosen].label})


def do_hold(request: WorkRequest, lead: Lead, at: datetime, version: int | None) -> HttpResponse:
    """Put to rest until the given day, or ask for a better one."""
    try:
        day = date.fromisoformat(request.POST.get("rest") or request.POST.get("wake_on", ""))
    except ValueError:
        return hold_dialog(request, lead, at, _("Say until which day it rests."))
    try:
        note = request.POST.get("note", "")
        hold(actor=request.actor, at=at, lead_id=lead.pk, wake_on=day, note=note, version=version)
    except Invalid as refusal:
        return hold_dialog(request, lead, at, str(refusal))
    return done(_("%(lead)s rests.") % {"lead": name_of(lead)}, undo=reverse("lead-wake", args=[lead.pk]))


def do_wake(request: WorkRequest, lead: Lead, at: datetime) -> HttpResponse:
    """Bring it back now."""
    wake(actor=request.actor, at=at, lead_id=lead.pk)
    return done(_("%(lead)s is back at work.") % {"lead": name_of(lead)})


def reopen_dialog(request: WorkRequest, lead: Lead, error: str = "") -> HttpResponse:
    """Why a closed lead is opened again."""
    context = {
        "lead": lead,
        "name": name_of(lead),
        "reason": request.POST.get("reason", ""),
        "error": error,
        "action": reverse("lead-reopen", args=[lead.pk]),
    }
    return dialog(request, "lead/reopen.html", context, status=422 if error else 200)


def do_reopen(request: WorkRequest, lead: Lead, at: datetime, version: int | None) -> HttpResponse:
    """Open again with a reason, or ask for it."""
    reason = request.POST.get("reason", "")
    try:
        reopen(actor=request.actor, at=at, lead_id=lead.pk, reason=reason, version=version)
    except Invalid as refusal:
        return reopen_dialog(request, lead, str(refusal))
    return done(_("%(lead)s is open again.") % {"lead": name_of(lead)})


def reroute_dialog(request: WorkRequest, lead: Lead, error: str = "") -> HttpResponse:
    """To which conveyor the lead goes over, and why."""
    others = [row for row in conveyors(lead.workspace_id) if row.pk != lead.conveyor_id]
    context = {
        "lead": lead, "name": name_of(lead), "others": [(row.pk, row.name) for row in others],
        "chosen": request.POST.get("conveyor", ""), "reason": request.POST.get("reason", ""), "error": error,
        "action": reverse("lead-reroute", args=[lead.pk]),
    }  # fmt: skip
    return dialog(request, "lead/reroute.html", context, status=422 if error else 200)


def do_reroute(request: WorkRequest, lead: Lead, at: datetime, version: int | None) -> HttpResponse:
    """Take it over with a reason, or ask for what is missing."""
    chosen = {str(row.pk): row for row in conveyors(lead.workspace_id)}.get(request.POST.get("conveyor", ""))
    if chosen is None:
        return reroute_dialog(request, lead, _("Choose a conveyor."))
    try:
        reroute(
            actor=request.actor, at=at, lead_id=lead.pk, conveyor_id=chosen.pk, reason=request.POST.get("reason", ""),
            version=version,
        )  # fmt: skip
    except Invalid as refusal:
        return reroute_dialog(request, lead, str(refusal))
    return done(
        _("%(lead)s went over to the conveyor %(conveyor)s.")
        % {"lead": name_of(lead), "conveyor": chosen.name}
    )
