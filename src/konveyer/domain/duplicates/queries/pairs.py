"""Pairs and groups to look at, merges that were made, and where a record went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext as _

from konveyer.domain.duplicates.models import Merge, Pair, Run
from konveyer.domain.duplicates.queries.fullness import fullest
from konveyer.domain.people.models import Company, Contact, Employment, PointUse
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit import keyset
from konveyer.kit.refusal import NotFound

MODELS: dict[str, Any] = {"company": Company, "contact": Contact}
MOST = 12  # records of a group that are shown side by side
COUNTED = 1000  # beyond it only "more than"


@dataclass
class Line:
    """A pair of the list with both records; `more` records hang together with it."""

    pair: Pair
    one: Any
    other: Any
    more: int = 0


@dataclass
class Side:
    """One record of a group with what belongs to it."""

    record: Any
    points: list[PointUse] = field(default_factory=list)
    works: list[Employment] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)


@dataclass
class Page:
    """A page of the list."""

    lines: list[Line]
    after: str | None
    before: str | None


def pairs(
    actor: Actor,
    kind: str,
    *,
    over: int = 0,
    after: str | None = None,
    before: str | None = None,
    size: int = 50,
) -> Page:
    """Open pairs, the surest first. Raises Forbidden. Two queries."""
    actor.require(Right.BASE_IMPORT)
    rows = Pair.objects.filter(workspace_id=actor.workspace_id, kind=kind, state="open", score__gte=over)
    found = keyset.page(rows, ("-score", "-id"), after=after, before=before, size=size)
    wanted = {one for row in found.rows for one in (row.one_id, row.other_id)}
    records = MODELS[kind].objects.filter(workspace_id=actor.workspace_id, pk__in=wanted).in_bulk()
    lines = [
        Line(row, records[row.one_id], records[row.other_id])
        for row in found.rows
        if row.one_id in records and row.other_id in records
    ]
    return Page(lines, found.after, found.before)


def open_count(workspace_id: UUID, kind: str, over: int = 0, most: int | None = COUNTED + 1) -> int:
    """How many open pairs there are; for a screen COUNTED + 1 stands for more."""
    rows = Pair.objects.filter(workspace_id=workspace_id, kind=kind, state="open", score__gte=over)
    return rows[:most].count()


def pair_of(actor: Actor, pair_id: UUID) -> Pair:
    """An open pair. Raises Forbidden, NotFound."""
    actor.require(Right.BASE_IMPORT)
    row = Pair.objects.filter(workspace_id=actor.workspace_id, pk=pair_id, state="open").first()
    if row is None:
        raise NotFound("pair_not_found", _("These records are not on the list of duplicates any more."))
    return row


def group_of(pair: Pair) -> tuple[list[Side], list[Pair]]:
    """The records that hang together with this pair, the one to stay first, and the pairs among them. Six queries."""
    ids = {pair.one_id, pair.other_id}
    near = Pair.objects.filter(
        Q(one_id__in=ids) | Q(other_id__in=ids), workspace_id=pair.workspace_id, kind=pair.kind, state="open"
    ).order_by("-score", "-id")[: 4 * MOST]
    for row in near:
        if len(ids) < MOST:
            ids |= {row.one_id, row.other_id}
    among = [row for row in near if row.one_id in ids and row.other_id in ids]
    order = fullest(pair.kind, pair.workspace_id, list(ids))
    return sides(pair.workspace_id, pair.kind, sorted(order, key=order.__getitem__)), among


def sides(workspace_id: UUID, kind: str, ids: Sequence[UUID]) -> list[Side]:
    """The records side by side, in this order."""
    mine = {"workspace_id": workspace_id, f"{kind}_id__in": ids}
    found = {one: Side(record) for one, record in MODELS[kind].objects.filter(workspace_id=workspace_id, pk__in=ids).in_bulk().items()}  # fmt: skip
    for use in PointUse.objects.filter(**mine).select_related("point").order_by("position", "id"):
        found[getattr(use, f"{kind}_id")].points.append(use)
    for work in (
        Employment.objects.filter(**mine)
        .select_related("contact", "company")
        .order_by("ended_on", "id")[:200]
    ):
        found[getattr(work, f"{kind}_id")].works.append(work)
    for one, table, count in _counts(workspace_id, kind, ids):
        found[one].counts[table] = count
    return [found[one] for one in ids if one in found]


def _counts(workspace_id: UUID, kind: str, ids: Sequence[UUID]) -> list[tuple[UUID, str, int]]:
    tables = ("lead", "touch", "note", "file")
    sql = " union all ".join(
        f"select {kind}_id, '{table}', count(*) from {table} where workspace_id = %(ws)s and {kind}_id = any(%(ids)s) group by 1"
        for table in tables
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, {"ws": workspace_id, "ids": list(ids)})
        return [(one, table, count) for one, table, count in cursor.fetchall()]


def went_to(workspace_id: UUID, kind: str, gone_id: UUID) -> UUID | None:
    """Where a record that was merged away is found now, through further merges; None: it was not merged."""
    here, seen = gone_id, set()
    while here not in seen:
        seen.add(here)
        row = Merge.objects.filter(
            workspace_id=workspace_id, kind=kind, gone_id=here, undone_at__isnull=True
        ).first()
        if row is None:
            break
        here = row.kept_id
    return None if here == gone_id else here


def merges(actor: Actor, *, after: str | None = None, before: str | None = None, size: int = 50) -> Any:
    """Merges that were made, newest first. Raises Forbidden."""
    actor.require(Right.BASE_IMPORT)
    rows = Merge.objects.filter(workspace_id=actor.workspace_id).select_related("member")
    return keyset.page(rows, ("-at", "-id"), after=after, before=before, size=size)


def last_run(workspace_id: UUID, work: str = "") -> Run | None:
    """The latest run, or the latest of this work."""
    rows = Run.objects.filter(workspace_id=workspace_id).select_related("member")
    return (rows.filter(work=work) if work else rows).order_by("-asked_at", "-id").first()


def run_of(actor: Actor, run_id: UUID) -> Run:
    """One run. Raises Forbidden, NotFound."""
    actor.require(Right.BASE_IMPORT)
    row = Run.objects.filter(workspace_id=actor.workspace_id, pk=run_id).first()
    if row is None:
        raise NotFound("run_not_found", _("There is no such scan or merge."))
    return row


def names(workspace_id: UUID, records: Sequence[tuple[str, UUID]]) -> dict[UUID, str]:
    """What these records are called; those gone are absent. At most two queries."""
    found: dict[UUID, str] = {}
    for kind, model in MODELS.items():
        wanted = [one for sort, one in records if sort == kind]
        if wanted:
            found |= {
                row.pk: str(row) for row in model.objects.filter(workspace_id=workspace_id, pk__in=wanted)
            }
    return found
