"""Tags: the workspace's list, and what stands on records."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Router, Schema, Status
from pydantic import Field

from konveyer.api.auth import ApiRequest
from konveyer.api.shapes import Given, Ref, Revision, named
from konveyer.domain.labels.models import Tag
from konveyer.domain.labels.operations import change_tag, create_tag, merge_tags, retire_tag, tag_record
from konveyer.domain.labels.queries.tags import borne_by, tags
from konveyer.kit import clock

router = Router(tags=["base"])
Color = Literal["gray", "red", "orange", "yellow", "green", "teal", "blue", "violet"]
Word = Annotated[str, Field(min_length=1, max_length=60)]
KINDS = {"companies": "company", "contacts": "contact", "leads": "lead"}


class TagOut(Schema):
    """A tag. Retired: it stays where it is and is not offered any more."""

    id: UUID
    version: int
    name: str
    color: str
    retired_at: datetime | None


class TagIn(Given):
    """A new tag."""

    name: Word
    color: Color = "gray"


class TagPatch(Given):
    """What is to change; what is left out stays."""

    version: Revision
    name: Word | None = None
    color: Color | None = None
    retired: bool | None = None


class MergeIn(Given):
    """Into which tag."""

    into: UUID


class TagsIn(Given):
    """Names to put on (new ones become tags), and ids to take off."""

    add: Annotated[list[Word], Field(max_length=30)] = []
    remove: Annotated[list[UUID], Field(max_length=100)] = []


class TagsOut(Schema):
    """What stands on the record now."""

    tags: list[Ref]


@router.get("/tags", response=list[TagOut], summary="Tags")
def list_tags(request: ApiRequest) -> list[Tag]:
    """All of them by name, those out of use as well."""
    return tags(request.actor, all_of_them=True)


@router.post("/tags", response={201: TagOut}, summary="Add a tag")
def post_tag(request: ApiRequest, body: TagIn) -> Status[Tag]:
    """Names differ in more than capitals."""
    return Status(201, create_tag(actor=request.actor, at=clock.now(), name=body.name, color=body.color))


@router.patch("/tags/{uuid:tag_id}", response=TagOut, summary="Change a tag")
def patch_tag(request: ApiRequest, tag_id: UUID, body: TagPatch) -> Tag:
    """Everywhere at once; 409 when somebody else was quicker."""
    now = clock.now()
    tag = change_tag(
        actor=request.actor, at=now, tag_id=tag_id, version=body.version, name=body.name, color=body.color
    )
    if body.retired is not None:
        tag = retire_tag(actor=request.actor, at=now, tag_id=tag_id, retired=body.retired)
    return tag


@router.post("/tags/{uuid:tag_id}/merge", response=TagOut, summary="Merge a tag into another")
def post_merge(request: ApiRequest, tag_id: UUID, body: MergeIn) -> Tag:
    """The tag of the address is gone; every record that bore it bears the other."""
    return merge_tags(actor=request.actor, at=clock.now(), tag_id=tag_id, into_id=body.into)


def _record_tags(path: str) -> None:
    kind = KINDS[path]

    @router.get(
        f"/{path}/{{uuid:record_id}}/tags", response=TagsOut, summary="Tags of a record",
        operation_id=f"get_{kind}_tags",
    )  # fmt: skip
    def read(request: ApiRequest, record_id: UUID) -> TagsOut:
        """By name."""
        return TagsOut(tags=[named(tag) for tag in borne_by(request.actor, kind, record_id)])

    @router.post(
        f"/{path}/{{uuid:record_id}}/tags", response=TagsOut, summary="Put tags on and take tags off",
        operation_id=f"post_{kind}_tags",
    )  # fmt: skip
    def write(request: ApiRequest, record_id: UUID, body: TagsIn) -> TagsOut:
        """Only what is named changes, so two clients do not overwrite each other."""
        tag_record(
            actor=request.actor, at=clock.now(), kind=kind, pk=record_id, add=body.add, remove=body.remove
        )
        return read(request, record_id)


for _path in KINDS:
    _record_tags(_path)
