"""Tags and own fields of the records that a chunk of rows names; one query for each table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from konveyer.domain.imports.queries.sql import rows_of
from konveyer.domain.imports.rules.drafts import Held, Known
from konveyer.domain.imports.rules.labelling import TABLES
from konveyer.domain.imports.rules.lines import Line
from konveyer.domain.labels.rules.tags import key_of


def load_labels(workspace_id: UUID, known: Known, rows: Sequence[Line]) -> None:
    """What these rows need to know of labels; nothing is asked where no row has any."""
    cells: list[Any] = [part for row in rows for part in (row, row.company, row.contact) if part is not None]
    names = {key_of(name) for one in cells if one.tags for name in one.tags}
    fields = {cell.field.id for one in cells if one.own for cell in one.own}
    if not names and not fields:
        return
    ids = {"company": list(known.companies), "contact": list(known.contacts), "lead": known.lead_ids}
    if names:
        _tags(workspace_id, known, names)
        _borne(workspace_id, known, ids)
    if fields:
        _own(workspace_id, known, ids, fields)


def _tags(workspace_id: UUID, known: Known, keys: set[str]) -> None:
    for row in rows_of(
        "select id::text, name, name_key, color, name_key = any(%s) as wanted from tag where workspace_id = %s",
        list(keys), workspace_id,
    ):  # fmt: skip
        known.colors[row["color"]] = known.colors.get(row["color"], 0) + 1
        if row["wanted"]:
            known.tags[row["name_key"]] = (row["id"], row["name"])


def _borne(workspace_id: UUID, known: Known, ids: dict[str, list[str]]) -> None:
    parts = [
        f"select u.{table}_id::text as record, u.tag_id from tag_use u where u.workspace_id = %s and u.{table}_id = any(%s::uuid[])"
        for table in TABLES
    ]
    params = [part for table in TABLES for part in (workspace_id, ids[table])]
    for row in rows_of(
        f"select u.record, t.name_key, t.name from ({' union all '.join(parts)}) u"
        " join tag t on t.workspace_id = %s and t.id = u.tag_id", *params, workspace_id,
    ):  # fmt: skip
        known.borne[row["record"]][row["name_key"]] = row["name"]


def _own(workspace_id: UUID, known: Known, ids: dict[str, list[str]], fields: set[str]) -> None:
    parts = [
        f"select v.{table}_id::text as record, v.id::text, v.field_id::text as field, v.text, v.number, v.day, v.yes,"
        f" v.option_id::text as option, v.currency from field_value v where v.workspace_id = %s and v.{table}_id = any(%s::uuid[])"
        " and v.field_id = any(%s::uuid[])"
        for table in TABLES
    ]
    params = [part for table in TABLES for part in (workspace_id, ids[table], list(fields))]
    for row in rows_of(" union all ".join(parts), *params):
        held = known.own.setdefault((row["record"], row["field"]), Held(currency=row["currency"]))
        held.ids.append(row["id"])
        held.values += [
            row[name] for name in ("text", "number", "day", "yes", "option") if row[name] is not None
        ]
