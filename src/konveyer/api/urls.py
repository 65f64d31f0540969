"""Addresses of the API."""

from django.http import HttpRequest, HttpResponse
from django.urls import path, re_path

from konveyer.api import me, members, problems, setup
from konveyer.api.root import api

for module in (me, members, setup):
    api.add_router("", module.router)


def nothing_here(request: HttpRequest) -> HttpResponse:
    """Any other address under /api/."""
    return problems.not_found()


urlpatterns = [
    path("api/v1/", api.urls),
    re_path(r"^api/.*$", nothing_here),
]
