"""Who sent or recommended whom, on the page of a person; and who recommended us, on a lead."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from konveyer.domain.leads.operations import recommend
from konveyer.domain.leads.queries.moving import lead_in_view
from konveyer.domain.people.operations.holding import require_record
from konveyer.domain.people.operations.links import end_link, link_contacts, remove_link
from konveyer.domain.people.queries.links import link_of
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.clock import now
from konveyer.kit.refusal import Invalid, NotFound, Refused, Stale
from konveyer.web.base.answers import ask, go
from konveyer.web.base.attached import candidates
from konveyer.web.base.typed import Typed, day, known_id, typed
from konveyer.web.lead.answers import done
from konveyer.web.lead.moving import version_in
from konveyer.web.work import WorkRequest, work


@work(Right.BASE_EDIT)
@require_http_methods(["GET", "POST"])
def add(request: WorkRequest, contact_id: UUID) -> HttpResponse:
    """The person came through somebody, or somebody came through him."""
    require_record(request.actor, contact_id=contact_id)
    form = typed(
        request.POST if request.method == "POST" else request.GET, "q", "other", "way", "started_on", "note"
    )
    if request.method == "POST":
        other = known_id(form.values["other"])
        way, _dash, kind = form.values["way"].partition("-")
        try:
            if other is None:
                raise Invalid("other", _("Choose one from the list."), fields={"other": "empty"})
            contact, by = (other, contact_id) if way == "of" else (contact_id, other)
            link_contacts(
                actor=request.actor, at=now(), contact_id=contact, by_id=by, kind=kind,
                started_on=day(form, "started_on"), note=form.values["note"],
            )  # fmt: skip
        except Refused as refusal:
            return _form(request, form.refused(refusal), contact_id, 422)
        return go(request, reverse("contact", args=[contact_id]), _("Saved."))
    return _form(request, form, contact_id)


def _form(request: WorkRequest, form: Typed, contact_id: UUID, status: int = 200) -> HttpResponse:
    ways = [
        ("by-recommended", _("was recommended to us by")),
        ("by-referred", _("was named to us by")),
        ("of-recommended", _("recommended to us")),
        ("of-referred", _("named to us")),
    ]
    context = {
        "form": form,
        "kind": "company",
        "pk": "",
        "ways": ways,
        "candidates": _others(request, form, contact_id),
    }
    if request.htmx and request.htmx.target == "candidates":
        return render(request, "base/link_candidates.html", context)
    return ask(request, "base/link_form.html", context, status)


def _others(request: WorkRequest, form: Typed, but: UUID | None) -> list[tuple[str, str, str]]:
    return [one for one in candidates(request, form, "company") if one[0] != str(but)]


@work(Right.BASE_EDIT)
@require_http_methods(["GET", "POST"])
def change(request: WorkRequest, link_id: UUID) -> HttpResponse:
    """It ended on a day."""
    link = link_of(request.actor, link_id)
    if link is None:
        raise NotFound("link_not_found", _("This link is no longer there."))
    form = typed(request.POST, "ended_on")
    back = reverse("contact", args=[link.contact_id])
    if request.method == "POST":
        try:
            ended: date | None = day(form, "ended_on")
            if ended is None:
                raise Invalid("date", _("Say until when it held."), fields={"ended_on": "empty"})
            end_link(actor=request.actor, at=now(), link_id=link_id, ended_on=ended)
        except Invalid as refusal:
            return ask(request, "base/link_end.html", {"form": form.refused(refusal), "link": link}, 422)
        return go(request, back, _("Saved."))
    form.values["ended_on"] = timezone.localdate().isoformat()
    return ask(request, "base/link_end.html", {"form": form, "link": link})


@require_POST
@work(Right.BASE_EDIT)
def remove(request: WorkRequest, link_id: UUID) -> HttpResponse:
    """It was written down by mistake."""
    link = remove_link(actor=request.actor, at=now(), link_id=link_id)
    return go(request, reverse("contact", args=[link.contact_id]), _("Taken away."))


@work(Right.LEADS_WORK)
@require_http_methods(["GET", "POST"])
def recommender(request: WorkRequest, lead_id: UUID) -> HttpResponse:
    """Who recommended us to this lead."""
    lead = lead_in_view(request.actor, lead_id)
    form = typed(request.POST if request.method == "POST" else request.GET, "q", "other", "version", "nobody")
    if request.method == "POST":
        other = known_id(form.values["other"])
        try:
            if other is None and not form.values["nobody"]:
                raise Invalid("other", _("Choose one from the list."), fields={"other": "empty"})
            recommend(
                actor=request.actor, at=now(), lead_id=lead_id, by_id=None if form.values["nobody"] else other,
                version=version_in(form.values["version"]),
            )  # fmt: skip
        except (Invalid, Stale) as refusal:
            form.refused(refusal)
            form.whole = form.whole or str(refusal.message)
            return _recommender(request, form, lead, 422)
        return done(_("Saved."))
    form.values["version"] = form.values["version"] or lead.version
    return _recommender(request, form, lead)


def _recommender(request: WorkRequest, form: Typed, lead: Any, status: int = 200) -> HttpResponse:
    found = _others(request, form, lead.contact_id) if request.actor.may(Right.BASE_READ) else []
    context = {"form": form, "kind": "company", "pk": "", "lead": lead, "candidates": found}
    if request.htmx and request.htmx.target == "candidates":
        return render(request, "base/link_candidates.html", context)
    return ask(request, "base/recommender.html", context, status)
