"""Which column of a file goes to which field.

    resolve(header, preset, file) -> Mapping     from a preset, a mapping file, and the headers themselves
    read_file(data) -> MapFile                   a mapping file (TOML) as its pairs and options

The pairs of a mapping file may stand either way round, "column in the file" = "column of the preset or field" or the
reverse: the side that stands in the file's header is the column.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Table
from dataclasses import dataclass, field
from typing import Any

from konveyer.domain.imports.rules.fields import (
    BY_CODE,
    CONSENT_HEADERS,
    SKIP,
    field_by_header,
    field_of,
    plain,
)
from konveyer.domain.imports.rules.presets import Preset

OPTIONS = {
    "encoding": str, "delimiter": str, "quote": str, "date_order": str, "decimal_comma": bool, "header_line": int,
    "sheet": str, "conveyor": str, "currency": str, "timezone": str, "country": str, "level": str, "incoming": bool,
}  # fmt: skip
READING_OPTIONS = ("encoding", "delimiter", "quote", "date_order", "decimal_comma", "header_line", "sheet")
DATE_ORDERS = ("dmy", "mdy", "ymd")
_COLUMN_TABLES = ("columns", "mapping", "map", "fields", "rename")
_LEFT_OUT = frozenset({"", "-", SKIP, "ignore", "none"})


class Unclear(Exception):
    """A mapping that cannot be followed. `code` and `params` say why; the interface has the words.

    Codes: map_not_text (name), map_unknown (name, near), map_both_unknown (left, right, near), map_twice (field, first,
    second), option_unknown (name, near), option_value (name, value), column_missing (columns, header), nothing_mapped
    (header), needs (field, header).
    """

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


@dataclass(frozen=True)
class MapFile:
    """The pairs of a mapping file in their order, and its options."""

    pairs: tuple[tuple[str, str], ...] = ()
    options: Table[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Mapping:
    """Columns by name → field codes, the main record of the counts, options; as stored with a batch."""

    preset: str
    main: str
    columns: Table[str, str]
    options: Table[str, Any] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {
            "preset": self.preset, "main": self.main, "columns": dict(self.columns), "options": dict(self.options),
            "needs": list(self.needs), "numbers": list(self.numbers),
        }  # fmt: skip

    @classmethod
    def from_dict(cls, stored: Table[str, Any]) -> Mapping:
        """The reverse of `as_dict`."""
        return cls(
            stored["preset"], stored["main"], dict(stored["columns"]), dict(stored["options"]),
            tuple(stored["needs"]), tuple(stored["numbers"]),
        )  # fmt: skip


def read_file(data: Table[str, Any]) -> MapFile:
    """The pairs and options of a parsed TOML document; pairs may also stand outside any table."""
    pairs: list[tuple[str, str]] = []
    options: dict[str, Any] = {}
    for name, value in data.items():
        if isinstance(value, dict) and name.lower() == "options":
            options = _options(value)
        elif isinstance(value, dict) and name.lower() in _COLUMN_TABLES:
            pairs += _pairs(value)
        else:
            pairs += _pairs({name: value})
    return MapFile(tuple(pairs), options)


def _pairs(table: Table[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for name, value in table.items():
        if isinstance(value, dict):  # lead.origin = "…" without quotes is a table in TOML
            found += _pairs(value, f"{prefix}{name}.")
        elif isinstance(value, list) and all(isinstance(one, str) for one in value):
            found += [(prefix + name, one) for one in value]
        elif isinstance(value, str):
            found.append((prefix + name, value))
        else:
            raise Unclear("map_not_text", name=prefix + name)
    return found


def _options(table: Table[str, Any]) -> dict[str, Any]:
    for name, value in table.items():
        if name not in OPTIONS:
            raise Unclear("option_unknown", name=name, near=_near(name, OPTIONS))
        wanted = OPTIONS[name]
        if not isinstance(value, wanted) or (wanted is int and isinstance(value, bool)):
            raise Unclear("option_value", name=name, value=str(value))
    if (order := table.get("date_order")) is not None and order not in DATE_ORDERS:
        raise Unclear("option_value", name="date_order", value=order)
    return dict(table)


def resolve(header: Sequence[str], preset: Preset, file: MapFile | None = None) -> Mapping:
    """Where each column goes. Raises Unclear for names that mean nothing, doubled fields, missing columns."""
    file = file or MapFile()
    columns: dict[str, str] = {}
    left_out: set[str] = set()
    for column, target in _directed(header, preset, file.pairs):
        code = _code(target, preset)
        if code == SKIP:
            left_out.add(column)
        else:
            columns[column] = code
    taken = set(columns.values())
    for name in header:
        if name in columns or name in left_out:
            continue
        own = by_itself(name, preset)
        known = field_of(own) if own else None
        if own and known and (own not in taken or known.several):
            columns[name] = own
            taken.add(own)
    ordered = {name: columns[name] for name in header if name in columns}
    refuse_unusable(columns, preset, header)
    return Mapping(
        preset.code, preset.main, ordered, dict(file.options), preset.needs,
        tuple(sorted(f"fact.{name}" for name in preset.numbers)),
    )  # fmt: skip


def guess_columns(header: Iterable[str]) -> dict[str, str]:
    """Columns → fields by their headers alone, each field once (phones and the like as often as they come)."""
    found: dict[str, str] = {}
    for name in header:
        known = field_by_header(name)
        if known and (known.several or known.code not in found.values()):
            found[name] = known.code
    return found


def is_consent(header: str) -> bool:
    """A column of consents: they are not taken over from a list."""
    return plain(header) in CONSENT_HEADERS


def by_itself(name: str, preset: Preset) -> str | None:
    """The field of a column that nobody named: by the preset, else, where it takes others, by its own words.

    The export of a CRM gives the closing day of lost deals too, and its numbers are those of its main record: neither is
    taken over by the words alone.
    """
    if preset.columns:
        own = next((code for own, code in preset.columns.items() if plain(own) == plain(name)), None)
        if own or not preset.signs:
            return own
    known = field_by_header(name)
    if known and preset.signs:
        plainly = known.code.startswith(
            ("company.", "contact.", "lead.note")
            if preset.main == "contact"
            else ("company.", "contact.", "lead.")
        )
        return known.code if plainly and known.kind != "key" else None
    return known.code if known else None


def _directed(
    header: Sequence[str], preset: Preset, pairs: Sequence[tuple[str, str]]
) -> list[tuple[str, str]]:
    """Each pair as (column, target). Where both sides could be either, the other pairs decide, else left is the column."""
    by_plain = {plain(name): name for name in header}
    ways: list[tuple[bool, bool]] = []
    for left, right in pairs:
        forward = plain(left) in by_plain and _is_target(right, preset)
        backward = plain(right) in by_plain and _is_target(left, preset)
        if not forward and not backward:
            raise _unclear_pair(left, right, header, preset, by_plain)
        ways.append((forward, backward))
    only_back = sum(backward and not forward for forward, backward in ways)
    only_forth = sum(forward and not backward for forward, backward in ways)
    doubtful_is_forward = only_forth >= only_back
    return [
        (by_plain[plain(left)], right)
        if forward and (not backward or doubtful_is_forward)
        else (by_plain[plain(right)], left)
        for (left, right), (forward, backward) in zip(pairs, ways, strict=True)
    ]


def _is_target(name: str, preset: Preset) -> bool:
    return name.strip().lower() in _LEFT_OUT or _code_or_none(name, preset) is not None


def _code(name: str, preset: Preset) -> str:
    return SKIP if name.strip().lower() in _LEFT_OUT else (_code_or_none(name, preset) or SKIP)


def _code_or_none(name: str, preset: Preset) -> str | None:
    """A field's code, a column of the preset, or a header word of a field."""
    if field_of(name.strip()):
        return name.strip()
    own = next((code for column, code in preset.columns.items() if plain(column) == plain(name)), None)
    if own:
        return own
    known = field_by_header(name)
    return known.code if known else None


def _unclear_pair(
    left: str, right: str, header: Sequence[str], preset: Preset, by_plain: Table[str, str]
) -> Unclear:
    targets = [*preset.columns, *BY_CODE]
    if plain(left) in by_plain:
        return Unclear("map_unknown", name=right, near=_near(right, targets))
    if plain(right) in by_plain:
        return Unclear("map_unknown", name=left, near=_near(left, targets))
    return Unclear(
        "map_both_unknown", left=left, right=right, near=_near(left, header) or _near(right, header)
    )


def _near(name: str, among: Iterable[str]) -> str:
    return ", ".join(difflib.get_close_matches(name, list(among), n=3, cutoff=0.5))


def refuse_unusable(columns: Table[str, str], preset: Preset, header: Sequence[str]) -> None:
    """Raises Unclear for a field that two columns claim, for nothing mapped, for a field that is missing."""
    _refuse_doubled(columns)
    _refuse_incomplete(columns, preset, header)


def _refuse_doubled(columns: Table[str, str]) -> None:
    first: dict[str, str] = {}
    for name, code in columns.items():
        known = field_of(code)
        if code in first and known and not known.several:
            raise Unclear("map_twice", field=code, first=first[code], second=name)
        first.setdefault(code, name)


def _refuse_incomplete(columns: Table[str, str], preset: Preset, header: Sequence[str]) -> None:
    shown = ", ".join(header)
    if not columns:
        raise Unclear("nothing_mapped", header=shown)
    for code in preset.needs:
        if code not in columns.values():
            own = next((column for column, target in preset.columns.items() if target == code), code)
            raise Unclear("needs", field=own, header=shown)


def preset_of_header(header: Sequence[str], presets: Sequence[Preset]) -> Preset | None:
    """The preset with columns of its own that this header fits wholly, else the one whose signs it bears; None if none is."""
    names = {plain(name) for name in header}
    fitting = [
        preset
        for preset in presets
        if preset.columns and not preset.signs and {plain(own) for own in preset.columns} <= names
    ]
    if fitting:
        return max(fitting, key=lambda preset: len(preset.columns))
    told = [
        (len(names & {plain(sign) for sign in preset.signs}), preset) for preset in presets if preset.signs
    ]
    sure = [(count, preset) for count, preset in told if count >= preset.least]
    return max(sure, key=lambda one: one[0], default=(0, None))[1]


def likely_main(columns: Table[str, str]) -> str:
    """What the rows of a list seem to be, by its fields: "lead" or "contact"."""
    marks = {
        "lead.arrived",
        "lead.origin",
        "lead.page",
        "lead.external_key",
        "lead.title",
        "lead.amount",
        "deal.won",
    }
    return "lead" if marks & set(columns.values()) else "contact"
