"""A batch that is being prepared on a screen: what may be chosen, and when a trial still tells of it.

Shapes of what a draft stores:
    sample       [[line, [cell, …], damage or null], …]   the first rows, as the reading has them
    trial        {} or {"state": "asked" | "done" | "failed", "of": fingerprint, "at", "seconds", "rows", "created", "updated",
                 "unchanged", "rejected", "mended": how many mended rows it took, "records": {table: {"created": n,
                 "changed": n}}, "changes": [{"record", "name", "field", "before", "after"}], "said": why it failed}
    taking_back  {} or {"state": "asked" | "done" | "failed", "kind": "preview" | "undo", "at", "removed": {table: n},
                 "restored": {table: n}, "kept": [[table, id, name, why]], "kept_count": n, "said": why it failed}
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping as Table
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from konveyer.domain.imports.rules.fields import BY_CODE, FACT, SKIP, plain
from konveyer.domain.imports.rules.map_file import OPTIONS
from konveyer.domain.imports.rules.mapping import Mapping, by_itself, refuse_unusable
from konveyer.domain.imports.rules.presets import BY_CODE as PRESETS
from konveyer.domain.imports.rules.presets import Preset
from konveyer.domain.imports.rules.targets import EVERYWHERE, Targets
from konveyer.domain.imports.rules.unclear import Unclear, near

LARGEST = 200 * 1024 * 1024  # bytes of a file from the browser; larger ones go by the command
SAMPLE = 100  # rows that are shown and counted before the trial
REJECTS_KEPT = 10_000  # of a trial; writing keeps all of them
SHOWN_CHANGES = 30
DRAFT_KEPT = timedelta(days=7)
ROWS_KEPT = timedelta(days=30)  # the cells of rejected rows, and files of broken-off imports
DELIMITERS = (";", ",", "\t", "|", ":", "^", "~", "")
PEOPLE_ONLY = ("company.", "contact.", "lead.note")


def takes(main: str, code: str, targets: Targets = EVERYWHERE) -> bool:
    """Whether a list of this main record can bring this field in."""
    return targets.of(code) is not None and (main != "contact" or code.startswith(PEOPLE_ONLY))


def fact_code(column: str) -> str:
    """The fact that a column of this name becomes."""
    return (FACT + plain(column).replace(" ", "_"))[: len(FACT) + 60].rstrip("_")


def chosen_columns(
    main: str, columns: Table[str, str], header: Sequence[str], targets: Targets = EVERYWHERE
) -> dict[str, str]:
    """Only columns of the file, only fields that the list can bring in; in the order of the file. Raises Unclear."""
    for name, code in columns.items():
        if code not in ("", SKIP) and targets.of(code) is None:
            raise Unclear("map_unknown", name=code, near=near(code, targets.codes))
        if name not in header:
            raise Unclear("map_unknown", name=name, near="")
    return {
        name: columns[name] for name in header if columns.get(name) and takes(main, columns[name], targets)
    }


def guessed_columns(preset: Preset, header: Sequence[str], targets: Targets = EVERYWHERE) -> dict[str, str]:
    """Where the columns go by the preset, else by their names; each field once, phones and the like as often as they come."""
    found: dict[str, str] = {}
    targets = targets.among(header, preset.main)
    for name in header:
        code = by_itself(name, preset, targets) or ""
        field = targets.of(code) if code else None
        if field and takes(preset.main, code, targets) and (field.several or code not in found.values()):
            found[name] = code
    return found


def mapping_of(preset: Preset, columns: Table[str, str], options: Table[str, Any]) -> Mapping:
    """The mapping as the engine reads it; it need not be usable yet."""
    known = {name: value for name, value in options.items() if name in OPTIONS and value not in (None, "")}
    return Mapping(
        preset.code, preset.main, dict(columns), known, preset.needs, tuple(sorted(FACT + name for name in preset.numbers))
    )  # fmt: skip


def trouble(mapping: Mapping, header: Sequence[str], targets: Targets = EVERYWHERE) -> Unclear | None:
    """Why this mapping cannot be run; None if it can."""
    try:
        refuse_unusable(mapping.columns, PRESETS[mapping.preset], header, targets)
    except Unclear as unclear:
        return unclear
    return None


def header_hash(header: Sequence[str]) -> str:
    """The same for the same columns in the same order, however they are written."""
    return hashlib.sha256("\x1f".join(map(plain, header)).encode()).hexdigest()


def fingerprint(reading: Table[str, Any], mapping: Table[str, Any]) -> str:
    """Changes with everything that decides what a row becomes."""
    parts = {name: value for name, value in reading.items() if name != "evidence"}
    said = json.dumps([parts, mapping], sort_keys=True, ensure_ascii=False, default=list)
    return hashlib.sha256(said.encode()).hexdigest()[:32]


__all__ = [
    "BY_CODE",
    "chosen_columns",
    "fact_code",
    "fingerprint",
    "guessed_columns",
    "mapping_of",
    "takes",
    "trouble",
]
