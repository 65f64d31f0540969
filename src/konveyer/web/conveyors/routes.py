"""The refusal routes of a draft."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from konveyer.domain.conveyor.queries import conveyors
from konveyer.domain.conveyor.rules.editing import free_key
from konveyer.domain.conveyor.rules.presets import RefusalPreset
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.refusal import Invalid
from konveyer.web.conveyors.drafted import Drafted, drafted, save, show
from konveyer.web.conveyors.forms import NameForm, RouteForms
from konveyer.web.setup.answer import Tried, attempt, done
from konveyer.web.work import WorkRequest, work

FIELDS = ("code", "label", "destination", "rest_days", "to_conveyor")


@work(Right.CONVEYOR_EDIT)
def routes(request: WorkRequest, conveyor_id: UUID) -> HttpResponse:
    """Why a lead does not go on, and what becomes of it."""
    found = drafted(request, conveyor_id)
    others = [(row.code, row.name) for row in conveyors(request.actor.workspace_id) if row.pk != conveyor_id]
    rows: Any = RouteForms(
        request.POST or None, initial=[{name: getattr(one, name) for name in FIELDS} for one in found.plan.refusals],
        prefix="route", form_kwargs={"conveyors": others},
    )  # fmt: skip
    # The whole of the form that is not a row: which draft was read.
    whole = NameForm(
        {"name": found.plan.name, "revision": request.POST.get("revision", "")} if request.method == "POST" else None,
        initial={"revision": found.version.revision},
    )  # fmt: skip
    status = 200
    if request.method == "POST":
        tried = _tried(request, found, whole, rows)
        if tried.done:
            return done(request, gettext_lazy("Saved."), "setup-draft", conveyor_id)
        status = tried.status
    context = {
        "rows": rows, "whole": whole, "conveyor": found.conveyor, "title": _("Refusal routes"),
        "revision": found.version.revision,
    }  # fmt: skip
    return show(request, "routes", context, status)


def _tried(request: WorkRequest, found: Drafted, whole: NameForm, rows: Any) -> Tried:
    if not rows.is_valid():
        return Tried(False, 422)
    return attempt(whole, lambda name, revision: _save(request, found, revision, rows.cleaned_data))


def _save(request: WorkRequest, found: Drafted, revision: int, rows: list[dict[str, Any]]) -> None:
    codes = {one.code for one in found.plan.refusals}
    kept = []
    for row in rows:
        if not row.get("label"):
            continue
        code = row["code"] if row["code"] in codes else free_key("refusal", codes)
        codes.add(code)
        elsewhere = row["destination"] == "other_conveyor"
        if elsewhere and not row["to_conveyor"]:
            raise Invalid(
                "to_conveyor", _("Say to which conveyor the lead goes."), fields={"to_conveyor": "empty"}
            )
        rest = row["rest_days"] or 90 if row["destination"] == "nurture" else None
        kept.append(
            RefusalPreset(
                code, row["label"], row["destination"], rest, row["to_conveyor"] if elsewhere else None
            )
        )
    save(request, found, revision, replace(found.plan, refusals=tuple(kept)))
