"""Refusing, holding, waking, reopening."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from konveyer.domain.conveyor.models import RefusalRoute
from konveyer.domain.conveyor.queries import stages
from konveyer.domain.leads.events import LeadHeld, LeadLost, LeadReopened, LeadWoken
from konveyer.domain.leads.models import Handoff, Lead, StagePass
from konveyer.domain.leads.operations.assign import active_member, set_owner
from konveyer.domain.leads.operations.hold_of import (
    drop_open_tasks,
    lock,
    require_open,
    save,
    snapshot,
    zone_of,
)
from konveyer.domain.leads.operations.open import local_day, stage_deadline
from konveyer.domain.leads.operations.rerouting import entry, put_on
from konveyer.domain.leads.queries.office import office_of
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.events import publish
from konveyer.kit.refusal import Invalid, Refused


def refuse(
    *, actor: Actor, at: datetime, lead_id: UUID, refusal_id: UUID, note: str = "", version: int | None = None
) -> Lead:
    """Send the lead along a refusal route of its conveyor: nurture (rests), another conveyor, disqualified, lost."""
    lead = lock(actor=actor, lead_id=lead_id, version=version)
    require_open(lead)
    route = RefusalRoute.objects.filter(
        workspace_id=actor.workspace_id, pk=refusal_id, conveyor_version_id=lead.conveyor_version_id
    ).first()
    if route is None:
        raise Invalid(
            "refusal_unknown",
            _("Choose a reason from the list of this conveyor."),
            fields={"refusal": "unknown"},
        )
    was = snapshot(lead)
    lead.refusal, lead.refusal_note = route, note.strip()[:500]
    if route.destination == "other_conveyor" and route.to_conveyor_id:
        _reroute(lead, route.to_conveyor_id, actor=actor, at=at)
    elif route.destination == "nurture":
        rest = timedelta(days=route.rest_days or 90)
        _put_on_hold(lead, at, local_day(at + rest, zone_of(lead.workspace_id)))
    else:
        _end_pass(lead, at, "refused")
        drop_open_tasks(lead, at)
        lead.state, lead.closed_at, lead.due_at = "lost", at, None
    save(lead, actor=actor, at=at, action="refused", was=was, reason=route.label, note=lead.refusal_note)
    if lead.state == "lost":
        publish(LeadLost(actor, at, lead.pk, route.label))
    elif lead.wake_on is not None:
        publish(LeadHeld(actor, at, lead.pk, lead.wake_on))
    return lead


def hold(
    *, actor: Actor, at: datetime, lead_id: UUID, wake_on: date, note: str = "", version: int | None = None
) -> Lead:
    """Put the lead to rest until a day, which must lie ahead."""
    lead = lock(actor=actor, lead_id=lead_id, version=version)
    require_open(lead)
    if wake_on <= local_day(at, zone_of(lead.workspace_id)):
        raise Invalid("wake_on", _("Choose a day after today."), fields={"wake_on": "past"})
    was = snapshot(lead)
    _put_on_hold(lead, at, wake_on)
    save(lead, actor=actor, at=at, action="held", was=was, reason=note)
    publish(LeadHeld(actor, at, lead.pk, wake_on))
    return lead


@transaction.atomic
def wake(*, actor: Actor, at: datetime, lead_id: UUID, version: int | None = None) -> Lead:
    """Bring a resting lead back to its stage; to its owner if he is still active, else to the queue.

    Raises OutsideFrame when the owner holds as many open leads as his frame allows. A lead whose day has come
    (`wake_due`) wakes all the same.
    """
    lead = lock(actor=actor, lead_id=lead_id, version=version)
    if lead.state != "on_hold":
        raise Refused("not_on_hold", _("This lead is not on hold."))
    was = snapshot(lead)
    _resume(lead, actor=actor, at=at)
    save(lead, actor=actor, at=at, action="woken", was=was)
    publish(LeadWoken(actor, at, lead.pk))
    return lead


def wake_due(*, actor: Actor, at: datetime, limit: int = 500) -> int:
    """Wake the leads whose day has come; returns how many (call again while it returns the limit)."""
    today = local_day(at, zone_of(actor.workspace_id))
    rows = Lead.objects.filter(workspace_id=actor.workspace_id, state="on_hold", wake_on__lte=today)
    due = list(rows.select_for_update(skip_locked=True, of=("self",)).order_by("wake_on")[:limit])
    for lead in due:
        was = snapshot(lead)
        _resume(lead, actor=actor, at=at, over=None)
        save(lead, actor=actor, at=at, action="woken", was=was)
        publish(LeadWoken(actor, at, lead.pk))
    return len(due)


@transaction.atomic
def reopen(*, actor: Actor, at: datetime, lead_id: UUID, reason: str, version: int | None = None) -> Lead:
    """Open a lost lead again, or a won one whose sale fell through, in the stage where it stood.

    Raises OutsideFrame when its owner holds as many open leads as his frame allows, and the actor sets no frames.
    """
    lead = lock(actor=actor, lead_id=lead_id, version=version)
    if lead.state not in ("lost", "won"):
        raise Refused("lead_open", _("This lead is open."))
    if not reason.strip():
        raise Invalid("reason", _("Say why it is opened again."), fields={"reason": "empty"})
    if lead.state == "won":
        actor.require(Right.GATE_OVERRIDE)
        _back_to_win_point(lead, at)
    was = snapshot(lead)
    lead.won_at = lead.won_on = None
    lead.won_precision = ""
    lead.closed_at = lead.refusal = None
    lead.refusal_note = ""
    if not StagePass.objects.filter(workspace_id=lead.workspace_id, lead=lead, left_at__isnull=True).exists():
        StagePass.objects.create(
            workspace_id=lead.workspace_id, lead=lead, stage_id=lead.stage_id, owner=lead.owner, entered_at=at
        )
    _resume(lead, actor=actor, at=at, over=reason)
    save(lead, actor=actor, at=at, action="reopened", was=was, reason=reason)
    publish(LeadReopened(actor, at, lead.pk))
    return lead


def _back_to_win_point(lead: Lead, at: datetime) -> None:
    _end_pass(lead, at, "returned")
    way = stages(lead.workspace_id, lead.conveyor_version_id)
    lead.stage = next((stage for stage in way if stage.win_point), way[-1])
    lead.entered_stage_at = at


def _put_on_hold(lead: Lead, at: datetime, wake_on: date) -> None:
    drop_open_tasks(lead, at)
    Handoff.objects.filter(workspace_id=lead.workspace_id, lead=lead, state="sent").update(
        state="recycled", settled_at=at
    )
    lead.state, lead.wake_on, lead.due_at = "on_hold", wake_on, None


def _resume(lead: Lead, *, actor: Actor, at: datetime, over: str | None = "") -> None:
    lead.state, lead.wake_on = "open", None
    active = active_member(lead.workspace_id, lead.owner_id)
    set_owner(lead, actor=actor, at=at, member_id=active.pk if active else None, over=over)
    lead.due_at = stage_deadline(lead.stage, at, office_of(lead.workspace_id, lead.owner_id))


def _end_pass(lead: Lead, at: datetime, outcome: str) -> None:
    StagePass.objects.filter(workspace_id=lead.workspace_id, lead=lead, left_at__isnull=True).update(
        left_at=at, outcome=outcome
    )
    Handoff.objects.filter(workspace_id=lead.workspace_id, lead=lead, state="sent").update(
        state="recycled", settled_at=at
    )


def _reroute(lead: Lead, conveyor_id: UUID, *, actor: Actor, at: datetime) -> None:
    first = entry(lead.workspace_id, conveyor_id)
    put_on(lead, first, [], actor=actor, at=at)
    lead.due_at = stage_deadline(first, at, office_of(lead.workspace_id))
    set_owner(lead, actor=actor, at=at, member_id=None)
