"""Contact points and places of work on the pages of the base; and a tap on a point, which is a touch."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST

from konveyer.domain.leads.queries.search import search_everywhere
from konveyer.domain.people.operations import Typed as Point
from konveyer.domain.people.operations import add_points, change_employment, employ, remove_point
from konveyer.domain.people.operations.holding import require_record
from konveyer.domain.people.queries.points import employment_of, use_of
from konveyer.domain.people.rules.looking import look
from konveyer.domain.people.rules.points import KINDS
from konveyer.domain.people.rules.region import region_of
from konveyer.domain.touches.operations import tap
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.clock import now
from konveyer.kit.refusal import Invalid, Refused
from konveyer.web.base import marks
from konveyer.web.base.answers import ask, go
from konveyer.web.base.typed import Typed, day, known_id, typed
from konveyer.web.lead.answers import say
from konveyer.web.work import WorkRequest, work

PLACE = ("title", "buying_role", "started_on", "ended_on")


@work(Right.BASE_EDIT)
@require_http_methods(["GET", "POST"])
def add(request: WorkRequest, kind: str, pk: UUID) -> HttpResponse:
    """One more phone, address or messenger of a company or a person; several may be typed at once."""
    require_record(request.actor, **_whose(kind, pk))
    form = typed(request.POST, "kind", "text", "label")
    kinds = [(code, str(words)) for code, words in marks.KINDS.items()]
    if request.method == "POST":
        chosen = form.values["kind"] if form.values["kind"] in KINDS else "phone"
        try:
            if not form.values["text"].strip():
                raise Invalid("point_empty", _("Type a phone or an address."), fields={"text": "empty"})
            point = Point(chosen, form.values["text"], form.values["label"])
            add_points(actor=request.actor, at=now(), points=[point], **_whose(kind, pk))
        except Invalid as refusal:
            form.refused(refusal)
            form.errors = {"text": str(refusal.message)}
            return ask(request, "base/point_form.html", {"form": form, "kinds": kinds}, 422)
        return go(request, page_of(kind, pk), _("Saved."))
    return ask(request, "base/point_form.html", {"form": form, "kinds": kinds})


@work(Right.BASE_EDIT)
@require_http_methods(["GET", "POST"])
def remove(request: WorkRequest, use_id: UUID) -> HttpResponse:
    """Take a point away, after asking."""
    use = use_of(request.actor, use_id)
    kind, pk = ("contact", use.contact_id) if use.contact_id else ("company", use.company_id)
    if request.method == "POST" and pk:
        remove_point(actor=request.actor, at=now(), use_id=use_id)
        return go(request, page_of(kind, pk), _("Taken away."))
    shown = marks.shown_point(use.point.kind, use.point.value, use.point.extension)
    context = {"what": shown, "back": page_of(kind, pk) if pk else "/"}
    return ask(request, "base/remove.html", context)


@work(Right.BASE_EDIT)
@require_http_methods(["GET", "POST"])
def place(request: WorkRequest, kind: str, pk: UUID) -> HttpResponse:
    """A person starts at a company: the other side is found by its name."""
    require_record(request.actor, **_whose(kind, pk))
    given = request.POST if request.method == "POST" else request.GET
    form = typed(given, "q", "other", *PLACE)
    other = known_id(form.values["other"])
    if request.method == "POST":
        try:
            if other is None:
                raise Invalid("other", _("Choose one from the list."), fields={"other": "empty"})
            sides = (
                {"contact_id": pk, "company_id": other}
                if kind == "contact"
                else {"contact_id": other, "company_id": pk}
            )
            employ(
                actor=request.actor, at=now(), title=form.values["title"], buying_role=form.values["buying_role"],
                started_on=day(form, "started_on"), **sides,
            )  # fmt: skip
        except Refused as refusal:
            return _place_form(request, form.refused(refusal), kind, pk, 422)
        return go(request, page_of(kind, pk), _("Saved."))
    return _place_form(request, form, kind, pk)


def _place_form(request: WorkRequest, form: Typed, kind: str, pk: UUID, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "kind": kind,
        "pk": pk,
        "roles": roles(),
        "candidates": candidates(request, form, kind),
    }
    template = (
        "base/candidates.html"
        if request.htmx and request.htmx.target == "candidates"
        else "base/place_form.html"
    )
    if template == "base/candidates.html":
        return render(request, template, context)
    return ask(request, template, context, status)


def candidates(request: WorkRequest, form: Typed, kind: str) -> list[tuple[str, str, str]]:
    """(id, name, what else is known) of those who fit what was typed."""
    if not form.values["q"].strip():
        return []
    found = search_everywhere(look(form.values["q"], region_of(request.workspace.currency)), request.actor)
    if kind == "contact":
        return [(str(row.pk), row.name, row.city) for row in found.companies[:8]]
    people = found.contacts[:8]
    return [
        (str(row.pk), row.name or row.name_key, found.places[row.pk].name if row.pk in found.places else "")
        for row in people
    ]


@work(Right.BASE_EDIT)
@require_http_methods(["GET", "POST"])
def change_place(request: WorkRequest, employment_id: UUID) -> HttpResponse:
    """Change a place of work, or write down that it ended."""
    line = employment_of(request.actor, employment_id)
    if request.method == "GET":
        form = Typed({name: getattr(line, name) or "" for name in PLACE})
        return _change_form(request, form, line)
    form = typed(request.POST, *PLACE, "back")
    try:
        change_employment(
            actor=request.actor, at=now(), employment_id=employment_id, title=form.values["title"],
            buying_role=form.values["buying_role"], started_on=day(form, "started_on"), ended_on=day(form, "ended_on"),
        )  # fmt: skip
    except Invalid as refusal:
        return _change_form(request, form.refused(refusal), line, 422)
    back = page_of("contact", line.contact_id)
    return go(
        request,
        back if form.values["back"] == "contact" else page_of("company", line.company_id),
        _("Saved."),
    )


def _change_form(request: WorkRequest, form: Typed, line: Any, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "line": line,
        "roles": roles(),
        "back": request.GET.get("back") or form.values.get("back", ""),
    }
    return ask(request, "base/work_form.html", context, status)


@work(Right.LEADS_WORK)
@require_POST
def tapped(request: WorkRequest, point_id: UUID) -> HttpResponse:
    """A phone or messenger was tapped: the attempt is written down; how it ended is told on the lead."""
    contact = known_id(request.GET.get("contact", ""))
    company = known_id(request.GET.get("company", ""))
    touch = tap(actor=request.actor, at=now(), point_id=point_id, contact_id=contact, company_id=company)
    words = {
        "call": _("The call is written down as an attempt. How it ended is told on the lead."),
        "mail": _("The mail is written down as a touch."),
    }.get(touch.channel, _("The message is written down as a touch."))
    answer = HttpResponse(status=204)
    say(answer, words)
    return answer


def page_of(kind: str, pk: UUID) -> str:
    """The page of a company or of a person."""
    return reverse("company" if kind == "company" else "contact", args=[pk])


def roles() -> list[tuple[str, str]]:
    """Roles in buying, with none on top."""
    return [("", pgettext("role", "not known")), *((code, str(words)) for code, words in marks.ROLES.items())]


def _whose(kind: str, pk: UUID) -> dict[str, UUID]:
    return {f"{kind}_id": pk}
