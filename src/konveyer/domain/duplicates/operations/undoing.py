"""A merge taken back: the record that went stands again with what was its own, as far as nobody has used it since."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from konveyer.domain.duplicates.models import Merge, MergedRow
from konveyer.domain.duplicates.operations import open_leads
from konveyer.domain.duplicates.operations.merging import MODELS, retitle, store
from konveyer.domain.duplicates.operations.moving import columns
from konveyer.domain.duplicates.operations.writing_down import write_down
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit import tenancy
from konveyer.kit.refusal import NotFound, Refused

Kept = dict[str, str]  # table, id, why

# Leads that somebody worked after the merge stay where they were worked.
WORKED = """
exists (select 1 from journal_entry j where j.workspace_id = c.workspace_id and j.subject_id = c.id and j.at > %(at)s)
or exists (select 1 from touch t where t.workspace_id = c.workspace_id and t.lead_id = c.id and t.created_at > %(at)s)
"""


@transaction.atomic
def undo_merge(*, actor: Actor, at: datetime, merge_id: UUID) -> Merge:
    """Take the merge back. `told` of the answer lists what stays as it is now: {table, id, why}.

    Raises NotFound; Refused when it was taken back already, or the record that stayed is itself gone.
    """
    actor.require(Right.BASE_IMPORT)
    actor.require(Right.BASE_EDIT)
    one = (
        Merge.objects.select_for_update(of=("self",))
        .filter(workspace_id=actor.workspace_id, pk=merge_id)
        .first()
    )
    if one is None:
        raise NotFound("merge_not_found", _("There is no such merge."))
    if one.undone_at:
        raise Refused("merge_undone", _("This merge was taken back already."))
    model = MODELS[one.kind]
    kept = (
        model._default_manager.select_for_update(of=("self",))
        .filter(workspace_id=one.workspace_id, pk=one.kept_id)
        .first()
    )
    if kept is None:
        raise Refused("merge_kept_gone", _("The record that stayed is itself no longer in the base. If it was merged on, take that merge back first."))  # fmt: skip
    told = _fields_back(one, kept)
    told += _stand_again(one, model)
    told += _rows_back(one)
    for row in one_rows(one, "closed", "second"):
        if why := open_leads.give_back(row, actor=actor, at=at):
            told.append(_kept("lead", row.row_id, why))
    retitle(one.kind, one.workspace_id, [one.kept_id, one.gone_id])
    write_down(one.kind, actor=actor, at=at, merges=[one], back=True)
    one.undone_at, one.told = at, told
    one.save(update_fields=["undone_at", "told"])
    return one


def one_rows(one: Merge, *done: str) -> list[MergedRow]:
    """What the merge did to rows, in the order in which it was done."""
    rows = MergedRow.objects.filter(workspace_id=one.workspace_id, merge=one, done__in=done)
    return list(rows.order_by("id"))


def _kept(table: str, record: Any, why: str) -> Kept:
    return {"table": table, "id": str(record), "why": why}


def _fields_back(one: Merge, kept: Model) -> list[Kept]:
    """Fields that the merge changed and nobody since."""
    same = {name for name, value in one.after.items() if getattr(kept, name) == value}
    store(one.kind, one.workspace_id, {one.kept_id: {name: one.before[name] for name in same}})
    return [_kept(one.kind, one.kept_id, f"field:{name}") for name in sorted(one.after.keys() - same)]


def _stand_again(one: Merge, model: type[Model]) -> list[Kept]:
    """The record as it was; a tax number that somebody else has by now stays there."""
    row, told = dict(one.gone_row), []
    for name in ("tax_number", "external_key"):
        taken = (
            row.get(name)
            and model._default_manager.filter(workspace_id=one.workspace_id, **{name: row[name]}).exists()
        )
        if taken:
            row[name] = None
            told.append(_kept(one.kind, one.gone_id, f"taken:{name}"))
    row["version"] = row["version"] + 1
    _insert(model, row)
    return told


def _insert(model: type[Model], row: dict[str, Any]) -> None:
    names = ", ".join(f'"{name}"' for name in columns(model) if name in row)
    with connection.cursor() as cursor:
        cursor.execute(
            f'insert into "{model._meta.db_table}" ({names}) select {names} from jsonb_populate_record(null::"{model._meta.db_table}", %s::jsonb)',
            [_json(row)],
        )


def _json(row: dict[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False)


def _rows_back(one: Merge) -> list[Kept]:
    told: list[Kept] = []
    models = {model._meta.db_table: model for model in apps.get_models()}
    for table, column in _places(one):
        told += _moved_back(one, table, column)
    for row in [*one_rows(one, "removed"), *one_rows(one, "cleared")]:
        if not _row_back(one, row, models[row.table]):
            told.append(_kept(row.table, row.row_id, "in_the_way"))
    return told


def _places(one: Merge) -> list[tuple[str, str]]:
    rows = MergedRow.objects.filter(workspace_id=one.workspace_id, merge=one, done="moved")
    return sorted(rows.values_list("table", "column").distinct())


def _moved_back(one: Merge, table: str, column: str) -> list[Kept]:
    """Rows that still belong to the one that stayed go back; a lead only if nobody worked it since."""
    worked = f"and not ({WORKED})" if table == "lead" else ""
    named: dict[str, Any] = {
        "ws": one.workspace_id,
        "merge": one.pk,
        "kept": one.kept_id,
        "gone": one.gone_id,
        "at": one.at,
    }
    noted = f"""select row_id from duplicate_merged_row where workspace_id = %(ws)s and merge_id = %(merge)s
                 and done = 'moved' and "table" = '{table}' and "column" = '{column}'"""
    with connection.cursor() as cursor:
        cursor.execute(
            f'update "{table}" c set "{column}" = %(gone)s where c.workspace_id = %(ws)s and c."{column}" = %(kept)s'
            f" and c.id in ({noted}) {worked}",
            named,
        )
        cursor.execute(
            f'select c.id, c."{column}" = %(kept)s from "{table}" c where c.workspace_id = %(ws)s and c.id in ({noted})'
            f' and c."{column}" is distinct from %(gone)s order by c.id',
            named,
        )
        return [_kept(table, key, "changed_since" if here else "moved_on") for key, here in cursor.fetchall()]


def _row_back(one: Merge, row: MergedRow, model: type[Model]) -> bool:
    try:
        with transaction.atomic():
            if row.done == "removed":
                _insert(model, dict(row.row or {}))
            else:
                mine = model._default_manager.filter(workspace_id=one.workspace_id, pk=row.row_id)
                mine.update(**{_field(model, row.column): row.row})
    except IntegrityError:
        return False
    return True


def _field(model: type[Model], column: str) -> str:
    return next(field.attname for field in model._meta.concrete_fields if field.column == column)


def undo_run(*, actor: Actor, at: datetime, run_id: UUID) -> list[Merge]:
    """Take back every merge of a bulk merge that still stands, the latest first. Raises Forbidden, NotFound."""
    actor.require(Right.BASE_IMPORT)
    with tenancy.enter(actor.workspace_id):
        rows = Merge.objects.filter(workspace_id=actor.workspace_id, run_id=run_id, undone_at__isnull=True)
        found = list(rows.order_by("-id").values_list("pk", flat=True))
        if not found:
            raise NotFound("merge_not_found", _("There is no such merge."))
    undone = []
    for one in found:  # each in a transaction of its own: one that is in the way leaves the others taken back
        with tenancy.enter(actor.workspace_id):
            undone.append(undo_merge(actor=actor, at=at, merge_id=one))
    return undone
