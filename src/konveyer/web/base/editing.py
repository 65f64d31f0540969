"""Companies and people: new ones and changed ones, in a dialog."""

from dataclasses import asdict
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from konveyer.domain.notes.queries.cards import company_card, contact_card
from konveyer.domain.people.operations import Typed as Point
from konveyer.domain.people.operations import change_company, change_contact, create_company, create_contact
from konveyer.domain.people.operations.companies import facts_of as company_facts
from konveyer.domain.people.operations.contacts import facts_of as person_facts
from konveyer.domain.people.rules.facts import CompanyFacts, PersonFacts
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.clock import now
from konveyer.kit.refusal import Invalid, Stale
from konveyer.web.base.answers import ask, go
from konveyer.web.base.attached import roles
from konveyer.web.base.typed import Typed, known_id, typed, version
from konveyer.web.work import WorkRequest, work

COMPANY = ("name", "legal_name", "tax_number", "domain", "city", "industry")
PERSON = ("last_name", "first_name", "patronymic", "city", "timezone", "language")
POINTS = ("phone", "email")


@work(Right.BASE_EDIT)
@require_http_methods(["GET", "POST"])
def new_company(request: WorkRequest) -> HttpResponse:
    """A company with its first phone and address."""
    form = typed(request.POST if request.method == "POST" else request.GET, *COMPANY, *POINTS)
    if request.method == "POST":
        try:
            made = create_company(
                actor=request.actor, at=now(), facts=CompanyFacts(*(form.values[name] for name in COMPANY)),
                points=_points(form),
            )  # fmt: skip
        except Invalid as refusal:
            return _company_form(request, form.refused(refusal), None, 422)
        return go(
            request, reverse("company", args=[made.pk]), _("%(name)s is in the base.") % {"name": made.name}
        )
    return _company_form(request, form, None)


@work(Right.BASE_EDIT)
@require_http_methods(["GET", "POST"])
def edit_company(request: WorkRequest, company_id: UUID) -> HttpResponse:
    """Change a company; whoever was quicker is shown beside what was typed."""
    if request.method == "GET":
        card = company_card(request.actor, company_id)
        form = Typed({**asdict(company_facts(card.company)), "version": card.company.version})
        return _company_form(request, form, company_id)
    form = typed(request.POST, *COMPANY)
    form.values["version"] = version(request.POST)
    facts = CompanyFacts(*(form.values[name] for name in COMPANY))
    try:
        change_company(
            actor=request.actor, at=now(), company_id=company_id, version=form.values["version"], facts=facts
        )
    except Invalid as refusal:
        return _company_form(request, form.refused(refusal), company_id, 422)
    except Stale as refusal:
        return _conflict(request, form.refused(refusal))
    return go(request, reverse("company", args=[company_id]), _("Saved."))


@work(Right.BASE_EDIT)
@require_http_methods(["GET", "POST"])
def new_contact(request: WorkRequest) -> HttpResponse:
    """A person, at a company when ?company= names one."""
    given = request.POST if request.method == "POST" else request.GET
    form = typed(given, *PERSON, *POINTS, "title", "buying_role", "company")
    if request.method == "POST":
        try:
            made = create_contact(
                actor=request.actor, at=now(), facts=PersonFacts(*(form.values[name] for name in PERSON)),
                points=_points(form), company_id=known_id(form.values["company"]), title=form.values["title"],
                buying_role=form.values["buying_role"],
            )  # fmt: skip
        except Invalid as refusal:
            return _person_form(request, form.refused(refusal), None, 422)
        company = known_id(form.values["company"])
        to = reverse("company", args=[company]) if company else reverse("contact", args=[made.pk])
        return go(request, to, _("%(name)s is in the base.") % {"name": made.name or made.name_key})
    return _person_form(request, form, None)


@work(Right.BASE_EDIT)
@require_http_methods(["GET", "POST"])
def edit_contact(request: WorkRequest, contact_id: UUID) -> HttpResponse:
    """Change a person; whoever was quicker is shown beside what was typed."""
    if request.method == "GET":
        card = contact_card(request.actor, contact_id)
        form = Typed({**asdict(person_facts(card.contact)), "version": card.contact.version})
        return _person_form(request, form, contact_id)
    form = typed(request.POST, *PERSON)
    form.values["version"] = version(request.POST)
    facts = PersonFacts(*(form.values[name] for name in PERSON))
    try:
        change_contact(
            actor=request.actor, at=now(), contact_id=contact_id, version=form.values["version"], facts=facts
        )
    except Invalid as refusal:
        return _person_form(request, form.refused(refusal), contact_id, 422)
    except Stale as refusal:
        return _conflict(request, form.refused(refusal))
    return go(request, reverse("contact", args=[contact_id]), _("Saved."))


def _points(form: Typed) -> list[Point]:
    return [Point(kind, form.values[kind]) for kind in POINTS]


def _company_form(
    request: WorkRequest, form: Typed, company_id: UUID | None, status: int = 200
) -> HttpResponse:
    return ask(request, "base/company_form.html", {"form": form, "company_id": company_id}, status)


def _person_form(
    request: WorkRequest, form: Typed, contact_id: UUID | None, status: int = 200
) -> HttpResponse:
    context = {"form": form, "contact_id": contact_id, "roles": roles()}
    return ask(request, "base/contact_form.html", context, status)


def _conflict(request: WorkRequest, form: Typed) -> HttpResponse:
    """Both values side by side; what was not in dispute goes along unseen."""
    from konveyer.web.journal.words import FIELDS

    disputed = form.conflict["fields"]
    context = {
        "form": form,
        "rows": [{"name": name, "words": FIELDS.get(name, name), **both} for name, both in disputed.items()],
        "rest": [
            (name, value) for name, value in form.values.items() if name not in disputed and name != "version"
        ],
    }
    return ask(request, "base/conflict.html", context, status=409)
