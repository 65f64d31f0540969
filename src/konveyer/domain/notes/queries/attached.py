"""Notes and files of a record."""

from typing import BinaryIO
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from konveyer.domain.notes.models import SUBJECTS, File, Note
from konveyer.domain.notes.ports import store
from konveyer.domain.notes.queries.access import Reached, reach
from konveyer.domain.notes.rules.subject import Subject
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.refusal import Forbidden, NotFound

MOST = 100


def notes_of(actor: Actor, subject: Subject) -> list[Note]:
    """Notes on a record, newest first, with their authors. Raises as `reach` does. Two queries."""
    reach(actor, subject)
    rows = Note.objects.filter(workspace_id=actor.workspace_id, **{f"{subject.kind}_id": subject.id})
    return list(rows.select_related("member").order_by("-created_at", "-id")[:MOST])


def files_of(actor: Actor, subject: Subject) -> list[File]:
    """Files on a record, newest first, with who put them there. Raises as `reach` does. Two queries."""
    reach(actor, subject)
    rows = File.objects.filter(workspace_id=actor.workspace_id, **{f"{subject.kind}_id": subject.id})
    return list(rows.select_related("member").order_by("-created_at", "-id")[:MOST])


def subject_of(row: Note | File) -> Subject:
    """The record that a note or a file is on."""
    for kind in SUBJECTS:
        found = getattr(row, f"{kind}_id")
        if found:
            return Subject(kind, found)
    raise AssertionError(row.pk)  # a check constraint forbids it


def may_change(actor: Actor, row: Note | File) -> bool:
    """Its author, and whoever assigns leads."""
    return row.member_id == actor.member_id or actor.may(Right.LEADS_ASSIGN)


def require_change(actor: Actor, row: Note | File) -> Reached:
    """The record that the note or file is on. Raises as `reach` does, and Forbidden for somebody else's."""
    reached = reach(actor, subject_of(row), to_write=True)
    if not may_change(actor, row):
        raise Forbidden("not_yours", _("Only its author, or whoever assigns leads, may change this."))
    return reached


def file_of(actor: Actor, file_id: UUID) -> File:
    """A file that the actor may take away. Raises NotFound, Forbidden."""
    file = File.objects.filter(workspace_id=actor.workspace_id, pk=file_id).first()
    if file is None:
        raise NotFound("file_not_found", _("This file is no longer here."))
    require_change(actor, file)
    return file


def content_of(actor: Actor, file_id: UUID) -> tuple[File, BinaryIO]:
    """A file and its content, the permission asked anew. The caller closes the content. Raises NotFound, Forbidden."""
    file = File.objects.filter(workspace_id=actor.workspace_id, pk=file_id).first()
    if file is None:
        raise NotFound("file_not_found", _("This file is no longer here."))
    reach(actor, subject_of(file))
    try:
        return file, store().open(file.stored_as)
    except FileNotFoundError as missing:
        raise NotFound(
            "file_lost",
            _(
                "The content of this file is missing on the disk. Restore it from a backup; konveyer doctor says more."
            ),
        ) from missing


def note_of(actor: Actor, note_id: UUID) -> tuple[Note, Subject]:
    """A note that the actor may change, and its record. Raises NotFound, Forbidden."""
    note = Note.objects.filter(workspace_id=actor.workspace_id, pk=note_id).first()
    if note is None:
        raise NotFound("note_not_found", _("This note has been taken away already."))
    return note, require_change(actor, note).subject
