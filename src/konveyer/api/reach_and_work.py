"""What companies and people share: phones and addresses, places of work."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Query, Router, Schema, Status
from pydantic import Field

from konveyer.api.auth import ApiRequest
from konveyer.api.shapes import Day, Given, Ref, named
from konveyer.domain.notes.queries.cards import CompanyCard, ContactCard
from konveyer.domain.people.models import Employment, PointUse
from konveyer.domain.people.operations.employment import employ, end_employment
from konveyer.domain.people.operations.points import Typed, remove_point
from konveyer.kit import clock

router = Router(tags=["base"])
Sort = Literal["name", "-name", "created", "-created"]
Leads = Literal["open", "won", "none"]
Class = Annotated[
    Literal["cold", "sleeping", "warm", "hot", "client", "vip"] | None, Query(None, alias="class")
]
Move = Literal["came", "warmed", "won", "slept", "woke"] | None
Role = Literal["", "director", "head_of_department", "decision_maker", "influencer", "gatekeeper"]
Asked = Annotated[str, Field(max_length=200)]
Word = Annotated[str, Field(max_length=300)]


class PointIn(Given):
    """A phone, an address, a messenger account as people write it; `text` may hold several."""

    kind: Literal["phone", "email", "telegram", "whatsapp", "max", "vk", "website"]
    text: Word
    label: Annotated[str, Field(max_length=60)] = ""


class PointOut(Schema):
    """A contact point in its stored form. `id` is that of its use by this record."""

    id: UUID
    kind: str
    value: str
    extension: str
    label: str


class WorkOut(Schema):
    """A place of work."""

    id: UUID
    contact: Ref
    company: Ref
    title: str
    buying_role: str
    started_on: date | None
    ended_on: date | None


class PointsIn(Given):
    """Points to add."""

    points: Annotated[list[PointIn], Field(min_length=1, max_length=50)]


class WorkIn(Given):
    """Somebody works at the company."""

    contact_id: UUID
    company_id: UUID
    title: Annotated[str, Field(max_length=200)] = ""
    buying_role: Role = ""
    started_on: Day | None = None


class EndIn(Given):
    """The last day there."""

    ended_on: Day


@router.delete("/points/{uuid:use_id}", response={204: None}, summary="Take a point away")
def delete_point(request: ApiRequest, use_id: UUID) -> Status[None]:
    """From this person or company; others who share it keep it."""
    remove_point(actor=request.actor, at=clock.now(), use_id=use_id)
    return Status(204, None)


@router.post("/works", response={201: WorkOut}, summary="Somebody works at a company")
def postwork_out(request: ApiRequest, body: WorkIn) -> Status[WorkOut]:
    """One open place of a person at a company."""
    return Status(201, work_out(employ(actor=request.actor, at=clock.now(), **body.dict())))


@router.post("/works/{uuid:employment_id}/end", response=WorkOut, summary="Somebody works there no longer")
def endwork_out(request: ApiRequest, employment_id: UUID, body: EndIn) -> WorkOut:
    """The line stays as history."""
    row = end_employment(
        actor=request.actor, at=clock.now(), employment_id=employment_id, ended_on=body.ended_on
    )
    return work_out(row)


def typed(points: list[PointIn]) -> list[Typed]:
    """Points as the operations take them."""
    return [Typed(point.kind, point.text, point.label) for point in points]


def beside(card: CompanyCard | ContactCard) -> dict[str, Any]:
    """What both pages show beside the record."""
    return {"points": [_point(use) for use in card.points], "works": [work_out(row) for row in card.works]}


def _point(use: PointUse) -> PointOut:
    point = use.point
    return PointOut(id=use.pk, kind=point.kind, value=point.value, extension=point.extension, label=use.label)


def work_out(row: Employment) -> WorkOut:
    """A place of work in its shape."""
    return WorkOut(
        id=row.pk, contact=named(row.contact), company=named(row.company), title=row.title, buying_role=row.buying_role,
        started_on=row.started_on, ended_on=row.ended_on,
    )  # fmt: skip
