"""Companies."""

from datetime import datetime
from typing import Annotated, Any
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
from konveyer.domain.notes.queries.cards import CompanyCard, company_card
from konveyer.domain.notes.queries.people_lists import Line, companies
from konveyer.domain.notes.rules.base_filter import BaseFilter
from konveyer.domain.people.models import Company
from konveyer.domain.people.operations.companies import change_company, create_company
from konveyer.domain.people.operations.points import add_points
from konveyer.domain.people.rules.facts import CompanyFacts
from konveyer.kit import clock
from konveyer.kit.refusal import NotFound

router = Router(tags=["base"])


class CompanyGiven(Given):
    """What is known of a company; left out = not known."""

    name: Word
    legal_name: Word = ""
    tax_number: Word = ""
    domain: Word = ""
    city: Word = ""
    industry: Word = ""


class CompanyIn(CompanyGiven):
    """A new company with its phones and addresses."""

    points: Annotated[list[PointIn], Field(max_length=50)] = []


class CompanyPut(CompanyGiven):
    """Everything that is known of it."""

    version: Revision


class CompanyOut(Schema):
    """A company."""

    id: UUID
    version: int
    name: str
    legal_name: str
    tax_number: str | None
    domain: str
    city: str
    industry: str
    external_key: str | None
    created_at: datetime


class CompanyLine(CompanyOut):
    """With its tags."""

    tags: list[Ref]


class CompanyFull(CompanyLine):
    """With its phones and addresses and the people who work there."""

    points: list[PointOut]
    works: list[WorkOut]


@router.get("/companies", response=Listed[CompanyLine], summary="Companies")
def list_companies(
    request: ApiRequest,
    q: Asked = "",
    leads: Leads | None = None,
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
    """`q` looks as search does; `leads`: with an open lead, with a won one, without any; days are those of coming in;

    `tag`: ids, separated by commas; all of them must stand on it. `class`: where it stands in the portfolio today; `move`: which
    way it went there, on the days `move_from` to `move_to`.
    """
    wanted = BaseFilter(
        text=q,
        leads=leads or "",
        first=first,
        last=last,
        labels=label_filter.parse(request.GET.dict()),
        stands=stands or "",
        move=move or "",
        move_from=move_from,
        move_to=move_to,
    )
    found = companies(request.actor, wanted, sort=sort, after=opened(after, f"companies{sort}"), size=limit)
    return listed(found.lines, _company, found.page.after, f"companies{sort}")


@router.get("/companies/{uuid:company_id}", response=CompanyFull, summary="One company")
def get_company(request: ApiRequest, company_id: UUID) -> Any:
    """With its points and people. One that was merged into another leads there (302)."""
    try:
        return _company_full(company_card(request.actor, company_id))
    except NotFound:
        return merged_into(request, "company", company_id)


@router.post("/companies", response={201: CompanyFull}, summary="Add a company")
def post_company(request: ApiRequest, body: CompanyIn) -> Status[Any]:
    """A tax number that another company has is refused; details name that company."""
    row = create_company(
        actor=request.actor,
        at=clock.now(),
        facts=CompanyFacts(**body.dict(exclude={"points"})),
        points=typed(body.points),
    )
    return Status(201, get_company(request, row.pk))


@router.put("/companies/{uuid:company_id}", response=CompanyFull, summary="Change a company")
def put_company(request: ApiRequest, company_id: UUID, body: CompanyPut) -> Any:
    """All that is known of it is set; 409 with both values when somebody else was quicker."""
    change_company(
        actor=request.actor,
        at=clock.now(),
        company_id=company_id,
        version=body.version,
        facts=CompanyFacts(**body.dict(exclude={"version"})),
    )
    return get_company(request, company_id)


@router.post(
    "/companies/{uuid:company_id}/points", response={201: CompanyFull}, summary="Add points to a company"
)
def post_company_points(request: ApiRequest, company_id: UUID, body: PointsIn) -> Status[Any]:
    """Phones, addresses, accounts; what it has already stays."""
    add_points(actor=request.actor, at=clock.now(), company_id=company_id, points=typed(body.points))
    return Status(201, get_company(request, company_id))


def _company(line: Line[Company]) -> Any:
    return CompanyOut.from_orm(line.record).dict() | {"tags": [named(tag) for tag in line.tags]}


def _company_full(card: CompanyCard) -> dict[str, Any]:
    return (
        CompanyOut.from_orm(card.company).dict() | beside(card) | {"tags": [named(tag) for tag in card.tags]}
    )
