"""A file of days into the sheet: whole lines that are right go in, the others are told with the reason."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from konveyer.domain.sheet.operations.writing import Cell, today_of, write_cells
from konveyer.domain.sheet.queries.figures import NOTHING, Figure, cells
from konveyer.domain.sheet.queries.people import may_write, seen
from konveyer.domain.sheet.rules.measures import MEASURES, NoFigure, measure_of, read_figure
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.dates import read_date
from konveyer.kit.refusal import Invalid
from konveyer.kit.text import sort_key


class Line(Protocol):
    """A line of a file as the readers of tables give it."""

    @property
    def line(self) -> int:
        """Where it begins in the file, from 1."""
        ...

    @property
    def values(self) -> tuple[str, ...]:
        """Its cells."""
        ...

    @property
    def damage(self) -> str | None:
        """What is wrong with it, None: nothing."""
        ...


@dataclass(frozen=True)
class Reject:
    """A line that stayed outside; `code` as in `measures.WHY`, `column` its measure or ""."""

    line: int
    code: str
    column: str = ""


@dataclass(frozen=True)
class Brought:
    """What became of a file: lines read, cells written, lines that stayed outside."""

    rows: int
    written: int
    rejects: tuple[Reject, ...]


@dataclass(frozen=True)
class _Day:
    line: int
    member_id: UUID
    day: date
    values: dict[str, Decimal]


class _Wrong(Exception):
    def __init__(self, code: str, column: str = "") -> None:
        super().__init__(code)
        self.code, self.column = code, column


@transaction.atomic
def bring_in(*, actor: Actor, at: datetime, columns: Sequence[str], rows: Iterable[Line]) -> Brought:
    """Take a file in. An empty cell, and one that says what already counts, changes nothing.

    Raises Forbidden without leads.work, Invalid when the headings name no day, or no measure.
    """
    actor.require(Right.LEADS_WORK)
    places = _places(columns)
    names = _names(actor)
    found: list[_Day] = []
    rejects: list[Reject] = []
    taken: set[tuple[UUID, date]] = set()
    count, today = 0, today_of(actor.workspace_id, at)
    for row in rows:
        count += 1
        try:
            one = _read(row, places, names, actor.member_id)
            if (one.member_id, one.day) in taken:
                raise _Wrong("twice")
            if one.day > today:
                raise _Wrong("future")
            taken.add((one.member_id, one.day))
            found.append(one)
        except _Wrong as wrong:
            rejects.append(Reject(row.line, wrong.code, wrong.column))
    written = 0
    for member_id in sorted({one.member_id for one in found}, key=str):
        written += _write(actor, at, member_id, [one for one in found if one.member_id == member_id], rejects)
    return Brought(count, written, tuple(sorted(rejects, key=lambda one: one.line)))


def _places(columns: Sequence[str]) -> dict[str, int]:
    places: dict[str, int] = {}
    for place, heading in enumerate(columns):
        code = measure_of(heading)
        if code is not None:
            places.setdefault(code, place)
    if "day" not in places or not places.keys() & set(MEASURES):
        raise Invalid(
            "sheet_headings",
            _("The first line must name the columns: a day, and at least one of what the sheet counts."),
        )
    return places


def _names(actor: Actor) -> dict[str, UUID | None]:
    """Names whose sheet the actor may write; None where several people have it."""
    names: dict[str, UUID | None] = {}
    for member in seen(actor):
        if may_write(actor, member.pk):
            key = sort_key(member.name)
            names[key] = None if key in names else member.pk
    return names


def _read(row: Line, places: dict[str, int], names: dict[str, UUID | None], own: UUID | None) -> _Day:
    if row.damage:
        raise _Wrong("damaged")
    day = read_date(row.values[places["day"]]).value
    if day is None:
        raise _Wrong("no_day")
    values: dict[str, Decimal] = {}
    for measure in MEASURES:
        if measure in places:
            try:
                figure = read_figure(row.values[places[measure]], measure)
            except NoFigure as wrong:
                raise _Wrong(wrong.code, measure) from wrong
            if figure is not None:
                values[measure] = figure
    member_id = _who(row, places, names, own)
    return _Day(row.line, member_id, day.date() if isinstance(day, datetime) else day, values)


def _who(row: Line, places: dict[str, int], names: dict[str, UUID | None], own: UUID | None) -> UUID:
    """The named member; a file without names is of whoever brings it."""
    if "member" not in places:
        if own is None:
            raise _Wrong("no_member")
        return own
    key = sort_key(row.values[places["member"]])
    if key not in names:
        raise _Wrong("no_member")
    member_id = names[key]
    if member_id is None:
        raise _Wrong("two_members")
    return member_id


def _write(actor: Actor, at: datetime, member_id: UUID, days: list[_Day], rejects: list[Reject]) -> int:
    first, last = min(one.day for one in days), max(one.day for one in days)
    now = cells(actor.workspace_id, [member_id], first, last)
    wanted: list[Cell] = []
    for one in days:
        figures = {name: now.get((member_id, one.day, name), NOTHING) for name in one.values}
        low = next((name for name, value in one.values.items() if _under(value, figures[name])), None)
        if low is not None:
            rejects.append(Reject(one.line, "under_events", low))
            continue
        wanted += [
            Cell(one.day, name, value, figures[name].entered)
            for name, value in one.values.items()
            if value != figures[name].value
        ]
    return write_cells(actor=actor, at=at, member_id=member_id, wanted=wanted)


def _under(value: Decimal, figure: Figure) -> bool:
    return value < figure.counted and value != figure.value
