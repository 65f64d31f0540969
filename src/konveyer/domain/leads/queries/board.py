"""The board: one conveyor's columns with their counts, sums, conversion, and the first cards of each.

Every figure is bounded, so that a stage with half a million leads costs what a stage with a thousand costs:
counts stop at CAP, conversion looks at the last CAP leads that left, cards come a page at a time.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection

from konveyer.domain.conveyor.models import Conveyor, Stage
from konveyer.domain.conveyor.queries import conveyors
from konveyer.domain.leads.queries.cards import Card, Cursor, cards_of
from konveyer.domain.leads.queries.seen import STAGES, BoardFilter, branches
from konveyer.domain.workspace.models import MemberRole
from konveyer.domain.workspace.rules.actor import Actor

CAP = 1000
PAGE = 20
CONVERSION_DAYS = timedelta(days=90)


@dataclass
class Column:
    """A stage as a contract, with what stands in it. `count` and `load` stop at CAP + 1: "more than 1000".

    `former`: the live version has no such stage any more; it is shown while leads of an older version stand in it.

    `load` counts everybody's leads whatever the filter, for the limit. `sums` are expected amounts per currency,
    empty when the count is not exact. `passed` of `left`: those who left the stage in the last 90 days.
    """

    stage: Stage
    stage_ids: list[UUID]
    delivery: bool
    former: bool = False
    count: int = 0
    overdue: int = 0
    load: int = 0
    sums: dict[str, Decimal] = field(default_factory=dict)
    passed: int = 0
    left: int = 0
    people: list[str] = field(default_factory=list)
    cards: list[Card] = field(default_factory=list)
    more: Cursor | None = None

    @property
    def exact(self) -> bool:
        """Whether all leads were counted."""
        return self.count <= CAP

    @property
    def rest(self) -> int:
        """How many are not shown."""
        return self.count - len(self.cards)


@dataclass(frozen=True)
class Board:
    """A conveyor with its columns in order, and the other conveyors there are."""

    conveyor: Conveyor
    conveyors: list[Conveyor]
    columns: list[Column]

    @property
    def lead_ids(self) -> list[UUID]:
        """The leads on the cards."""
        return [card.id for column in self.columns for card in column.cards]


def board(
    actor: Actor, *, now: datetime, wanted: BoardFilter, code: str | None = None, page: int = PAGE
) -> Board | None:
    """The board of the conveyor with this code, of the first one without. None where there is no conveyor.

    Six queries, whatever the number of stages and leads.
    """
    found = conveyors(actor.workspace_id)
    chosen = next((one for one in found if one.code == code), found[0] if found else None)
    if chosen is None:
        return None
    columns = columns_of(actor.workspace_id, chosen.pk)
    _count(actor, columns, wanted, now)
    columns = [column for column in columns if column.load or not column.former]
    _convert(actor.workspace_id, columns, now)
    _people(actor.workspace_id, columns)
    _cards(actor, columns, wanted, now, page)
    return Board(chosen, found, columns)


def columns_of(workspace_id: UUID, conveyor_id: UUID) -> list[Column]:
    """Stages of the live version; leads still inside an older version stand in the column with the same key.

    A stage that the live version has no more is a column of its own, `former`, behind the one it stood behind.
    """
    rows = Stage.objects.filter(
        workspace_id=workspace_id,
        conveyor_version__conveyor_id=conveyor_id,
        conveyor_version__state__in=("live", "retired"),
    )
    stages = list(rows.select_related("role", "conveyor_version").order_by("position"))
    live = [stage for stage in stages if stage.conveyor_version.state == "live"]
    win = next((stage.position for stage in live if stage.win_point), 10**6)
    known = {stage.key for stage in live}
    former = {
        stage.key: stage
        for stage in sorted(stages, key=lambda one: one.conveyor_version.number)
        if stage.key not in known
    }
    shown = [(stage, False) for stage in live] + [(stage, True) for stage in former.values()]
    return [
        Column(
            stage,
            [one.pk for one in stages if one.key == stage.key],
            delivery=stage.position > win,
            former=gone,
        )
        for stage, gone in sorted(shown, key=lambda one: (one[0].position, one[1]))
    ]


def _count(actor: Actor, columns: Sequence[Column], wanted: BoardFilter, now: datetime) -> None:
    """Counts, overdue ones, sums and load. The most urgent come first, so overdue is exact up to the cap."""
    sources, values = branches(actor, wanted, now)
    inner = " union all ".join(
        f"(select l.due_at, l.currency, l.expected_amount from lead l where {source} order by l.due_at, l.id limit %(most)s)"
        for source in sources
    )
    rows = _read(
        f"""
        select s.id, c.currency, count(c.currency), count(*) filter (where c.due_at < %(now)s), sum(c.expected_amount),
               (select count(*) from (select 1 from lead l where l.workspace_id = %(workspace)s and l.stage_id = s.id
                  and l.closed_at is null and l.state in ('open', 'won') limit %(most)s) whole)
          from {STAGES}
          left join lateral (select * from ({inner}) seen order by due_at limit %(most)s) c on true
         group by s.id, c.currency
        """,
        {**values, "now": now, "most": CAP + 1, "stages": _ids(columns)},
    )
    by_stage = {ident: column for column in columns for ident in column.stage_ids}
    loads: dict[UUID, int] = {}
    for stage_id, currency, count, overdue, amount, load in rows:
        column = by_stage[stage_id]
        column.count += count
        column.overdue += overdue
        loads[stage_id] = load
        if amount is not None:
            column.sums[currency] = column.sums.get(currency, Decimal(0)) + amount
    for column in columns:
        column.load = sum(loads.get(ident, 0) for ident in column.stage_ids)
        column.sums = column.sums if column.exact else {}


def _convert(workspace_id: UUID, columns: Sequence[Column], now: datetime) -> None:
    rows = _read(
        """
        select s.id, count(*) filter (where p.outcome = 'passed'), count(*)
          from unnest(%(stages)s::uuid[]) s(id)
          cross join lateral (
            select p.outcome from stage_pass p
             where p.workspace_id = %(workspace)s and p.stage_id = s.id and p.left_at >= %(since)s
               and p.outcome in ('passed', 'returned', 'rerouted', 'refused')
             order by p.left_at desc limit %(most)s) p
         group by s.id
        """,
        {
            "workspace": workspace_id,
            "stages": _ids(columns),
            "since": now - CONVERSION_DAYS,
            "most": CAP,
        },
    )
    figures = {stage_id: (passed, left) for stage_id, passed, left in rows}
    for column in columns:
        column.passed = sum(figures.get(ident, (0, 0))[0] for ident in column.stage_ids)
        column.left = sum(figures.get(ident, (0, 0))[1] for ident in column.stage_ids)


def _people(workspace_id: UUID, columns: Sequence[Column]) -> None:
    """Who holds the role of each stage."""
    rows = MemberRole.objects.filter(
        workspace_id=workspace_id,
        role_id__in={column.stage.role_id for column in columns},
        member__active=True,
        member__user__isnull=False,
    ).order_by("member__name_key")
    names: dict[UUID, list[str]] = {}
    for role_id, name in rows.values_list("role_id", "member__name"):
        names.setdefault(role_id, []).append(name)
    for column in columns:
        column.people = names.get(column.stage.role_id, [])


def _cards(actor: Actor, columns: Sequence[Column], wanted: BoardFilter, now: datetime, page: int) -> None:
    found = cards_of(actor, _ids(columns), now=now, wanted=wanted, limit=page + 1)
    by_stage = {ident: column for column in columns for ident in column.stage_ids}
    for card in found:
        by_stage[card.stage_id].cards.append(card)
    for column in columns:
        _cut(column, page)


def _cut(column: Column, page: int) -> None:
    column.cards.sort(key=Card.urgency)
    if len(column.cards) > page:
        column.cards = column.cards[:page]
        column.more = column.cards[-1].cursor


def more_cards(
    actor: Actor,
    *,
    now: datetime,
    wanted: BoardFilter,
    stage_id: UUID,
    after: Cursor,
    page: int = PAGE,
) -> Column | None:
    """The next cards of one column after the cursor; None when there is no such column."""
    stage = (
        Stage.objects.filter(workspace_id=actor.workspace_id, pk=stage_id)
        .select_related("conveyor_version")
        .first()
    )
    if stage is None:
        return None
    columns = columns_of(actor.workspace_id, stage.conveyor_version.conveyor_id)
    column = next((one for one in columns if one.stage.key == stage.key), None)
    if column is None:
        return None
    column.cards = cards_of(actor, column.stage_ids, now=now, wanted=wanted, limit=page + 1, after=after)
    _cut(column, page)
    return column


def _ids(columns: Sequence[Column]) -> list[UUID]:
    return [ident for column in columns for ident in column.stage_ids]


def _read(sql: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
