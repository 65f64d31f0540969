"""A consent written down, withdrawn; the proof sheet of a person."""

from datetime import datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from konveyer.domain.consent import operations
from konveyer.domain.consent.queries.ledger import points_of, proof_of, texts
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.clock import now
from konveyer.kit.refusal import Invalid
from konveyer.web.base import marks
from konveyer.web.base.answers import ask, go
from konveyer.web.base.typed import Typed, day, known_id, typed
from konveyer.web.consent.card import shown
from konveyer.web.consent.words import DONE, PURPOSES, SOURCES
from konveyer.web.work import WorkRequest, work

BY_HAND = ("by_hand", "paper", "mail", "call", "form", "page")


@work(Right.BASE_READ)
@require_GET
def sheet(request: WorkRequest, contact_id: UUID) -> HttpResponse:
    """All of the ledger with the words that were agreed to: to be printed and laid before whoever asks."""
    contact, entries = proof_of(request.actor, contact_id)
    lines = [
        {
            "entry": one, "purpose": PURPOSES[one.purpose], "done": DONE[one.done][0], "tone": DONE[one.done][1],
            "source": SOURCES[one.source], "point": shown(one),
        }
        for one in entries
    ]  # fmt: skip
    told = {one.text_id: one.text for one in entries if one.text}
    context = {
        "contact": contact, "name": contact.name or contact.name_key, "lines": lines, "texts": list(told.values()),
        "purposes": PURPOSES, "printed_at": now(), "workspace": request.workspace,
    }  # fmt: skip
    return render(request, "consent/sheet.html", context)


@work(Right.BASE_EDIT)
@require_http_methods(["GET", "POST"])
def new(request: WorkRequest, contact_id: UUID) -> HttpResponse:
    """A consent that came by mouth, mail or paper."""
    proof_of(request.actor, contact_id)
    form = typed(request.POST, "text", "source", "given_on", "point", "place", "note")
    if request.method == "POST":
        try:
            operations.give(
                actor=request.actor, at=now(), contact_id=contact_id, text_id=_text(form), source=form.values["source"],
                given_at=_moment(request, form), point_id=known_id(form.values["point"]), place=form.values["place"],
                note=form.values["note"],
            )  # fmt: skip
        except Invalid as refusal:
            return _form(request, contact_id, form.refused(refusal), 422)
        return go(request, reverse("contact", args=[contact_id]), _("The consent is in the ledger."))
    return _form(request, contact_id, form)


def _text(form: Typed) -> UUID:
    found = known_id(form.values["text"])
    if found is None:
        raise Invalid(
            "consent_text_unknown",
            _("Choose the text that the person agreed to."),
            fields={"text": "unknown"},
        )
    return found


def _moment(request: WorkRequest, form: Typed) -> datetime | None:
    """The beginning of a former day; today is now."""
    given, zone = day(form, "given_on"), ZoneInfo(request.workspace.timezone)
    if given is None or given == now().astimezone(zone).date():
        return None
    return datetime.combine(given, time(), zone)


def _form(request: WorkRequest, contact_id: UUID, form: Typed, status: int = 200) -> HttpResponse:
    workspace_id = request.actor.workspace_id
    context: dict[str, Any] = {
        "form": form,
        "texts": [(one, PURPOSES[one.purpose]) for one in texts(workspace_id, newest=True)],
        "sources": [(code, SOURCES[code]) for code in BY_HAND],
        "points": [("", _("whichever")), *((str(use.point_id), marks.shown_point(use.point.kind, use.point.value, use.point.extension)) for use in points_of(workspace_id, contact_id))],
    }  # fmt: skip
    return ask(request, "consent/new.html", context, status)


@work(Right.BASE_EDIT)
@require_http_methods(["GET", "POST"])
def withdraw(request: WorkRequest, contact_id: UUID) -> HttpResponse:
    """The person does not agree any more; asked once."""
    given = request.POST if request.method == "POST" else request.GET
    form = typed(given, "purpose", "point", "source", "place")
    if request.method == "POST":
        try:
            operations.withdraw(
                actor=request.actor, at=now(), contact_id=contact_id, purpose=form.values["purpose"],
                point_id=known_id(form.values["point"]), source=form.values["source"] or "by_hand", place=form.values["place"],
            )  # fmt: skip
        except Invalid as refusal:
            form.refused(refusal)
        else:
            return go(
                request, reverse("contact", args=[contact_id]), _("Withdrawn. It stands in the ledger.")
            )
    proof_of(request.actor, contact_id)
    context = {
        "form": form, "what": PURPOSES.get(form.values["purpose"], ""), "sources": [(code, SOURCES[code]) for code in BY_HAND],
    }  # fmt: skip
    return ask(request, "consent/withdraw.html", context, 422 if form.errors or form.whole else 200)
