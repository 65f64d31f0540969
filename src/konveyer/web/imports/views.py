"""The list of imports with the place for a new file, and one import in whatever state it is."""

from io import BytesIO, TextIOWrapper
from typing import Any, BinaryIO, cast
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from konveyer.domain.imports.operations.drafts import take_in, too_large
from konveyer.domain.imports.queries.batches import batch_of, latest, write_rejects
from konveyer.domain.imports.rules.drafting import LARGEST
from konveyer.domain.imports.rules.presets import PRESETS
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.clock import now
from konveyer.kit.refusal import Invalid
from konveyer.web.imports import screen, words
from konveyer.web.work import WorkRequest, work

ROOM = 64 * 1024  # the form around the file


@work(Right.BASE_IMPORT)
@require_http_methods(["GET", "POST"])
def imports(request: WorkRequest) -> HttpResponse:
    """Former imports, and a new one: a file chosen or dropped, or rows pasted out of a spreadsheet."""
    context: dict[str, Any] = {"error": "", "pasted": "", "preset": ""}
    if request.method == "POST":
        try:
            return redirect("import", _taken(request).pk)
        except Invalid as refusal:
            context = {
                "error": refusal.message,
                "pasted": request.POST.get("pasted", ""),
                "preset": request.POST.get("preset", ""),
            }
    context |= {
        "lines": [screen.line(batch) for batch in latest(request.actor.workspace_id)],
        "presets": [(preset.code, preset.title) for preset in PRESETS],
        "limit": LARGEST,
    }
    return render(request, "imports/list.html", context, status=422 if context["error"] else 200)


def _taken(request: WorkRequest) -> Any:
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST + ROOM:
        raise too_large()
    preset, upload, pasted = (
        request.POST.get("preset", ""),
        request.FILES.get("file"),
        request.POST.get("pasted", ""),
    )
    if upload is not None:
        name, content = upload.name or "", cast(BinaryIO, upload)
    elif pasted.strip():
        name, content = _("pasted rows"), BytesIO(pasted.encode("utf-8", "replace"))
    else:
        raise Invalid(
            "file_missing", _("Choose a file, or paste rows out of a spreadsheet."), fields={"file": "empty"}
        )
    return take_in(actor=request.actor, at=now(), name=name, content=content, preset=preset)


@work(Right.BASE_IMPORT)
@require_GET
def show(request: WorkRequest, batch_id: UUID) -> HttpResponse:
    """The import as it stands; news ask for its part alone."""
    batch = batch_of(request.actor, batch_id)
    template = "imports/batch.html" if request.htmx else "imports/page.html"
    answer = render(request, template, screen.of(request, batch))
    answer["Vary"] = "HX-Request"
    return answer


@work(Right.BASE_IMPORT)
@require_GET
def rejects(request: WorkRequest, batch_id: UUID) -> HttpResponse:
    """The rows that do not go in as a CSV, each with its line and the reason; mended there, it can be imported."""
    batch = batch_of(request.actor, batch_id)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    name = f"{words.stem(batch.file_name)}-{_('rejected')}.csv"
    answer.headers["Content-Disposition"] = words.attachment(name)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    text = TextIOWrapper(cast(BinaryIO, answer), encoding="utf-8-sig", newline="", write_through=True)
    write_rejects(batch, text, line=_("Line"), why=_("Why it did not go in"))
    text.detach()
    return answer
