"""One stage of a draft with its gate."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from konveyer.domain.conveyor.queries.drawn import keys_ever
from konveyer.domain.conveyor.rules.editing import free_key, stage_of, with_stage, without_stage
from konveyer.domain.conveyor.rules.presets import GatePreset, StagePreset
from konveyer.domain.staff.queries.roster import roles
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.refusal import Invalid, NotFound
from konveyer.web.conveyors.drafted import Drafted, drafted, save, show
from konveyer.web.conveyors.forms import GateForms, StageForm
from konveyer.web.setup.answer import attempt, done
from konveyer.web.work import WorkRequest, work

OF_STAGE = ("name", "role", "helpers", "result", "give", "get", "sla_hours", "wip_limit", "win_point")
OF_GATE = ("kind", "fact", "label", "hint", "ask", "expected", "number")
# A fact that a package writes, or that the method knows by name, is always called the same.
OWN_NAME = {"questionnaire", "code_word", "meeting_held", "qualified", "document_signed", "invoice_paid"}


@work(Right.CONVEYOR_EDIT)
def stage(request: WorkRequest, conveyor_id: UUID, stage_key: str = "") -> HttpResponse:
    """A new stage at the end, or one to change."""
    found = drafted(request, conveyor_id)
    row = _stage(found, stage_key) if stage_key else None
    posted = request.POST or None
    initial: dict[str, Any] = {"revision": found.version.revision, "role": "owner"}
    initial |= {name: getattr(row, name) for name in OF_STAGE} if row else {}
    form = StageForm(posted, initial=initial, roles=roles(request.actor.workspace_id))
    gate = GateForms(posted, initial=_gate_initial(row), prefix="gate")
    status = 200
    if request.method == "POST":
        if not gate.is_valid():
            status = 422
        else:
            tried = attempt(form, lambda **values: _save(request, found, row, values, gate.cleaned_data))
            if tried.done:
                return done(request, gettext_lazy("Saved."), "setup-draft", conveyor_id)
            status = tried.status
    context = {
        "form": form, "gate": gate, "conveyor": found.conveyor, "row": row, "revision": found.version.revision,
        "title": row.name if row else _("New stage"),
    }  # fmt: skip
    return show(request, "stage", context, status)


@require_POST
@work(Right.CONVEYOR_EDIT)
def remove(request: WorkRequest, conveyor_id: UUID, stage_key: str) -> HttpResponse:
    """Take the stage out of the draft; leads in the live version notice nothing."""
    found = drafted(request, conveyor_id)
    _stage(found, stage_key)
    revision = request.POST.get("revision", "")
    if not revision.isdecimal():
        raise Invalid("revision", _("Say which draft was looked at."), fields={"revision": "unknown"})
    save(request, found, int(revision), without_stage(found.plan, stage_key))
    return done(request, gettext_lazy("The stage is taken out of the draft."), "setup-draft", conveyor_id)


def _stage(found: Drafted, key: str) -> StagePreset:
    row = stage_of(found.plan, key)
    if row is None:
        raise NotFound("stage_not_found", _("There is no such stage in the draft."))
    return row


def _gate_initial(row: StagePreset | None) -> list[dict[str, Any]]:
    return [
        {name: getattr(one, name) for name in OF_GATE} | {"choices": "\n".join(one.choices)}
        for one in (row.gate if row else ())
    ]


def _save(
    request: WorkRequest,
    found: Drafted,
    row: StagePreset | None,
    values: dict[str, Any],
    gate: list[dict[str, Any]],
) -> None:
    revision = values.pop("revision")
    key = row.key if row else free_key("stage", keys_ever(request.actor.workspace_id, found.conveyor.pk))
    facts = {one.fact for stage in found.plan.stages for one in stage.gate}
    conditions = []
    for asked in gate:
        if asked.get("label"):
            conditions.append(_condition(asked, row, facts))
            facts.add(conditions[-1].fact)
    values["helpers"] = tuple(values["helpers"])
    stage = StagePreset(key=key, **values)
    save(request, found, revision, with_stage(found.plan, replace(stage, gate=tuple(conditions))))


def _condition(asked: dict[str, Any], row: StagePreset | None, facts: set[str]) -> GatePreset:
    """A condition keeps its fact; a new one gets a name that no stage uses, so that two questions are never one."""
    known = {one.fact: one for one in (row.gate if row else ())}
    former = known.get(asked["fact"])
    if asked["kind"] in OWN_NAME:
        fact = asked["kind"]
    elif former and former.kind == asked["kind"]:
        fact = former.fact
    else:
        fact = free_key("fact", facts)
    lines = [line.strip()[:120] for line in asked["choices"].splitlines() if line.strip()]
    return GatePreset(
        asked["kind"], fact, asked["label"], asked["hint"], asked["ask"], tuple(lines), asked["expected"],
        asked["number"],
    )  # fmt: skip
