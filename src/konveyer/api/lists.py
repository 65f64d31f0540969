"""The list of leads, and search everywhere."""

from typing import Annotated, Any, Literal

from ninja import Router, Schema
from pydantic import Field

from konveyer.api.auth import ApiRequest
from konveyer.api.leads import LeadOut, shape
from konveyer.api.leads import router as leads_router
from konveyer.api.shapes import After, FromDay, Limit, Listed, Ref, Short, ToDay, listed, named, opened
from konveyer.domain.labels.rules import label_filter
from konveyer.domain.leads.queries.search import search_everywhere
from konveyer.domain.leads.rules.lead_filter import LeadFilter
from konveyer.domain.notes.queries.lead_list import leads as find_leads
from konveyer.domain.people.rules.looking import look
from konveyer.domain.people.rules.region import region_of

router = Router(tags=["lists"])
Asked = Annotated[str, Field(max_length=200)]
Sort = Literal["arrived", "-arrived", "name", "-name", "amount", "-amount"]


class LeadLine(LeadOut):
    """A lead with how often it was touched: counted touches, and all of them."""

    counted_touches: int
    touches: int
    tags: list[Ref]


class FoundOut(Schema):
    """What search found, best first; at most twenty records in all."""

    leads: list[Ref]
    companies: list[Ref]
    contacts: list[Ref]


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
    tag: Asked = "",
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
    found = find_leads(
        request.actor,
        wanted,
        text=q,
        labels=label_filter.parse(request.GET.dict()),
        sort=sort,
        after=opened(after, place),
        size=limit,
    )
    return listed(
        found.lines,
        lambda line: {
            **shape(line.lead),
            "counted_touches": line.counted,
            "touches": line.touches,
            "tags": [named(tag) for tag in line.tags],
        },
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
