"""Changes to a draft: how it is read, where its columns go, a trial, a mended row, leaving it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from konveyer.domain.imports.operations import drafts, mending, trials
from konveyer.domain.imports.queries.batches import batch_of
from konveyer.domain.imports.rules.fields import SKIP
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.clock import now
from konveyer.kit.refusal import Invalid
from konveyer.web.base.answers import ask, go
from konveyer.web.imports import screen
from konveyer.web.imports.answers import anew
from konveyer.web.work import WorkRequest, work

TEXTS = ("encoding", "delimiter", "date_order", "sheet")


@require_POST
@work(Right.BASE_IMPORT)
def reading(request: WorkRequest, batch_id: UUID) -> HttpResponse:
    """Read the file otherwise. What differs from the guess is taken as chosen; `anew` forgets all choices."""
    batch = batch_of(request.actor, batch_id)
    try:
        chosen = {} if request.POST.get("anew") else _chosen(request, batch)
        batch = drafts.read_again(actor=request.actor, at=now(), batch_id=batch_id, chosen=chosen)
    except Invalid as refusal:
        return anew(request, batch_of(request.actor, batch_id), error=str(refusal.message))
    return anew(request, batch)


def _chosen(request: WorkRequest, batch: Any) -> dict[str, Any]:
    """What was chosen before and now. Raises Invalid for what is none of the choices."""
    sent = request.POST
    values: dict[str, Any] = {name: sent[name] for name in TEXTS if name in sent}
    if "header_line" in sent:
        if not sent["header_line"].isdecimal() or len(sent["header_line"]) > 6:
            raise Invalid("header_line", _("The line of the header is a number; 0 means there is none."))
        values["header_line"] = int(sent["header_line"])
    if "decimal" in sent:
        values["decimal_comma"] = sent["decimal"] == ","
    if values.get("date_order", "dmy") not in ("dmy", "mdy", "ymd"):
        raise Invalid("date_order", _("There is no such order of dates."))
    if len(values.get("delimiter", "")) > 1 or len(values.get("encoding", "")) > 40:
        raise Invalid("delimiter", _("A delimiter is one character."))
    former = batch.mapping["options"]
    return {
        name: value for name, value in values.items() if name in former or value != batch.reading.get(name)
    }


@require_POST
@work(Right.BASE_IMPORT)
def columns(request: WorkRequest, batch_id: UUID) -> HttpResponse:
    """Where the columns go: c0, c1 … by their place in the file; another kind of list guesses them anew."""
    batch = batch_of(request.actor, batch_id)
    header, sent = batch.reading["columns"], request.POST
    preset = sent.get("preset", batch.preset)
    chosen = {name: sent.get(f"c{index}", "") for index, name in enumerate(header)}
    wanted = {name: code for name, code in chosen.items() if code and code != SKIP}
    level = sent.get("level", "")
    options = {"conveyor": sent.get("conveyor", ""), "level": "" if level == "core" else level}
    try:
        batch = drafts.map_again(
            actor=request.actor, at=now(), batch_id=batch_id, preset=preset, columns=wanted if preset == batch.preset else None,
            options=options,
        )  # fmt: skip
    except Invalid as refusal:
        return anew(request, batch_of(request.actor, batch_id), error=str(refusal.message))
    return anew(request, batch)


@require_POST
@work(Right.BASE_IMPORT)
def try_out(request: WorkRequest, batch_id: UUID) -> HttpResponse:
    """Ask for a trial; the worker makes it, the page hears of it."""
    try:
        batch = trials.ask_trial(actor=request.actor, at=now(), batch_id=batch_id)
    except Invalid as refusal:
        return anew(request, batch_of(request.actor, batch_id), error=str(refusal.message))
    return anew(request, batch)


@work(Right.BASE_IMPORT)
@require_http_methods(["GET", "POST"])
def mend(request: WorkRequest, batch_id: UUID, line: int) -> HttpResponse:
    """A row that does not go in, cell by cell; the one to blame first."""
    batch = batch_of(request.actor, batch_id)
    row = mending.reject_of(batch, line)
    if request.method == "GET":
        return ask(request, "imports/mend.html", screen.mending(batch, row, row.values))
    count = len(batch.reading["columns"])
    values = [request.POST.get(f"v{index}", "") for index in range(count)]
    try:
        mending.mend(actor=request.actor, at=now(), batch_id=batch_id, line=line, values=values)
    except Invalid as refusal:
        context = screen.mending(batch, row, values) | {"error": refusal.message}
        return ask(request, "imports/mend.html", context, status=422)
    return anew(request, batch, said=_("The row is mended and will go in."))


@work(Right.BASE_IMPORT)
@require_http_methods(["GET", "POST"])
def withdraw(request: WorkRequest, batch_id: UUID) -> HttpResponse:
    """Leave the draft, after asking: its file goes."""
    if request.method == "GET":
        return ask(request, "imports/withdraw.html", {"batch": batch_of(request.actor, batch_id)})
    drafts.withdraw(actor=request.actor, at=now(), batch_id=batch_id)
    return go(request, reverse("imports"), _("Left. Nothing was written, the file is gone."))
