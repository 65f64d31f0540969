"""Handoffs: a lead given from one specialist to the next, accepted or given back."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Router, Schema

from konveyer.api.auth import ApiRequest
from konveyer.api.leads import LeadFull, get_lead
from konveyer.api.moves import SeenIn
from konveyer.api.shapes import Line, Ref, named, ref
from konveyer.domain.leads.models import Handoff
from konveyer.domain.leads.operations import accept_handoff, return_handoff
from konveyer.domain.leads.queries.card import lead_card
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit import clock

router = Router(tags=["handoffs"])


class HandoffOut(Schema):
    """`package` is what was known when it was sent; `to` is null while it waits in the role's queue."""

    id: UUID
    lead_id: UUID
    state: str
    giver: Ref | None
    to: Ref | None
    role: Ref
    from_stage: Ref
    to_stage: Ref
    introduction: str
    package: dict[str, Any]
    sent_at: datetime
    due_at: datetime | None
    settled_at: datetime | None
    return_reason: str
    return_note: str


class ReturnIn(SeenIn):
    """Why it goes back."""

    reason: Literal[
        "not_qualified",
        "facts_missing",
        "wrong_person",
        "bad_timing",
        "unreachable",
        "not_mine",
        "no_capacity",
    ]
    note: Line = ""


@router.get("/leads/{uuid:lead_id}/handoffs", response=list[HandoffOut], summary="Handoffs of a lead")
def list_handoffs(request: ApiRequest, lead_id: UUID) -> list[HandoffOut]:
    """The last twenty, newest first."""
    request.actor.require(Right.LEADS_WORK)
    return [_shape(handoff) for handoff in lead_card(request.actor, lead_id).handoffs]


@router.post("/handoffs/{uuid:handoff_id}/accept", response=LeadFull, summary="Accept a handoff")
def accept(request: ApiRequest, handoff_id: UUID, body: SeenIn) -> LeadFull:
    """By the one it was sent to, by a holder of the role when it waits in a queue, or by who assigns leads."""
    handoff = accept_handoff(actor=request.actor, at=clock.now(), handoff_id=handoff_id, version=body.version)
    return get_lead(request, handoff.lead_id)


@router.post("/handoffs/{uuid:handoff_id}/return", response=HandoffOut, summary="Give a handoff back")
def give_back(request: ApiRequest, handoff_id: UUID, body: ReturnIn) -> HandoffOut:
    """Into the stage it came from, with a reason from the list."""
    handoff = return_handoff(actor=request.actor, at=clock.now(), handoff_id=handoff_id, **body.dict())
    return _shape(handoff)


def _shape(row: Handoff) -> HandoffOut:
    return HandoffOut(
        id=row.pk, lead_id=row.lead_id, state=row.state, giver=ref(row.from_member), to=ref(row.to_member),
        role=named(row.to_role), from_stage=named(row.from_stage), to_stage=named(row.to_stage), introduction=row.introduction,
        package=row.package, sent_at=row.sent_at, due_at=row.due_at, settled_at=row.settled_at,
        return_reason=row.return_reason, return_note=row.return_note,
    )  # fmt: skip
