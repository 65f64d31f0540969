"""Handing a lead from one specialist to the next (S25)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from konveyer.domain.conveyor.models import Stage
from konveyer.domain.leads.events import HandoffAccepted, HandoffReturned, HandoffSent
from konveyer.domain.leads.models import Handoff, Lead, LeadFact, StagePass
from konveyer.domain.leads.operations.assign import active_member, credit, set_owner
from konveyer.domain.leads.operations.hold_of import drop_open_tasks, in_view, lock, save, snapshot
from konveyer.domain.leads.operations.open import local_day, stage_deadline
from konveyer.domain.leads.operations.owning import holds
from konveyer.domain.leads.operations.room import has_room, require_room
from konveyer.domain.leads.operations.rotation import take_turn
from konveyer.domain.leads.operations.tasks import default_task
from konveyer.domain.leads.queries.office import office_of
from konveyer.domain.leads.rules.deadlines import working_deadline
from konveyer.domain.leads.rules.returns import RETURN_REASONS
from konveyer.domain.workspace.models import Member
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.events import publish
from konveyer.kit.refusal import Forbidden, Invalid, NotFound, Refused

ACCEPT_WITHIN_HOURS = 2.0


def hand_on(
    lead: Lead,
    here: Stage,
    target: Stage,
    *,
    actor: Actor,
    at: datetime,
    to_member_id: UUID | None,
    introduction: str,
    backward: bool = False,
) -> Handoff | None:
    """Settle who works the stage just entered; another person, or another role, is a handoff. The lead is not saved here.

    A lead that nobody works goes to the actor if he holds the role and has room, and is handed over by nobody. A
    handoff to oneself (a firm of one, or two roles in one hand) is accepted at once. A lead that goes back comes to
    whoever worked the stage before, full or not. Raises Invalid and OutsideFrame for a receiver who cannot take it.
    """
    giver = lead.owner
    receiver = _receiver(lead, target, to_member_id, backward, actor, at)
    same_work = receiver == giver and (backward or target.role_id == here.role_id or giver is None)
    if same_work or (giver is None and receiver is not None and receiver.pk == actor.member_id):
        _work(lead, target, receiver, actor=actor, at=at)
        return None
    if receiver is not None and receiver != giver and not backward and lead.state == "open":
        require_room(lead, receiver, actor=actor)
    at_once = receiver is not None and receiver == giver
    office = office_of(lead.workspace_id, receiver.pk if receiver else None)
    handoff = Handoff.objects.create(
        workspace_id=lead.workspace_id, lead=lead, from_member=giver, to_member=receiver, to_role_id=target.role_id,
        from_stage=here, to_stage=target, package=package_of(lead, at), introduction=introduction.strip(), sent_at=at,
        due_at=None if at_once else working_deadline(at, ACCEPT_WITHIN_HOURS, *office),
        state="accepted" if at_once else "sent", settled_at=at if at_once else None,
    )  # fmt: skip
    _credit_giver(lead)
    _work(lead, target, receiver, actor=actor, at=at)
    publish(HandoffSent(actor, at, lead.pk, handoff.pk))
    if at_once:
        publish(HandoffAccepted(actor, at, lead.pk, handoff.pk))
    return handoff


def settle_waiting(lead: Lead, *, actor: Actor, at: datetime) -> None:
    """The lead goes on while a handoff waits: whoever it was sent to has taken it by working it; else it is recycled."""
    waiting = Handoff.objects.filter(workspace_id=lead.workspace_id, lead=lead, state="sent").first()
    if waiting is None:
        return
    taken = waiting.to_member_id is not None and waiting.to_member_id == actor.member_id
    waiting.state, waiting.settled_at = ("accepted" if taken else "recycled"), at
    waiting.save(update_fields=["state", "settled_at"])
    if taken:
        publish(HandoffAccepted(actor, at, lead.pk, waiting.pk))


def _credit_giver(lead: Lead) -> None:
    """Both people are credited (S25): a giver who jumped over the stages of his own role as well."""
    if lead.owner is None:
        return
    held = set(lead.owner.roles.values_list("code", flat=True))
    for code, known in (("telemarketer", lead.telemarketer_id), ("closer", lead.closer_id)):
        if code in held and known is None:
            credit(lead, code, lead.owner)


def _receiver(
    lead: Lead, target: Stage, to_member_id: UUID | None, backward: bool, actor: Actor, at: datetime
) -> Member | None:
    """The one named; else the owner if he holds the role; else backward the former one; else, of a lead that nobody
    works, the actor; else whose turn it is by the rules of rotation."""
    if to_member_id is not None:
        member = Member.objects.filter(workspace_id=lead.workspace_id, pk=to_member_id, active=True).first()
        if member is None or not holds(lead.workspace_id, to_member_id, target.role_id):
            raise Invalid(
                "receiver",
                _("This member does not hold the role of the next stage."),
                fields={"to_member": "role"},
            )
        return member
    owner: Member | None = lead.owner
    if owner is not None and holds(lead.workspace_id, owner.pk, target.role_id):
        return owner
    if backward:
        rows = StagePass.objects.filter(
            workspace_id=lead.workspace_id, lead=lead, stage=target, owner__active=True
        )
        former = rows.select_related("owner").order_by("-entered_at")[1:2]
        if former:
            return active_member(lead.workspace_id, former[0].owner_id)
    me = actor.member_id
    if owner is None and me and holds(lead.workspace_id, me, target.role_id) and has_room(lead, me):
        return active_member(lead.workspace_id, me)
    if backward or lead.state != "open":
        return None
    turn = take_turn(lead, target.role_id, today=local_day(at, lead.workspace.timezone))
    return active_member(lead.workspace_id, turn)


def _work(lead: Lead, target: Stage, member: Member | None, *, actor: Actor, at: datetime) -> None:
    drop_open_tasks(lead, at)
    lead.due_at = stage_deadline(target, at, office_of(lead.workspace_id, member.pk if member else None))
    lead.owner = member
    lead.queue = None if member else target.role
    if member is not None:
        credit(lead, target.role.code, member)
        if lead.state == "open":
            default_task(lead, actor=actor, at=at, member_id=member.pk)
    StagePass.objects.filter(workspace_id=lead.workspace_id, lead=lead, left_at__isnull=True).update(
        owner=member
    )


def package_of(lead: Lead, at: datetime) -> dict[str, Any]:
    """What goes along: the facts known, and when it was put together."""
    facts = LeadFact.objects.filter(workspace_id=lead.workspace_id, lead=lead).order_by("kind")
    return {
        "facts": {fact.kind: fact.value for fact in facts},
        "at": at.isoformat(),
        "temperature": lead.temperature,
    }


def _waiting(actor: Actor, handoff_id: UUID, version: int | None) -> tuple[Handoff, Lead]:
    actor.require(Right.LEADS_WORK)
    handoff = Handoff.objects.filter(workspace_id=actor.workspace_id, pk=handoff_id).first()
    if handoff is None:
        raise NotFound("handoff_not_found", _("There is no such handoff."))
    lead = Lead.objects.select_for_update(of=("self",)).get(
        workspace_id=actor.workspace_id, pk=handoff.lead_id
    )
    if not in_view(actor, lead):
        raise NotFound("handoff_not_found", _("There is no such handoff."))
    lead = lock(actor=actor, lead_id=lead.pk, version=version)
    handoff.refresh_from_db()
    if handoff.state != "sent":
        raise Refused("handoff_settled", _("This handoff is settled already."))
    mine = handoff.to_member_id == actor.member_id if handoff.to_member_id else (
        actor.member_id is not None and holds(actor.workspace_id, actor.member_id, handoff.to_role_id)
    )  # fmt: skip
    if not mine and not actor.may(Right.LEADS_ASSIGN):
        raise Forbidden("not_your_handoff", _("This lead was handed to somebody else."))
    return handoff, lead


@transaction.atomic
def accept_handoff(*, actor: Actor, at: datetime, handoff_id: UUID, version: int | None = None) -> Handoff:
    """Take the lead. From a queue it becomes the actor's own.

    Raises Refused when it is settled already, OutsideFrame when whoever gets it holds as many open leads as his frame
    allows (his frame was narrowed, or leads came back to him meanwhile).
    """
    handoff, lead = _waiting(actor, handoff_id, version)
    was = snapshot(lead)
    if handoff.to_member_id is None:
        if actor.member_id is None:
            raise Invalid("member", _("Only a member can take a lead."))
        set_owner(lead, actor=actor, at=at, member_id=actor.member_id)
        handoff.to_member_id = actor.member_id
    elif lead.state == "open" and lead.owner is not None:
        require_room(lead, lead.owner, actor=actor)
    handoff.state, handoff.settled_at = "accepted", at
    handoff.save()
    save(lead, actor=actor, at=at, action="handoff_accepted", was=was, handoff=handoff.pk)
    publish(HandoffAccepted(actor, at, lead.pk, handoff.pk))
    return handoff


def return_handoff(
    *, actor: Actor, at: datetime, handoff_id: UUID, reason: str, note: str = "", version: int | None = None
) -> Handoff:
    """Give the lead back to the one who sent it, into the stage it came from, with a reason from the list."""
    if reason not in RETURN_REASONS:
        raise Invalid("return_reason", _("Choose why you return it."), fields={"reason": "unknown"})
    handoff, lead = _waiting(actor, handoff_id, version)
    if lead.state != "open":
        raise Refused("lead_not_open", _("This lead is not open. Reopen or wake it first."))
    was = snapshot(lead)
    handoff.state, handoff.settled_at, handoff.return_reason, handoff.return_note = (
        "returned",
        at,
        reason,
        note[:500],
    )
    handoff.save()
    StagePass.objects.filter(workspace_id=lead.workspace_id, lead=lead, left_at__isnull=True).update(
        left_at=at, outcome="returned"
    )
    stage = Stage.objects.select_related("role").get(workspace_id=lead.workspace_id, pk=handoff.from_stage_id)
    lead.stage, lead.entered_stage_at = stage, at
    giver = active_member(lead.workspace_id, handoff.from_member_id)
    StagePass.objects.create(
        workspace_id=lead.workspace_id, lead=lead, stage=stage, owner=giver, entered_at=at
    )
    _work(lead, stage, giver, actor=actor, at=at)
    save(lead, actor=actor, at=at, action="handoff_returned", was=was, reason=reason, note=note[:500])
    publish(HandoffReturned(actor, at, lead.pk, handoff.pk))
    return handoff


def recycle_overdue(*, actor: Actor, at: datetime) -> int:
    """Handoffs that nobody took in time go to the queue of the role; returns how many."""
    due = Handoff.objects.filter(
        workspace_id=actor.workspace_id, state="sent", due_at__lt=at, to_member__isnull=False, history=False
    )
    count = 0
    for handoff in due.select_for_update(skip_locked=True, of=("self",)):
        lead = Lead.objects.select_for_update(of=("self",)).get(
            workspace_id=actor.workspace_id, pk=handoff.lead_id
        )
        was = snapshot(lead)
        handoff.state, handoff.settled_at = "recycled", at
        handoff.save()
        if lead.state == "open" and lead.owner_id == handoff.to_member_id:
            set_owner(lead, actor=actor, at=at, member_id=None)
            save(lead, actor=actor, at=at, action="handoff_recycled", was=was, handoff=handoff.pk)
        count += 1
    return count
