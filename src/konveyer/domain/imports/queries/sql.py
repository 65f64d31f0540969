"""Rows of a statement as dictionaries and as drafts."""

from __future__ import annotations

from typing import Any

from django.db import connection

from konveyer.domain.imports.rules.drafts import Draft


def rows_of(sql: str, *params: Any) -> list[dict[str, Any]]:
    """Each row by the names of its columns."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def drafts_of(sql: str, *params: Any) -> list[Draft]:
    """Each row as a draft; its column `id` names it."""
    return [Draft(row.pop("id"), row) for row in rows_of(sql, *params)]
