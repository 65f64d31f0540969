"""Many rows at once: COPY into a temporary table (row-level security refuses COPY), then one INSERT or UPDATE.

A column that is the same in all rows does not travel: it stands in the statement as a constant. Inserts go through
`bulk_insert` of konveyer.kit.postgres, which checks the keys of all rows at once.
"""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache, partial
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import NOT_PROVIDED, Model

_SPECIAL = re.compile(r"[\\\t\n\r]")
_constants = partial(json.dumps, ensure_ascii=False, default=str)
_ESCAPES = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}


def many_ids(count: int) -> list[str]:
    """So many UUIDs of version 7, as text; one look at the clock and one at the random source for all."""
    stamp = f"{time.time_ns() // 1_000_000:012x}"
    head = f"{stamp[:8]}-{stamp[8:]}-7"
    pool = os.urandom(10 * count).hex()
    return [
        f"{head}{pool[at : at + 3]}-{'89ab'[int(pool[at + 3], 16) & 3]}{pool[at + 4 : at + 7]}-{pool[at + 7 : at + 19]}"
        for at in range(0, 20 * count, 20)
    ]


class IdSource:
    """Hands out identifiers one by one, made many at a time."""

    def __init__(self, at_once: int = 1000) -> None:
        self._at_once = at_once
        self._ready: list[str] = []

    def __call__(self) -> str:
        if not self._ready:
            self._ready = many_ids(self._at_once)[::-1]  # taken from the end: later ones sort later
        return self._ready.pop()


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda found: _ESCAPES[found[0]], text) if _SPECIAL.search(text) else text


@lru_cache(maxsize=50_000)
def _moment(value: datetime | date) -> str:
    return value.isoformat()


def cell(value: Any) -> str:
    """A value in the text form of COPY."""
    if value is None:
        return "\\N"
    if isinstance(value, str):
        return _escaped(value)
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, datetime | date):
        return _moment(value)
    if isinstance(value, dict | list):
        return _escaped(json.dumps(value, ensure_ascii=False))
    if isinstance(value, Decimal | int | UUID):
        return str(value)
    raise TypeError(type(value))


@dataclass
class Journalled:
    """How rows of a table stand in the journal. `columns` are told; `personal` ones apart, under the row's `owner`."""

    columns: tuple[str, ...]
    personal: tuple[str, ...] = ()


@dataclass
class Pen:
    """Writes for one batch, at one moment, in one workspace."""

    workspace_id: UUID
    batch_id: UUID
    member_id: UUID | None
    at: datetime
    ids: IdSource = field(default_factory=IdSource)

    def insert(
        self,
        model: type[Model],
        rows: Sequence[tuple[str, Mapping[str, Any]]],
        *,
        journal: Journalled | None = None,
        owners: Sequence[str] | None = None,
        ignore_conflicts: bool = False,
        constants: Mapping[str, Any] | None = None,
        as_text: Sequence[str] = (),
    ) -> int:
        """Insert (id, columns) rows; returns how many went in. With `journal`, each gets a "created" entry.

        `as_text` are columns whose values are written out as COPY reads them, such as a text that is JSON already.
        """
        if not rows:
            return 0
        fixed = defaults(model) | dict(constants or {}) | {"workspace_id": self.workspace_id}
        if "created_at" in field_names(model):
            fixed["created_at"] = self.at
        moving, same = _split(
            [values for _, values in rows], (*as_text, *(journal.personal if journal else ()))
        )
        fixed = {name: value for name, value in (fixed | same).items() if name not in moving}
        named = ["id", *moving]
        extra = (["entry_id", "owner_id_"] if owners else ["entry_id"]) if journal else []
        self._stage(model, named, extra, self._lines(rows, moving, owners, bool(journal)))
        with connection.cursor() as cursor:
            cursor.execute(
                "select bulk_insert(%s, %s::text[], %s::jsonb, %s)",
                [model._meta.db_table, named, _constants(fixed), ignore_conflicts],
            )
            count = int(cursor.fetchone()[0])
            if journal:
                self._journal_created(cursor, model, journal, set(named), fixed, bool(owners))
            cursor.execute("drop table staged_rows")
        return count

    def _lines(
        self,
        rows: Sequence[tuple[str, Mapping[str, Any]]],
        moving: Sequence[str],
        owners: Sequence[str] | None,
        entries: bool,
    ) -> Iterable[str]:
        for index, (row_id, values) in enumerate(rows):
            line = "\t".join([row_id, *[cell(values[name]) for name in moving]])
            if entries:
                line += "\t" + self.ids()
                if owners:
                    line += "\t" + owners[index]
            yield line

    def _stage(
        self, model: type[Model], columns: Sequence[str], extra: Sequence[str], lines: Iterable[str]
    ) -> None:
        selected = [*_quoted(columns), *(f"null::uuid as {name}" for name in extra)]
        with connection.cursor() as cursor:
            cursor.execute(
                f"create temporary table staged_rows on commit drop as select {', '.join(selected)}"
                f" from {model._meta.db_table} with no data"
            )
            with cursor.copy("copy staged_rows from stdin") as copy:
                block: list[str] = []
                for line in lines:
                    block.append(line)
                    if len(block) == 5000:
                        copy.write("\n".join(block) + "\n")
                        block.clear()
                if block:
                    copy.write("\n".join(block) + "\n")
            cursor.execute("grant select on staged_rows to public")  # temporary: nobody else can reach it

    def _journal_created(
        self,
        cursor: Any,
        model: type[Model],
        journal: Journalled,
        staged: set[str],
        fixed: Mapping[str, Any],
        owned: bool,
    ) -> None:
        parts: list[str] = []
        params: list[Any] = []
        for name in (*journal.columns, *journal.personal):
            if name in staged:
                blank = (
                    f"nullif(t.\"{name}\"::text, '') is null"
                    if _is_text(model, name)
                    else f't."{name}" is null'
                )
                told = (
                    """'{"personal": true}'::jsonb""" if name in journal.personal else f'to_jsonb(t."{name}")'
                )
                parts.append(f"'{name}', case when not ({blank}) then {told} end")
            elif fixed.get(name) not in (None, ""):
                parts.append(f"'{name}', to_jsonb(%s::text)")
                params.append(str(fixed[name]))
        built = f"jsonb_strip_nulls(jsonb_build_object({', '.join(parts)}))" if parts else "'{}'::jsonb"
        cursor.execute(
            "insert into journal_entry (id, workspace_id, at, actor_id, by, subject, subject_id, action, before, after,"
            f" reason, batch_id) select t.entry_id, %s, %s, %s, 'import', %s, t.id, 'created', '{{}}', {built}, '', %s"
            " from staged_rows t",
            [self.workspace_id, self.at, self.member_id, model._meta.db_table, *params, self.batch_id],
        )
        personal = [name for name in journal.personal if name in staged]
        if personal and owned:
            values = ", ".join(f"('{name}', to_jsonb(t.\"{name}\"))" for name in personal)
            cursor.execute("alter table staged_rows rename to staged_owners")
            cursor.execute(
                "create temporary table staged_rows on commit drop as"
                " select uuidv7() as id, t.entry_id, t.owner_id_ as owner_id, v.field, v.became as after"
                f" from staged_owners t cross join lateral (values {values}) v(field, became)"
                """ where v.became is not null and v.became <> '""'::jsonb"""
            )
            cursor.execute("drop table staged_owners; grant select on staged_rows to public")
            cursor.execute(
                "select bulk_insert('journal_personal_value', '{id,entry_id,owner_id,field,after}', '{}', false)"
            )

    def update(
        self,
        model: type[Model],
        rows: Sequence[tuple[str, Mapping[str, Any]]],
        columns: Sequence[str],
        *,
        personal: Sequence[str] = (),
        owners: Sequence[str] | None = None,
        versioned: bool = False,
    ) -> int:
        """Set `columns` of (id, columns) rows and journal what each changed; returns how many were there.

        With `versioned`, only rows that still have the version they were read with.
        """
        if not rows:
            return 0
        named = ["id", *columns, *(["version"] if versioned else [])]
        moving = named[1:]
        self._stage(
            model,
            named,
            ["entry_id", "owner_id_"],
            self._lines(rows, moving, owners or [row[0] for row in rows], True),
        )
        sets = [f'"{name}" = t."{name}"' for name in columns] + (
            ['"version" = r."version" + 1'] if versioned else []
        )
        seen = ", ".join(f'old."{name}" as was_{name}, new."{name}" as became_{name}' for name in columns)
        fresh = 'and r."version" = t."version"' if versioned else ""
        sides = [_difference(columns, personal, side) for side in ("was", "became")]
        values = ", ".join(f"('{name}', to_jsonb(was_{name}), to_jsonb(became_{name}))" for name in personal)
        told = (
            ", told as (insert into journal_personal_value (id, workspace_id, entry_id, owner_id, field, before, after)"
            " select uuidv7(), %s, c.entry_id, c.owner_id_, v.field, v.was, v.became from changed c"
            f" cross join lateral (values {values}) v(field, was, became) where v.was is distinct from v.became)"
            if personal
            else ""
        )
        with connection.cursor() as cursor:
            cursor.execute(
                f"with changed as (update {model._meta.db_table} r set {', '.join(sets)} from staged_rows t"
                f" where r.workspace_id = %s and r.id = t.id {fresh} returning r.id, t.entry_id, t.owner_id_, {seen}){told}"
                " insert into journal_entry (id, workspace_id, at, actor_id, by, subject, subject_id, action, before, after,"
                f" reason, batch_id) select entry_id, %s, %s, %s, 'import', %s, id, 'changed', {sides[0]}, {sides[1]}, '', %s"
                " from changed",
                [
                    self.workspace_id, *([self.workspace_id] if personal else []), self.workspace_id, self.at,
                    self.member_id, model._meta.db_table, self.batch_id,
                ],
            )  # fmt: skip
            count = int(cursor.rowcount)
            cursor.execute("drop table staged_rows")
        return count


def _difference(columns: Sequence[str], personal: Sequence[str], side: str) -> str:
    """SQL: the changed columns of one side as jsonb; a personal value is only marked."""
    parts = []
    for name in columns:
        told = """'{"personal": true}'::jsonb""" if name in personal else f"to_jsonb({side}_{name})"
        parts.append(
            f"case when was_{name} is distinct from became_{name} then jsonb_build_object('{name}', {told})"
            " else '{}'::jsonb end"
        )
    return " || ".join(parts) or "'{}'::jsonb"


def _split(rows: Sequence[Mapping[str, Any]], travels: Sequence[str]) -> tuple[list[str], dict[str, Any]]:
    """(columns that differ between rows or must travel all the same, columns that are the same in all)."""
    first = rows[0]
    moving: list[str] = []
    same: dict[str, Any] = {}
    for name, value in first.items():
        if name in travels or any(row[name] != value for row in rows):
            moving.append(name)
        else:
            same[name] = value
    return moving, same


def _quoted(names: Iterable[str]) -> list[str]:
    return [f'"{name}"' for name in names]


@lru_cache(maxsize=64)
def field_names(model: type[Model]) -> frozenset[str]:
    """Column names of a table."""
    return frozenset(str(field.column) for field in model._meta.concrete_fields)


@lru_cache(maxsize=512)
def _is_text(model: type[Model], column: str) -> bool:
    field = next(one for one in model._meta.concrete_fields if one.column == column)
    return field.get_internal_type() in ("CharField", "TextField")


def defaults(model: type[Model]) -> dict[str, Any]:
    """What a new row has in the columns that nobody names: the defaults the model gives, which the database does not know."""
    return {
        str(field.column): field.get_default()
        for field in model._meta.concrete_fields
        if not (field.null or field.generated or field.primary_key) and field.db_default is NOT_PROVIDED and field.column != "workspace_id"
        and (field.has_default() or field.empty_strings_allowed)
    }  # fmt: skip
