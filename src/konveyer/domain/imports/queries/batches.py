"""Reads about imports that were made."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from konveyer.domain.imports.models import Batch, Reject


def rejects_of(workspace_id: UUID, batch_id: UUID) -> Iterator[Reject]:
    """Rows that did not go in, by line; those mended since are left out."""
    rows = Reject.objects.filter(workspace_id=workspace_id, batch_id=batch_id, mended_at__isnull=True)
    return rows.order_by("line").iterator()


def latest(workspace_id: UUID, limit: int = 50) -> list[Batch]:
    """The latest imports, newest first."""
    rows = Batch.objects.filter(workspace_id=workspace_id).select_related("member")
    return list(rows.order_by("-created_at", "-id")[:limit])
