"""Events of the domain as webhooks tell them: ids and figures, no personal values; details are asked of the API."""

from typing import Any
from uuid import UUID

from konveyer.domain.deals.events import DealChanged, PaymentRecorded
from konveyer.domain.hooks.operations.telling import tell
from konveyer.domain.leads.events import (
    HandoffAccepted,
    HandoffReturned,
    HandoffSent,
    LeadAssigned,
    LeadJudged,
    LeadLost,
    LeadMoved,
    LeadOpened,
    LeadReopened,
    LeadWon,
)
from konveyer.domain.people.events import CompanyCreated, ContactCreated
from konveyer.domain.staff.events import MemberJoined, MemberLeft
from konveyer.domain.touches.events import TouchRecorded
from konveyer.kit.events import subscribe

CODES: dict[type[Any], str] = {
    LeadOpened: "lead.opened",
    LeadMoved: "lead.moved",
    LeadAssigned: "lead.assigned",
    LeadJudged: "lead.judged",
    LeadWon: "lead.won",
    LeadLost: "lead.lost",
    LeadReopened: "lead.reopened",
    HandoffSent: "handoff.sent",
    HandoffAccepted: "handoff.accepted",
    HandoffReturned: "handoff.returned",
    TouchRecorded: "touch.recorded",
    PaymentRecorded: "payment.recorded",
    CompanyCreated: "company.created",
    ContactCreated: "contact.created",
    MemberJoined: "member.joined",
    MemberLeft: "member.left",
}
DEAL_CODES = {"won": "deal.won", "lost": "deal.lost"}
TOLD = (
    "lead_id", "from_stage_id", "to_stage_id", "owner_id", "reason", "handoff_id", "touch_id", "deal_id",
    "payment_id", "member_id", "status", "qualified", "company_id", "contact_id",
)  # fmt: skip


def subscribe_all() -> None:
    """Called by the wiring."""
    for kind in CODES:
        subscribe(kind, announce)
    subscribe(DealChanged, announce_deal)


def announce(event: Any) -> None:
    """Tell the webhooks of the workspace in which it happened, in the same transaction."""
    _tell(event, CODES[type(event)])


def announce_deal(event: DealChanged) -> None:
    """A deal that was won or lost is told as such; every other change as a change."""
    _tell(event, DEAL_CODES.get(event.status, "deal.changed"))


def _tell(event: Any, code: str) -> None:
    data: dict[str, Any] = {}
    for name in TOLD:
        if hasattr(event, name):
            value = getattr(event, name)
            data[name] = str(value) if isinstance(value, UUID) else value
    data["by"] = str(event.actor.member_id) if event.actor.member_id else event.actor.by
    tell(workspace_id=event.actor.workspace_id, at=event.at, event=code, data=data)
