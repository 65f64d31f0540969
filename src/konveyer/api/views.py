"""Kept views of lists, and one action on many records."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Router, Schema, Status
from pydantic import Field

from konveyer.api.auth import ApiRequest
from konveyer.api.shapes import Given, Ref, Revision, ref
from konveyer.domain.lists.models import BulkAction, BulkStep, SavedView
from konveyer.domain.lists.operations import ViewFacts, bulk, change_view, drop_view, keep_view
from konveyer.domain.lists.queries import actions
from konveyer.domain.lists.queries.views import views
from konveyer.kit import clock

router = Router(tags=["lists"])
Name = Literal["companies", "people", "leads"]
Shared = Literal["own", "team", "all"]
Title = Annotated[str, Field(min_length=1, max_length=60)]
Part = Annotated[str, Field(max_length=400)]
Query = Annotated[dict[Annotated[str, Field(max_length=60)], Part], Field(max_length=60)]
Names = list[str]
Ids = Annotated[list[UUID], Field(max_length=10_000)]
Columns = Annotated[list[Annotated[str, Field(min_length=1, max_length=30)]], Field(max_length=120)]


class ViewOut(Schema):
    """A list under a name. `query` holds parameters of the list's address; `shared`: own, team, all."""

    id: UUID
    version: int
    list: str
    name: str
    query: dict[str, str]
    sort: str
    columns: Names
    shared: str
    pinned: bool
    member: Ref


class ViewIn(Given):
    """What the view shows and who sees it."""

    name: Title
    query: Query = {}
    columns: Columns = []
    shared: Shared = "own"
    pinned: bool = True


class ViewNew(ViewIn):
    """A view of one's own."""

    list: Name


class ViewPut(ViewIn):
    """Everything about it."""

    version: Revision


class BulkIn(Given):
    """An action on `ids`, or with `query` on everything that the filter of the list finds.

    `params`: assign {member: id or ""}, tag and untag {tag: id}, field {field: key, value}, move {stage: "conveyor/key"},
    close {reason: "conveyor/code", note}.
    """

    list: Name
    action: Literal["assign", "tag", "untag", "field", "move", "close"]
    params: Annotated[
        dict[Annotated[str, Field(max_length=20)], Annotated[str, Field(max_length=1000)]],
        Field(max_length=10),
    ] = {}
    ids: Ids = []
    query: Query | None = None


class KeptOut(Schema):
    """Records that stay as they are for one reason; `ids` names the first fifty."""

    code: str
    detail: str
    count: int
    ids: list[UUID]


Whys = list[KeptOut]


class BulkOut(Schema):
    """How it stands: `trying` → `tried` (look at the counts, then /do) → `running` → `done` → `undoing` → `undone`."""

    id: UUID
    list: str
    action: str
    params: dict[str, str]
    state: str
    total: int
    ready: int
    changed: int
    kept: int
    restored: int
    left_over: int
    created_at: datetime
    done_at: datetime | None
    undone_at: datetime | None
    member: Ref | None
    why: Whys


@router.get("/views", response=list[ViewOut], summary="Views of a list")
def list_views(request: ApiRequest, list: Name) -> Iterable[SavedView]:
    """One's own, those of the team, those of all."""
    return views(request.actor, list)


@router.post("/views", response={201: ViewOut}, summary="Keep a view")
def post_view(request: ApiRequest, body: ViewNew) -> Status[SavedView]:
    """To share with all is for who gives work to others."""
    facts = _facts(body)
    return Status(201, keep_view(actor=request.actor, at=clock.now(), list_name=body.list, facts=facts))


@router.put("/views/{uuid:view_id}", response=ViewOut, summary="Change a view")
def put_view(request: ApiRequest, view_id: UUID, body: ViewPut) -> SavedView:
    """By its owner; a shared one also by who gives work to others. 409 when somebody else was quicker."""
    return change_view(
        actor=request.actor, at=clock.now(), view_id=view_id, version=body.version, facts=_facts(body)
    )


@router.delete("/views/{uuid:view_id}", response={204: None}, summary="Drop a view")
def delete_view(request: ApiRequest, view_id: UUID) -> Status[None]:
    """The records it showed stay."""
    drop_view(actor=request.actor, at=clock.now(), view_id=view_id)
    return Status(204, None)


@router.post("/bulk", response={202: BulkOut}, summary="Ask for an action on many records")
def post_bulk(request: ApiRequest, body: BulkIn) -> Status[BulkOut]:
    """It is only tried: nothing has changed yet. Many records are tried by the worker."""
    asked = bulk.ask(
        actor=request.actor, at=clock.now(), list_name=body.list, action=body.action, params=body.params,
        ids=body.ids, query=body.query,
    )  # fmt: skip
    return Status(202, _bulk(request, asked))


@router.get("/bulk/{uuid:action_id}", response=BulkOut, summary="How an action on many records stands")
def get_bulk(request: ApiRequest, action_id: UUID) -> BulkOut:
    """With why records stay as they are."""
    return _bulk(request, actions.one(request.actor, action_id))


@router.post("/bulk/{uuid:action_id}/do", response={202: BulkOut}, summary="Do what was tried")
def post_do(request: ApiRequest, action_id: UUID) -> Status[BulkOut]:
    """409 when it is not `tried`."""
    return Status(202, _bulk(request, bulk.do(actor=request.actor, at=clock.now(), action_id=action_id)))


@router.post("/bulk/{uuid:action_id}/undo", response={202: BulkOut}, summary="Take it back")
def post_undo(request: ApiRequest, action_id: UUID) -> Status[BulkOut]:
    """What somebody changed since stays; `why` says so. 409 when it is not `done`."""
    return Status(
        202, _bulk(request, bulk.take_back(actor=request.actor, at=clock.now(), action_id=action_id))
    )


def _facts(body: ViewIn) -> ViewFacts:
    return ViewFacts(body.name, body.query, tuple(body.columns), body.shared, body.pinned)


def _bulk(request: ApiRequest, asked: BulkAction) -> BulkOut:
    named: dict[str, Any] = {
        name: getattr(asked, name) for name in BulkOut.model_fields if name not in ("member", "why", "params")
    }
    groups = [
        KeptOut(
            code=group.why, detail=group.said, count=group.count, ids=[_record(step) for step in group.steps]
        )
        for group in actions.kept(request.actor, asked)
    ]
    params = {name: str(value) for name, value in asked.params.items()}
    return BulkOut(**named, member=ref(asked.member), params=params, why=groups)


def _record(step: BulkStep) -> UUID:
    return bulk.subject_of(step)[1]
