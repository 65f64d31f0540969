"""Consents: the ledger of a person and the texts that people agree to."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Router, Schema, Status
from pydantic import Field

from konveyer.api.auth import ApiRequest
from konveyer.api.shapes import Given, Line, Moment, Name, Ref, Text, ref
from konveyer.domain.consent import operations
from konveyer.domain.consent.models import Consent, ConsentText
from konveyer.domain.consent.queries.ledger import proof_of, texts
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit import clock

router = Router(tags=["base"])
Purpose = Literal["service", "advertising", "calls", "passing_on"]
Source = Literal["form", "page", "mail", "call", "paper", "by_hand", "import"]
Address = Annotated[str, Field(max_length=45)]


class ConsentTextOut(Schema):
    """One version of a text; it is never changed."""

    id: UUID
    purpose: str
    language: str
    number: int
    title: str
    body: str
    created_at: datetime


class ConsentTextIn(Given):
    """The next version for its purpose and language."""

    purpose: Purpose
    language: Literal["ru", "en"]
    title: Name
    body: Text


class ConsentOut(Schema):
    """An entry: `at` when it happened, `created_at` when it was written down; `point` null: whichever contact point."""

    id: UUID
    done: str
    purpose: str
    text: Ref | None
    text_number: int | None
    point: str | None
    source: str
    place: str
    address: str
    note: str
    by: Ref | None
    at: datetime
    created_at: datetime


class ConsentIn(Given):
    """A consent to a text; written down by hand, on paper or from a list, `place` says where the proof lies."""

    text_id: UUID
    source: Source
    point_id: UUID | None = None
    given_at: Moment | None = None
    place: Line = ""
    address: Address = ""
    note: Line = ""


class WithdrawIn(Given):
    """What is agreed to no longer."""

    purpose: Purpose
    source: Source
    point_id: UUID | None = None
    place: Line = ""
    address: Address = ""
    note: Line = ""


@router.get("/consent-texts", response=list[ConsentTextOut], summary="Consent texts")
def list_texts(request: ApiRequest) -> list[ConsentText]:
    """Every version, the latest of each purpose and language first."""
    request.actor.require(Right.BASE_READ)
    return texts(request.actor.workspace_id)


@router.post("/consent-texts", response={201: ConsentTextOut}, summary="Write a consent text")
def post_text(request: ApiRequest, body: ConsentTextIn) -> Status[ConsentText]:
    """Former versions stay for those who agreed to them."""
    return Status(201, operations.write_text(actor=request.actor, at=clock.now(), **body.dict()))


@router.get("/contacts/{uuid:contact_id}/consents", response=list[ConsentOut], summary="Consents of a person")
def list_consents(request: ApiRequest, contact_id: UUID) -> list[ConsentOut]:
    """The whole ledger, oldest first."""
    return [_entry(one) for one in proof_of(request.actor, contact_id)[1]]


@router.post(
    "/contacts/{uuid:contact_id}/consents", response={201: ConsentOut}, summary="Write a consent down"
)
def post_consent(request: ApiRequest, contact_id: UUID, body: ConsentIn) -> Status[ConsentOut]:
    """Its purpose is that of the text."""
    made = operations.give(actor=request.actor, at=clock.now(), contact_id=contact_id, **body.dict())
    return Status(201, _entry(made))


@router.post(
    "/contacts/{uuid:contact_id}/consents/withdraw", response={201: ConsentOut}, summary="Withdraw a consent"
)
def post_withdraw(request: ApiRequest, contact_id: UUID, body: WithdrawIn) -> Status[ConsentOut]:
    """409 where no such consent stands."""
    made = operations.withdraw(actor=request.actor, at=clock.now(), contact_id=contact_id, **body.dict())
    return Status(201, _entry(made))


def _entry(one: Consent) -> ConsentOut:
    return ConsentOut(
        id=one.pk, done=one.done, purpose=one.purpose, text=ref(one.text), text_number=one.text.number if one.text else None,
        point=one.point.value if one.point else None, source=one.source, place=one.place, address=one.address, note=one.note,
        by=ref(one.member), at=one.at, created_at=one.created_at,
    )  # fmt: skip
