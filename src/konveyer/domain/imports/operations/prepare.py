"""Before the first row: how the file is read, and where its columns go."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping as Table
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from konveyer.domain.imports.operations.batches import Source
from konveyer.domain.imports.ports import Unreadable, tables
from konveyer.domain.imports.rules.map_file import READING_OPTIONS, MapFile, read_file
from konveyer.domain.imports.rules.mapping import (
    Mapping,
    guess_columns,
    likely_main,
    preset_of_header,
    resolve,
)
from konveyer.domain.imports.rules.presets import BY_CODE, PRESETS, Preset
from konveyer.domain.imports.rules.targets import EVERYWHERE, Targets
from konveyer.domain.imports.rules.unclear import Unclear
from konveyer.domain.imports.rules.wording import file_words, mapping_words
from konveyer.kit.refusal import Invalid


def preset_named(code: str) -> Preset:
    """The preset of this code. Raises Invalid, naming those there are."""
    preset = BY_CODE.get(code)
    if preset is None:
        raise Invalid(
            "preset_unknown",
            _("There is no preset “{code}”. There are: {codes}").format(code=code, codes=", ".join(BY_CODE)),
            fields={"preset": "unknown"},
        )
    return preset


def read_as(path: Path, preset: Preset | None, chosen: Table[str, Any]) -> dict[str, Any]:
    """How the file is read: what is chosen, else what the preset knows, else the guess. Raises Invalid."""
    options = {
        name: value for name, value in chosen.items() if name in READING_OPTIONS and value not in (None, "")
    }
    if preset and preset.date_order:
        options.setdefault("date_order", preset.date_order)
    try:
        return tables().guess(path, **options)
    except Unreadable as unreadable:
        raise Invalid(
            "file_unreadable",
            file_words(unreadable.code, unreadable.params),
            fields={"file": unreadable.code},
        ) from unreadable


def map_columns(
    header: Sequence[str],
    preset: Preset | None,
    file: MapFile | None = None,
    targets: Targets = EVERYWHERE,
) -> Mapping:
    """Where the columns go. Without a preset, the one that fits the header wholly, else a plain list. Raises Invalid."""
    preset = preset or preset_of_header(header, PRESETS) or _plain_list(header, file, targets)
    try:
        return resolve(header, preset, file, targets)
    except Unclear as unclear:
        raise Invalid(
            unclear.code, mapping_words(unclear.code, unclear.params), fields={"map": unclear.code}
        ) from unclear


def map_file(data: Table[str, Any]) -> MapFile:
    """The pairs and options of a mapping file. Raises Invalid."""
    try:
        return read_file(data)
    except Unclear as unclear:
        raise Invalid(
            unclear.code, mapping_words(unclear.code, unclear.params), fields={"map": unclear.code}
        ) from unclear


def _plain_list(header: Sequence[str], file: MapFile | None, targets: Targets) -> Preset:
    """Leads or contacts: by the headers, and by the fields that the mapping file names."""
    named = {side for pair in (file.pairs if file else ()) for side in pair}
    columns = guess_columns(header, targets) | {f"\0{name}": name for name in named}
    return BY_CODE["leads" if likely_main(columns, targets) == "lead" else "contacts"]


def source_of(path: Path, name: str = "", stored_as: str = "") -> Source:
    """Name, size and checksum of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1024 * 1024):
            digest.update(block)
    return Source(name or path.name, path.stat().st_size, digest.hexdigest(), stored_as)
