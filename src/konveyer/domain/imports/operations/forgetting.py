"""What imports leave behind goes after a stated time: drafts, files of broken-off imports, cells of rejected rows."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from konveyer.domain.imports.models import Batch, Reject
from konveyer.domain.imports.operations.drafts import discard
from konveyer.domain.imports.rules.drafting import DRAFT_KEPT, ROWS_KEPT
from konveyer.domain.notes.ports import store


@transaction.atomic
def forget_old(*, workspace_id: UUID, at: datetime) -> None:
    """Drafts after a week; after thirty days the files of broken-off imports and what rejected rows said.

    That a row was rejected, its line, its column and the reason stay: the counts go on adding up.
    """
    batches = Batch.objects.filter(workspace_id=workspace_id)
    for batch in batches.filter(state="draft", created_at__lt=at - DRAFT_KEPT):
        discard(batch)
    old = batches.exclude(state="draft").filter(created_at__lt=at - ROWS_KEPT)
    for batch in old.filter(state__in=["stopped", "done"]).exclude(stored_as=""):
        _drop_file(batch)
    rows = Reject.objects.filter(workspace_id=workspace_id, batch__in=old)
    rows.exclude(values=[]).update(values=[], params={})


def _drop_file(batch: Batch) -> None:
    stored_as, batch.stored_as = batch.stored_as, ""
    batch.save(update_fields=["stored_as"])
    transaction.on_commit(lambda: store().drop(stored_as))
