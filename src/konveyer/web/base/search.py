"""Search everywhere: the rows of the palette, and a page of its own."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from konveyer.domain.leads.queries.search import search_everywhere
from konveyer.domain.people.rules.looking import look
from konveyer.domain.people.rules.region import region_of
from konveyer.web.base import marks
from konveyer.web.lead.names import name_of, person_of
from konveyer.web.work import WorkRequest, work


@work()
@require_GET
def search(request: WorkRequest) -> HttpResponse:
    """What fits the words: leads, companies, people; twenty rows at most."""
    text = request.GET.get("q", "")
    asked = look(text, region_of(request.workspace.currency))
    found = search_everywhere(asked, request.actor)
    context: dict[str, Any] = {
        "q": text,
        "asked": not asked.nothing,
        "nothing": found.nothing,
        "groups": _groups(found),
    }
    template = "base/found.html" if request.htmx else "base/search.html"
    return render(request, template, context)


def _groups(found: Any) -> list[tuple[str, list[dict[str, Any]]]]:
    at = {pk: marks.shown_point("phone", hit.value, hit.extension) for pk, hit in found.at.items()}
    leads = [
        {
            "href": marks.address("lead", lead.pk), "name": name_of(lead), "sub": person_of(lead) if lead.company else lead.title,
            "mark": "" if lead.state == "open" else marks.state(lead.state),
            "small": f"{lead.stage.name} · {lead.owner.name if lead.owner else lead.queue.name if lead.queue else '—'}",
        }
        for lead in found.leads
    ]  # fmt: skip
    companies = [
        {
            "href": marks.address("company", row.pk),
            "name": row.name,
            "sub": row.city,
            "small": at.get(row.pk, row.domain),
        }
        for row in found.companies
    ]
    contacts = [
        {
            "href": marks.address("contact", row.pk), "name": row.name or marks.shown_point("phone", row.name_key),
            "sub": found.places[row.pk].name if row.pk in found.places else row.city, "small": at.get(row.pk, ""),
        }
        for row in found.contacts
    ]  # fmt: skip
    return [
        (kind, rows)
        for kind, rows in (("leads", leads), ("companies", companies), ("people", contacts))
        if rows
    ]
