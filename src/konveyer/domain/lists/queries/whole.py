"""Everything of a workspace, table by table: what `export all` takes out."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO
from uuid import UUID

from django.apps import apps
from django.db import connection, models, transaction
from django.db.models import Model
from psycopg import sql

from konveyer.domain.notes.models import File
from konveyer.domain.notes.ports import store
from konveyer.kit import tenancy

AT_ONCE = 2_000  # rows in memory
# Secrets, and what only this installation can use: never taken out.
SECRETS = frozenset({"sealed_secret", "token_hash", "password"})
# Marks and sums that are made again out of the rest, answers kept for repeated requests, cells of unfinished imports.
MADE_AGAIN = frozenset({
    "answered_request", "funnel_cell", "funnel_counted_month", "funnel_dirty_month", "sheet_day_sums", "sheet_dirty_day",
    "portfolio_stay", "portfolio_day_moves", "portfolio_ripened", "portfolio_mark",
})  # fmt: skip


@dataclass(frozen=True)
class Table:
    """A table of the workspace with the columns that are taken out, in their order."""

    name: str
    columns: tuple[str, ...]


@contextmanager
def snapshot(workspace_id: UUID) -> Iterator[None]:
    """Inside the block the workspace is read as it stood at one moment, while others go on writing."""
    if connection.in_atomic_block:
        with tenancy.enter(workspace_id):
            yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("set transaction isolation level repeatable read, read only")
        with tenancy.enter(workspace_id):
            yield


def contents(workspace_id: UUID) -> Iterator[tuple[str, BinaryIO | None]]:
    """The files on its records by their stored names; None where the content is missing on the disk."""
    names = File.objects.filter(workspace_id=workspace_id).order_by("id").values_list("stored_as", flat=True)
    for name in names.iterator(chunk_size=AT_ONCE):
        try:
            yield name, store().open(name)
        except FileNotFoundError:
            yield name, None


def tables() -> list[Table]:
    """Every table that holds rows of a workspace, by name; a table that is added later is among them."""
    found = []
    for model in apps.get_models():
        if not model.__module__.startswith("konveyer.domain") or not _of_workspace(model):
            continue
        name = str(model._meta.db_table)
        if name not in MADE_AGAIN:
            found.append(Table(name, tuple(_columns(model))))
    return sorted(found, key=lambda table: table.name)


def rows(workspace_id: UUID, table: Table) -> Iterator[Sequence[Any]]:
    """The rows of one table by id, read a part at a time by a cursor of the server."""
    statement = sql.SQL("select {columns} from {table} where {key} = %s order by id").format(
        columns=sql.SQL(", ").join(map(sql.Identifier, table.columns)),
        table=sql.Identifier(table.name),
        key=sql.Identifier("id" if table.name == "workspace" else "workspace_id"),
    )
    connection.ensure_connection()
    with connection.connection.cursor(name="taken_out") as cursor:
        cursor.itersize = AT_ONCE
        cursor.execute(statement, [workspace_id])
        yield from cursor


def _of_workspace(model: type[Model]) -> bool:
    return model._meta.db_table == "workspace" or any(
        field.name == "workspace" for field in model._meta.concrete_fields
    )


def _columns(model: type[Model]) -> Iterator[str]:
    for field in model._meta.concrete_fields:
        generated = isinstance(field, models.GeneratedField)
        if field.column not in SECRETS and not generated:
            yield str(field.column)
