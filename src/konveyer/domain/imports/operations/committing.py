"""Writing a draft: asked for on the screen or by the API, done by the worker, gone on with after a kill."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from konveyer.domain.imports.models import Batch, Reject, RememberedMapping
from konveyer.domain.imports.operations.batches import alone, find, go_on
from konveyer.domain.imports.operations.run import run
from konveyer.domain.imports.operations.trials import fingerprint_of
from konveyer.domain.imports.operations.working import failure_of, member_of, rows_of
from konveyer.domain.imports.queries.batches import records_of
from konveyer.domain.imports.rules import drafting
from konveyer.domain.imports.rules.map_file import READING_OPTIONS
from konveyer.domain.journal.operations import record
from konveyer.domain.notes.ports import store
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.kit import tenancy
from konveyer.kit.enqueue import enqueue
from konveyer.kit.live import announce
from konveyer.kit.refusal import Refused, Stale

JOB = "imports.write"


@transaction.atomic
def begin(*, actor: Actor, at: datetime, batch_id: UUID, of: str) -> Batch:
    """Have a tried draft written. `of` is the fingerprint of the trial that was looked at.

    Raises Refused when it was not tried as it stands, Stale when somebody changed it since, NotFound, Forbidden. A draft
    that is being written already is left alone: pressing twice is no error.
    """
    batch = find(actor, batch_id)
    if batch.state in ("running", "done") and batch.trial.get("of") == of:
        return batch
    if batch.state != "draft":
        raise Refused(
            "import_written", _("This import was started already; its rows can no longer be changed here.")
        )
    now = fingerprint_of(batch)
    if batch.trial.get("state") != "done" or batch.trial.get("of") != now:
        raise Refused("import_untried", _("Try the rows first: since the last trial something was changed."))
    if of != now:
        raise Stale(
            "import_changed",
            _("Somebody changed how this file is read. Look at the new trial before you write."),
        )
    batch.state, batch.started_at, batch.failure, batch.sample = "running", at, "", []
    batch.save(update_fields=["state", "started_at", "failure", "sample"])
    # writing says itself which rows it does not take; the mended ones it reads as they were mended
    Reject.objects.filter(workspace_id=batch.workspace_id, batch=batch, mended_at__isnull=True).delete()
    _remember(batch, at)
    record(
        actor=actor, at=at, subject="import_batch", subject_id=batch.pk, action="imported", after={"file": batch.file_name}
    )  # fmt: skip
    enqueue(JOB, workspace_id=actor.workspace_id, batch_id=batch.pk)
    return batch


@transaction.atomic
def continue_it(*, actor: Actor, batch_id: UUID) -> Batch:
    """A broken-off import goes on where it stopped. Raises Refused, NotFound, Forbidden."""
    batch = find(actor, batch_id)
    if batch.state != "stopped":
        raise Refused("import_not_stopped", _("This import is not broken off."))
    if not batch.stored_as:
        raise Refused(
            "import_of_command",
            _("This import was begun by the command konveyer import; call it again with the same file."),
        )
    go_on(actor=actor, batch_id=batch_id)
    enqueue(JOB, workspace_id=actor.workspace_id, batch_id=batch_id)
    return batch


def write_on(*, workspace_id: UUID, at: datetime, batch_id: UUID) -> None:
    """Write what is not written yet. What may pass by itself is raised, so that the queue tries again later: also that
    somebody else is at it, for he may be dying."""
    with alone(batch_id):
        batch = _unwritten(workspace_id, batch_id)
        if batch is None:
            return
        if batch.state == "done":  # killed between the last row and the clearing up
            _done(batch)
            return
        try:
            with tenancy.enter(workspace_id):
                actor = member_of(batch)
                go_on(actor=actor, batch_id=batch_id)
            with rows_of(batch) as rows:
                run(actor=actor, at=at, batch=batch, rows=rows, say=lambda _done: _tell(batch))
        except Refused as refused:
            _stopped(batch, failure_of(refused, workspace_id, batch.member_id))
            return
        except Exception as broken:
            _stopped(batch, failure_of(broken, workspace_id, batch.member_id))
            raise
        _done(batch)


def _unwritten(workspace_id: UUID, batch_id: UUID) -> Batch | None:
    """A batch whose file has not served yet."""
    with tenancy.enter(workspace_id):
        rows = Batch.objects.filter(
            workspace_id=workspace_id, pk=batch_id, state__in=["running", "stopped", "done"]
        )
        return rows.exclude(stored_as="").first()


def _tell(batch: Batch) -> None:
    with tenancy.enter(batch.workspace_id):
        announce(batch.workspace_id, "import", batch.pk)


def _stopped(batch: Batch, why: str) -> None:
    with tenancy.enter(batch.workspace_id):
        Batch.objects.filter(
            workspace_id=batch.workspace_id, pk=batch.pk, state__in=["running", "stopped"]
        ).update(state="stopped", failure=why[:500])
        announce(batch.workspace_id, "import", batch.pk)


def _done(batch: Batch) -> None:
    """The file has served; what the trial showed of people and the mended rows, which are in, go too."""
    with tenancy.enter(batch.workspace_id), transaction.atomic():
        trial = {name: value for name, value in batch.trial.items() if name != "changes"}
        trial["records"] = records_of(batch)
        Reject.objects.filter(workspace_id=batch.workspace_id, batch=batch, mended_at__isnull=False).delete()
        Batch.objects.filter(workspace_id=batch.workspace_id, pk=batch.pk).update(stored_as="", trial=trial)
        transaction.on_commit(lambda: store().drop(batch.stored_as))
        announce(batch.workspace_id, "import", batch.pk)


def _remember(batch: Batch, at: datetime) -> None:
    """The next file with these columns is mapped as this one was."""
    header, mapping = batch.reading["columns"], batch.mapping
    options = {name: value for name, value in mapping["options"].items() if name not in READING_OPTIONS}
    stored = {
        "preset": batch.preset,
        "codes": [mapping["columns"].get(name, "") for name in header],
        "options": options,
    }
    RememberedMapping.objects.update_or_create(
        workspace_id=batch.workspace_id, header_hash=drafting.header_hash(header),
        defaults={"mapping": stored, "used_at": at},
    )  # fmt: skip
