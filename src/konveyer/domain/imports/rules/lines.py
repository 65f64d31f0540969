"""What one row of a list says, cell by cell, in our own terms."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from konveyer.domain.imports.rules.moments import Moment

if TYPE_CHECKING:
    from konveyer.domain.imports.rules.targets import OwnField


class Point(NamedTuple):
    """A phone, an address, a handle, in its stored form."""

    kind: str
    value: str
    extension: str = ""
    label: str = ""


class OwnCell(NamedTuple):
    """Values of one of the workspace's own fields, typed; options by id, several only where several may be chosen."""

    field: OwnField
    values: tuple[Any, ...]


@dataclass(slots=True)
class CompanyCells:
    """What a row says about a company; '' where it says nothing."""

    id: str = ""
    name: str = ""
    name_key: str = ""
    legal_name: str = ""
    tax_number: str = ""
    domain: str = ""
    city: str = ""
    industry: str = ""
    external_key: str = ""
    points: list[Point] = field(default_factory=list)
    tags: list[str] | None = None
    own: list[OwnCell] | None = None


@dataclass(slots=True)
class ContactCells:
    """What a row says about a person. `whole`: the name where it stood in one cell; which word is which was guessed."""

    id: str = ""
    whole: str = ""
    last_name: str = ""
    first_name: str = ""
    patronymic: str = ""
    name_key: str = ""
    city: str = ""
    title: str = ""
    external_key: str = ""
    points: list[Point] = field(default_factory=list)
    tags: list[str] | None = None
    own: list[OwnCell] | None = None


class FactCell(NamedTuple):
    """A fact of the lead; the number if the value is one."""

    value: str
    number: Decimal | None


@dataclass(slots=True)
class Line:
    """One row, read. `repeats`: the line of the same file that named this record first, 0 if this one does."""

    line: int
    id: str = ""
    key: str = ""
    title: str = ""
    arrived: Moment | None = None
    origin: str = ""
    page: str = ""
    amount: Decimal | None = None
    telemarketer: str = ""
    closer: str = ""
    won: Moment | None = None
    deal_amount: Decimal | None = None
    deal_key: str = ""
    facts: dict[str, FactCell] | None = None
    tags: list[str] | None = None
    own: list[OwnCell] | None = None
    note: str = ""
    company: CompanyCells | None = None
    contact: ContactCells | None = None
    repeats: int = 0
    doubts: list[tuple[str, str, str]] | None = None  # column, code, value of phones that are none


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that does not go in: where, why, and the cells as they stood."""

    line: int
    column: str
    code: str
    params: dict[str, object]
    values: tuple[str, ...]
