"""What a move needs: the gates on the way, what is known, and who may receive the lead."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from konveyer.domain.conveyor.models import Stage
from konveyer.domain.conveyor.queries import gates, stages
from konveyer.domain.conveyor.rules.gates import Condition, Missing, missing
from konveyer.domain.leads.models import Handoff, Lead, LeadFact
from konveyer.domain.leads.queries.load import Load, loads
from konveyer.domain.workspace.models import Member, MemberRole
from konveyer.domain.workspace.queries import members_in_role
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.plans import joined_as_written
from konveyer.kit.refusal import Invalid, NotFound
from konveyer.kit.rows import only


@dataclass(frozen=True)
class Move:
    """A move before it is made. `target` None: the last stage is completed.

    `known` are gate conditions that hold, with the value; `missing` those that do not. `hands_on`: the target
    belongs to a role that the owner does not hold, so somebody of `receivers`, or the role's queue, gets the lead;
    `loads` says how full their hands are.
    """

    lead: Lead
    here: Stage
    target: Stage | None
    backward: bool
    known: list[tuple[Condition, str]]
    missing: dict[Condition, Missing]
    hands_on: bool
    receivers: list[Member]
    loads: dict[UUID, Load]
    may_override: bool

    @property
    def asks(self) -> bool:
        """Whether a person has to say something before it can be made."""
        return bool(self.missing) or (self.hands_on and not self.backward)


def lead_in_view(actor: Actor, lead_id: UUID) -> Lead:
    """The lead with whom it concerns. Raises NotFound for one that is not there or out of view."""
    rows = Lead.objects.filter(workspace_id=actor.workspace_id, pk=lead_id)
    with joined_as_written():
        lead = only(rows.select_related("stage__role", "owner", "queue", "company", "contact", "conveyor"))
    if lead is None or not (
        lead.owner_id is None or actor.sees(lead.owner_id, lead.telemarketer_id, lead.closer_id)
    ):
        raise NotFound("lead_not_found", _("There is no such lead, or it is not in your view."))
    return lead


def handed_lead(actor: Actor, lead_id: UUID, handoff_id: UUID) -> Lead:
    """The lead in view that this handoff hands on. Raises NotFound, also for a handoff of another lead."""
    lead = lead_in_view(actor, lead_id)
    if not Handoff.objects.filter(workspace_id=actor.workspace_id, lead=lead, pk=handoff_id).exists():
        raise NotFound("handoff_not_found", _("There is no such handoff."))
    return lead


def plan_move(
    actor: Actor, lead_id: UUID, to_stage_id: UUID | None, given: dict[str, str] | None = None
) -> Move:
    """What stands between the lead and a stage, with the facts `given` now counted as known.

    The stage may be of another version of the conveyor: the one with the same key is meant. Raises NotFound,
    Invalid.
    """
    lead = lead_in_view(actor, lead_id)
    way = stages(actor.workspace_id, lead.conveyor_version_id)
    here = next(stage for stage in way if stage.pk == lead.stage_id)
    target = _same_stage(actor.workspace_id, way, to_stage_id) if to_stage_id else None
    backward = target is not None and target.position < here.position
    end = target.position if target else 10**6
    passed = [] if backward else [stage for stage in way if here.position <= stage.position < end]
    conditions = gates(actor.workspace_id, [stage.pk for stage in passed])
    facts = dict(
        LeadFact.objects.filter(workspace_id=actor.workspace_id, lead=lead).values_list("kind", "value")
    )
    facts |= {kind: value for kind, value in (given or {}).items() if value}
    lacking = missing(conditions, facts)
    hands_on = target is not None and not _keeps(lead, target, actor)
    receivers = members_in_role(actor.workspace_id, target.role_id) if target and hands_on else []
    return Move(
        lead=lead,
        here=here,
        target=target,
        backward=backward,
        known=[(one, facts[one.fact]) for one in conditions if one not in lacking],
        missing=lacking,
        hands_on=hands_on,
        receivers=receivers,
        loads=loads(actor.workspace_id, [one.pk for one in receivers]) if receivers else {},
        may_override=actor.may(Right.GATE_OVERRIDE),
    )


def _same_stage(workspace_id: UUID, way: list[Stage], stage_id: UUID) -> Stage:
    found = next((stage for stage in way if stage.pk == stage_id), None)
    if found is None:
        key = (
            Stage.objects.filter(workspace_id=workspace_id, pk=stage_id).values_list("key", flat=True).first()
        )
        found = next((stage for stage in way if stage.key == key), None)
    if found is None:
        raise Invalid(
            "stage_unknown", _("This stage is not on the lead's conveyor."), fields={"stage": "unknown"}
        )
    return found


def _keeps(lead: Lead, target: Stage, actor: Actor) -> bool:
    """Whether the owner holds the target's role and goes on with the lead; where nobody works it, the actor."""
    worker: UUID | None = lead.owner_id or actor.member_id
    return (
        worker is not None
        and MemberRole.objects.filter(
            workspace_id=lead.workspace_id, member_id=worker, role_id=target.role_id
        ).exists()
    )
