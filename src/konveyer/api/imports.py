"""Imports as the screen has them: a file in, how it is read, a trial, writing, rejected rows, taking back."""

from typing import Annotated, BinaryIO, cast
from uuid import UUID

from ninja import File as Upload
from ninja import Router, Status
from ninja.files import UploadedFile
from pydantic import Field

from konveyer.api.auth import ApiRequest
from konveyer.api.import_shapes import (
    ColumnsPut,
    CommitIn,
    ImportDetail,
    ImportOut,
    ReadingPut,
    RejectOut,
    RowPut,
    TrialOut,
    UndoIn,
    detail,
    reject,
    summary,
    trial,
)
from konveyer.domain.imports.operations import committing, drafts, mending, taking_back, trials
from konveyer.domain.imports.queries.batches import batch_of, latest, unmended
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit import clock

router = Router(tags=["imports"])
Preset = Annotated[
    str, Field(max_length=40, description="contacts, leads, deals …; found out by the columns if empty")
]
Line = Annotated[int, Field(ge=0, le=9_000_000_000)]


@router.get("/imports", response=list[ImportOut], summary="Imports that were made")
def list_imports(request: ApiRequest) -> list[ImportOut]:
    """The last fifty, newest first."""
    request.actor.require(Right.BASE_IMPORT)
    return [ImportOut(**summary(row)) for row in latest(request.actor.workspace_id)]


@router.post("/imports", response={201: ImportDetail}, summary="Take a file in")
def post_import(
    request: ApiRequest, file: Annotated[UploadedFile, Upload(...)], preset: Preset = ""
) -> Status[ImportDetail]:
    """As a form with the part `file`: CSV or XLSX, at most 200 MB. It becomes a draft and is tried if its columns allow."""
    batch = drafts.take_in(
        actor=request.actor,
        at=clock.now(),
        name=file.name or "file",
        content=cast(BinaryIO, file.file),
        preset=preset,
    )
    return Status(201, detail(batch_of(request.actor, batch.pk)))


@router.get("/imports/{uuid:batch_id}", response=ImportDetail, summary="An import")
def get_import(request: ApiRequest, batch_id: UUID) -> ImportDetail:
    """How far it is, and what came of it."""
    return detail(batch_of(request.actor, batch_id))


@router.delete("/imports/{uuid:batch_id}", response={204: None}, summary="Leave a draft")
def delete_import(request: ApiRequest, batch_id: UUID) -> Status[None]:
    """Its file goes. What is written already is taken back instead."""
    drafts.withdraw(actor=request.actor, at=clock.now(), batch_id=batch_id)
    return Status(204, None)


@router.put("/imports/{uuid:batch_id}/reading", response=ImportDetail, summary="Read the file otherwise")
def put_reading(request: ApiRequest, batch_id: UUID, body: ReadingPut) -> ImportDetail:
    """What is left out is guessed around what is said."""
    chosen = body.dict(exclude_none=True)
    drafts.read_again(actor=request.actor, at=clock.now(), batch_id=batch_id, chosen=chosen)
    return detail(batch_of(request.actor, batch_id))


@router.put("/imports/{uuid:batch_id}/columns", response=ImportDetail, summary="Say where the columns go")
def put_columns(request: ApiRequest, batch_id: UUID, body: ColumnsPut) -> ImportDetail:
    """By the names of the columns in `reading.columns`."""
    drafts.map_again(
        actor=request.actor, at=clock.now(), batch_id=batch_id, preset=body.preset, columns=body.columns,
        options=body.options.dict(exclude_none=True),
    )  # fmt: skip
    return detail(batch_of(request.actor, batch_id))


@router.get("/imports/{uuid:batch_id}/trial", response=TrialOut, summary="What writing would do")
def get_trial(request: ApiRequest, batch_id: UUID) -> TrialOut:
    """The last trial; its rejected rows stand under /rejects."""
    return trial(batch_of(request.actor, batch_id))


@router.post("/imports/{uuid:batch_id}/trial", response={202: TrialOut}, summary="Try the rows")
def post_trial(request: ApiRequest, batch_id: UUID) -> Status[TrialOut]:
    """The worker does it; read it until its state is done or failed."""
    return Status(202, trial(trials.ask_trial(actor=request.actor, at=clock.now(), batch_id=batch_id)))


@router.post("/imports/{uuid:batch_id}/commit", response={202: ImportDetail}, summary="Write what was tried")
def post_commit(request: ApiRequest, batch_id: UUID, body: CommitIn) -> Status[ImportDetail]:
    """The worker does it; a killed worker goes on where it was."""
    committing.begin(actor=request.actor, at=clock.now(), batch_id=batch_id, of=body.of)
    return Status(202, detail(batch_of(request.actor, batch_id)))


@router.post(
    "/imports/{uuid:batch_id}/resume", response={202: ImportDetail}, summary="Go on with a broken-off import"
)
def post_resume(request: ApiRequest, batch_id: UUID) -> Status[ImportDetail]:
    """At the row after the last that was written."""
    committing.continue_it(actor=request.actor, batch_id=batch_id)
    return Status(202, detail(batch_of(request.actor, batch_id)))


@router.post("/imports/{uuid:batch_id}/undo", response={202: ImportDetail}, summary="Take an import back")
def post_undo(request: ApiRequest, batch_id: UUID, body: UndoIn) -> Status[ImportDetail]:
    """The worker does it; `undo` of the import says what went and what stays."""
    taking_back.ask_undo(actor=request.actor, at=clock.now(), batch_id=batch_id, preview=body.preview)
    return Status(202, detail(batch_of(request.actor, batch_id)))


@router.get("/imports/{uuid:batch_id}/rejects", response=list[RejectOut], summary="Rows that do not go in")
def list_rejects(request: ApiRequest, batch_id: UUID, after_line: Line = 0) -> list[RejectOut]:
    """A thousand by line, those behind `after_line`; rows mended since are left out."""
    batch = batch_of(request.actor, batch_id)
    return [reject(row) for row in unmended(batch, 1000, after_line)]


@router.put(
    "/imports/{uuid:batch_id}/rows/{line}", response={204: None}, summary="Mend a rejected row of a draft"
)
def put_row(request: ApiRequest, batch_id: UUID, line: Line, body: RowPut) -> Status[None]:
    """It goes in with these cells; one that still cannot is refused with the reason."""
    mending.mend(actor=request.actor, at=clock.now(), batch_id=batch_id, line=line, values=body.values)
    return Status(204, None)
