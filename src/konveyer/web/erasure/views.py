"""Erasing, with a look before; the archive of what is held."""

from tempfile import TemporaryFile
from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from konveyer.domain.erasure.operations import ask_erasure
from konveyer.domain.erasure.queries.held import counts, person
from konveyer.domain.erasure.queries.package import write_package
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.clock import now
from konveyer.web.base.answers import ask, go
from konveyer.web.erasure.words import EMPTIED, GONE
from konveyer.web.work import WorkRequest, work


@work(Right.SETTINGS_MANAGE)
@require_http_methods(["GET", "POST"])
def erase(request: WorkRequest, contact_id: UUID) -> HttpResponse:
    """What goes, what stays and why; POST has the worker do it."""
    found = person(request.actor, contact_id)
    if request.method == "POST":
        ask_erasure(actor=request.actor, at=now(), contact_id=contact_id)
        return go(request, reverse("contacts"), _("The person is being erased; in a moment nothing is left."))
    told = counts(request.actor.workspace_id, found)
    context = {
        "name": found.contact.name or found.contact.name_key,
        "goes": [(GONE[table], told[table]) for table in GONE if told.get(table)],
        "stays": [(EMPTIED[table], told[table]) for table in EMPTIED if told.get(table)],
    }
    return ask(request, "erasure/erase.html", context)


@work(Right.SETTINGS_MANAGE)
@require_GET
def package(request: WorkRequest, contact_id: UUID) -> FileResponse:
    """All that is stored of the person as one archive."""
    out = TemporaryFile()  # noqa: SIM115 - the answer closes it
    write_package(actor=request.actor, at=now(), contact_id=contact_id, out=out)
    out.seek(0)
    answer = FileResponse(
        out, as_attachment=True, filename=f"person-{contact_id}.zip", content_type="application/zip"
    )
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
