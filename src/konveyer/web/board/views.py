"""The board: shown, read on, and moved on."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from konveyer.domain.leads.queries.board import more_cards
from konveyer.domain.leads.queries.cards import Cursor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.clock import now
from konveyer.kit.refusal import NotFound
from konveyer.web.board.asked import asked
from konveyer.web.board.screen import FOLD_COOKIE, bar_context, board_context, column_context, turned
from konveyer.web.lead.answers import say
from konveyer.web.lead.moving import drop
from konveyer.web.work import WorkRequest, work

YEAR = 365 * 24 * 3600


@work(Right.LEADS_WORK)
@require_GET
def show(request: WorkRequest) -> HttpResponse:
    """The board of a conveyor; a request for a part gets the columns alone."""
    part = request.htmx and request.htmx.target == "board"
    template = "board/columns.html" if part else "board/board.html"
    context = board_context(request, asked(request), now())
    return render(request, template, context if part else {**context, **bar_context(request)})


@work(Right.LEADS_WORK)
@require_GET
def column(request: WorkRequest, stage_id: UUID) -> HttpResponse:
    """The next cards of a column."""
    at, wish = now(), asked(request)
    after = Cursor.read(request.GET.get("after", ""))
    found = more_cards(request.actor, now=at, wanted=wish.wanted, stage_id=stage_id, after=after)
    if found is None:
        raise NotFound("stage_unknown", _("There is no such stage."))
    return render(request, "board/cards.html", column_context(request, wish, found, at))


@work(Right.LEADS_WORK)
@require_POST
def move(request: WorkRequest) -> HttpResponse:
    """A card was put down: on a stage, or on "refuse", "hold", "won". Made at once, or the dialog that it needs."""
    made = drop(request, now())
    if isinstance(made, HttpResponse):
        return made
    answer = render(request, "board/columns.html", board_context(request, asked(request), now()))
    say(answer, made.words, undo=made.undo)
    return answer


@work(Right.LEADS_WORK)
@require_POST
def fold(request: WorkRequest, stage: str) -> HttpResponse:
    """Fold or open a column, for this browser."""
    names = turned(request) ^ {stage}
    request.COOKIES[FOLD_COOKIE] = ".".join(sorted(names)[:100])
    context = board_context(request, asked(request), now())
    if stage not in {shelf.name for shelf in context.get("shelves", ())}:
        raise NotFound("stage_unknown", _("There is no such stage."))
    answer = render(request, "board/columns.html", context)
    answer.set_cookie(
        FOLD_COOKIE,
        request.COOKIES[FOLD_COOKIE],
        max_age=YEAR,
        samesite="Lax",
        secure=request.is_secure(),
        httponly=True,
    )
    return answer
