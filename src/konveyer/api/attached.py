"""Notes and files on companies, contacts, leads and deals."""

from datetime import datetime
from typing import Annotated, BinaryIO, Literal, cast
from uuid import UUID

from django.http import FileResponse
from ninja import File as Upload
from ninja import Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from konveyer.api.auth import ApiRequest
from konveyer.api.shapes import Given, Ref, Revision, ref
from konveyer.domain.notes.models import File, Note
from konveyer.domain.notes.operations.files import add_file, remove_file
from konveyer.domain.notes.operations.notes import add_note, change_note, remove_note
from konveyer.domain.notes.queries.attached import content_of, files_of, notes_of, subject_of
from konveyer.domain.notes.rules.subject import Subject
from konveyer.kit import clock

router = Router(tags=["notes and files"])
Kind = Literal["contact", "company", "lead", "deal"]
Body = Annotated[str, Field(min_length=1, max_length=20_000)]


class NoteOut(Schema):
    """A text somebody of ours wrote down; never a touch."""

    id: UUID
    version: int
    on: str
    record_id: UUID
    body: str
    member: Ref | None
    created_at: datetime


class NoteIn(Given):
    """The text, and the record it is on."""

    on: Kind
    record_id: UUID
    body: Body


class NotePut(Given):
    """Another text."""

    body: Body
    version: Revision


class FileOut(Schema):
    """A file on a record; its content is at /files/ID/content."""

    id: UUID
    on: str
    record_id: UUID
    name: str
    content_type: str
    size: int
    sha256: str
    member: Ref | None
    created_at: datetime


@router.get("/notes", response=list[NoteOut], summary="Notes on a record")
def list_notes(request: ApiRequest, on: Kind, record_id: UUID) -> list[NoteOut]:
    """The last hundred, newest first."""
    return [_note(row) for row in notes_of(request.actor, Subject(on, record_id))]


@router.post("/notes", response={201: NoteOut}, summary="Write a note")
def post_note(request: ApiRequest, body: NoteIn) -> Status[NoteOut]:
    """On a record in view."""
    note = add_note(
        actor=request.actor, at=clock.now(), subject=Subject(body.on, body.record_id), body=body.body
    )
    return Status(201, _note(note))


@router.put("/notes/{uuid:note_id}", response=NoteOut, summary="Change a note")
def put_note(request: ApiRequest, note_id: UUID, body: NotePut) -> NoteOut:
    """One's own, or anybody's by who assigns leads."""
    return _note(
        change_note(
            actor=request.actor, at=clock.now(), note_id=note_id, version=body.version, body=body.body
        )
    )


@router.delete("/notes/{uuid:note_id}", response={204: None}, summary="Remove a note")
def delete_note(request: ApiRequest, note_id: UUID) -> Status[None]:
    """The journal keeps what it said."""
    remove_note(actor=request.actor, at=clock.now(), note_id=note_id)
    return Status(204, None)


@router.get("/files", response=list[FileOut], summary="Files on a record")
def list_files(request: ApiRequest, on: Kind, record_id: UUID) -> list[FileOut]:
    """The last hundred, newest first."""
    return [_file(row) for row in files_of(request.actor, Subject(on, record_id))]


@router.post("/files", response={201: FileOut}, summary="Put a file to a record")
def post_file(
    request: ApiRequest,
    on: Kind,
    record_id: UUID,
    file: Annotated[UploadedFile, Upload(...)],
) -> Status[FileOut]:
    """As a form with the part `file`; what it is is told by its content. At most 25 MB."""
    subject = Subject(on, record_id)
    row = add_file(
        actor=request.actor,
        at=clock.now(),
        subject=subject,
        name=file.name or "file",
        content=cast(BinaryIO, file.file),
    )
    return Status(201, _file(row))


@router.get("/files/{uuid:file_id}/content", summary="The content of a file")
def get_content(request: ApiRequest, file_id: UUID) -> FileResponse:
    """Always as an attachment."""
    row, content = content_of(request.actor, file_id)
    response = FileResponse(content, as_attachment=True, filename=row.name, content_type=row.content_type)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@router.delete("/files/{uuid:file_id}", response={204: None}, summary="Remove a file")
def delete_file(request: ApiRequest, file_id: UUID) -> Status[None]:
    """Its content goes too."""
    remove_file(actor=request.actor, at=clock.now(), file_id=file_id)
    return Status(204, None)


def _note(row: Note) -> NoteOut:
    subject = subject_of(row)
    return NoteOut(
        id=row.pk, version=row.version, on=subject.kind, record_id=subject.id, body=row.body, member=ref(row.member),
        created_at=row.created_at,
    )  # fmt: skip


def _file(row: File) -> FileOut:
    subject = subject_of(row)
    return FileOut(
        id=row.pk, on=subject.kind, record_id=subject.id, name=row.name, content_type=row.content_type, size=row.size,
        sha256=row.sha256, member=ref(row.member), created_at=row.created_at,
    )  # fmt: skip
