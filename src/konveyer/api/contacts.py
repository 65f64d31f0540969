"""People."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Router, Schema, Status
from pydantic import Field

from konveyer.api.auth import ApiRequest
from konveyer.api.merged import merged_into
from konveyer.api.reach_and_work import (
    Asked,
    Class,
    Leads,
    Move,
    PointIn,
    PointOut,
    PointsIn,
    Role,
    Sort,
    Word,
    WorkOut,
    beside,
    typed,
)
from konveyer.api.shapes import (
    After,
    Day,
    FromDay,
    Given,
    Limit,
    Listed,
    Ref,
    Revision,
    ToDay,
    listed,
    named,
    opened,
)
from konveyer.domain.labels.rules import label_filter
from konveyer.domain.notes.queries.cards import ContactCard, contact_card
from konveyer.domain.notes.queries.people_lists import Line, contacts
from konveyer.domain.notes.rules.base_filter import BaseFilter
from konveyer.domain.people.models import Contact
from konveyer.domain.people.operations.contacts import change_contact, create_contact
from konveyer.domain.people.operations.points import add_points
from konveyer.domain.people.rules.facts import PersonFacts
from konveyer.kit import clock
from konveyer.kit.refusal import NotFound

router = Router(tags=["base"])


class PersonGiven(Given):
    """What is known of a person; left out = not known."""

    last_name: Word = ""
    first_name: Word = ""
    patronymic: Word = ""
    city: Word = ""
    timezone: Word = ""
    language: Literal["", "ru", "en"] = ""


class ContactIn(PersonGiven):
    """A new person with phones and addresses, and with a place of work."""

    points: Annotated[list[PointIn], Field(max_length=50)] = []
    company_id: UUID | None = None
    title: Annotated[str, Field(max_length=200)] = ""
    buying_role: Role = ""
    started_on: Day | None = None


class ContactPut(PersonGiven):
    """Everything that is known of him."""

    version: Revision


class ContactOut(Schema):
    """A person."""

    id: UUID
    version: int
    name: str
    last_name: str
    first_name: str
    patronymic: str
    city: str
    timezone: str
    language: str
    external_key: str | None
    created_at: datetime


class ContactLine(ContactOut):
    """With its tags."""

    tags: list[Ref]


class ContactFull(ContactLine):
    """With phones and addresses and places of work."""

    points: list[PointOut]
    works: list[WorkOut]


@router.get("/contacts", response=Listed[ContactLine], summary="People")
def list_contacts(
    request: ApiRequest,
    q: Asked = "",
    leads: Leads | None = None,
    role: Role = "",
    first: FromDay = None,
    last: ToDay = None,
    tag: Asked = "",
    stands: Class = None,
    move: Move = None,
    move_from: Day | None = None,
    move_to: Day | None = None,
    sort: Sort = "name",
    after: After | None = None,
    limit: Limit = 50,
) -> dict[str, Any]:
    """As companies; `role` is what somebody is at a company now."""
    wanted = BaseFilter(
        text=q,
        leads=leads or "",
        role=role,
        first=first,
        last=last,
        labels=label_filter.parse(request.GET.dict()),
        stands=stands or "",
        move=move or "",
        move_from=move_from,
        move_to=move_to,
    )
    found = contacts(request.actor, wanted, sort=sort, after=opened(after, f"contacts{sort}"), size=limit)
    return listed(found.lines, _contact, found.page.after, f"contacts{sort}")


@router.get("/contacts/{uuid:contact_id}", response=ContactFull, summary="One person")
def get_contact(request: ApiRequest, contact_id: UUID) -> Any:
    """With points and places of work. One that was merged into another leads there (302)."""
    try:
        return _contact_full(contact_card(request.actor, contact_id))
    except NotFound:
        return merged_into(request, "contact", contact_id)


@router.post("/contacts", response={201: ContactFull}, summary="Add a person")
def post_contact(request: ApiRequest, body: ContactIn) -> Status[Any]:
    """With a name, or a phone or address at least."""
    facts = PersonFacts(**body.dict(include=set(PersonGiven.model_fields)))
    row = create_contact(
        actor=request.actor,
        at=clock.now(),
        facts=facts,
        points=typed(body.points),
        **body.dict(include={"company_id", "title", "buying_role", "started_on"}),
    )
    return Status(201, get_contact(request, row.pk))


@router.put("/contacts/{uuid:contact_id}", response=ContactFull, summary="Change a person")
def put_contact(request: ApiRequest, contact_id: UUID, body: ContactPut) -> Any:
    """All that is known of him is set; 409 with both values when somebody else was quicker."""
    change_contact(
        actor=request.actor,
        at=clock.now(),
        contact_id=contact_id,
        version=body.version,
        facts=PersonFacts(**body.dict(exclude={"version"})),
    )
    return get_contact(request, contact_id)


@router.post(
    "/contacts/{uuid:contact_id}/points", response={201: ContactFull}, summary="Add points to a person"
)
def post_contact_points(request: ApiRequest, contact_id: UUID, body: PointsIn) -> Status[Any]:
    """Phones, addresses, accounts; what he has already stays."""
    add_points(actor=request.actor, at=clock.now(), contact_id=contact_id, points=typed(body.points))
    return Status(201, get_contact(request, contact_id))


def _contact(line: Line[Contact]) -> Any:
    return ContactOut.from_orm(line.record).dict() | {"tags": [named(tag) for tag in line.tags]}


def _contact_full(card: ContactCard) -> dict[str, Any]:
    return (
        ContactOut.from_orm(card.contact).dict() | beside(card) | {"tags": [named(tag) for tag in card.tags]}
    )
