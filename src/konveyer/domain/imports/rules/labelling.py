"""Tags and values of the workspace's own fields, put on the records that a row names.

A list puts tags on and never takes one off. A filled cell says the whole value of its field, also where several options
may be chosen; an empty one says nothing. What has to be filled on screens need not be here: history is as it is.
A changed value is a new row in place of the old one, as on the screens, so that undo can put the old row back.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from konveyer.domain.imports.rules.drafts import Draft, Held, Known, Plan, Setting, Story
from konveyer.domain.imports.rules.facts import put_fact
from konveyer.domain.imports.rules.lines import FactCell, Line, OwnCell
from konveyer.domain.imports.rules.numbers import number_in
from konveyer.domain.imports.rules.problem import Problem
from konveyer.domain.labels.rules.fields import LARGEST, TYPED_BY, said
from konveyer.domain.labels.rules.tags import COLORS, MOST, key_of

TABLES = ("company", "contact", "lead")
_NOTHING = dict.fromkeys(("text", "number", "day", "yes", "option_id"))


class Labels:
    """Puts labels on the records of one chunk."""

    def __init__(self, known: Known, plan: Plan, setting: Setting) -> None:
        self.known = known
        self.plan = plan
        self.setting = setting

    def check(
        self, row: Line, company: Draft | None, contact: Draft | None, lead: Draft | None, same: bool = True
    ) -> None:
        """Raise Problem if a record that is there cannot bear what the row says; nothing is written."""
        main = lead or (contact if row.contact else company)
        for table, record, cells in self._parts(row, company, contact, lead):
            if record is None:
                continue
            keys = {*self.known.borne[record.id], *(key_of(name) for name in cells.tags or ())}
            if cells.tags and len(keys) > MOST:
                raise Problem("tags_many", number=len(keys), limit=MOST)
            if table == "lead" and not same:  # another inquiry: what the lead says stays
                continue
            for cell in cells.own or ():
                held = self.known.own.get((record.id, cell.field.id))
                first = held and (held.seen or (row.repeats if record is main else 0))
                if held and first and not self._agrees(held, cell):
                    raise Problem("repeats_differently", first=first)

    def put(
        self, row: Line, company: Draft | None, contact: Draft | None, lead: Draft | None, same: bool = True
    ) -> None:
        """Write the labels of a row. Of a lead that the row does not tell of itself (`same`) only gaps are filled."""
        for table, record, cells in self._parts(row, company, contact, lead):
            if record is None:
                continue
            if cells.tags:
                self._tag(table, record, cells.tags)
            for cell in cells.own or ():
                self._fill(table, record, cell, row.line, gaps_only=table == "lead" and not same)

    @staticmethod
    def _parts(
        row: Line, company: Draft | None, contact: Draft | None, lead: Draft | None
    ) -> Iterator[tuple[str, Draft | None, Any]]:
        if row.company is not None:
            yield "company", company, row.company
        if row.contact is not None:
            yield "contact", contact, row.contact
        yield "lead", lead, row

    # ---- tags

    def _tag(self, table: str, record: Draft, names: list[str]) -> None:
        borne = self.known.borne[record.id]
        for name in names:
            key = key_of(name)
            if key in borne:
                continue
            story = self._story("tagged", table, record)
            story.before.setdefault("tags", _in_order(borne))
            tag, spelt = self.known.tags.get(key) or self._new_tag(key, name)
            self.plan.add(
                "tag_use", Draft(self.setting.new_id(), _of(table, record) | {"tag_id": tag}, new=True)
            )
            borne[key] = spelt
            story.after["tags"] = _in_order(borne)

    def _new_tag(self, key: str, name: str) -> tuple[str, str]:
        """A tag that is not there yet, in the colour that is used least."""
        colors = self.known.colors
        color = min(COLORS[1:], key=lambda one: colors.get(one, 0))
        colors[color] = colors.get(color, 0) + 1
        values = {"name": name, "name_key": key, "color": color}
        tag = self.plan.add("tag", Draft(self.setting.new_id(), values, new=True))
        made = self.known.tags[key] = (tag.id, name)
        return made

    # ---- own fields

    def _agrees(self, held: Held, cell: OwnCell) -> bool:
        if cell.field.kind == "money" and held.currency != self.setting.currency:
            return False
        return len(held.values) == len(cell.values) and all(value in held.values for value in cell.values)

    def _fill(self, table: str, record: Draft, cell: OwnCell, line: int, gaps_only: bool) -> None:
        field = cell.field
        held = self.known.own.get((record.id, field.id))
        if held is not None and self._agrees(held, cell):
            held.seen = held.seen or line
            return
        if held is not None and gaps_only:
            return
        story = self._story("filled", table, record)
        story.before.setdefault(field.name, _plain(field.names, held.values) if held else None)
        story.after[field.name] = plain = _plain(field.names, cell.values)
        if held is not None:
            self.plan.replaced += held.ids
        currency = self.setting.currency if field.kind == "money" else ""
        fresh = self.known.own[record.id, field.id] = Held([], list(cell.values), currency, line)
        base = {"field_id": field.id, "kind": field.kind, "subject": table, "currency": currency}
        for value in cell.values:
            values = _of(table, record) | base | _NOTHING | {TYPED_BY[field.kind]: value}
            fresh.ids.append(self.plan.add("field_value", Draft(self.setting.new_id(), values, new=True)).id)
        if table == "lead":  # gates read it
            fact = FactCell(plain[:500], _number(plain))
            put_fact(self.known, self.plan, self.setting, record, f"field.{field.key}"[:60], fact)

    def _story(self, action: str, table: str, record: Draft) -> Story:
        """What is told of a record; a new one tells of itself by being there."""
        story = Story(record)
        return story if record.new else self.plan.stories.setdefault((action, table, record.id), story)


def _number(plain: str) -> Decimal | None:
    """The number of a fact, if it is one that fits."""
    number = number_in(plain)
    return number if number is not None and abs(number) < LARGEST else None


def _of(table: str, record: Draft) -> dict[str, Any]:
    return {f"{name}_id": record.id if name == table else None for name in TABLES}


def _in_order(borne: dict[str, str]) -> list[str]:
    return [borne[key] for key in sorted(borne)]


def _plain(names: Any, values: Any) -> str:
    """As one text, options by their names in the order of the field."""
    if names:
        return ", ".join(name for key, name in names.items() if key in values)
    return ", ".join(said(value) for value in values)
