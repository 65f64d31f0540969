"""The draft: its stages in their order, what is wrong with it, its name."""

from dataclasses import replace
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from konveyer.domain.conveyor import operations
from konveyer.domain.conveyor.queries.drawn import around
from konveyer.domain.conveyor.rules.checking import check
from konveyer.domain.conveyor.rules.editing import ordered, shifted
from konveyer.domain.staff.queries.roster import roles
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit import clock
from konveyer.kit.refusal import Invalid
from konveyer.web.conveyors.drafted import drafted, save, show
from konveyer.web.conveyors.forms import NameForm
from konveyer.web.conveyors.words import DESTINATIONS
from konveyer.web.setup.answer import attempt, done
from konveyer.web.work import WorkRequest, work


@require_POST
@work(Right.CONVEYOR_EDIT)
def begin(request: WorkRequest, conveyor_id: UUID) -> HttpResponse:
    """Open the draft of a conveyor: the one there is, else a copy of what is live."""
    operations.open_draft(actor=request.actor, at=clock.now(), conveyor_id=conveyor_id)
    return redirect("setup-draft", conveyor_id)


@work(Right.CONVEYOR_EDIT)
def draft(request: WorkRequest, conveyor_id: UUID) -> HttpResponse:
    """The stages with what each says, and the findings; POST renames."""
    found = drafted(request, conveyor_id)
    workspace_id = request.actor.workspace_id
    form = NameForm(
        request.POST or None, initial={"name": found.plan.name, "revision": found.version.revision}
    )
    status = 200
    if request.method == "POST":
        tried = attempt(
            form, lambda name, revision: save(request, found, revision, replace(found.plan, name=name))
        )
        if tried.done:
            return done(request, gettext_lazy("Saved."), "setup-draft", conveyor_id)
        status = tried.status
    names = {role.code: role.name for role in roles(workspace_id)}
    findings = check(found.plan, around(workspace_id, found.plan.code))
    told: dict[str, list[bool]] = {}
    for one in findings:
        told.setdefault(one.stage, []).append(one.fault)
    context = {
        "form": form, "conveyor": found.conveyor, "version": found.version, "findings": findings,
        "faulty": any(one.fault for one in findings), "title": found.conveyor.name,
        "stages": [
            (stage, names.get(stage.role, stage.role), told.get(stage.key)) for stage in found.plan.stages
        ],
        "refusals": [(route, DESTINATIONS[route.destination]) for route in found.plan.refusals],
    }  # fmt: skip
    return show(request, "draft", context, status)


@require_POST
@work(Right.CONVEYOR_EDIT)
def order(request: WorkRequest, conveyor_id: UUID) -> HttpResponse:
    """The stages in another order: all keys as they are to stand, or one with how far it goes."""
    found = drafted(request, conveyor_id)
    values = request.POST
    keys = [key for key in values.get("keys", "").split(",") if key]
    try:
        revision, by = int(values.get("revision", "")), int(values.get("by", "0"))
    except ValueError as error:
        raise Invalid("order", _("The order was not understood.")) from error
    plan = ordered(found.plan, keys) if keys else shifted(found.plan, values.get("key", ""), by)
    save(request, found, revision, plan)
    return redirect("setup-draft", conveyor_id)


@require_POST
@work(Right.CONVEYOR_EDIT)
def drop(request: WorkRequest, conveyor_id: UUID) -> HttpResponse:
    """Throw the draft away."""
    operations.drop_draft(actor=request.actor, at=clock.now(), conveyor_id=conveyor_id)
    return done(request, gettext_lazy("The draft is thrown away."), "setup-conveyors")
