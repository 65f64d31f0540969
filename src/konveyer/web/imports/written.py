"""Writing an import, going on with it, taking it back. The worker does the work; the page may be closed."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from konveyer.domain.imports.operations import committing, taking_back
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.clock import now
from konveyer.web.imports.answers import anew
from konveyer.web.work import WorkRequest, work


@require_POST
@work(Right.BASE_IMPORT)
def write(request: WorkRequest, batch_id: UUID) -> HttpResponse:
    """Write what the trial showed; `of` says which trial was looked at."""
    of = request.POST.get("of", "")
    return anew(request, committing.begin(actor=request.actor, at=now(), batch_id=batch_id, of=of))


@require_POST
@work(Right.BASE_IMPORT)
def go_on(request: WorkRequest, batch_id: UUID) -> HttpResponse:
    """A broken-off import goes on."""
    return anew(request, committing.continue_it(actor=request.actor, batch_id=batch_id))


@require_POST
@work(Right.BASE_IMPORT)
def undo(request: WorkRequest, batch_id: UUID) -> HttpResponse:
    """First what taking back would do, then, with `sure`, it is done."""
    preview = not request.POST.get("sure")
    return anew(
        request, taking_back.ask_undo(actor=request.actor, at=now(), batch_id=batch_id, preview=preview)
    )
