"""A new lead in ten seconds: paste anything, look, press Ctrl+Enter."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from konveyer.domain.conveyor.queries import conveyors
from konveyer.domain.leads.models import Lead
from konveyer.domain.leads.operations import Entered, Received, enter_lead
from konveyer.domain.leads.queries.standing import Standing, open_leads, origins, standing
from konveyer.domain.people.operations import Typed as Point
from konveyer.domain.people.queries.duplicates import Duplicates, duplicates
from konveyer.domain.people.rules.draft import Draft
from konveyer.domain.people.rules.facts import CompanyFacts, PersonFacts
from konveyer.domain.people.rules.paste import read_pasted
from konveyer.domain.people.rules.points import read_points
from konveyer.domain.people.rules.problems import words_of
from konveyer.domain.people.rules.region import region_of
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.clock import now
from konveyer.kit.refusal import Forbidden, Invalid, Refused
from konveyer.web.base.answers import ask, go
from konveyer.web.base.attached import roles
from konveyer.web.base.typed import Typed, known_id, typed
from konveyer.web.lead.names import name_of
from konveyer.web.work import WorkRequest, work

FIELDS = (
    "last_name", "first_name", "patronymic", "company", "position", "buying_role", "phones", "emails", "handles", "site",
    "city", "tax_number", "note", "conveyor", "origin", "incoming", "reason", "contact_id", "company_id", "pasted",
)  # fmt: skip


@work(Right.LEADS_CREATE)
@require_http_methods(["GET", "POST"])
def new_lead(request: WorkRequest) -> HttpResponse:
    """The dialog; its answer is the lead, or the form with what is missing, or the open lead in the way."""
    if request.method == "GET":
        form = typed(request.GET, *FIELDS)
        return _dialog(request, form, _like(request, form))
    form = typed(request.POST, *FIELDS)
    try:
        conveyor = known_id(form.values["conveyor"])
        if conveyor is None:
            raise Invalid("conveyor", _("Choose a conveyor."), fields={"conveyor": "empty"})
        received = enter_lead(
            actor=request.actor, at=now(), entered=_entered(form), conveyor_id=conveyor, origin_key=form.values["origin"],
            incoming=form.values["incoming"] == "1", second_reason=form.values["reason"], note=form.values["note"],
        )  # fmt: skip
    except Refused as refusal:
        form.refused(refusal)
        _name_fields(form)
        in_the_way = (
            standing(request.actor, UUID(refusal.details["lead"]))
            if refusal.code == "open_lead_exists"
            else None
        )
        status = refusal.status if isinstance(refusal, Forbidden) else 422
        return _dialog(request, form, _like(request, form), in_the_way, status=status)
    return _taken(request, received)


def _taken(request: WorkRequest, received: Received) -> HttpResponse:
    """To the lead where it is in view; in any case the words say where it is and who answers."""
    found = standing(request.actor, received.lead.pk)
    assert found is not None  # noqa: S101 - it was just written
    lead = found.lead
    said = {"lead": name_of(lead), "who": _who(lead)}
    if received.again:
        words = _("%(lead)s has an open lead: the inquiry is written on it. Next to answer: %(who)s.")
    elif lead.owner_id == request.actor.member_id:
        words = _("%(lead)s is on the conveyor.")
    else:
        words = _("%(lead)s is on the conveyor. Next to answer: %(who)s.")
    return go(request, reverse("lead", args=[lead.pk]) if found.visible else reverse("leads"), words % said)


@work(Right.LEADS_CREATE)
@require_POST
def read(request: WorkRequest) -> HttpResponse:
    """While one types: the pasted text as fields, or only who is in the base already."""
    form = typed(request.POST, *FIELDS)
    if request.htmx and request.htmx.target == "duplicates":
        context = {"form": form, **_likeness(request, _like(request, form), form)}
        return render(request, "base/duplicates.html", context)
    draft = read_pasted(form.values["pasted"], region_of(request.workspace.currency))
    form.values.update(_from(draft))
    form.values["contact_id"] = form.values["company_id"] = ""
    like = _like(request, form)
    _choose_sure(form, like)
    return render(
        request,
        "base/lead_draft.html",
        {**_context(request, form, like), "draft": draft, "refused": _refused(draft)},
    )


def _from(draft: Draft) -> dict[str, str]:
    return {
        "last_name": draft.last, "first_name": draft.first, "patronymic": draft.patronymic, "company": draft.company,
        "position": draft.title, "buying_role": draft.buying_role,
        "phones": ", ".join(f"{one.value} доб. {one.extension}" if one.extension else one.value for one in draft.phones),
        "emails": ", ".join(draft.emails), "handles": " ".join(f"{kind}:{value}" for kind, value in draft.handles),
        "site": draft.website, "city": draft.city, "tax_number": draft.tax_number, "note": draft.note,
    }  # fmt: skip


def _refused(draft: Draft) -> list[tuple[str, str]]:
    return [(one.text, words_of(one.reason)) for one in draft.refused]


def _entered(form: Typed) -> Entered:
    values = form.values
    handles = [pair.partition(":") for pair in values["handles"].split()]
    return Entered(
        person=PersonFacts(values["last_name"], values["first_name"], values["patronymic"], city="" if values["company"] else values["city"]),
        company=CompanyFacts(values["company"], tax_number=values["tax_number"], domain=values["site"], city=values["city"]),
        points=[
            Point("phone", values["phones"]), Point("email", values["emails"]),
            *(Point(kind, value) for kind, _colon, value in handles if value),
        ],
        contact_id=known_id(values["contact_id"]), company_id=known_id(values["company_id"]),
        position=values["position"], buying_role=values["buying_role"],
    )  # fmt: skip


def _name_fields(form: Typed) -> None:
    """Errors of the operations under the names that the form has."""
    for was, name in (
        ("phone", "phones"),
        ("email", "emails"),
        ("name", "company"),
        ("domain", "site"),
        ("title", "position"),
    ):
        if was in form.errors:
            form.errors[name] = form.errors.pop(was)
            form.whole = ""


def _like(request: WorkRequest, form: Typed) -> Duplicates:
    region = region_of(request.workspace.currency)
    values = form.values
    return duplicates(
        request.actor.workspace_id,
        phones=[point.value for point in read_points("phone", values["phones"], region)[0]],
        emails=[point.value for point in read_points("email", values["emails"], region)[0]],
        company=values["company"], tax_number=values["tax_number"], domain=values["site"],
        last_name=values["last_name"], first_name=values["first_name"],
    )  # fmt: skip


def _choose_sure(form: Typed, like: Duplicates) -> None:
    """The one that is certainly meant is chosen beforehand; a name alone is no certainty."""
    for name, found in (("contact_id", like.contacts), ("company_id", like.companies)):
        sure = [one for one in found if one.sure]
        if len(sure) == 1:
            form.values[name] = str(sure[0].record.pk)


def _likeness(request: WorkRequest, like: Duplicates, form: Typed) -> dict[str, Any]:
    contacts, companies = [one.record.pk for one in like.contacts], [one.record.pk for one in like.companies]
    found = open_leads(request.actor, contacts=contacts, companies=companies) if not like.none else []
    return {"like": like, "standing": [_brief(one) for one in found[:5]]}


def _brief(one: Standing) -> dict[str, Any]:
    lead = one.lead
    href = reverse("lead", args=[lead.pk]) if one.visible else ""
    return {
        "href": href,
        "name": name_of(lead),
        "stage": lead.stage.name,
        "conveyor": lead.conveyor.name,
        "who": _who(lead),
    }


def _who(lead: Lead) -> str:
    if lead.owner:
        return str(lead.owner.name)
    return _("queue: %(role)s") % {"role": lead.queue.name} if lead.queue else ""


def _context(request: WorkRequest, form: Typed, like: Duplicates) -> dict[str, Any]:
    return {"form": form, "roles": roles(), **_likeness(request, like, form)}


def _dialog(
    request: WorkRequest, form: Typed, like: Duplicates, in_the_way: Standing | None = None, status: int = 200
) -> HttpResponse:
    ways = conveyors(request.actor.workspace_id)
    if not form.values["conveyor"] and ways:
        form.values["conveyor"] = str(ways[0].pk)
    context = {
        **_context(request, form, like),
        "conveyors": [(str(one.pk), one.name) for one in ways],
        "origins": origins(request.actor.workspace_id),
        "in_the_way": _brief(in_the_way) if in_the_way else None,
        "may_second": request.actor.may(Right.LEADS_SECOND),
        "may_see_base": request.actor.may(Right.BASE_EDIT),
    }
    return ask(request, "base/new_lead.html", context, status)
