"""Cells → a Line, by the mapping of the file.

Interpreter(mapping, columns, Habits(...), targets).read(line, values) -> Line; raises Problem
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext

from konveyer.domain.imports.rules.cells import EMPTY_WORDS, Habits, lines_of, tidy
from konveyer.domain.imports.rules.fields import FACT
from konveyer.domain.imports.rules.lines import CompanyCells, ContactCells, FactCell, Line, Point
from konveyer.domain.imports.rules.mapping import Mapping
from konveyer.domain.imports.rules.moments import Moment, at_zone, read_moment
from konveyer.domain.imports.rules.numbers import number_in, read_amount, read_number
from konveyer.domain.imports.rules.problem import Problem
from konveyer.domain.imports.rules.reading_labels import read_own, read_tags
from konveyer.domain.imports.rules.targets import EVERYWHERE, OwnField, Targets
from konveyer.domain.labels.rules.tags import MOST, once
from konveyer.domain.people.rules.companies import check_tax_number, company_key
from konveyer.domain.people.rules.emails import read_emails
from konveyer.domain.people.rules.names import split_name
from konveyer.domain.people.rules.phones import read_phones
from konveyer.domain.people.rules.pieces import plain_website
from konveyer.kit.text import sort_key

_HANDLE = re.compile(r"(?:https?://)?(?:t\.me/)?@?([A-Za-z0-9_]{3,60})/?")
_HOST = re.compile(r"[^\s/@]+\.[^\s/@]{2,}")


Put = Callable[[Line, str], None]


class Interpreter:
    """Reads rows of one file. Dates repeat a lot in a list, so each text of a date is read once."""

    def __init__(
        self, mapping: Mapping, columns: Sequence[str], habits: Habits, targets: Targets = EVERYWHERE
    ) -> None:
        self.habits = habits
        self.targets = targets
        self.main = mapping.main
        self.needs = mapping.needs
        self.numbers = frozenset(mapping.numbers)
        self._moments: dict[str, Moment] = {}
        self._plan: list[tuple[int, str, Put]] = [
            (index, name, self._put(mapping.columns[name], name))
            for index, name in enumerate(columns)
            if name in mapping.columns
        ]
        self._column = {code: name for name, code in mapping.columns.items()}
        self.narrow = not any(code.startswith(("company.", "contact.")) for code in self._column)

    def read(self, line: int, values: Sequence[str]) -> Line:
        """The row in our terms. Raises Problem, naming the column."""
        row = Line(line)
        for index, name, put in self._plan:
            text = values[index]
            if text:
                try:
                    put(row, text)
                except Problem as problem:
                    problem.column = problem.column or name
                    raise
        self._complete(row)
        return row

    def _complete(self, row: Line) -> None:
        if self.main == "deal" or self.needs:
            for code in self.needs:
                if not self._filled(row, code):
                    raise Problem("cell_empty", self._column.get(code, ""))
        if row.doubts:
            _settle_doubts(row, row.doubts)
        if row.contact is not None:
            self._finish_contact(row, row.contact)
        if row.company is not None:
            self._finish_company(row, row.company)
        if self.main == "contact" and row.contact is None and row.company is None:
            raise Problem("nobody")
        if self.main == "lead" and not (row.id or row.key or row.contact or row.company or row.title):
            raise Problem("nobody")

    def _filled(self, row: Line, code: str) -> bool:
        return {
            "lead.external_key": row.key != "", "lead.id": row.id != "", "lead.arrived": row.arrived is not None,
            "deal.won": row.won is not None,
        }[code]  # fmt: skip

    def _finish_contact(self, row: Line, contact: ContactCells) -> None:
        contact.name_key = sort_key(f"{contact.last_name} {contact.first_name} {contact.patronymic}")[:370]
        if contact.name_key or contact.external_key or contact.id:
            return
        firm = row.company if row.company and (row.company.name or row.company.external_key) else None
        if contact.points and firm is None:
            return
        if firm is not None:
            firm.points += contact.points  # a phone without a person is the company's
        if row.company is not None and contact.tags:  # a tag, too
            row.company.tags, contact.tags = once([*(row.company.tags or []), *contact.tags]), None
        self._drop(row, "contact", contact)

    def _drop(self, row: Line, record: str, cells: CompanyCells | ContactCells) -> None:
        """The row names no such record. Raises Problem where it has labels for it: they would be lost without a word."""
        if cells.own or cells.tags:
            code = cells.own[0].field.code if cells.own else f"{record}.tags"
            raise Problem(f"own_no_{record}", self._column.get(code, ""))
        setattr(row, record, None)

    def _finish_company(self, row: Line, company: CompanyCells) -> None:
        company.name_key = company_key(company.name)[:300]
        if not any(
            (
                company.name,
                company.legal_name,
                company.domain,
                company.tax_number,
                company.external_key,
                company.id,
            )
        ):
            self._drop(row, "company", company)

    # ---- one writer per kind of field

    def _put(self, code: str, column: str) -> Put:
        field = self.targets.of(code)
        if field is None:
            raise KeyError(code)
        if own := self.targets.own(code):
            return self._own(own)
        if code.startswith(FACT) or code == "lead.responsible":
            return self._fact(code.removeprefix(FACT).removeprefix("lead."), code in self.numbers)
        record, name = code.split(".")
        if field.kind == "phone":
            return self._phone(record, name, column)
        special = {
            "moment": self._moment, "amount": self._amount, "person": self._person,
            "email": self._email, "handle": self._handle, "tax": self._tax, "domain": self._domain, "note": self._note,
            "tags": self._tags, "record": self._record,
        }.get(field.kind)  # fmt: skip
        if special:
            return special(record, name)
        return self._text(record, name, field.limit)

    def _text(self, record: str, name: str, limit: int) -> Put:
        attribute = {"external_key": "key" if record == "lead" else "deal_key"}.get(name, name)

        def put(row: Line, text: str) -> None:
            value = tidy(text)
            if len(value) > limit:
                raise Problem("too_long", limit=limit, length=len(value))
            if not value or value.lower() in EMPTY_WORDS:
                return
            if record == "company":
                setattr(_company(row), name, value)
            elif record == "contact":
                setattr(_contact(row), name, value)
            else:
                setattr(row, attribute, value)

        return put

    def _fact(self, kind: str, is_number: bool) -> Put:
        def put(row: Line, text: str) -> None:
            value = tidy(text)
            if not value:
                return
            if len(value) > 500:
                raise Problem("too_long", limit=500, length=len(value))
            number = read_number(value, self.habits.decimal_comma) if is_number else number_in(value)
            if number is not None and abs(number) >= Decimal(10) ** 14:
                raise Problem("amount_too_large", value=value[:80])
            row.facts = row.facts or {}
            row.facts[kind] = FactCell(value, number)

        return put

    def _moment(self, record: str, name: str) -> Put:
        moments, habits = self._moments, self.habits
        attribute = "won" if record == "deal" else "arrived"

        def put(row: Line, text: str) -> None:
            moment = moments.get(text)
            if moment is None:
                if not tidy(text):
                    return
                moment = at_zone(read_moment(tidy(text), habits.date_order), habits.zone)
                if len(moments) < 100_000:
                    moments[text] = moment
            setattr(row, attribute, moment)

        return put

    def _amount(self, record: str, name: str) -> Put:
        def put(row: Line, text: str) -> None:
            if value := tidy(text):
                amount = read_amount(value, self.habits.decimal_comma)
                if record == "deal":
                    row.deal_amount = amount
                else:
                    row.amount = amount

        return put

    def _record(self, record: str, name: str) -> Put:
        def put(row: Line, text: str) -> None:
            if not (value := tidy(text)):
                return
            try:
                number = str(UUID(value))
            except ValueError:
                raise Problem("number_unreadable", value=value[:80]) from None
            _labelled(row, record).id = number

        return put

    def _person(self, record: str, name: str) -> Put:
        def put(row: Line, text: str) -> None:
            value = tidy(text)
            if len(value) > 360:
                raise Problem("too_long", limit=360, length=len(value))
            found, contact = split_name(value), _contact(row)
            contact.whole = "" if contact.last_name or contact.first_name else value
            for part, said in (
                ("last_name", found.last),
                ("first_name", found.first),
                ("patronymic", found.patronymic),
            ):
                if said and not getattr(contact, part):
                    if len(said) > 120:
                        raise Problem("too_long", limit=120, length=len(said))
                    setattr(contact, part, said)

        return put

    def _phone(self, record: str, name: str, column: str) -> Put:
        def put(row: Line, text: str) -> None:
            value = tidy(text)
            if not value or value.lower() in EMPTY_WORDS:
                return
            read = read_phones(value, self.habits.country)
            if read.refused:  # may still go in as a note, if the row has another way to reach somebody
                row.doubts = row.doubts or []
                row.doubts += [(column, "phone_" + one.reason, one.text[:80]) for one in read.refused]
            points = _points(row, record)
            for phone in read.found:
                _add(points, Point("phone", phone.value, phone.extension[:12], phone.label[:60]))

        return put

    def _email(self, record: str, name: str) -> Put:
        def put(row: Line, text: str) -> None:
            value = tidy(text)
            if not value or value.lower() in EMPTY_WORDS:
                return
            read = read_emails(value)
            if read.refused:
                raise Problem("email_" + read.refused[0].reason, value=value[:80])
            points = _points(row, record)
            for address in read.found:
                _add(points, Point("email", address))

        return put

    def _handle(self, record: str, name: str) -> Put:
        def put(row: Line, text: str) -> None:
            if not (value := tidy(text)):
                return
            found = _HANDLE.fullmatch(value)
            if not found:
                raise Problem("handle_unreadable", value=value[:80])
            _add(_points(row, record), Point("telegram", found[1].lower()))

        return put

    def _tax(self, record: str, name: str) -> Put:
        def put(row: Line, text: str) -> None:
            if not (value := tidy(text)):
                return
            number = check_tax_number(value, self.habits.country)
            if not number.value:
                raise Problem("tax_" + number.reason, value=value[:40], digits=sum(map(str.isdigit, value)))
            _company(row).tax_number = number.value

        return put

    def _domain(self, record: str, name: str) -> Put:
        def put(row: Line, text: str) -> None:
            if not (value := tidy(text)) or value.lower() in EMPTY_WORDS:
                return
            host = plain_website(value).partition("/")[0]
            if not _HOST.fullmatch(host) or len(host) > 253:
                raise Problem("domain_unreadable", value=value[:80])
            _company(row).domain = host

        return put

    def _tags(self, record: str, name: str) -> Put:
        def put(row: Line, text: str) -> None:
            if not (names := read_tags(text)):
                return
            cells = _labelled(row, record)
            cells.tags = once([*(cells.tags or []), *names])
            if len(cells.tags) > MOST:
                raise Problem("tags_many", number=len(cells.tags), limit=MOST)

        return put

    def _own(self, field: OwnField) -> Put:
        habits = self.habits

        def put(row: Line, text: str) -> None:
            if cell := read_own(field, text, habits):
                cells = _labelled(row, field.subject)
                cells.own = [*(cells.own or []), cell]

        return put

    def _note(self, record: str, name: str) -> Put:
        def put(row: Line, text: str) -> None:
            value = lines_of(text)
            if len(text) > 20_000:
                raise Problem("too_long", limit=20_000, length=len(text))
            row.note = f"{row.note}\n{value}" if row.note and value else row.note or value

        return put


def _company(row: Line) -> CompanyCells:
    if row.company is None:
        row.company = CompanyCells()
    return row.company


def _contact(row: Line) -> ContactCells:
    if row.contact is None:
        row.contact = ContactCells()
    return row.contact


def _labelled(row: Line, record: str) -> CompanyCells | ContactCells | Line:
    """Whoever bears labels of this record."""
    return row if record == "lead" else _company(row) if record == "company" else _contact(row)


def _points(row: Line, record: str) -> list[Point]:
    return _company(row).points if record == "company" else _contact(row).points


def _settle_doubts(row: Line, doubts: list[tuple[str, str, str]]) -> None:
    """A number that is none goes into the note if the row has another contact; else the row cannot go in."""
    reachable = [cells for cells in (row.company, row.contact) if cells is not None and cells.points]
    if not reachable:
        column, code, value = doubts[0]
        raise Problem(code, column, value=value)
    said = "\n".join(
        gettext("Phone as it stood in the list: {value}").format(value=doubt[2]) for doubt in doubts
    )
    row.note = f"{row.note}\n{said}" if row.note else said


def _add(points: list[Point], point: Point) -> None:
    if all((known.kind, known.value, known.extension) != point[:3] for known in points):
        points.append(point)
