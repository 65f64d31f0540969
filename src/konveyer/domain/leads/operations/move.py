"""Moving a lead along the conveyor."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from konveyer.domain.conveyor.models import Stage
from konveyer.domain.conveyor.queries import gates, stages
from konveyer.domain.conveyor.rules.gates import Condition, Missing, missing
from konveyer.domain.leads.events import LeadMoved, LeadWon
from konveyer.domain.leads.models import Lead, LeadFact, StagePass
from konveyer.domain.leads.operations.change import change_temperature, store_fact
from konveyer.domain.leads.operations.handoff import hand_on, settle_waiting
from konveyer.domain.leads.operations.hold_of import drop_open_tasks, lock, save, snapshot, zone_of
from konveyer.domain.leads.operations.open import local_day
from konveyer.domain.leads.rules.temperature import warmer
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.events import publish
from konveyer.kit.refusal import Invalid, Refused


class GateClosed(Refused):
    """Facts are missing. `missing` says which conditions and why; the dialog asks for them."""

    def __init__(self, found: Mapping[Condition, Missing]) -> None:
        self.missing = dict(found)
        listed = [
            {"fact": condition.fact, "label": condition.label, "why": str(why), "ask": condition.ask,
             "choices": list(condition.choices)}
            for condition, why in found.items()
        ]  # fmt: skip
        super().__init__(
            "gate_closed", _("The gate is closed: something is not known yet."), details={"missing": listed}
        )


@transaction.atomic
def move_lead(
    *,
    actor: Actor,
    at: datetime,
    lead_id: UUID,
    to_stage_id: UUID | None,
    version: int | None = None,
    facts: Mapping[str, str] | None = None,
    override_reason: str = "",
    to_member_id: UUID | None = None,
    introduction: str = "",
) -> Lead:
    """Move a lead to another stage of its conveyor version; None completes the last stage.

    Forward, every gate on the way must hold with what is known and the `facts` given here, or be overridden
    with a reason by who may. Passing the win point wins the lead. Where the next stage belongs to another
    role, the lead is handed on: to `to_member_id`, else to the role's queue (a lead that nobody works: to the
    actor if he holds the role and has room). Backward, nothing is asked. Raises GateClosed, Stale, NotFound, Invalid,
    and OutsideFrame for a receiver who holds as many open leads as his frame allows.
    """
    lead = lock(actor=actor, lead_id=lead_id, version=version)
    if lead.state not in ("open", "won"):
        raise Refused("lead_not_open", _("This lead is not open. Reopen or wake it first."))
    way = stages(actor.workspace_id, lead.conveyor_version_id)
    here = next(stage for stage in way if stage.pk == lead.stage_id)
    target = _target(way, to_stage_id)
    if target is not None and target.pk == here.pk:
        raise Invalid("same_stage", _("The lead stands in this stage already."))
    was = snapshot(lead)
    given = {kind: value.strip() for kind, value in (facts or {}).items() if value.strip()}
    forward = target is None or target.position > here.position
    end = target.position if target else 10**6
    passed = [stage for stage in way if here.position <= stage.position < end]
    override = _gate(lead, passed, actor, override_reason, given) if forward else ""
    for kind, value in given.items():
        store_fact(lead, actor=actor, at=at, kind=kind, value=value, source="gate")
    if target is not None and not forward:
        return _back(lead, target, way, actor=actor, at=at, was=was)
    settle_waiting(lead, actor=actor, at=at)
    _leave(lead, passed, actor=actor, at=at, override=override)
    won = lead.state == "open" and any(stage.win_point for stage in passed)
    if won:
        lead.state, lead.won_at, lead.won_precision = "won", at, "second"
        lead.won_on = local_day(at, zone_of(lead.workspace_id))
        change_temperature(lead, actor=actor, at=at, became=warmer(lead.temperature, "client"), cause="won")
    if target is None:
        _finish(lead, at)
    else:
        _enter(lead, here, target, actor=actor, at=at, to_member_id=to_member_id, introduction=introduction)
    save(
        lead,
        actor=actor,
        at=at,
        action="moved",
        was=was,
        reason=override,
        stage=target.name if target else None,
    )
    publish(LeadMoved(actor, at, lead.pk, here.pk, (target or here).pk))
    if won:
        publish(LeadWon(actor, at, lead.pk))
    return lead


def _missing(lead: Lead, passed: list[Stage], given: Mapping[str, str]) -> dict[Condition, Missing]:
    conditions = gates(lead.workspace_id, [stage.pk for stage in passed])
    known = LeadFact.objects.filter(workspace_id=lead.workspace_id, lead=lead).values_list("kind", "value")
    return missing(conditions, {**dict(known), **given})


def _target(way: list[Stage], to_stage_id: UUID | None) -> Stage | None:
    if to_stage_id is None:
        return None
    found = next((stage for stage in way if stage.pk == to_stage_id), None)
    if found is None:
        raise Invalid(
            "stage_unknown", _("This stage is not on the lead's conveyor."), fields={"stage": "unknown"}
        )
    return found


def _gate(lead: Lead, passed: list[Stage], actor: Actor, reason: str, given: Mapping[str, str]) -> str:
    """The override reason that was needed, or ''. Raises GateClosed before anything is written."""
    found = _missing(lead, passed, given)
    if not found:
        return ""
    if not reason.strip():
        raise GateClosed(found)
    actor.require(Right.GATE_OVERRIDE)
    return reason.strip()[:500]


def _leave(lead: Lead, passed: list[Stage], *, actor: Actor, at: datetime, override: str) -> None:
    """Close the open pass and write the stages that were jumped over."""
    current = StagePass.objects.filter(workspace_id=lead.workspace_id, lead=lead, left_at__isnull=True)
    current.update(
        left_at=at,
        outcome="passed",
        override_reason=override,
        overridden_by_id=actor.member_id if override else None,
    )
    StagePass.objects.bulk_create(
        StagePass(
            workspace_id=lead.workspace_id, lead=lead, stage=stage, owner_id=lead.owner_id, entered_at=at, left_at=at,
            outcome="skipped",
        )
        for stage in passed[1:]
    )  # fmt: skip


def _finish(lead: Lead, at: datetime) -> None:
    if lead.state != "won":
        raise Refused("not_won", _("The last stage can only be completed by a lead that was won."))
    drop_open_tasks(lead, at)
    lead.closed_at, lead.due_at = at, None


def _enter(
    lead: Lead,
    here: Stage,
    target: Stage,
    *,
    actor: Actor,
    at: datetime,
    to_member_id: UUID | None,
    introduction: str,
) -> None:
    lead.stage, lead.entered_stage_at = target, at
    StagePass.objects.create(
        workspace_id=lead.workspace_id, lead=lead, stage=target, owner=lead.owner, entered_at=at
    )
    hand_on(lead, here, target, actor=actor, at=at, to_member_id=to_member_id, introduction=introduction)


def _back(
    lead: Lead, target: Stage, way: list[Stage], *, actor: Actor, at: datetime, was: dict[str, object]
) -> Lead:
    win = next((stage.position for stage in way if stage.win_point), None)
    if lead.state == "won" and win is not None and target.position <= win:
        raise Refused(
            "won_stays",
            _("A won lead does not go back over the win point. Reopen it if the sale fell through."),
        )
    here = lead.stage_id
    settle_waiting(lead, actor=actor, at=at)
    StagePass.objects.filter(workspace_id=lead.workspace_id, lead=lead, left_at__isnull=True).update(
        left_at=at, outcome="returned"
    )
    lead.stage, lead.entered_stage_at = target, at
    StagePass.objects.create(
        workspace_id=lead.workspace_id, lead=lead, stage=target, owner=lead.owner, entered_at=at
    )
    from_stage = next(stage for stage in way if stage.pk == here)
    hand_on(lead, from_stage, target, actor=actor, at=at, to_member_id=None, introduction="", backward=True)
    save(lead, actor=actor, at=at, action="moved_back", was=was, stage=target.name)
    publish(LeadMoved(actor, at, lead.pk, here, target.pk))
    return lead
