"""Who works a lead."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from konveyer.domain.conveyor.models import Stage
from konveyer.domain.leads.events import HandoffAccepted, LeadAssigned
from konveyer.domain.leads.models import Handoff, Lead, StagePass
from konveyer.domain.leads.operations.hold_of import drop_open_tasks, lock, require_open, save, snapshot
from konveyer.domain.leads.operations.owning import holds, require_own
from konveyer.domain.leads.operations.room import require_room
from konveyer.domain.leads.operations.tasks import default_task
from konveyer.domain.workspace.models import Member
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.kit.events import publish
from konveyer.kit.refusal import Forbidden, Invalid, Refused


@transaction.atomic
def assign(
    *,
    actor: Actor,
    at: datetime,
    lead_id: UUID,
    member_id: UUID | None,
    version: int | None = None,
    reason: str = "",
) -> Lead:
    """Give the lead to a member, or (None) to the queue of the stage's role.

    Everybody may take a queued lead of a role he holds and give his own back to the queue; giving to others
    needs the right to assign. Raises Invalid for a member who is not active; OutsideFrame where he holds as many
    open leads as his frame allows, unless who may set frames gives a `reason`.
    """
    lead = lock(actor=actor, lead_id=lead_id, version=version)
    if lead.state not in ("open", "on_hold", "won"):
        raise Refused("lead_closed", _("This lead is closed. Reopen it first."))
    require_own(actor, lead, member_id)
    was = snapshot(lead)
    over = None if member_id == lead.owner_id else reason
    set_owner(lead, actor=actor, at=at, member_id=member_id, over=over)
    save(lead, actor=actor, at=at, action="assigned", was=was, reason=reason)
    publish(LeadAssigned(actor, at, lead.pk, member_id))
    return lead


@transaction.atomic
def take(*, actor: Actor, at: datetime, lead_id: UUID, version: int | None = None) -> Lead:
    """Take a lead from the queue of a role the actor holds; a handoff to that queue is thereby accepted.

    Raises Refused when somebody was quicker, OutsideFrame when the actor holds as many as his frame allows.
    """
    lead = lock(actor=actor, lead_id=lead_id, version=version)
    require_open(lead)
    if lead.owner_id is not None or lead.queue_id is None:
        raise Refused("lead_taken", _("Somebody has taken this lead already."))
    if actor.member_id is None or not holds(actor.workspace_id, actor.member_id, lead.queue_id):
        raise Forbidden("not_your_queue", _("This queue belongs to another role."))
    was = snapshot(lead)
    set_owner(lead, actor=actor, at=at, member_id=actor.member_id)
    accepted = Handoff.objects.filter(workspace_id=lead.workspace_id, lead=lead, state="sent").first()
    if accepted is not None:
        accepted.state, accepted.settled_at = "accepted", at
        accepted.save()
    save(lead, actor=actor, at=at, action="taken", was=was)
    publish(LeadAssigned(actor, at, lead.pk, actor.member_id))
    if accepted is not None:
        publish(HandoffAccepted(actor, at, lead.pk, accepted.pk))
    return lead


def set_owner(
    lead: Lead, *, actor: Actor, at: datetime, member_id: UUID | None, over: str | None = ""
) -> None:
    """Owner or queue, the open pass with it, and a next step for an open lead. The lead is not saved here.

    `over`: the reason to pass the owner's frame of open leads, if there is one; None where the lead only comes back
    to him, and the frame is not asked.
    """
    stage = Stage.objects.select_related("role").get(workspace_id=lead.workspace_id, pk=lead.stage_id)
    lead.stage = stage
    drop_open_tasks(lead, at)
    if member_id is None:
        lead.owner, lead.queue = None, stage.role
    else:
        member = Member.objects.filter(workspace_id=lead.workspace_id, pk=member_id, active=True).first()
        if member is None:
            raise Invalid(
                "member_inactive",
                _("This member cannot take leads: not active."),
                fields={"member": "inactive"},
            )
        if lead.state == "open" and over is not None:
            require_room(lead, member, actor=actor, reason=over)
        lead.owner, lead.queue = member, None
        credit(lead, stage.role.code, member)
        if lead.state == "open":
            default_task(lead, actor=actor, at=at, member_id=member_id)
    StagePass.objects.filter(workspace_id=lead.workspace_id, lead=lead, left_at__isnull=True).update(
        owner=lead.owner
    )
    Handoff.objects.filter(workspace_id=lead.workspace_id, lead=lead, state="sent").update(
        to_member=lead.owner
    )


def credit(lead: Lead, role_code: str, member: Member) -> None:
    """Both people are credited: the telemarketer who worked it last, and the closer."""
    if role_code == "telemarketer":
        lead.telemarketer, lead.credit_from_deals = member, False
    elif role_code == "closer":
        lead.closer = member


def active_member(workspace_id: UUID, member_id: UUID | None) -> Member | None:
    """The member if there is one and he still works here."""
    if member_id is None:
        return None
    return Member.objects.filter(workspace_id=workspace_id, pk=member_id, active=True).first()
