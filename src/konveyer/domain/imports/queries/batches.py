"""Reads about imports that were made, and about drafts of imports."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from konveyer.domain.imports.models import Batch, Reject, RememberedMapping
from konveyer.domain.imports.ports import tables
from konveyer.domain.imports.rules import drafting
from konveyer.domain.imports.rules.reasons import text_of
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.refusal import NotFound


def rejects_of(workspace_id: UUID, batch_id: UUID) -> Iterator[Reject]:
    """Rows that did not go in, by line; those mended since are left out."""
    rows = Reject.objects.filter(workspace_id=workspace_id, batch_id=batch_id, mended_at__isnull=True)
    return rows.order_by("line").iterator()


def latest(workspace_id: UUID, limit: int = 50) -> list[Batch]:
    """The latest imports, newest first."""
    rows = Batch.objects.filter(workspace_id=workspace_id).select_related("member")
    return list(rows.order_by("-created_at", "-id")[:limit])


def batch_of(actor: Actor, batch_id: UUID) -> Batch:
    """An import of this workspace. Raises Forbidden, NotFound."""
    actor.require(Right.BASE_IMPORT)
    found = (
        Batch.objects.filter(workspace_id=actor.workspace_id, pk=batch_id).select_related("member").first()
    )
    if found is None:
        raise NotFound("batch_not_found", _("There is no such import."))
    return found


def shown_rejects(batch: Batch, limit: int) -> list[Reject]:
    """Rejected rows by line, those mended since among them: on a screen a row does not vanish under the hand."""
    rows = Reject.objects.filter(workspace_id=batch.workspace_id, batch=batch)
    return list(rows.order_by("line")[:limit])


def unmended(batch: Batch, limit: int, after: int = 0) -> list[Reject]:
    """Rows that do not go in, by line, behind this one."""
    rows = Reject.objects.filter(workspace_id=batch.workspace_id, batch=batch, mended_at__isnull=True)
    return list(rows.filter(line__gt=after).order_by("line")[:limit])


def mended_count(batch: Batch) -> int:
    """How many rejected rows were mended since the trial; those mended before it counts where they went."""
    mended = Reject.objects.filter(workspace_id=batch.workspace_id, batch=batch, mended_at__isnull=False)
    return max(mended.count() - int(batch.trial.get("mended", 0)), 0)


def remembered(batch: Batch) -> bool:
    """Whether the columns go where those of the same header went last time."""
    header, columns = batch.reading["columns"], batch.mapping["columns"]
    found = RememberedMapping.objects.filter(
        workspace_id=batch.workspace_id, header_hash=drafting.header_hash(header)
    ).first()
    return found is not None and found.mapping["codes"] == [columns.get(name, "") for name in header]


def tried(batch: Batch) -> bool:
    """Whether the trial tells of the draft as it stands."""
    told_of = str(batch.trial.get("of", ""))
    return batch.trial.get("state") == "done" and told_of == drafting.fingerprint(
        batch.reading, batch.mapping
    )


def records_of(batch: Batch) -> dict[str, dict[str, int]]:
    """By table: how many records the batch created and changed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select subject, case action when 'created' then action else 'changed' end, count(distinct subject_id)"
            " from journal_entry where workspace_id = %s and batch_id = %s"
            " and action in ('created', 'changed', 'filled', 'tagged') group by 1, 2",
            [batch.workspace_id, batch.pk],
        )
        found: dict[str, dict[str, int]] = {}
        for table, action, number in cursor.fetchall():
            found.setdefault(table, {})[action] = number
        return found


def write_rejects(batch: Batch, file: Any, why: str, line: str) -> None:
    """The rows that do not go in as a CSV: the columns of the file, behind them the line and the reason.

    Cells that a damaged row has too many stand behind the reason.
    """
    columns = list(batch.reading["columns"])
    wide = len(columns)

    def rows() -> Iterator[list[str]]:
        for row in rejects_of(batch.workspace_id, batch.pk):
            cells = [str(cell) for cell in row.values]
            reason = " · ".join([text_of(row.code, row.params, row.column), *cells[wide:]])
            yield [*cells[:wide], *[""] * (wide - len(cells)), str(row.line), reason]

    tables().write_csv(file, [*columns, line, why], rows())
