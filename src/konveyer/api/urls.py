"""Addresses of the API."""

from django.http import HttpRequest, HttpResponse
from django.urls import path, re_path

from konveyer.api import (
    absences,
    attached,
    audit,
    companies,
    consents,
    contacts,
    conveyor_drafts,
    conveyors,
    deals,
    docs,
    duplicates,
    erasure,
    fields,
    figures,
    handoff_counts,
    handoffs,
    imports,
    journal,
    leads,
    links,
    lists,
    mailboxes,
    me,
    members,
    moves,
    moving,
    portfolio,
    problems,
    products,
    reach_and_work,
    rotation,
    setup,
    sheet,
    tags,
    tasks,
    touches,
    views,
    webhooks,
)
from konveyer.api.root import api

RESOURCES = (
    me, companies, contacts, consents, duplicates, erasure, reach_and_work, lists, views, links, tags, fields, imports, leads, moves, handoffs, tasks, touches, deals, products, conveyors, conveyor_drafts, rotation, attached, figures, portfolio, handoff_counts, sheet, audit, journal, members, absences, setup,
    moving, mailboxes, webhooks,
)  # fmt: skip
for resource in RESOURCES:
    api.add_router("", resource.router)


def nothing_here(request: HttpRequest) -> HttpResponse:
    """Any other address under /api/."""
    return problems.not_found()


urlpatterns = [
    path("api/v1/docs/", docs.docs, name="api-docs"),
    path("api/v1/", api.urls),
    re_path(r"^api/.*$", nothing_here),
]
