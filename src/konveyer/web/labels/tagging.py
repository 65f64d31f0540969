"""The tags of one record, in a dialog."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from konveyer.domain.labels.models import Tag
from konveyer.domain.labels.operations import tag_record
from konveyer.domain.labels.queries.tags import borne_by, tags
from konveyer.domain.labels.rules.tags import names_in
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.clock import now
from konveyer.kit.refusal import Invalid
from konveyer.web.base.answers import ask, go
from konveyer.web.base.typed import Typed, known_id
from konveyer.web.labels.marks import COLOR_NAMES
from konveyer.web.lead.answers import done
from konveyer.web.work import WorkRequest, work


@work()
@require_http_methods(["GET", "POST"])
def record_tags(request: WorkRequest, kind: str, pk: UUID) -> HttpResponse:
    """Tick what stands on it, type what is new. Only what was changed in the dialog is sent on."""
    if kind != "lead":
        request.actor.require(Right.BASE_EDIT)
    bears = borne_by(request.actor, kind, pk)
    form = Typed({"new": ""})
    if request.method == "POST":
        ticked = set(request.POST.getlist("tag"))
        seen = set(request.POST.getlist("seen"))
        offered = {str(tag.pk): tag for tag in tags(request.actor, all_of_them=True)}
        form.values["new"] = request.POST.get("new", "").replace("\0", "")
        try:
            tag_record(
                actor=request.actor, at=now(), kind=kind, pk=pk,
                add=[*(offered[key].name for key in ticked - seen if key in offered), *names_in(form.values["new"])],
                remove=[found for key in seen - ticked if (found := known_id(key))],
            )  # fmt: skip
        except Invalid as refusal:
            form.refused(refusal)
            form.errors, form.whole = {"new": str(refusal.message)}, ""
            return _dialog(request, kind, form, ticked, bears, 422)
        if kind == "lead" and request.htmx:
            return done(_("Saved."))
        return go(request, reverse(kind, args=[pk]), _("Saved."))
    return _dialog(request, kind, form, {str(tag.pk) for tag in bears}, bears)


def _dialog(
    request: WorkRequest, kind: str, form: Typed, ticked: set[str], bears: list[Tag], status: int = 200
) -> HttpResponse:
    shown = {tag.pk: tag for tag in [*tags(request.actor), *bears]}
    context = {
        "form": form,
        "tags": [
            (tag, str(tag.pk) in ticked, COLOR_NAMES[tag.color])
            for tag in sorted(shown.values(), key=lambda tag: tag.name_key)
        ],
        "seen": [tag.pk for tag in bears],
        "may_make": "base.edit" in request.actor.rights,
    }
    return ask(request, "labels/record_tags.html", context, status)
