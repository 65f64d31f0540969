"""Addresses of the screens and of the API."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("board/", include("konveyer.web.board.urls")),
    path("deals/", include("konveyer.web.deals.urls")),
    path("imports/", include("konveyer.web.imports.urls")),
    path("funnel/", include("konveyer.web.insight.urls")),
    path("leads/", include("konveyer.web.lead.urls")),
    path("base/duplicates/", include("konveyer.web.duplicates.urls")),
    path("", include("konveyer.web.base.urls")),
    path("", include("konveyer.web.consent.urls")),
    path("", include("konveyer.web.erasure.urls")),
    path("", include("konveyer.web.notes.urls")),
    path("", include("konveyer.web.health.urls")),
    path("", include("konveyer.web.kit.urls")),
    path("", include("konveyer.web.sign_in.urls")),
    path("", include("konveyer.web.my_day.urls")),
    path("setup/conveyors/", include("konveyer.web.conveyors.urls")),
    path("", include("konveyer.web.labels.urls")),
    path("", include("konveyer.web.lists.urls")),
    path("setup/", include("konveyer.web.setup.urls")),
    path("absences/", include("konveyer.web.absence.urls")),
    path("sheet/", include("konveyer.web.sheet.urls")),
    path("audit/", include("konveyer.web.audit.urls")),
    path("products/", include("konveyer.web.products.urls")),
    path("journal/", include("konveyer.web.journal.urls")),
    path("", include("konveyer.api.urls")),
]
