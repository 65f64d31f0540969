"""An inquiry comes in: a new lead, or one more word on the lead that is open (the model, Repeat inquiry)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from konveyer.domain.leads.events import LeadAskedAgain, LeadWoken
from konveyer.domain.leads.models import Lead
from konveyer.domain.leads.operations.assign import active_member, set_owner
from konveyer.domain.leads.operations.hold_of import drop_open_tasks, save, snapshot, zone_of
from konveyer.domain.leads.operations.open import open_lead, stage_deadline
from konveyer.domain.leads.operations.tasks import make_task
from konveyer.domain.leads.queries.office import office_of
from konveyer.domain.leads.rules.deadlines import FIRST_CONTACT, working_deadline
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.events import publish
from konveyer.kit.refusal import Refused


@dataclass(frozen=True)
class Received:
    """The lead, and whether it was open already."""

    lead: Lead
    again: bool


@transaction.atomic
def receive_lead(
    *, actor: Actor, at: datetime, incoming: bool, second_reason: str = "", note: str = "", **new: Any
) -> Received:
    """Open a lead as `open_lead` does, which says what else may be given and what is raised.

    Where they came to us (`incoming`) and have an open lead on this conveyor and level, the inquiry is not refused: it
    becomes a touch on that lead. `note` is what they said.
    """
    try:
        lead = open_lead(actor=actor, at=at, incoming=incoming, second_reason=second_reason, **new)
    except Refused as refusal:
        if refusal.code != "open_lead_exists" or not incoming:
            raise
        open_one = UUID(refusal.details["lead"])
        return Received(ask_again(actor=actor, at=at, lead_id=open_one, note=note), again=True)
    return Received(lead, again=False)


@transaction.atomic
def ask_again(*, actor: Actor, at: datetime, lead_id: UUID, note: str = "") -> Lead:
    """A client with an open lead asks again: a touch on it, and the owner's next step is to answer within the first term.

    A resting lead wakes, full frame or not: they are back. Whoever took the inquiry needs not see the lead.
    """
    actor.require(Right.LEADS_CREATE)
    lead = Lead.objects.select_for_update(of=("self",)).get(workspace_id=actor.workspace_id, pk=lead_id)
    was, rested = snapshot(lead), lead.state == "on_hold"
    if rested:
        _wake(lead, actor=actor, at=at)
    if lead.owner_id is not None:
        drop_open_tasks(lead, at)
        hours = FIRST_CONTACT.total_seconds() / 3600
        make_task(
            lead, actor=actor, at=at, kind="call", title=_("They asked again: answer"), member_id=lead.owner_id,
            due_at=working_deadline(at, hours, zone_of(lead.workspace_id)),
        )  # fmt: skip
    save(lead, actor=actor, at=at, action="asked_again", was=was)
    if rested:
        publish(LeadWoken(actor, at, lead.pk))
    publish(LeadAskedAgain(actor, at, lead.pk, note))
    return lead


def _wake(lead: Lead, *, actor: Actor, at: datetime) -> None:
    lead.state, lead.wake_on = "open", None
    owner = active_member(lead.workspace_id, lead.owner_id)
    set_owner(lead, actor=actor, at=at, member_id=owner.pk if owner else None, over=None)
    lead.due_at = stage_deadline(lead.stage, at, office_of(lead.workspace_id, lead.owner_id))
