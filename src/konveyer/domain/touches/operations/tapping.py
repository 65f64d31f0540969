"""A tap on a phone, an address or a messenger link: an attempt, until its outcome is written down."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from konveyer.domain.journal.operations import record
from konveyer.domain.leads.models import Lead
from konveyer.domain.leads.operations.hold_of import lock
from konveyer.domain.people.models import ContactPoint, PointUse
from konveyer.domain.touches.models import Touch
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.refusal import NotFound

CHANNELS = {"phone": "call", "email": "mail"}


def tap(
    *,
    actor: Actor,
    at: datetime,
    point_id: UUID,
    contact_id: UUID | None = None,
    lead_id: UUID | None = None,
    company_id: UUID | None = None,
) -> Touch:
    """Write the attempt down: a call nobody has answered yet, or a mail or message begun, which does not count.

    Raises NotFound when there is no such point, or it belongs neither to the contact, nor to the company, nor to the lead's client.
    """
    actor.require(Right.LEADS_WORK)
    lead = lead_of(actor, lead_id, contact_id, company_id)
    point = ContactPoint.objects.filter(workspace_id=actor.workspace_id, pk=point_id).first()
    contact_id = contact_id or (lead.contact_id if lead else None)
    company_id = company_id or (lead.company_id if lead else None)
    if point is None or not _used(actor.workspace_id, point_id, contact_id, company_id):
        raise NotFound("point_not_found", _("There is no such contact point."))
    channel = CHANNELS.get(point.kind, "message")
    touch = Touch.objects.create(
        workspace_id=actor.workspace_id, lead=lead, contact_id=contact_id, company_id=company_id, point=point,
        member_id=actor.member_id, channel=channel, direction="out", outcome="no_answer" if channel == "call" else "sent",
        happened_at=at, created_at=at, reached=False, counted=False,
    )  # fmt: skip
    record(
        actor=actor, at=at, subject="touch", subject_id=touch.pk, action="created",
        after={"channel": channel, "outcome": touch.outcome, "by_tap": True, "lead": touch.lead_id},
    )  # fmt: skip
    if lead is not None and lead.first_touch_at is None:
        Lead.objects.filter(workspace_id=actor.workspace_id, pk=lead.pk).update(first_touch_at=at)
    return touch


def _used(workspace_id: UUID, point_id: UUID, contact_id: UUID | None, company_id: UUID | None) -> bool:
    uses = PointUse.objects.filter(workspace_id=workspace_id, point_id=point_id)
    return any(
        (contact_id and use.contact_id == contact_id) or (company_id and use.company_id == company_id)
        for use in uses
    )


def tapped_touch(actor: Actor, touch_id: UUID | None, lead: Lead | None) -> Touch | None:
    """The actor's own attempt on this lead, locked, still without an outcome; None for anything else."""
    if touch_id is None or actor.member_id is None:
        return None
    rows = Touch.objects.select_for_update(of=("self",)).filter(
        workspace_id=actor.workspace_id, pk=touch_id, member_id=actor.member_id, lead=lead, counted=False, note="",
        outcome__in=["no_answer", "sent"], direction="out", history=False,
    )  # fmt: skip
    return rows.first()


def lead_of(
    actor: Actor, lead_id: UUID | None, contact_id: UUID | None, company_id: UUID | None
) -> Lead | None:
    """The named lead in view, locked; else the only open lead of the person or company, whoever works it."""
    if lead_id is not None:
        return lock(actor=actor, lead_id=lead_id)
    rows = Lead.objects.filter(workspace_id=actor.workspace_id, state="open")
    rows = (
        rows.filter(contact_id=contact_id)
        if contact_id
        else rows.filter(company_id=company_id)
        if company_id
        else rows.none()
    )
    found = list(rows[:2])
    return rows.select_for_update(of=("self",)).get(pk=found[0].pk) if len(found) == 1 else None
