"""Which of several records is to stay: a client before others, then the one that knows most, then the oldest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import connection

from konveyer.domain.duplicates.rules.merging import FIELDS


def fullest(kind: str, workspace_id: UUID, ids: Sequence[UUID]) -> dict[UUID, tuple[Any, ...]]:
    """A key to sort by, the one to stay first. One query."""
    filled = " + ".join(f"(coalesce(r.{name}::text, '') <> '')::int" for name in FIELDS[kind])
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            select r.id, exists (select 1 from lead l where l.workspace_id = r.workspace_id and l.{kind}_id = r.id and l.state = 'won'),
                   {filled} + (select count(*) from point_use u where u.workspace_id = r.workspace_id and u.{kind}_id = r.id)
                   + (select count(*) from lead l where l.workspace_id = r.workspace_id and l.{kind}_id = r.id), r.created_at
              from {kind} r where r.workspace_id = %s and r.id = any(%s)
            """,
            [workspace_id, list(ids)],
        )
        return {row[0]: (not row[1], -row[2], row[3], row[0]) for row in cursor.fetchall()}
