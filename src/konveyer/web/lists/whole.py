"""Everything taken out, from the settings."""

from django.http import HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_POST

from konveyer.adapters.tables.whole import pieces_of
from konveyer.domain.lists.operations.taking_out import may_take_all, take_all_out
from konveyer.domain.lists.queries.whole import tables
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit import clock
from konveyer.web.setup.answer import page
from konveyer.web.work import WorkRequest, work

HERE = "setup-out"


@work(Right.BASE_EXPORT)
def out(request: WorkRequest) -> HttpResponse:
    """What is in it, and the button for who may."""
    context = {"may": may_take_all(request.actor), "count": len(tables())}
    return page(request, "lists/out", HERE, context)


@require_POST
@work(Right.BASE_EXPORT)
def take(request: WorkRequest) -> StreamingHttpResponse:
    """The ZIP, sent as it is made."""
    now = clock.now()
    take_all_out(actor=request.actor, at=now, way="screen")
    answer = StreamingHttpResponse(
        pieces_of(request.workspace.pk, now, name=request.workspace.name, slug=request.workspace.slug),
        content_type="application/zip",
    )
    name = f"konveyer-{request.workspace.slug}-{now:%Y-%m-%d}.zip"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
