"""Records in the mind, before they are written: what is known, what a chunk of rows makes of it.

A `Draft` is a row of a table: its columns, and what they were before. `Known` holds the drafts that rows of a chunk
may mean, by what they are found by. `Plan` gathers the new and the changed ones, to be written set by set.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Key = tuple[str, str, str]  # of a contact point: kind, value, extension


class Draft:
    """A row: `values` by column; `was` holds the former values of changed columns; `seen` is the line that named it."""

    __slots__ = ("id", "new", "seen", "values", "was")

    def __init__(self, id: str, values: dict[str, Any], new: bool = False, seen: int = 0) -> None:
        self.id = id
        self.values = values
        self.new = new
        self.seen = seen
        self.was: dict[str, Any] = {}

    def put(self, column: str, value: Any) -> bool:
        """Set a column; whether that changed anything."""
        former = self.values[column]
        if former == value:
            return False
        if not self.new:
            if column in self.was and self.was[column] == value:
                del self.was[column]
            else:
                self.was.setdefault(column, former)
        self.values[column] = value
        return True


@dataclass(frozen=True)
class StageInfo:
    """A stage as the history rule needs it."""

    id: str
    position: int
    role_id: str
    role_code: str
    win_point: bool


@dataclass(frozen=True)
class Way:
    """A conveyor version: its stages in order."""

    conveyor_id: str
    version_id: str
    stages: tuple[StageInfo, ...]

    @property
    def entry(self) -> StageInfo:
        """Where new leads stand."""
        return self.stages[0]

    @property
    def win(self) -> StageInfo:
        """The win point; the last stage where none is marked."""
        return next((stage for stage in self.stages if stage.win_point), self.stages[-1])

    def first_of(self, role_code: str) -> StageInfo | None:
        """The first stage that the role works."""
        return next((stage for stage in self.stages if stage.role_code == role_code), None)

    def __getitem__(self, stage_id: str) -> StageInfo:
        return next(stage for stage in self.stages if stage.id == stage_id)


@dataclass
class Held:
    """What one record has in one of the workspace's own fields: its rows, and the line of the list that said so."""

    ids: list[str] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)
    currency: str = ""
    seen: int = 0


@dataclass
class Story:
    """What the journal tells of a record that was there before: `before` and `after` by name, as the screens tell it."""

    record: Draft
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)


@dataclass
class Known:
    """Everything in the base that a chunk of rows may mean."""

    leads: dict[str, Draft] = field(default_factory=dict)  # by external key
    leads_by_id: dict[str, Draft] = field(default_factory=dict)  # those whose number a row names
    leads_of: dict[str, list[Draft]] = field(default_factory=lambda: defaultdict(list))
    ways: dict[str, Way] = field(default_factory=dict)
    deals: dict[str, Draft] = field(default_factory=dict)  # by lead
    deal_keys: dict[str, str] = field(default_factory=dict)  # external key → lead
    passes: dict[str, list[Draft]] = field(default_factory=lambda: defaultdict(list))
    facts: dict[str, dict[str, Draft]] = field(default_factory=lambda: defaultdict(dict))
    handoffs: dict[str, Draft] = field(default_factory=dict)
    tasks: dict[str, list[Draft]] = field(default_factory=lambda: defaultdict(list))
    notes: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    origins: dict[str, str] = field(default_factory=dict)
    pages: dict[str, str] = field(default_factory=dict)
    members: dict[str, str] = field(default_factory=dict)  # by external key and by name key
    companies: dict[str, Draft] = field(default_factory=dict)  # by id
    contacts: dict[str, Draft] = field(default_factory=dict)  # by id
    company_by: dict[tuple[str, str], list[Draft]] = field(default_factory=lambda: defaultdict(list))
    contact_by: dict[tuple[str, str], list[Draft]] = field(default_factory=lambda: defaultdict(list))
    contacts_at: dict[Key, list[Draft]] = field(default_factory=lambda: defaultdict(list))
    companies_at: dict[Key, list[Draft]] = field(default_factory=lambda: defaultdict(list))
    points: dict[Key, str] = field(default_factory=dict)
    used: dict[str, set[Key]] = field(default_factory=lambda: defaultdict(set))  # by contact or company
    employments: dict[tuple[str, str], Draft] = field(default_factory=dict)
    employed: dict[str, list[Draft]] = field(default_factory=lambda: defaultdict(list))  # contacts by company
    tags: dict[str, tuple[str, str]] = field(default_factory=dict)  # key → id, name
    colors: dict[str, int] = field(default_factory=dict)  # how many tags have each
    borne: dict[str, dict[str, str]] = field(
        default_factory=lambda: defaultdict(dict)
    )  # record → key → name of tags
    own: dict[tuple[str, str], Held] = field(default_factory=dict)  # by record and field

    @property
    def lead_ids(self) -> list[str]:
        """Every lead that a row may mean."""
        ids = {lead.id for found in self.leads_of.values() for lead in found}
        return list(ids | self.leads_by_id.keys() | {lead.id for lead in self.leads.values()})


@dataclass
class Plan:
    """What a chunk writes: new and changed drafts by table."""

    new: dict[str, list[Draft]] = field(default_factory=lambda: defaultdict(list))
    changed: dict[str, dict[str, Draft]] = field(default_factory=lambda: defaultdict(dict))
    replaced: list[str] = field(default_factory=list)  # rows of own fields that give way to new ones
    stories: dict[tuple[str, str, str], Story] = field(default_factory=dict)  # by action, table, record
    news: int = 0  # grows with everything that is written, so that a row can tell whether it wrote anything

    def add(self, table: str, draft: Draft) -> Draft:
        """A new row."""
        self.new[table].append(draft)
        self.news += 1
        return draft

    def put(self, table: str, draft: Draft, column: str, value: Any) -> None:
        """Set a column; an existing row becomes a changed one."""
        if draft.put(column, value):
            self.news += 1
            if not draft.new:
                self.changed[table][draft.id] = draft


@dataclass(frozen=True)
class Setting:
    """What holds for the whole list. `way` is the conveyor of new leads; `new_id` makes identifiers."""

    main: str
    way: Way
    level: str
    currency: str
    incoming: bool
    at: datetime
    file_name: str
    today: Any
    new_id: Callable[[], str]
