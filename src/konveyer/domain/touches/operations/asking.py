"""A client with an open lead asks again: what he said is a touch of theirs on that lead."""

from datetime import datetime
from uuid import UUID

from konveyer.domain.journal.operations import record
from konveyer.domain.leads.models import Lead
from konveyer.domain.leads.operations import warm_up
from konveyer.domain.leads.rules.temperature import BY_OUTCOME
from konveyer.domain.touches.events import TouchRecorded
from konveyer.domain.touches.models import Touch
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.kit.events import publish


def record_inquiry(*, actor: Actor, at: datetime, lead_id: UUID, note: str) -> Touch:
    """Write it down as a message from them; it answers nobody's first contact, and warms the lead up."""
    lead = Lead.objects.get(workspace_id=actor.workspace_id, pk=lead_id)
    touch = Touch.objects.create(
        workspace_id=actor.workspace_id, lead=lead, contact_id=lead.contact_id, company_id=lead.company_id,
        member_id=actor.member_id, channel="message", direction="in", outcome="replied", happened_at=at, created_at=at,
        note=note.strip(), reached=True, counted=True,
    )  # fmt: skip
    record(
        actor=actor, at=at, subject="touch", subject_id=touch.pk, action="created",
        after={"channel": touch.channel, "direction": "in", "outcome": touch.outcome, "note": touch.note, "lead": lead.pk},
        personal=["note"], personal_owner=touch.contact_id or touch.pk,
    )  # fmt: skip
    warm_up(actor=actor, at=at, lead_id=lead.pk, proposed=BY_OUTCOME[touch.outcome], cause=touch.outcome)
    publish(TouchRecorded(actor, at, touch.pk, lead.pk))
    return touch
