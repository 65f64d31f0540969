"""A plan, written: every table in its order, new rows then changed ones, the journal with them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model

from konveyer.domain.deals.models import Deal
from konveyer.domain.imports.operations.bulk import Journalled, Pen
from konveyer.domain.imports.operations.labels_writing import VALUES, insert_values, replace_values, tell
from konveyer.domain.imports.operations.moved import Moved
from konveyer.domain.imports.rules.drafts import Draft, Plan
from konveyer.domain.labels.models import FieldValue, Tag, TagUse
from konveyer.domain.leads.models import EntryPage, Handoff, Lead, LeadFact, Origin, StagePass, Task
from konveyer.domain.notes.models import Note
from konveyer.domain.people.models import Company, Contact, ContactPoint, Employment, PointUse
from konveyer.domain.workspace.models import Member

# In the order of writing. Rows of the last group hang on another record and are told only where that one was there before.
RECORDS: dict[type[Model], Journalled] = {
    Origin: Journalled(("key",)),
    EntryPage: Journalled(("key",)),
    Member: Journalled(("name", "external_key")),
    Tag: Journalled(("name", "color")),
    Company: Journalled(("name", "legal_name", "tax_number", "domain", "city", "industry", "external_key")),
    Contact: Journalled(("city", "external_key"), ("last_name", "first_name", "patronymic", "name_key")),
    Lead: Journalled(
        ("external_key", "title", "arrived_on", "origin_id", "page_id", "contact_id", "company_id", "expected_amount",
         "won_on", "telemarketer_id", "closer_id"), ("title_key",)),
    Deal: Journalled(("lead_id", "status", "amount", "currency", "external_key")),
    Note: Journalled(("contact_id", "company_id", "lead_id"), ("body",)),
}  # fmt: skip
HANGING: dict[type[Model], tuple[Journalled, tuple[str, ...]]] = {
    PointUse: (Journalled(("point_id", "contact_id", "company_id")), ("contact_id", "company_id")),
    Employment: (Journalled(("contact_id", "company_id", "title")), ("contact_id", "company_id")),
    StagePass: (Journalled(("lead_id", "stage_id", "entered_at", "left_at", "outcome")), ("lead_id",)),
    LeadFact: (Journalled(("lead_id", "kind"), ("value", "number")), ("lead_id",)),
    Handoff: (Journalled(("lead_id", "from_member_id", "to_member_id", "sent_at")), ("lead_id",)),
    TagUse: (
        Journalled(("tag_id", "company_id", "contact_id", "lead_id")),
        ("company_id", "contact_id", "lead_id"),
    ),
    FieldValue: (VALUES, ("company_id", "contact_id", "lead_id")),
}
SHARED = (Origin, EntryPage, Member, Tag)  # found by key by several runs at once
VERSIONED = (Company, Contact, Lead, Deal)
_FIRST: tuple[type[Model], ...] = (Origin, EntryPage, Member, Tag, Company, Contact, ContactPoint, PointUse, Employment, Lead, StagePass, LeadFact, Deal,
          Handoff, Note, TagUse, FieldValue)  # fmt: skip
CHANGING: dict[type[Model], tuple[str, ...]] = {  # with their personal columns
    Company: (), Contact: ("last_name", "first_name", "patronymic", "name_key"), Employment: (),
    Lead: ("title_key",), StagePass: (), LeadFact: ("value", "number"), Deal: (), Handoff: (), Task: (),
}  # fmt: skip


def write(plan: Plan, pen: Pen) -> None:
    """Write everything the plan holds. Raises Moved; the database refuses what breaks a constraint."""
    created = {draft.id for drafts in plan.new.values() for draft in drafts}
    replace_values(plan.replaced, pen)
    for model in _FIRST:
        if drafts := plan.new.get(model._meta.db_table):
            _insert(model, drafts, pen, created)
    for model, personal in CHANGING.items():
        changed = [draft for draft in plan.changed.get(model._meta.db_table, {}).values() if draft.was]
        if changed:
            _update(model, changed, personal, pen)
    tell(plan, pen)
    for model in (Company, Contact):
        changed = list(plan.changed.get(model._meta.db_table, {}).values())
        retitle(model, pen.workspace_id, [draft.id for draft in changed if "name_key" in draft.was])


def _insert(model: type[Model], drafts: Sequence[Draft], pen: Pen, created: set[str]) -> None:
    rows = [(draft.id, draft.values) for draft in drafts]
    if model in SHARED:
        if pen.insert(model, rows, journal=RECORDS[model], ignore_conflicts=True) != len(rows):
            raise Moved
    elif model in RECORDS:
        owners = [_owner(draft) for draft in drafts] if RECORDS[model].personal else None
        pen.insert(model, rows, journal=RECORDS[model], owners=owners)
    elif model in HANGING:
        journal, parents = HANGING[model]
        told: list[Draft] = []
        untold: list[Draft] = []
        for draft in drafts:
            new = any(draft.values[parent] in created for parent in parents)
            (untold if new else told).append(draft)
        constants = {"at": pen.at, "member_id": pen.member_id} if model is TagUse else {}
        pen.insert(model, [(draft.id, draft.values) for draft in untold], constants=constants)
        if model is FieldValue:
            insert_values(told, pen)
            return
        owners = [_owner(draft) for draft in told] if journal.personal else None
        rows = [(draft.id, draft.values) for draft in told]
        pen.insert(model, rows, journal=journal, owners=owners, constants=constants)
    else:
        pen.insert(model, rows)


def _update(model: type[Model], drafts: Sequence[Draft], personal: tuple[str, ...], pen: Pen) -> None:
    columns = sorted({name for draft in drafts for name in draft.was})
    rows: list[tuple[str, Any]] = [(draft.id, draft.values) for draft in drafts]
    told = [name for name in columns if name in personal]
    versioned = model in VERSIONED
    done = pen.update(
        model, rows, columns, personal=told, owners=[_owner(draft) for draft in drafts], versioned=versioned
    )  # fmt: skip
    if done != len(rows):
        raise Moved


def retitle(model: type[Model], workspace_id: UUID, ids: Sequence[str]) -> None:
    """Leads sort under the name of their company, else of their person (see konveyer.domain.leads.operations.retitle)."""
    table, alone = model._meta.db_table, "and l.company_id is null" if model is Contact else ""
    if ids:
        with connection.cursor() as cursor:
            cursor.execute(
                f"update lead l set title_key = p.name_key from {table} p where l.workspace_id = %s and l.{table}_id = p.id"
                f" {alone} and p.workspace_id = l.workspace_id and p.id = any(%s::uuid[]) and l.title_key <> p.name_key",
                [workspace_id, list(ids)],
            )


def _owner(draft: Draft) -> str:
    """Whose data a personal value is: the person's, else the record's own."""
    return str(draft.values.get("contact_id") or draft.values.get("lead_id") or draft.id)
