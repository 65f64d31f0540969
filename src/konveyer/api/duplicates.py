"""Duplicates: pairs that were found, merging one by one or all over a score, taking back."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Router, Schema, Status
from pydantic import Field

from konveyer.api.auth import ApiRequest
from konveyer.api.shapes import After, Given, Limit, Listed, Ref, listed, named, opened
from konveyer.domain.duplicates import operations
from konveyer.domain.duplicates.models import Merge, Run
from konveyer.domain.duplicates.queries import pairs as reading
from konveyer.kit import clock

router = Router(tags=["base"])
Kind = Literal["company", "contact"]
Records = Annotated[list[UUID], Field(min_length=1, max_length=50)]
Over = Annotated[int, Field(ge=50, le=100)]


class PairOut(Schema):
    """Two records that may be one: how sure it is, 0–100, and why."""

    id: UUID
    kind: str
    score: int
    reasons: list[str]
    one: Ref
    other: Ref


class DismissIn(Given):
    """Records that are different ones."""

    kind: Kind
    records: Annotated[list[UUID], Field(min_length=2, max_length=50)]


class DismissedOut(Schema):
    """How many pairs that settled."""

    settled: int


class MergeIn(Given):
    """The record that stays, those that go into it, and by field whose value stays. `leads`: of two open leads on one
    conveyor the lesser one is closed with a reason, or goes on as a second one."""

    kind: Kind
    kept: UUID
    gone: Records
    chosen: dict[str, UUID] = {}
    leads: Literal["close", "second"] = "close"


class MergeOut(Schema):
    """A merge that was made. `told`, once taken back: what stayed, {table, id, why}."""

    id: UUID
    kind: str
    kept_id: UUID
    gone_id: UUID
    at: datetime
    undone_at: datetime | None
    run_id: UUID | None
    told: list[dict[str, str]]


class RunIn(Given):
    """A scan (`whole`: of everything, else of what changed), or a merge of all pairs with at least this score."""

    work: Literal["scan", "merge"]
    whole: bool = False
    over: Over = 90
    kind: Kind | None = None


class RunOut(Schema):
    """`records`: looked at, or merged away; `pairs`: new ones, or groups that were left; `wide_keys`: shared by too many."""

    id: UUID
    work: str
    state: str
    records: int
    pairs: int
    wide_keys: int
    asked_at: datetime
    ended_at: datetime | None


@router.get("/duplicates", response=Listed[PairOut], summary="Duplicates that were found")
def list_duplicates(
    request: ApiRequest,
    kind: Kind = "company",
    over: Over = 50,
    after: After | None = None,
    limit: Limit = 50,
) -> dict[str, Any]:
    """The surest first."""
    place = f"duplicates{kind}{over}"
    found = reading.pairs(request.actor, kind, over=over, after=opened(after, place), size=limit)
    return listed(found.lines, _pair, found.after, place)


@router.post("/duplicates/dismiss", response=DismissedOut, summary="They are different ones")
def post_dismiss(request: ApiRequest, body: DismissIn) -> DismissedOut:
    """Every two of these records; no scan asks again."""
    settled = operations.dismiss(actor=request.actor, at=clock.now(), kind=body.kind, records=body.records)
    return DismissedOut(settled=settled)


@router.post("/duplicates/merge", response={201: list[MergeOut]}, summary="Merge records")
def post_merge(request: ApiRequest, body: MergeIn) -> Status[list[MergeOut]]:
    """Everything that belongs to those that go belongs to the one that stays; their old numbers lead there."""
    made = operations.merge(actor=request.actor, at=clock.now(), **body.dict())
    return Status(201, [_merge(one) for one in made])


@router.get("/duplicates/merges", response=Listed[MergeOut], summary="Merges that were made")
def list_merges(request: ApiRequest, after: After | None = None, limit: Limit = 50) -> dict[str, Any]:
    """The latest first."""
    found = reading.merges(request.actor, after=opened(after, "merges"), size=limit)
    return listed(found.rows, _merge, found.after, "merges")


@router.post("/duplicates/merges/{uuid:merge_id}/undo", response=MergeOut, summary="Take a merge back")
def post_undo(request: ApiRequest, merge_id: UUID) -> MergeOut:
    """Both stand again; `told` names what stays as it is now and why."""
    return _merge(operations.undo_merge(actor=request.actor, at=clock.now(), merge_id=merge_id))


@router.post("/duplicates/runs", response={202: RunOut}, summary="Scan, or merge everything over a score")
def post_run(request: ApiRequest, body: RunIn) -> Status[RunOut]:
    """The worker does it; one at a time."""
    if body.work == "scan":
        run = operations.ask_scan(actor=request.actor, at=clock.now(), whole=body.whole)
    else:
        run = operations.ask_merge(actor=request.actor, at=clock.now(), over=body.over, kind=body.kind or "")
    return Status(202, _run(run))


@router.get("/duplicates/runs/{uuid:run_id}", response=RunOut, summary="How far a run is")
def get_run(request: ApiRequest, run_id: UUID) -> RunOut:
    """`state`: asked, running, done, failed."""
    return _run(reading.run_of(request.actor, run_id))


def _pair(line: reading.Line) -> PairOut:
    pair = line.pair
    return PairOut(
        id=pair.pk,
        kind=pair.kind,
        score=pair.score,
        reasons=pair.reasons,
        one=named(line.one),
        other=named(line.other),
    )


def _merge(one: Merge) -> MergeOut:
    return MergeOut(
        id=one.pk, kind=one.kind, kept_id=one.kept_id, gone_id=one.gone_id, at=one.at, undone_at=one.undone_at,
        run_id=one.run_id, told=one.told,
    )  # fmt: skip


def _run(run: Run) -> RunOut:
    return RunOut(
        id=run.pk, work=run.work, state=run.state, records=run.records, pairs=run.pairs, wide_keys=run.wide,
        asked_at=run.asked_at, ended_at=run.ended_at,
    )  # fmt: skip
