"""How the screens of an import answer: the whole import anew, for one change moves many parts of it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from konveyer.domain.imports.models import Batch
from konveyer.web.imports import screen
from konveyer.web.lead.answers import say
from konveyer.web.work import WorkRequest


def anew(request: WorkRequest, batch: Batch, *, error: str = "", said: str = "") -> HttpResponse:
    """The import as it stands now; what was refused is said on top of it."""
    if not request.htmx:
        if error:
            return render(
                request, "imports/page.html", screen.of(request, batch) | {"error": error}, status=422
            )
        if said:
            messages.success(request, said)
        return redirect("import", batch.pk)
    context = screen.of(request, batch) | {"error": error}
    answer = render(request, "imports/batch.html", context, status=422 if error else 200)
    answer["HX-Retarget"], answer["HX-Reswap"] = "#import", "outerHTML"
    if said:
        say(answer, said, **{"close-dialog": ""})
    return answer
