"""A lead goes over to another conveyor: by hand with a reason, or along a refusal route."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from konveyer.domain.conveyor.models import Conveyor, Stage
from konveyer.domain.conveyor.queries import gates, live_version, stages
from konveyer.domain.conveyor.rules.gates import missing
from konveyer.domain.leads.events import LeadMoved
from konveyer.domain.leads.models import Handoff, Lead, LeadFact, StagePass
from konveyer.domain.leads.operations.assign import set_owner
from konveyer.domain.leads.operations.hold_of import lock, require_open, save, snapshot
from konveyer.domain.leads.operations.move import GateClosed
from konveyer.domain.leads.operations.open import open_leads_like, stage_deadline
from konveyer.domain.leads.operations.owning import holds
from konveyer.domain.leads.queries.office import office_of
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.events import publish
from konveyer.kit.refusal import Invalid, Refused


@transaction.atomic
def reroute(
    *,
    actor: Actor,
    at: datetime,
    lead_id: UUID,
    conveyor_id: UUID,
    reason: str,
    to_stage_key: str = "",
    version: int | None = None,
) -> Lead:
    """Take an open lead over to the live version of another conveyor: to its first stage, or straight to a later one.

    Both ways are kept: the pass it stood in ends as "rerouted", the stages before the one it goes to are "skipped". Their
    gates must hold with what is known, or the actor may open gates and his reason stands for it (R14: who has passed the
    filters does not pass them again). The owner keeps it where he holds the stage's role, else its queue gets it. Raises
    what `lock` raises; Invalid without a reason, for a stage that is not there or lies behind the win point; GateClosed,
    Forbidden; Refused "open_lead_exists" where the client has an open lead already.
    """
    lead = lock(actor=actor, lead_id=lead_id, version=version)
    require_open(lead)
    why = reason.strip()[:500]
    if not why:
        raise Invalid("reason", _("Say why it goes over."), fields={"reason": "empty"})
    was, here, owner = snapshot(lead), lead.stage_id, lead.owner_id
    target, skipped = _way(actor, conveyor_id, to_stage_key)
    if target.conveyor_version_id == lead.conveyor_version_id:
        raise Invalid(
            "conveyor_same", _("It stands on this conveyor already: move it."), fields={"conveyor": "same"}
        )
    override = _gate(lead, skipped, actor, why)
    put_on(lead, target, skipped, actor=actor, at=at, override=override)
    keeps = owner if owner and holds(lead.workspace_id, owner, target.role_id) else None
    set_owner(lead, actor=actor, at=at, member_id=keeps, over=None)
    lead.due_at = stage_deadline(target, at, office_of(lead.workspace_id, keeps))
    name = Conveyor.objects.only("name").get(workspace_id=actor.workspace_id, pk=conveyor_id).name
    save(lead, actor=actor, at=at, action="rerouted", was=was, reason=why, stage=target.name, conveyor=name)
    publish(LeadMoved(actor, at, lead.pk, here, target.pk))
    return lead


def put_on(
    lead: Lead, target: Stage, skipped: list[Stage], *, actor: Actor, at: datetime, override: str = ""
) -> None:
    """The passes of going over, and the lead in its new place; its owner is the caller's matter, as is saving it."""
    conveyor_id = target.conveyor_version.conveyor_id
    if not lead.second_reason and conveyor_id != lead.conveyor_id:
        there = open_leads_like(
            lead.workspace_id, conveyor_id, lead.level, lead.contact_id, lead.company_id
        ).first()
        if there is not None:
            raise Refused(
                "open_lead_exists", _("This client has an open lead on that conveyor already."),
                details={"lead": str(there.pk)},
            )  # fmt: skip
    of_lead = {"workspace_id": lead.workspace_id, "lead": lead}
    StagePass.objects.filter(**of_lead, left_at__isnull=True).update(left_at=at, outcome="rerouted")
    Handoff.objects.filter(**of_lead, state="sent").update(state="recycled", settled_at=at)
    by = actor.member_id if override else None
    StagePass.objects.bulk_create(
        StagePass(
            **of_lead, stage=stage, owner_id=lead.owner_id, entered_at=at, left_at=at, outcome="skipped",
            override_reason=override, overridden_by_id=by,
        )
        for stage in skipped
    )  # fmt: skip
    StagePass.objects.create(**of_lead, stage=target, owner=None, entered_at=at)
    lead.conveyor_id, lead.conveyor_version_id = conveyor_id, target.conveyor_version_id
    lead.stage, lead.entered_stage_at = target, at


def entry(workspace_id: UUID, conveyor_id: UUID) -> Stage:
    """The first stage of a conveyor's live version. Raises Refused without one."""
    version = live_version(workspace_id, conveyor_id)
    if (
        version is None
        or not Conveyor.objects.filter(workspace_id=workspace_id, pk=conveyor_id, active=True).exists()
    ):
        raise Refused("conveyor_not_live", _("The other conveyor takes no leads."))
    first = stages(workspace_id, version.pk)[0]
    first.conveyor_version = version
    return first


def _way(actor: Actor, conveyor_id: UUID, key: str) -> tuple[Stage, list[Stage]]:
    """The stage it goes to, and those before it."""
    first = entry(actor.workspace_id, conveyor_id)
    way = stages(actor.workspace_id, first.conveyor_version_id)
    target = next((stage for stage in way if stage.key == key), None) if key else way[0]
    win = next((stage.position for stage in way if stage.win_point), way[-1].position)
    if target is None or target.position > win:
        raise Invalid(
            "stage_unknown", _("An open lead cannot go there: choose a stage up to the win point."),
            fields={"stage": "unknown"},
        )  # fmt: skip
    target.conveyor_version = first.conveyor_version
    return target, [stage for stage in way if stage.position < target.position]


def _gate(lead: Lead, skipped: list[Stage], actor: Actor, reason: str) -> str:
    facts = dict(
        LeadFact.objects.filter(workspace_id=lead.workspace_id, lead=lead).values_list("kind", "value")
    )
    found = missing(gates(lead.workspace_id, [stage.pk for stage in skipped]), facts)
    if not found:
        return ""
    if not actor.may(Right.GATE_OVERRIDE):
        raise GateClosed(found)
    return reason
