"""What every table of a workspace has in common."""

from collections.abc import Sequence
from typing import Any, TypeVar

from django.db import connection, models
from django.db.models.functions import Now

from konveyer.kit.ids import uuid7

Row = TypeVar("Row", bound=models.Model)


def only(rows: models.QuerySet[Row]) -> Row | None:
    """The row of a look-up by a unique key, None when there is none. Unlike `first` it does not sort: that costs."""
    return next(iter(rows[:1]), None)


def value(sql: str, values: Sequence[Any]) -> Any:
    """The first column of the only row, None when there is none. What every page asks by a key is asked in plain SQL: the
    program takes four times as long to put the same question together through a model."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        row = cursor.fetchone()
    return row[0] if row else None


class WorkspaceKey(models.ForeignKey):  # type: ignore[type-arg]
    """A foreign key that cannot leave the workspace: (workspace_id, x_id) → (workspace_id, id).

    Deletion is restricted by default: rows go by operations that say what goes with them.
    """

    within_workspace = True

    def __init__(self, to: Any, on_delete: Any = models.RESTRICT, **options: Any) -> None:
        options.setdefault("related_name", "+")
        options.setdefault("db_index", False)  # indexes start with the workspace: each table names its own
        super().__init__(to, on_delete=on_delete, **options)


class WorkspaceRow(models.Model):
    """A row of one workspace. `UNIQUE (workspace_id, id)` is what composite keys refer to."""

    id = models.UUIDField(
        primary_key=True, default=uuid7, db_default=models.Func(function="uuidv7"), editable=False
    )
    workspace = models.ForeignKey(
        "workspace.Workspace", on_delete=models.RESTRICT, related_name="+", db_index=False
    )

    class Meta:
        abstract = True


def in_workspace(table: str) -> models.UniqueConstraint:
    """The constraint that composite keys lean on; every workspace table lists it in its Meta."""
    return models.UniqueConstraint(fields=["workspace", "id"], name=f"{table}_in_workspace")


def created_at() -> "models.DateTimeField[Any, Any]":
    """When the row came into being; the database's clock unless the writer knows better."""
    return models.DateTimeField(db_default=Now())
