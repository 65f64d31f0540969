"""Notes: written, changed, taken away. What they say is personal in the journal."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from konveyer.domain.journal.operations import record
from konveyer.domain.notes.models import Note
from konveyer.domain.notes.queries.access import Reached, reach
from konveyer.domain.notes.queries.attached import require_change
from konveyer.domain.notes.rules.subject import Subject
from konveyer.domain.people.operations.staleness import refuse_stale
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.kit.refusal import Invalid, NotFound

LONGEST = 20_000


@transaction.atomic
def add_note(*, actor: Actor, at: datetime, subject: Subject, body: str) -> Note:
    """A note on the record. Raises Invalid for an empty or endless one, Forbidden, NotFound."""
    reached = reach(actor, subject, to_write=True)
    text = _text(body)
    note = Note.objects.create(
        workspace_id=actor.workspace_id, member_id=actor.member_id, body=text, created_at=at, **_key(subject)
    )
    _journal(reached, actor=actor, at=at, action="note_added", after=text)
    return note


@transaction.atomic
def change_note(*, actor: Actor, at: datetime, note_id: UUID, version: int, body: str) -> Note:
    """Another text. Raises Stale with both texts when somebody was quicker, Forbidden for a stranger's note."""
    note, reached = _hold(actor, note_id)
    text = _text(body)
    refuse_stale(
        workspace_id=actor.workspace_id, subject_id=reached.subject.id, version=note.version, seen=version,
        now={"body": note.body}, wanted={"body": text},
    )  # fmt: skip
    if text == note.body:
        return note
    before, note.body = note.body, text
    note.version += 1
    note.save(update_fields=["body", "version"])
    _journal(reached, actor=actor, at=at, action="note_changed", before=before, after=text)
    return note


@transaction.atomic
def remove_note(*, actor: Actor, at: datetime, note_id: UUID) -> Subject:
    """Take the note away; the journal keeps what it said. Returns the record it was on. Raises Forbidden, NotFound."""
    note, reached = _hold(actor, note_id)
    _journal(reached, actor=actor, at=at, action="note_removed", before=note.body)
    note.delete()
    return reached.subject


def _hold(actor: Actor, note_id: UUID) -> tuple[Note, Reached]:
    note = (
        Note.objects.select_for_update(of=("self",))
        .filter(workspace_id=actor.workspace_id, pk=note_id)
        .first()
    )
    if note is None:
        raise NotFound("note_not_found", _("This note has been taken away already."))
    return note, require_change(actor, note)


def _text(body: str) -> str:
    lines = body.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    text = "\n".join(
        "".join(sign for sign in line if sign.isprintable() or sign == "\t").rstrip() for line in lines
    ).strip()
    if not text:
        raise Invalid("note_empty", _("Write something first."), fields={"body": "empty"})
    if len(text) > LONGEST:
        raise Invalid(
            "note_long",
            _("A note holds 20,000 letters. Put a longer text into a file."),
            fields={"body": "too_long"},
        )
    return text


def _key(subject: Subject) -> dict[str, UUID]:
    return {f"{subject.kind}_id": subject.id}


def _journal(
    reached: Reached,
    *,
    actor: Actor,
    at: datetime,
    action: str,
    before: str | None = None,
    after: str | None = None,
) -> None:
    record(
        actor=actor, at=at, subject=reached.subject.kind, subject_id=reached.subject.id, action=action,
        before={} if before is None else {"note": before}, after={} if after is None else {"note": after},
        personal=["note"], personal_owner=reached.owner,
    )  # fmt: skip
