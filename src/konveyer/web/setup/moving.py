"""Moving settings: a file out, a file in, looked at before it changes anything."""

import json
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from konveyer.domain.blueprint.operations import bring_in
from konveyer.domain.blueprint.queries import export, preview
from konveyer.domain.blueprint.rules.document import Document, read
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit import clock
from konveyer.kit.refusal import Invalid, Refused
from konveyer.web.setup.answer import done, page
from konveyer.web.work import WorkRequest, work

HERE = "setup-move"
LARGEST = 2 * 1024 * 1024
KIND_NAMES = {
    "role": gettext_lazy("Role"),
    "team": gettext_lazy("Team"),
    "frame": gettext_lazy("Frame"),
    "product": gettext_lazy("Product"),
    "conveyor": gettext_lazy("Conveyor"),
}


class FileForm(forms.Form):
    """The file that another workspace gave."""

    quiet = True  # an empty field means something here

    file = forms.FileField(label=gettext_lazy("File with settings"))


@work(Right.SETTINGS_MANAGE)
def move(request: WorkRequest) -> HttpResponse:
    """GET offers both ways; POST with a file shows what it would change."""
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        text = _text(form)
        if text is not None:
            try:
                return _preview(request, text)
            except Refused as refused:
                form.add_error("file", str(refused))
        return page(request, "move", HERE, {"form": form}, 422)
    return page(request, "move", HERE, {"form": form})


@work(Right.SETTINGS_MANAGE)
def download(request: WorkRequest) -> HttpResponse:
    """The settings as a file."""
    text = json.dumps(export(request.actor).model_dump(mode="json"), ensure_ascii=False, indent=1)
    response = HttpResponse(text + "\n", content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="konveyer-{request.workspace.slug}.json"'
    return response


@require_POST
@work(Right.SETTINGS_MANAGE)
def apply(request: WorkRequest) -> HttpResponse:
    """What was looked at is brought in, all of it or nothing."""
    found = bring_in(actor=request.actor, at=clock.now(), document=_document(request.POST.get("text", "")))
    count = sum(change.what != "same" for change in found)
    return done(request, _("Brought in. Changed or new: %d.") % count, HERE)


def _preview(request: WorkRequest, text: str) -> HttpResponse:
    found = preview(request.actor, _document(text))
    context: dict[str, Any] = {
        "changes": [(KIND_NAMES[change.kind], change) for change in found if change.what != "same"],
        "same": sum(change.what == "same" for change in found),
        "text": text,
    }
    return page(request, "move_preview", HERE, context)


def _document(text: str) -> Document:
    try:
        return read(json.loads(text))
    except (json.JSONDecodeError, RecursionError) as error:
        raise Invalid("not_settings", _("This is not a file with settings of Konveyer.")) from error


def _text(form: FileForm) -> str | None:
    if not form.is_valid():
        return None
    file = form.cleaned_data["file"]
    if file.size > LARGEST:
        form.add_error("file", _("The file is too large for settings."))
        return None
    try:
        return str(file.read().decode("utf-8-sig"))
    except UnicodeDecodeError:
        form.add_error("file", _("This is not a file with settings of Konveyer."))
        return None
