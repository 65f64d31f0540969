"""All that is stored of one person, as one archive: JSON to read, and his files beside it (GDPR art. 15, 20; 152-FZ art. 14)."""

from __future__ import annotations

import json
import zipfile
from datetime import datetime
from typing import Any, BinaryIO
from uuid import UUID

from django.db import connection

from konveyer.domain.erasure.queries.held import Person, here, person, where
from konveyer.domain.erasure.rules.places import BLANKED, GOES
from konveyer.domain.journal.operations import record
from konveyer.domain.notes.ports import store
from konveyer.domain.workspace.rules.actor import Actor

TABLES = tuple(dict.fromkeys(["contact", *GOES, *BLANKED, "temperature_change"]))


def tables(workspace_id: UUID, found: Person) -> dict[str, list[dict[str, Any]]]:
    """His rows by table, as they are stored; contact points, own fields and texts of consents beside them."""
    told: dict[str, list[dict[str, Any]]] = {}
    for table in here(TABLES):
        condition, values = where(table, found)
        told[table] = _rows(
            f"select to_jsonb(t) from {table} t where t.workspace_id = %s and ({condition}) order by t.id",
            [workspace_id, *values],
        )
    points = [row["point_id"] for row in told["point_use"]]
    told["contact_point"] = _rows(
        "select to_jsonb(t) from contact_point t where t.workspace_id = %s and t.id = any(%s::uuid[]) order by t.id",
        [workspace_id, points],
    )
    texts = [row["text_id"] for row in told["consent"] if row["text_id"]]
    told["consent_text"] = _rows(
        "select to_jsonb(t) from consent_text t where t.workspace_id = %s and t.id = any(%s::uuid[]) order by t.id",
        [workspace_id, texts],
    )
    told["journal"] = _rows(
        "select jsonb_build_object('at', e.at, 'action', e.action, 'field', v.field, 'before', v.before, 'after', v.after)"
        " from journal_personal_value v join journal_entry e on e.workspace_id = v.workspace_id and e.id = v.entry_id"
        " where v.workspace_id = %s and v.owner_id = any(%s) order by e.at, v.id",
        [workspace_id, found.everything],
    )
    return {name: rows for name, rows in told.items() if rows}


def _rows(sql: str, values: list[Any]) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows = [json.loads(row[0]) if isinstance(row[0], str) else row[0] for row in cursor.fetchall()]
    for row in rows:
        row.pop("search", None)
        row.pop("workspace_id", None)
    return rows


def write_package(*, actor: Actor, at: datetime, contact_id: UUID, out: BinaryIO) -> int:
    """Write the archive; returns how many rows are in it. That it was taken out is journaled. Raises Forbidden, NotFound."""
    found = person(actor, contact_id)
    told = tables(actor.workspace_id, found)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        head = {"person": str(contact_id), "made_at": at.isoformat(), "tables": told}
        archive.writestr("person.json", json.dumps(head, ensure_ascii=False, indent=1))
        for number, row in enumerate(told.get("file", []), 1):
            try:
                with store().open(row["stored_as"]) as content:
                    archive.writestr(f"files/{number:03}-{row['name']}", content.read())
            except FileNotFoundError:
                continue
    rows = sum(map(len, told.values()))
    record(
        actor=actor, at=at, subject="contact", subject_id=contact_id, action="exported", after={"rows": rows}
    )
    return rows
