"""Cells that hold tags, or values of the workspace's own fields. Raises Problem, saying what is expected.

Values are typed by `labels.rules.fields.read`, after dates and numbers were read by the habits of the file.
"""

from __future__ import annotations

from konveyer.domain.imports.rules.cells import EMPTY_WORDS, Habits, lines_of, tidy
from konveyer.domain.imports.rules.lines import OwnCell
from konveyer.domain.imports.rules.moments import at_zone, read_moment
from konveyer.domain.imports.rules.numbers import read_number
from konveyer.domain.imports.rules.problem import Problem
from konveyer.domain.imports.rules.targets import OwnField
from konveyer.domain.labels.rules.fields import LONGEST, Wrong, parts_of, read
from konveyer.domain.labels.rules.tags import LONGEST as LONGEST_TAG
from konveyer.domain.labels.rules.tags import MOST, names_in, wrong_in

YEARS = (1900, 2200)
SHOWN_OPTIONS = 20
_EXPECTED = {
    "number": "own_number",
    "money": "own_number",
    "date": "own_date",
    "yes": "own_yes",
    "link": "own_link",
}


def read_tags(text: str) -> list[str]:
    """ "expo, VIP; repeat" → three names."""
    value = lines_of(text)
    if value.lower() in EMPTY_WORDS:
        return []
    names = names_in(value)
    for name in names:
        if wrong_in(name):
            raise Problem("tag_long", value=name[:80], limit=LONGEST_TAG)
    if len(names) > MOST:
        raise Problem("tags_many", number=len(names), limit=MOST)
    return names


def read_own(field: OwnField, text: str, habits: Habits) -> OwnCell | None:
    """What a cell says of an own field; None where it says nothing."""
    value = lines_of(text) if field.kind == "long_text" else tidy(text)
    if not value or (value.lower() in EMPTY_WORDS and not (field.kind == "yes" and value == "-")):
        return None
    try:
        values = read(field.shape, _in_habit(field.kind, value, habits))
    except Wrong as wrong:
        raise _problem(field, value, str(wrong)) from wrong
    except Problem as problem:
        raise _problem(field, value, "form") from problem
    return OwnCell(field, tuple(values)) if values else None


def _in_habit(kind: str, value: str, habits: Habits) -> str:
    """A number or a day as the file writes it → as everybody does."""
    if kind in ("number", "money"):
        return format(read_number(value, habits.decimal_comma), "f")
    if kind == "date":
        return at_zone(read_moment(value, habits.date_order, YEARS), habits.zone).on.isoformat()
    return value


def _problem(field: OwnField, value: str, why: str) -> Problem:
    if why == "too_long":
        return Problem("too_long", length=len(value), limit=LONGEST[field.kind])
    if why == "range":
        return Problem("own_range", value=value[:80], field=field.name)
    if why == "unknown":
        shown = ", ".join(field.options[:SHOWN_OPTIONS]) + (
            " …" if len(field.options) > SHOWN_OPTIONS else ""
        )
        named = [part for part in parts_of(field.shape, value) if part.casefold() not in field.shape.options]
        return Problem("own_option", value=(named or [value])[0][:80], field=field.name, options=shown)
    return Problem(_EXPECTED.get(field.kind, "own_text"), value=value[:80], field=field.name)
