"""Files: taken in by their content, kept under random names, journaled on the record."""

from datetime import datetime
from typing import BinaryIO
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from konveyer.domain.journal.operations import record
from konveyer.domain.notes.models import File
from konveyer.domain.notes.ports import TooLarge, store
from konveyer.domain.notes.queries.access import reach
from konveyer.domain.notes.queries.attached import require_change
from konveyer.domain.notes.rules.kinds import HEAD, LARGEST, kind_of, safe_name
from konveyer.domain.notes.rules.subject import Subject
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.kit.refusal import Invalid, NotFound


def add_file(*, actor: Actor, at: datetime, subject: Subject, name: str, content: BinaryIO) -> File:
    """Keep a file on the record; `content` can be read from its beginning again.

    The content comes to its place before the row: a crash between the two leaves an orphan, which `reconcile`
    finds, never a row without content. Raises Invalid for an empty file, one that is too large, or one whose
    content is not on the list; Forbidden; NotFound.
    """
    reached = reach(actor, subject, to_write=True)
    head = content.read(HEAD)
    content.seek(0)
    kind = kind_of(head)
    if not head:
        raise Invalid("file_empty", _("This file is empty."), fields={"file": "empty"})
    if kind is None:
        raise Invalid(
            "file_kind",
            _(
                "Files of this kind are not taken in: programs, scripts and web pages may do harm. Send it as a PDF or in an archive."
            ),
            fields={"file": "kind"},
        )
    try:
        kept = store().keep(content, LARGEST)
    except TooLarge as error:
        raise Invalid(
            "file_large",
            _("This file is larger than 25 MB. Make it smaller, or put a link into a note."),
            fields={"file": "large"},
        ) from error
    try:
        with transaction.atomic():
            file = File.objects.create(
                workspace_id=actor.workspace_id, member_id=actor.member_id, name=safe_name(name, kind),
                content_type=kind.content_type, size=kept.size, sha256=kept.sha256, stored_as=kept.stored_as, created_at=at,
                **{f"{subject.kind}_id": subject.id},
            )  # fmt: skip
            record(
                actor=actor, at=at, subject=subject.kind, subject_id=subject.id, action="file_added",
                after={"file": file.name, "size": file.size, "sha256": file.sha256}, personal=["file"],
                personal_owner=reached.owner,
            )  # fmt: skip
    except BaseException:
        store().drop(kept.stored_as)
        raise
    return file


@transaction.atomic
def remove_file(*, actor: Actor, at: datetime, file_id: UUID) -> Subject:
    """Take the file away; its content goes when that is committed. Returns the record. Raises Forbidden, NotFound."""
    file = (
        File.objects.select_for_update(of=("self",))
        .filter(workspace_id=actor.workspace_id, pk=file_id)
        .first()
    )
    if file is None:
        raise NotFound("file_not_found", _("This file is no longer here."))
    reached = require_change(actor, file)
    record(
        actor=actor, at=at, subject=reached.subject.kind, subject_id=reached.subject.id, action="file_removed",
        before={"file": file.name, "size": file.size, "sha256": file.sha256}, personal=["file"], personal_owner=reached.owner,
    )  # fmt: skip
    stored_as = file.stored_as
    file.delete()
    transaction.on_commit(lambda: store().drop(stored_as))
    return reached.subject
