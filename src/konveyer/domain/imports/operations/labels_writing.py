"""Values of own fields, written: old rows give way to new ones, and the journal tells both what undo needs and what people
read on a record's page. A changed value is a new version of its record, as on the screens."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.db import connection

from konveyer.domain.imports.operations.bulk import Journalled, Pen
from konveyer.domain.imports.operations.moved import Moved
from konveyer.domain.imports.rules.drafts import Draft, Plan, Story
from konveyer.domain.journal.models import Entry, PersonalValue
from konveyer.domain.journal.operations import PERSONAL
from konveyer.domain.labels.models import FieldValue

_KEYS = ("field_id", "company_id", "contact_id", "lead_id")
_VALUES = ("text", "number", "day", "yes", "option_id")
VALUES = Journalled(_KEYS, _VALUES)  # of people and leads; what a company has is no person's
_OF_COMPANIES = Journalled((*_KEYS, *_VALUES))


def replace_values(ids: Sequence[str], pen: Pen) -> None:
    """Take out rows that new ones stand for. The journal keeps each whole, as a personal value. Raises Moved if one is gone."""
    if not ids:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            """
            with gone as (
              delete from field_value v where v.workspace_id = %(ws)s and v.id = any(%(ids)s::uuid[])
              returning v.id, uuidv7() as entry, v.company_id, v.contact_id, v.lead_id, v.field_id, to_jsonb(v) as whole),
            told as (
              insert into journal_personal_value (id, workspace_id, entry_id, owner_id, field, before, after)
              select uuidv7(), %(ws)s, entry, coalesce(contact_id, lead_id, id), 'row', whole, null from gone)
            insert into journal_entry (id, workspace_id, at, actor_id, by, subject, subject_id, action, before, after, reason,
                                       batch_id)
            select entry, %(ws)s, %(at)s, %(actor)s, 'import', 'field_value', id, 'removed',
                   jsonb_strip_nulls(jsonb_build_object('field_id', field_id, 'company_id', company_id,
                                     'contact_id', contact_id, 'lead_id', lead_id)) || '{"row": {"personal": true}}',
                   '{}', '', %(batch)s
              from gone
            """,
            {
                "ws": pen.workspace_id, "ids": list(ids), "at": pen.at, "actor": pen.member_id, "batch": pen.batch_id,
            },
        )  # fmt: skip
        if cursor.rowcount != len(ids):
            raise Moved


def insert_values(drafts: Sequence[Draft], pen: Pen) -> None:
    """New values of records that were there before."""
    for of_company in (True, False):
        rows = [draft for draft in drafts if (draft.values["company_id"] is not None) == of_company]
        pen.insert(
            FieldValue, [(draft.id, draft.values) for draft in rows],
            journal=_OF_COMPANIES if of_company else VALUES,
            owners=None if of_company else [str(draft.values["contact_id"] or draft.values["lead_id"]) for draft in rows],
        )  # fmt: skip


def tell(plan: Plan, pen: Pen) -> None:
    """A line in the journal for each record whose labels changed, and a new version where its fields did. Raises Moved."""
    entries: list[tuple[str, dict[str, Any]]] = []
    personal: list[tuple[str, dict[str, Any]]] = []
    filled: dict[str, list[Draft]] = {"company": [], "contact": [], "lead": []}
    for (action, table, _record), story in plan.stories.items():
        apart = action == "filled" and table != "company"
        entry_id = pen.ids()
        entries.append((entry_id, _entry(pen, action, table, story, apart)))
        if apart:
            personal += [(pen.ids(), one) for one in _apart(entry_id, table, story)]
        if action == "filled":
            filled[table].append(story.record)
    pen.insert(Entry, entries)
    pen.insert(PersonalValue, personal, as_text=("before", "after"))
    for table, records in filled.items():
        _new_version(table, records, pen)


def _entry(pen: Pen, action: str, table: str, story: Story, apart: bool) -> dict[str, Any]:
    sides: list[dict[str, Any]] = [story.before, story.after]
    if apart:
        sides = [dict.fromkeys(side, PERSONAL) for side in sides]
    return {
        "at": pen.at, "actor_id": pen.member_id, "by": "import", "subject": table, "subject_id": story.record.id,
        "action": action, "before": sides[0], "after": sides[1], "reason": "", "batch_id": pen.batch_id,
    }  # fmt: skip


def _apart(entry_id: str, table: str, story: Story) -> list[dict[str, Any]]:
    """The values of a person or a lead, under whose they are."""
    owner = story.record.values.get("contact_id") if table == "lead" else None
    return [
        {
            "entry_id": entry_id, "owner_id": owner or story.record.id, "field": name,
            "before": _json(story.before.get(name)), "after": _json(value),
        }
        for name, value in story.after.items()
    ]  # fmt: skip


def _json(value: Any) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False)


def _new_version(table: str, records: Sequence[Draft], pen: Pen) -> None:
    """Those that changed otherwise, too, are one version further than they were read by now."""
    if not records:
        return
    versions = [int(draft.values["version"]) + bool(draft.was) for draft in records]
    with connection.cursor() as cursor:
        cursor.execute(
            f"update {table} t set version = t.version + 1 from unnest(%s::uuid[], %s::int[]) x(id, version)"
            " where t.workspace_id = %s and t.id = x.id and t.version = x.version",
            [[draft.id for draft in records], versions, pen.workspace_id],
        )
        if cursor.rowcount != len(records):
            raise Moved
