"""Which column of a file goes to which field.

    resolve(header, preset, file, targets) -> Mapping     from a preset, a mapping file, and the headers themselves

The pairs of a mapping file may stand either way round, "column in the file" = "column of the preset or field" or the
reverse: the side that stands in the file's header is the column.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Table
from dataclasses import dataclass, field
from typing import Any

from konveyer.domain.imports.rules.fields import CONSENT_HEADERS, SKIP, plain
from konveyer.domain.imports.rules.map_file import MapFile
from konveyer.domain.imports.rules.presets import Preset
from konveyer.domain.imports.rules.targets import EVERYWHERE, OWN, Targets
from konveyer.domain.imports.rules.unclear import Unclear, near

_LEFT_OUT = frozenset({"", "-", SKIP, "ignore", "none"})


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


def resolve(
    header: Sequence[str], preset: Preset, file: MapFile | None = None, targets: Targets = EVERYWHERE
) -> Mapping:
    """Where each column goes. Raises Unclear for names that mean nothing, doubled fields, missing columns."""
    file, targets = file or MapFile(), targets.among(header, preset.main)
    columns: dict[str, str] = {}
    left_out: set[str] = set()
    for column, target in _directed(header, preset, file.pairs, targets):
        code = _code(target, preset, targets)
        if code == SKIP:
            left_out.add(column)
        else:
            columns[column] = code
    taken = set(columns.values())
    for name in header:
        if name in columns or name in left_out:
            continue
        own = by_itself(name, preset, targets)
        known = targets.of(own) if own else None
        if own and known and (own not in taken or known.several):
            columns[name] = own
            taken.add(own)
    ordered = {name: columns[name] for name in header if name in columns}
    refuse_unusable(columns, preset, header, targets)
    return Mapping(
        preset.code, preset.main, ordered, dict(file.options), preset.needs,
        tuple(sorted(f"fact.{name}" for name in preset.numbers)),
    )  # fmt: skip


def guess_columns(header: Iterable[str], targets: Targets = EVERYWHERE) -> dict[str, str]:
    """Columns → fields by their headers alone, each field once (phones and the like as often as they come)."""
    header = list(header)
    found: dict[str, str] = {}
    targets = targets.among(header, "lead")
    for name in header:
        known = targets.by_header(name)
        if known and (known.several or known.code not in found.values()):
            found[name] = known.code
    return found


def is_consent(header: str) -> bool:
    """A column of consents: they are not taken over from a list."""
    return plain(header) in CONSENT_HEADERS


def by_itself(name: str, preset: Preset, targets: Targets = EVERYWHERE) -> str | None:
    """The field of a column that nobody named: by the preset, else, where it takes others, by its own words.

    The export of a CRM gives the closing day of lost deals too, and its numbers are those of its main record: neither is
    taken over by the words alone.
    """
    if preset.columns:
        own = next((code for own, code in preset.columns.items() if plain(own) == plain(name)), None)
        if own is not None or not preset.signs:
            return own
    known = targets.by_header(name, preset.main)
    if known and preset.signs:
        plainly = known.code.startswith(
            ("company.", "contact.", "lead.note")
            if preset.main == "contact"
            else ("company.", "contact.", "lead.")
        )
        return known.code if plainly and known.kind != "key" else None
    return known.code if known else None


def _directed(
    header: Sequence[str], preset: Preset, pairs: Sequence[tuple[str, str]], targets: Targets
) -> list[tuple[str, str]]:
    """Each pair as (column, target). Where both sides could be either, the other pairs decide, else left is the column."""
    by_plain = {plain(name): name for name in header}
    ways: list[tuple[bool, bool]] = []
    for left, right in pairs:
        forward = plain(left) in by_plain and _is_target(right, preset, targets)
        backward = plain(right) in by_plain and _is_target(left, preset, targets)
        if not forward and not backward:
            raise _unclear_pair(left, right, header, [*preset.columns, *targets.codes], by_plain)
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


def _is_target(name: str, preset: Preset, targets: Targets) -> bool:
    return name.strip().lower() in _LEFT_OUT or _code_or_none(name, preset, targets) is not None


def _code(name: str, preset: Preset, targets: Targets) -> str:
    return SKIP if name.strip().lower() in _LEFT_OUT else (_code_or_none(name, preset, targets) or SKIP)


def _code_or_none(name: str, preset: Preset, targets: Targets) -> str | None:
    """A field's code, a column of the preset, or a header word of a field."""
    if targets.of(name.strip()):
        return name.strip()
    own = next((code for column, code in preset.columns.items() if plain(column) == plain(name)), None)
    if own:
        return own
    known = targets.by_header(name, preset.main)
    return known.code if known else None


def _unclear_pair(
    left: str, right: str, header: Sequence[str], targets: Sequence[str], by_plain: Table[str, str]
) -> Unclear:
    if plain(left) in by_plain:
        return Unclear("map_unknown", name=right, near=near(right, targets))
    if plain(right) in by_plain:
        return Unclear("map_unknown", name=left, near=near(left, targets))
    return Unclear("map_both_unknown", left=left, right=right, near=near(left, header) or near(right, header))


def refuse_unusable(
    columns: Table[str, str], preset: Preset, header: Sequence[str], targets: Targets = EVERYWHERE
) -> None:
    """Raises Unclear for a field that is not there or that two columns claim, for nothing mapped, for a field that is missing."""
    _refuse_doubled(columns, targets)
    _refuse_incomplete(columns, preset, header)


def _refuse_doubled(columns: Table[str, str], targets: Targets) -> None:
    first: dict[str, str] = {}
    for name, code in columns.items():
        known = targets.of(code)
        if known is None:
            raise Unclear("map_unknown", name=code, near=near(code, targets.codes))
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


def likely_main(columns: Table[str, str], targets: Targets = EVERYWHERE) -> str:
    """What the rows of a list seem to be, by its fields: "lead" or "contact". A field of the workspace's own that only
    leads have tells it, too."""
    marks = {
        "lead.arrived",
        "lead.origin",
        "lead.page",
        "lead.external_key",
        "lead.title",
        "lead.amount",
        "deal.won",
    }
    told = any(
        code.startswith("lead" + OWN) and targets.by_header(name, "contact") is None
        for name, code in columns.items()
    )
    return "lead" if told or marks & set(columns.values()) else "contact"
