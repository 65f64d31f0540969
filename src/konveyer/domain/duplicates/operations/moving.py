"""What belongs to one record goes to another: every table that points at it, read from the models themselves.

So a table that is added later moves too, without a word here. Set by set, however many records a step merges:
`duplicate_step (gone, kept, ord, merge_id)` is a temporary table of the transaction.
"""

from __future__ import annotations

from functools import cache
from itertools import combinations
from typing import Any, NamedTuple
from uuid import UUID

from django.apps import apps
from django.db import connection
from django.db.models import Model, UniqueConstraint

STEP = """create temporary table if not exists duplicate_step
          (gone uuid primary key, kept uuid not null, ord int not null, merge_id uuid not null) on commit drop"""


class Reference(NamedTuple):
    """`model.column` points at records of the kind."""

    model: type[Model]
    column: str

    @property
    def table(self) -> str:
        """Its table."""
        return str(self.model._meta.db_table)


@cache
def references(kind: str) -> tuple[Reference, ...]:
    """Every key that points at companies (or contacts)."""
    return tuple(
        Reference(model, str(field.column))
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if getattr(field, "within_workspace", False) and field.related_model._meta.db_table == kind  # type: ignore[union-attr]
    )


def columns(model: type[Model]) -> list[str]:
    """Columns that are stored, not computed."""
    return [
        str(field.column) for field in model._meta.concrete_fields if not getattr(field, "generated", False)
    ]


def move(kind: str, workspace_id: UUID) -> None:
    """Everything of the records that go belongs to those that stay; what would stand there twice goes."""
    for first, second in combinations(references(kind), 2):
        if first.table == second.table != kind:
            _remove_loops(first, second.column, workspace_id)
    for reference in references(kind):
        if reference.table == kind:
            _clear_self(reference, workspace_id)
        for constraint in reference.model._meta.constraints:
            if isinstance(constraint, UniqueConstraint) and _columns_of(
                reference.model, constraint, reference.column
            ):
                _remove_double(reference, constraint, workspace_id)
        _move(reference, workspace_id)


def _columns_of(model: type[Model], constraint: UniqueConstraint, column: str) -> list[str]:
    """Columns of the constraint beside the workspace and this one; [] when this one is not in it."""
    named = [str(_field(model, name).column) for name in constraint.fields]
    if column not in named or model._meta.db_table == "lead":  # leads are not doubled rows: see leads.py
        return []
    return [name for name in named if name not in (column, "workspace_id")] or ["id"]


def _field(model: type[Model], name: str) -> Any:
    return model._meta.get_field(name)


def _remove_double(reference: Reference, constraint: UniqueConstraint, workspace_id: UUID) -> None:
    """Of rows that would break the constraint the fullest stays; the record's own one before those of others."""
    table, column = reference.table, reference.column
    others = [name for name in _columns_of(reference.model, constraint, column) if name != "id"]
    beside = "".join(f', c."{name}"' for name in others)
    filled = (
        "".join(f' and "{name}" is not null' for name in others)
        if constraint.nulls_distinct is not False
        else ""
    )
    with connection.schema_editor(collect_sql=True) as editor:
        only = constraint._get_condition_sql(reference.model, editor)  # type: ignore[attr-defined]
    _run(
        f"""
        with standing as (
          select * from "{table}" where workspace_id = %(ws)s
             and ("{column}" in (select gone from duplicate_step) or "{column}" in (select kept from duplicate_step))
             {filled} {f"and ({only.replace('%', '%%')})" if only else ""}),
        ranked as (
          select c.id, to_jsonb(c) as whole, row_number() over (client order by
                   (select count(*) from jsonb_each_text(to_jsonb(c)) v where v.value <> '') desc, s.ord nulls first, c.id) as place,
                 coalesce(s.merge_id, (max(s.merge_id::text) over client)::uuid) as of_merge
            from standing c left join duplicate_step s on s.gone = c."{column}"
          window client as (partition by coalesce(s.kept, c."{column}"){beside})),
        doubled as (select * from ranked where place > 1 and of_merge is not null),
        noted as (
          insert into duplicate_merged_row (id, workspace_id, merge_id, "table", row_id, "column", done, row)
          select uuidv7(), %(ws)s, of_merge, '{table}', id, '{column}', 'removed', whole from doubled)
        delete from "{table}" where workspace_id = %(ws)s and id in (select id from doubled)
        """,
        ws=workspace_id,
    )


def _remove_loops(reference: Reference, other: str, workspace_id: UUID) -> None:
    """A row that tied the one to the other (recommended by) would tie one to himself: it goes."""
    table, column = reference.table, reference.column
    _run(
        f"""
        with tied as (
          select c.id, coalesce(s.merge_id, o.merge_id) as of_merge, to_jsonb(c) as whole from "{table}" c
            left join duplicate_step s on s.gone = c."{column}" left join duplicate_step o on o.gone = c."{other}"
           where c.workspace_id = %(ws)s and (s.gone is not null or o.gone is not null)
             and coalesce(s.kept, c."{column}") = coalesce(o.kept, c."{other}")),
        noted as (
          insert into duplicate_merged_row (id, workspace_id, merge_id, "table", row_id, "column", done, row)
          select uuidv7(), %(ws)s, of_merge, '{table}', id, '{column}', 'removed', whole from tied)
        delete from "{table}" where workspace_id = %(ws)s and id in (select id from tied)
        """,
        ws=workspace_id,
    )


def _move(reference: Reference, workspace_id: UUID) -> None:
    table, column = reference.table, reference.column
    _run(
        f"""
        with moved as (
          update "{table}" c set "{column}" = s.kept from duplicate_step s
           where c.workspace_id = %(ws)s and c."{column}" = s.gone returning c.id, s.merge_id)
        insert into duplicate_merged_row (id, workspace_id, merge_id, "table", row_id, "column", done)
        select uuidv7(), %(ws)s, merge_id, '{table}', id, '{column}', 'moved' from moved
        """,
        ws=workspace_id,
    )


def _clear_self(reference: Reference, workspace_id: UUID) -> None:
    """Nobody points at himself, and who goes points at nobody."""
    table, column = reference.table, reference.column
    _run(
        f"""
        with own as (
          select c.id, s.merge_id, c."{column}" as was from "{table}" c join duplicate_step s on c.id in (s.kept, s.gone)
           where c.workspace_id = %(ws)s and (c.id = s.gone and c."{column}" is not null
              or c."{column}" = s.gone and c.id = s.kept or c."{column}" = s.kept and c.id = s.kept)),
        noted as (
          insert into duplicate_merged_row (id, workspace_id, merge_id, "table", row_id, "column", done, row)
          select uuidv7(), %(ws)s, merge_id, '{table}', id, '{column}', 'cleared', to_jsonb(was) from own)
        update "{table}" set "{column}" = null where workspace_id = %(ws)s and id in (select id from own)
        """,
        ws=workspace_id,
    )


def _run(sql: str, **named: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, named)
