"""Records put together: everything that belongs to them goes to the one that stays, and the way back is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import Model, Q
from django.utils.translation import gettext as _

from konveyer.domain.duplicates.events import CompaniesMerged, ContactsMerged
from konveyer.domain.duplicates.models import KINDS, Key, Merge, Pair
from konveyer.domain.duplicates.operations import open_leads
from konveyer.domain.duplicates.operations.moving import STEP, columns, move
from konveyer.domain.duplicates.operations.writing_down import write_down
from konveyer.domain.duplicates.rules.leads import WAYS
from konveyer.domain.duplicates.rules.merging import FIELDS, merged
from konveyer.domain.people.models import Company, Contact
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.events import publish
from konveyer.kit.ids import uuid7
from konveyer.kit.refusal import Invalid, NotFound, Refused

MODELS: dict[str, type[Model]] = {"company": Company, "contact": Contact}
STORED = {kind: (*FIELDS[kind], "name_key", "history") for kind in KINDS}


@dataclass(frozen=True)
class Group:
    """One record that stays and those that go into it. `chosen`: values of one of them, by field."""

    kept: UUID
    gone: tuple[UUID, ...]
    chosen: Mapping[str, Any] = field(default_factory=dict)
    score: int | None = None


def merge(
    *, actor: Actor, at: datetime, kind: str, kept: UUID, gone: Sequence[UUID], chosen: Mapping[str, UUID] | None = None,
    leads: str = "close",
) -> list[Merge]:  # fmt: skip
    """Put the records into the one that stays. `chosen` names, by field, the record whose value stays.

    `leads`: of two open leads on one conveyor the one further on stays; "close" ends the other with a reason,
    "second" lets both go on. Raises Forbidden, NotFound, Invalid for fewer than two records or an unknown field.
    """
    actor.require(Right.BASE_IMPORT)
    if kind not in KINDS or leads not in WAYS:
        raise Invalid(
            "merge", _("Say what is to be merged: companies or people."), fields={"kind": "unknown"}
        )
    rest = tuple(dict.fromkeys(one for one in gone if one != kept))
    if not rest:
        raise Invalid("merge_two", _("Choose at least two records."), fields={"gone": "empty"})
    rows = (
        MODELS[kind]._default_manager.filter(workspace_id=actor.workspace_id, pk__in=[kept, *rest]).in_bulk()
    )
    values = {}
    for name, source in (chosen or {}).items():
        if name not in FIELDS[kind] or source not in rows:
            raise Invalid(
                "merge_field", _("This value is of none of these records."), fields={"chosen": "unknown"}
            )
        values[name] = getattr(rows[source], name)
    if len(rows) <= len(rest):
        raise NotFound(
            "record_gone", _("One of these records is no longer in the base. Look at the list again.")
        )
    return merge_many(actor=actor, at=at, kind=kind, groups=[Group(kept, rest, values)], leads=leads)


@transaction.atomic
def merge_many(
    *,
    actor: Actor,
    at: datetime,
    kind: str,
    groups: Sequence[Group],
    leads: str = "close",
    run_id: UUID | None = None,
) -> list[Merge]:
    """All these groups in one step, set by set; groups of which a record is gone already are left out.

    Raises Forbidden; Refused where a table does not let its rows be joined.
    """
    actor.require(Right.BASE_IMPORT)
    actor.require(Right.BASE_EDIT)
    rows = _hold(kind, actor, groups)
    whole = [one for one in groups if {one.kept, *one.gone} <= rows.keys()]
    merges = _prepared(kind, actor, at, whole, rows, run_id)
    if not merges:
        return []
    try:
        with transaction.atomic():
            _step(merges)
            open_leads.settle(kind, actor=actor, at=at, way=leads)
            move(kind, actor.workspace_id)
            _finish(kind, actor, merges, whole, rows)
    except IntegrityError as broken:
        raise Refused("merge_in_the_way", _("These records cannot be put together: something that belongs to them would contradict itself.")) from broken  # fmt: skip
    write_down(kind, actor=actor, at=at, merges=merges)
    for one in merges:
        publish(CompaniesMerged(actor, at, one.kept_id, one.gone_id) if kind == "company" else ContactsMerged(actor, at, one.kept_id, one.gone_id))  # fmt: skip
    return merges


def _hold(kind: str, actor: Actor, groups: Sequence[Group]) -> dict[UUID, dict[str, Any]]:
    wanted = {one for group in groups for one in (group.kept, *group.gone)}
    rows = (
        MODELS[kind]
        ._default_manager.select_for_update()
        .filter(workspace_id=actor.workspace_id, pk__in=wanted)
    )
    return {row["id"]: row for row in rows.order_by("pk").values("id", *STORED[kind])}


def _prepared(
    kind: str, actor: Actor, at: datetime, groups: Sequence[Group], rows: Mapping[UUID, dict[str, Any]], run_id: UUID | None
) -> list[Merge]:  # fmt: skip
    """A row per record that goes; the first of a group tells what changes on the one that stays."""
    made = []
    for group in groups:
        kept = rows[group.kept]
        after = merged(kind, kept, [rows[one] for one in group.gone], group.chosen)
        changed = [name for name in STORED[kind] if kept[name] != after[name]]
        for number, one in enumerate(group.gone):
            told = changed if number == 0 else []
            made.append(Merge(
                id=uuid7(), workspace_id=actor.workspace_id, kind=kind, kept_id=group.kept, gone_id=one, gone_row={}, at=at,
                before={name: kept[name] for name in told}, after={name: after[name] for name in told},
                score=group.score, run_id=run_id, member_id=actor.member_id,
            ))  # fmt: skip
    return Merge.objects.bulk_create(made)


def _step(merges: Sequence[Merge]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(STEP)
        cursor.execute("truncate duplicate_step")
        cursor.execute(
            "insert into duplicate_step (gone, kept, ord, merge_id) select * from unnest(%s::uuid[], %s::uuid[], %s::int[], %s::uuid[])",
            [[one.gone_id for one in merges], [one.kept_id for one in merges], list(range(len(merges))), [one.pk for one in merges]],
        )  # fmt: skip


def _finish(
    kind: str, actor: Actor, merges: Sequence[Merge], groups: Sequence[Group], rows: Mapping[UUID, Any]
) -> None:
    """The records that go are gone; those that stay say what both said."""
    gone = [one.gone_id for one in merges]
    mine = Q(workspace_id=actor.workspace_id)
    stored = ", ".join(f"'{name}', c.\"{name}\"" for name in columns(MODELS[kind]))
    with connection.cursor() as cursor:
        cursor.execute(
            f"update duplicate_merge m set gone_row = jsonb_build_object({stored}) from {kind} c"
            " where m.workspace_id = %s and m.id = any(%s) and c.workspace_id = m.workspace_id and c.id = m.gone_id",
            [actor.workspace_id, [one.pk for one in merges]],
        )
        cursor.execute(
            f"delete from {kind} where workspace_id = %s and id = any(%s)", [actor.workspace_id, gone]
        )
    Pair.objects.filter(mine, Q(one_id__in=gone) | Q(other_id__in=gone)).delete()
    Key.objects.filter(mine, record_id__in=gone).delete()
    store(kind, actor.workspace_id, {one.kept_id: one.after for one in merges if one.after})
    retitle(kind, actor.workspace_id, [group.kept for group in groups])


def store(kind: str, workspace_id: UUID, values: Mapping[UUID, Mapping[str, Any]]) -> None:
    """Set these values on records of the kind; each has a new version."""
    changed = []
    for row in MODELS[kind]._default_manager.filter(workspace_id=workspace_id, pk__in=list(values)):
        for name, value in values[row.pk].items():
            setattr(row, name, value)
        row.version += 1  # type: ignore[attr-defined]
        changed.append(row)
    MODELS[kind]._default_manager.bulk_update(changed, [*STORED[kind], "version"], batch_size=200)


def retitle(kind: str, workspace_id: UUID, ids: Sequence[UUID]) -> None:
    """Leads sort under the name of their company, else of their person."""
    alone = "and l.company_id is null" if kind == "contact" else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"update lead l set title_key = p.name_key from {kind} p where l.workspace_id = %s and l.{kind}_id = p.id {alone}"
            " and p.workspace_id = l.workspace_id and p.id = any(%s) and l.title_key <> p.name_key",
            [workspace_id, list(ids)],
        )
