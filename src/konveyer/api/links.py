"""Links between people, and who recommended us."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from ninja import Router, Schema, Status
from pydantic import Field

from konveyer.api.auth import ApiRequest
from konveyer.api.leads import LeadFull, get_lead
from konveyer.api.shapes import Day, Given, Ref, Revision, named
from konveyer.domain.leads.operations import recommend
from konveyer.domain.people.models import ContactLink
from konveyer.domain.people.operations.holding import require_record
from konveyer.domain.people.operations.links import end_link, link_contacts, remove_link
from konveyer.domain.people.queries.links import links_of
from konveyer.kit import clock

router = Router(tags=["base"])


class LinkOut(Schema):
    """`contact` was named (`referred`) or recommended to us by `by`."""

    id: UUID
    contact: Ref
    by: Ref
    kind: str
    started_on: date | None
    ended_on: date | None
    note: str


class LinkIn(Given):
    """Who came through whom."""

    contact_id: UUID
    by_id: UUID
    kind: Literal["referred", "recommended"]
    started_on: Day | None = None
    note: Annotated[str, Field(max_length=300)] = ""


class LinkEnd(Given):
    """The last day on which it held."""

    ended_on: Day


class RecommenderIn(Given):
    """Who recommended us; null = nobody after all."""

    by_id: UUID | None
    version: Revision | None = None


@router.get("/contacts/{uuid:contact_id}/links", response=list[LinkOut], summary="Links of a person")
def list_links(request: ApiRequest, contact_id: UUID) -> list[LinkOut]:
    """Both ways; those that ended come last."""
    found = links_of(request.actor, contact_id)
    require_record(request.actor, contact_id=contact_id)
    return [_link(link) for link in (*found.by, *found.through)]


@router.post("/links", response={201: LinkOut}, summary="Link two people")
def post_link(request: ApiRequest, body: LinkIn) -> Status[LinkOut]:
    """409 for a link that stands already or would close a circle."""
    return Status(201, _link(link_contacts(actor=request.actor, at=clock.now(), **body.dict())))


@router.post("/links/{uuid:link_id}/end", response=LinkOut, summary="A link ended")
def post_link_end(request: ApiRequest, link_id: UUID, body: LinkEnd) -> LinkOut:
    """It stays as history."""
    return _link(end_link(actor=request.actor, at=clock.now(), link_id=link_id, ended_on=body.ended_on))


@router.delete("/links/{uuid:link_id}", response={204: None}, summary="Take a link away")
def delete_link(request: ApiRequest, link_id: UUID) -> Status[None]:
    """It was written down by mistake."""
    remove_link(actor=request.actor, at=clock.now(), link_id=link_id)
    return Status(204, None)


@router.put("/leads/{uuid:lead_id}/recommender", response=LeadFull, summary="Who recommended us")
def put_recommender(request: ApiRequest, lead_id: UUID, body: RecommenderIn) -> LeadFull:
    """A lead without a source gets `recommendation`; its person is linked with the recommender."""
    recommend(actor=request.actor, at=clock.now(), lead_id=lead_id, by_id=body.by_id, version=body.version)
    return get_lead(request, lead_id)


def _link(link: ContactLink) -> LinkOut:
    return LinkOut(
        id=link.pk, contact=named(link.contact), by=named(link.by), kind=link.kind, started_on=link.started_on,
        ended_on=link.ended_on, note=link.note,
    )  # fmt: skip
