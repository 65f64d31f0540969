"""The list of leads, search everywhere, and imports that were made."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Router, Schema
from pydantic import Field

from konveyer.api.auth import ApiRequest
from konveyer.api.leads import LeadOut, shape
from konveyer.api.leads import router as leads_router
from konveyer.api.shapes import After, FromDay, Limit, Listed, Ref, Short, ToDay, listed, named, opened, ref
from konveyer.domain.imports.models import Batch, Reject
from konveyer.domain.imports.queries.batches import latest, rejects_of
from konveyer.domain.leads.queries.search import search_everywhere
from konveyer.domain.leads.rules.lead_filter import LeadFilter
from konveyer.domain.notes.queries.lead_list import leads as find_leads
from konveyer.domain.people.rules.looking import look
from konveyer.domain.people.rules.region import region_of
from konveyer.domain.workspace.rules.rights import Right

router = Router(tags=["lists"])
Asked = Annotated[str, Field(max_length=200)]
Sort = Literal["arrived", "-arrived", "name", "-name", "amount", "-amount"]


class LeadLine(LeadOut):
    """A lead with how often it was touched: counted touches, and all of them."""

    counted_touches: int
    touches: int


class FoundOut(Schema):
    """What search found, best first; at most twenty records in all."""

    leads: list[Ref]
    companies: list[Ref]
    contacts: list[Ref]


class ImportOut(Schema):
    """An import: rows = created + updated + unchanged + rejected, counting its main record."""

    id: UUID
    file_name: str
    preset: str
    state: str
    rows: int
    created: int
    updated: int
    unchanged: int
    rejected: int
    member: Ref | None
    created_at: datetime
    finished_at: datetime | None
    undone_at: datetime | None
    failure: str


class RejectOut(Schema):
    """A row that did not go in: its line in the file, and why."""

    line: int
    column: str
    code: str
    params: dict[str, Any]


@leads_router.get("/leads", response=Listed[LeadLine], summary="Leads")
def list_leads(
    request: ApiRequest,
    q: Asked = "",
    conveyor: Short | None = None,
    stage: Short | None = None,
    state: Literal["open", "on_hold", "won", "lost"] | None = None,
    origin: Short | None = None,
    owner: Short | None = None,
    telemarketer: Short | None = None,
    closer: Short | None = None,
    without: Literal["origin", "page", "owner", "telemarketer", "closer"] | None = None,
    waits: Literal["late", "queue", "handoff", "contact", "wake"] | None = None,
    doubtful: bool = False,
    first: FromDay = None,
    last: ToDay = None,
    sort: Sort = "-arrived",
    after: After | None = None,
    limit: Limit = 50,
) -> dict[str, Any]:
    """In view. `from`–`to` are local days of arrival; members are named by id or by their key in reports."""
    wanted = LeadFilter(
        conveyor=conveyor, stage=stage, state=state, origin=origin, owner=owner, telemarketer=telemarketer,
        closer=closer, without=without, waits=waits, doubtful=doubtful, first=first, last=last,
    )  # fmt: skip
    place = f"leads{sort}"
    found = find_leads(request.actor, wanted, text=q, sort=sort, after=opened(after, place), size=limit)
    return listed(
        found.lines,
        lambda line: {**shape(line.lead), "counted_touches": line.counted, "touches": line.touches},
        found.page.after,
        place,
    )


@router.get("/search", response=FoundOut, summary="Search everywhere")
def search(request: ApiRequest, q: Asked) -> FoundOut:
    """Names in their word forms, phones, addresses; what the rights and the view allow."""
    found = search_everywhere(look(q, region_of(request.workspace.currency)), request.actor)
    return FoundOut(
        leads=[Ref(id=lead.pk, name=str(shape(lead)["name"])) for lead in found.leads],
        companies=[named(row) for row in found.companies],
        contacts=[named(row) for row in found.contacts],
    )


@router.get("/imports", response=list[ImportOut], summary="Imports that were made")
def list_imports(request: ApiRequest) -> list[ImportOut]:
    """The last fifty, newest first."""
    request.actor.require(Right.BASE_IMPORT)
    return [_import(row) for row in latest(request.actor.workspace_id)]


@router.get("/imports/{uuid:batch_id}/rejects", response=list[RejectOut], summary="Rows that did not go in")
def list_rejects(request: ApiRequest, batch_id: UUID) -> list[Reject]:
    """The first thousand by line; those mended since are left out."""
    request.actor.require(Right.BASE_IMPORT)
    rows = rejects_of(request.actor.workspace_id, batch_id)
    return [row for row, _number in zip(rows, range(1000), strict=False)]


def _import(row: Batch) -> ImportOut:
    return ImportOut(
        id=row.pk, file_name=row.file_name, preset=row.preset, state=row.state, rows=row.rows, created=row.created,
        updated=row.updated, unchanged=row.unchanged, rejected=row.rejected, member=ref(row.member),
        created_at=row.created_at, finished_at=row.finished_at, undone_at=row.undone_at, failure=row.failure,
    )  # fmt: skip
