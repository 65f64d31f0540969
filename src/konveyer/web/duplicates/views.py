"""The list of pairs, records side by side, merges that were made."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from konveyer.domain.duplicates import operations
from konveyer.domain.duplicates.models import KINDS
from konveyer.domain.duplicates.queries import pairs as reading
from konveyer.domain.duplicates.rules.merging import FIELDS
from konveyer.domain.duplicates.rules.scoring import SURE_FROM
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit import clock
from konveyer.kit.refusal import Invalid, NotFound
from konveyer.web.base.answers import ask, go
from konveyer.web.duplicates import screen
from konveyer.web.work import WorkRequest, work


@work(Right.BASE_IMPORT)
@require_GET
def duplicates(request: WorkRequest) -> HttpResponse:
    """Pairs of one kind, the surest first."""
    kind = _kind(request.GET.get("kind", "company"))
    page = reading.pairs(
        request.actor, kind, after=request.GET.get("after"), before=request.GET.get("before")
    )
    context = {
        "kind": kind,
        "kinds": [("company", _("Companies")), ("contact", _("People"))],
        "lines": [screen.line(line) for line in page.lines],
        "page": page,
        "run": screen.run(request.actor.workspace_id),
        "count": reading.open_count(request.actor.workspace_id, kind),
        "most": reading.COUNTED,
        "may_merge": request.actor.may(Right.BASE_EDIT),
    }
    return render(request, "duplicates/list.html", context)


@work(Right.BASE_IMPORT)
@require_GET
def run(request: WorkRequest) -> HttpResponse:
    """How far the scan or the merge is, by itself."""
    return render(request, "duplicates/run.html", {"run": screen.run(request.actor.workspace_id)})


@work(Right.BASE_IMPORT)
@require_POST
def scan(request: WorkRequest) -> HttpResponse:
    """Have the base looked through."""
    operations.ask_scan(actor=request.actor, at=clock.now(), whole="whole" in request.POST)
    return go(request, reverse("duplicates"), _("The base is being looked through."))


@work(Right.BASE_IMPORT, Right.BASE_EDIT)
@require_http_methods(["GET", "POST"])
def merge_all(request: WorkRequest) -> HttpResponse:
    """Everything over a score: how many that would be, then done by the worker."""
    given = request.POST if request.method == "POST" else request.GET
    kind = _kind(given.get("kind", "company"))
    error = ""
    if request.method == "POST":
        try:
            over = int(given.get("over", "")) if given.get("over", "").isascii() else 0
            operations.ask_merge(actor=request.actor, at=clock.now(), over=over, kind=kind)
            return go(
                request,
                f"{reverse('duplicates')}?kind={kind}",
                _("They are being merged. You may close this page."),
            )
        except ValueError:
            error = _("Give a score from 50 to 100.")
        except Invalid as refused:
            error = str(refused)
    choices = [
        (over, reading.open_count(request.actor.workspace_id, kind, over), over == SURE_FROM)
        for over in (95, 90, 85, 80, 70)
    ]
    context = {"kind": kind, "choices": choices, "error": error, "most": reading.COUNTED}
    return ask(request, "duplicates/all.html", context, 422 if error else 200)


@work(Right.BASE_IMPORT)
@require_http_methods(["GET", "POST"])
def group(request: WorkRequest, pair_id: UUID) -> HttpResponse:
    """Records side by side; POST merges those that are ticked."""
    pair = reading.pair_of(request.actor, pair_id)
    if request.method == "POST":
        try:
            return _merge(request, pair.kind)
        except Invalid as refused:
            context = screen.group(pair, request.actor) | {"error": str(refused)}
            return render(request, "duplicates/group.html", context, status=422)
    return render(request, "duplicates/group.html", screen.group(pair, request.actor))


def _merge(request: WorkRequest, kind: str) -> HttpResponse:
    kept = _id(request.POST.get("kept", ""))
    gone = [_id(one) for one in request.POST.getlist("record")]
    ticked = {*gone, kept}
    chosen = {
        name: source
        for name in FIELDS[kind]
        if (source := _id(request.POST.get(f"of-{name}", ""), kept)) in ticked
    }
    made = operations.merge(
        actor=request.actor, at=clock.now(), kind=kind, kept=kept, gone=gone, chosen=chosen,
        leads=request.POST.get("leads", "close"),
    )  # fmt: skip
    words = ngettext("%(n)s record was merged. It can be taken back.", "%(n)s records were merged. They can be taken back.", len(made))  # fmt: skip
    messages.success(request, words % {"n": len(made)})
    return redirect("company" if kind == "company" else "contact", kept)


@work(Right.BASE_IMPORT)
@require_POST
def apart(request: WorkRequest, pair_id: UUID) -> HttpResponse:
    """The records are different ones."""
    pair = reading.pair_of(request.actor, pair_id)
    records = [_id(one) for one in request.POST.getlist("record")] or [pair.one_id, pair.other_id]
    operations.dismiss(actor=request.actor, at=clock.now(), kind=pair.kind, records=records)
    messages.success(request, _("Remembered: they are different ones."))
    return redirect(f"{reverse('duplicates')}?kind={pair.kind}")


@work(Right.BASE_IMPORT)
@require_GET
def merges(request: WorkRequest) -> HttpResponse:
    """Merges that were made, the latest first."""
    page = reading.merges(request.actor, after=request.GET.get("after"), before=request.GET.get("before"))
    context = {"lines": screen.merges(request.actor.workspace_id, page.rows), "page": page, "may_merge": request.actor.may(Right.BASE_EDIT)}  # fmt: skip
    return render(request, "duplicates/merges.html", context)


@work(Right.BASE_IMPORT, Right.BASE_EDIT)
@require_POST
def undo(request: WorkRequest, merge_id: UUID) -> HttpResponse:
    """Take a merge back; what stays is named on the list."""
    undone = operations.undo_merge(actor=request.actor, at=clock.now(), merge_id=merge_id)
    said = _("Taken back; what stayed is named below.") if undone.told else _("Taken back.")
    messages.success(request, said)
    return redirect("merges")


def _kind(text: str) -> str:
    if text not in KINDS:
        raise NotFound("kind_unknown", _("There are duplicates of companies and of people."))
    return text


def _id(text: str, default: UUID | None = None) -> UUID:
    try:
        return UUID(text)
    except ValueError as wrong:
        if default is not None:
            return default
        raise Invalid("merge_two", _("Choose at least two records."), fields={"gone": "empty"}) from wrong
