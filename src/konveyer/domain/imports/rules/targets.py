"""Where a column can go in one workspace: the fields of every list and the fields of its own.

An own field has the code "company.field.KEY", "contact.field.KEY" or "lead.field.KEY"; a column that bears its name,
alone or behind the word for its record («Компания: Сегмент»), goes there by itself. Fields out of use are reached
by their code only: an import begun before goes on, no new column finds them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass, field

from konveyer.domain.imports.rules.fields import BY_CODE, FIELDS, Field, field_by_header, field_of, plain
from konveyer.domain.labels.rules.fields import Shape

OWN = ".field."
_WORDS = {
    "company": ("company", "organization", "компания", "организация"),
    "contact": ("contact", "person", "контакт", "контактное лицо"),
    "lead": ("lead", "deal", "лид", "сделка"),
}
_FIRST = {"contact": ("contact", "company")}
_USUAL = ("lead", "contact", "company")


@dataclass(frozen=True)
class OwnField:
    """A field of the workspace's own. `shape` reads values, options by their names as ids; `options` are those on offer;
    `names` are all options by id in their order."""

    id: str
    subject: str
    key: str
    name: str
    shape: Shape
    options: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    in_use: bool = True

    @property
    def code(self) -> str:
        """What a mapping calls it."""
        return f"{self.subject}{OWN}{self.key}"

    @property
    def kind(self) -> str:
        """The kind of its values."""
        return self.shape.kind


class Targets:
    """The fields of every list and those of this workspace."""

    def __init__(self, own: Iterable[OwnField] = ()) -> None:
        self._own = {one.code: one for one in own}
        self._fields = {
            code: Field(code, "own", one.name, (plain(one.name),)) for code, one in self._own.items()
        }
        self._by_header: dict[tuple[str, str], str] = {}
        self._present: frozenset[str] = frozenset()
        for one in self._own.values():
            if one.in_use:
                for header in (one.name, *(f"{word} {one.name}" for word in _WORDS[one.subject])):
                    self._by_header.setdefault((one.subject, plain(header)), one.code)

    def of(self, code: str) -> Field | None:
        """The field of a code; None for an unknown one."""
        return self._fields.get(code) or field_of(code)

    def own(self, code: str) -> OwnField | None:
        """The own field of a code."""
        return self._own.get(code)

    def takes_new(self, code: str) -> bool:
        """Whether new columns may go there."""
        return self._own[code].in_use if code in self._own else field_of(code) is not None

    def by_header(self, header: str, main: str = "lead") -> Field | None:
        """The field that a header names. A name that the workspace gave itself goes before the usual words."""
        words = plain(header)
        order = sorted(_FIRST.get(main, _USUAL), key=lambda subject: subject not in self._present)
        for subject in order:
            if code := self._by_header.get((subject, words)):
                return self._fields[code]
        return field_by_header(header, main)

    def among(self, header: Iterable[str], main: str) -> Targets:
        """The same for one file: a name that several records have means one whose other columns stand beside it."""
        found = copy(self)
        known = [field_by_header(name, main) for name in header]
        beside = {one.code.partition(".")[0] for one in known if one and one.kind != "tags"}
        found._present = frozenset(beside | ({"lead"} if main != "contact" else set()))
        return found

    def offered(self) -> list[Field]:
        """What can be chosen, own fields behind the others of their record."""
        return [*FIELDS, *(self._fields[code] for code, one in self._own.items() if one.in_use)]

    @property
    def codes(self) -> list[str]:
        """Every code that can be meant."""
        return [*BY_CODE, *(code for code, one in self._own.items() if one.in_use)]


EVERYWHERE = Targets()  # without a workspace
