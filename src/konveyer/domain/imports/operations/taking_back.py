"""Undo as it is asked for on the screen: first what it would do, then done. The worker does both."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from konveyer.domain.imports.models import Batch
from konveyer.domain.imports.operations.batches import find
from konveyer.domain.imports.operations.undo import Undone, undo
from konveyer.domain.imports.operations.working import failure_of, member_of
from konveyer.domain.journal.operations import record
from konveyer.domain.notes.ports import store
from konveyer.domain.workspace import queries
from konveyer.domain.workspace.models import Member
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.kit import tenancy
from konveyer.kit.enqueue import enqueue
from konveyer.kit.live import announce
from konveyer.kit.refusal import Refused

JOB = "imports.take_back"
SHOWN = 200  # kept records that are named


class _LookedAt(Exception):
    """Ends a preview: its transaction is rolled back."""


@transaction.atomic
def ask_undo(*, actor: Actor, at: datetime, batch_id: UUID, preview: bool) -> Batch:
    """Have the undo looked at, or done. Raises Refused when there is nothing to take back, NotFound, Forbidden."""
    batch = find(actor, batch_id)
    if batch.state == "undone":
        raise Refused("import_undone", _("This import was taken back already."))
    of_command = batch.state == "running" and not batch.stored_as  # its process may have been killed
    if batch.state not in ("done", "stopped") and not of_command:
        raise Refused("import_unfinished", _("Only an import that has ended can be taken back."))
    if batch.taking_back.get("state") == "asked" and batch.taking_back.get("kind") == "undo":
        return batch
    batch.taking_back = {
        "state": "asked", "kind": "preview" if preview else "undo", "at": at.isoformat(),
        "by": str(actor.member_id) if actor.member_id else "",
    }  # fmt: skip
    batch.save(update_fields=["taking_back"])
    enqueue(JOB, workspace_id=actor.workspace_id, batch_id=batch_id)
    return batch


def take_back(*, workspace_id: UUID, at: datetime, batch_id: UUID) -> None:
    """Do what was asked for last; asked twice, or killed in between, it is done once."""
    with tenancy.enter(workspace_id):
        batch = Batch.objects.filter(workspace_id=workspace_id, pk=batch_id).first()
        if batch is None or batch.taking_back.get("state") != "asked":
            return
        asked = dict(batch.taking_back)
        actor = _asker(batch)
    try:
        found = _look(actor, at, batch_id) if asked["kind"] == "preview" else _undo(actor, at, batch)
        result = {
            "state": "done", "removed": found.removed, "restored": found.restored, "kept_count": len(found.kept),
            "kept": [[one.record, one.id, one.name, one.why] for one in found.kept[:SHOWN]],
        }  # fmt: skip
    except Exception as broken:
        result = {"state": "failed", "said": failure_of(broken, workspace_id, actor.member_id)}
    with tenancy.enter(workspace_id), transaction.atomic():
        batch = Batch.objects.select_for_update(of=("self",)).get(workspace_id=workspace_id, pk=batch_id)
        if batch.taking_back == asked:
            batch.taking_back = {**asked, **result}
            batch.save(update_fields=["taking_back"])
        announce(workspace_id, "import", batch_id)


def _asker(batch: Batch) -> Actor:
    by = batch.taking_back.get("by")
    if not by or not Member.objects.filter(workspace_id=batch.workspace_id, pk=by).exists():
        return member_of(batch)
    return queries.actor_of(UUID(by), batch.workspace_id)


def _look(actor: Actor, at: datetime, batch_id: UUID) -> Undone:
    found = Undone()
    try:
        with tenancy.enter(actor.workspace_id), transaction.atomic():
            found = undo(actor=actor, at=at, batch_id=batch_id)
            raise _LookedAt
    except _LookedAt:
        return found


def _undo(actor: Actor, at: datetime, batch: Batch) -> Undone:
    with tenancy.enter(actor.workspace_id), transaction.atomic():
        found = undo(actor=actor, at=at, batch_id=batch.pk)
        record(
            actor=actor, at=at, subject="import_batch", subject_id=batch.pk, action="undone",
            after={"file": batch.file_name, "removed": sum(found.removed.values()), "restored": sum(found.restored.values())},
        )  # fmt: skip
        if batch.stored_as:
            Batch.objects.filter(workspace_id=batch.workspace_id, pk=batch.pk).update(stored_as="")
            transaction.on_commit(lambda: store().drop(batch.stored_as))
    return found
