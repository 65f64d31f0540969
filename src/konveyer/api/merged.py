"""Numbers of records that were merged away lead to the record that stayed."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect

from konveyer.api.auth import ApiRequest
from konveyer.domain.duplicates.queries.pairs import went_to

PLACES = {"company": "companies", "contact": "contacts"}


def merged_into(request: ApiRequest, kind: str, gone_id: UUID) -> HttpResponse:
    """The way there; to be called where NotFound is being handled, which is raised again for what was never merged."""
    now_at = went_to(request.actor.workspace_id, kind, gone_id)
    if now_at is None:
        raise
    return HttpResponseRedirect(f"/api/v1/{PLACES[kind]}/{now_at}")
