"""Entering a workspace: the only way to see its rows.

`enter` opens a transaction (or joins the running one) and tells PostgreSQL which workspace's rows the
role may touch. The setting dies with the transaction; the former one comes back when a nested block ends.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connection, transaction

SETTING = "konveyer.workspace"


def current() -> UUID | None:
    """The workspace of the running transaction, None outside."""
    with connection.cursor() as cursor:
        cursor.execute("select nullif(current_setting(%s, true), '')", [SETTING])
        row = cursor.fetchone()
    return UUID(row[0]) if row and row[0] else None


def _set(value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select set_config(%s, %s, true)", [SETTING, value])


@contextmanager
def enter(workspace_id: UUID | str) -> Iterator[None]:
    """Run the block in one transaction that sees the rows of `workspace_id` and no others."""
    nested = connection.in_atomic_block
    with transaction.atomic():
        former = current() if nested else None
        _set(str(workspace_id))
        try:
            yield
        finally:
            if nested and not connection.needs_rollback:
                _set(str(former) if former else "")
