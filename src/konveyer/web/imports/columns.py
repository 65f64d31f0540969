"""The left side of a draft: how the file was read, and where its columns go."""

from typing import Any

from django.utils.translation import gettext as _

from konveyer.domain.catalog.models import LEVELS
from konveyer.domain.conveyor.queries import conveyors
from konveyer.domain.imports.models import Batch
from konveyer.domain.imports.rules import drafting
from konveyer.domain.imports.rules.fields import FACT
from konveyer.domain.imports.rules.mapping import is_consent
from konveyer.domain.imports.rules.presets import PRESETS
from konveyer.domain.imports.rules.targets import Targets
from konveyer.web.imports import words
from konveyer.web.lead.words import LEVELS as LEVEL_WORDS

Box = dict[str, Any]


def boxes(batch: Batch) -> list[Box]:
    """A box for each part of the guess: what it is, why, what else it may be."""
    reading, why = batch.reading, words.evidence(batch.reading)
    doubtful = {
        code.partition(".")[0] for code, _params in reading.get("evidence", ()) if code in words.DOUBTFUL
    }
    found = []
    if reading["format"] == "csv":
        found.append(
            _box(
                "encoding",
                _("Encoding"),
                reading["encoding"],
                _encodings(reading["encoding"]),
                why.get("encoding"),
            )
        )
        found.append(
            _box(
                "delimiter",
                _("Delimiter"),
                reading["delimiter"],
                _delimiters(reading["delimiter"]),
                why.get("delimiter"),
            )
        )
    else:
        sheets = [(name, name) for name in reading["sheets"]]
        found.append(_box("sheet", _("Sheet"), reading["sheet"], sheets, why.get("format")))
    header = reading["header_line"]
    found.append(_box("header_line", _("Header"), header, _headers(header), why.get("header")))
    if reading["date_columns"]:
        found.append(
            _box(
                "date_order",
                _("Order of dates"),
                reading["date_order"],
                list(words.DATES.items()),
                why.get("dates"),
            )
        )
    if "decimal" in why:
        sign = "," if reading["decimal_comma"] else "."
        found.append(_box("decimal", _("Decimal sign"), sign, list(words.DECIMALS.items()), why["decimal"]))
    parts = {"date_order": "dates", "header_line": "header"}
    for box in found:
        box["doubtful"] = parts.get(box["name"], box["name"]) in doubtful
    return found


def _box(name: str, label: str, value: Any, choices: list[tuple[Any, Any]], why: str | None) -> Box:
    said = next((text for key, text in choices if key == value), value)
    return {
        "name": name, "label": label, "value": str(value), "said": said, "why": why or "",
        "choices": [(str(key), text) for key, text in choices],
    }  # fmt: skip


def _encodings(now: str) -> list[tuple[str, str]]:
    codes = list(words.OFFERED)
    if now not in codes:
        codes = [code for code in codes if words.ENCODINGS[code] != words.ENCODINGS.get(now)]
        codes.insert(0, now)
    return [(code, words.ENCODINGS.get(code, code)) for code in codes]


def _delimiters(now: str) -> list[tuple[str, Any]]:
    found = list(words.DELIMITERS.items())
    return found if now in words.DELIMITERS else [(now, now), *found]


def _headers(now: int) -> list[tuple[int, str]]:
    numbers = sorted({*range(1, 11), now} - {0})
    return [(0, _("no header")), *((number, _("line %d") % number) for number in numbers)]


def raw_lines(batch: Batch) -> str:
    """The first rows as they came out of the file."""
    between = batch.reading["delimiter"] or "\t"
    lines = [batch.reading["columns"], *(values for _line, values, _damage in batch.sample[:3])]
    return "\n".join(between.join(str(cell) for cell in cells) for cells in lines)


def rows(batch: Batch, targets: Targets) -> list[dict[str, Any]]:
    """The columns with a sample, where they go, how often they are filled in the rows looked at."""
    mapping, sample = (
        batch.mapping["columns"],
        [values for _line, values, damage in batch.sample if not damage],
    )
    found = []
    for index, name in enumerate(batch.reading["columns"]):
        cells = [values[index] for values in sample if index < len(values) and str(values[index]).strip()]
        code = mapping.get(name, "")
        found.append(
            {
                "index": index, "name": name, "code": code, "sample": cells[0] if cells else "", "filled": len(cells),
                "of": len(sample), "groups": groups(batch.main_record, name, code, targets), "consent": is_consent(name),
            }
        )  # fmt: skip
    return found


def groups(main: str, column: str, chosen: str, targets: Targets) -> list[tuple[Any, list[tuple[str, Any]]]]:
    """The fields that a list of this kind can bring in, by record; fields of the workspace's own by their names behind them."""
    found: dict[str, list[tuple[str, Any]]] = {}
    own = (
        targets.of(chosen) if targets.own(chosen) and not targets.takes_new(chosen) else None
    )  # went out of use since
    for field in [*targets.offered(), *([own] if own else [])]:
        if drafting.takes(main, field.code, targets):
            found.setdefault(field.code.partition(".")[0], []).append((field.code, field.label))
    shown: list[tuple[Any, list[tuple[str, Any]]]] = [
        (words.GROUPS[record], fields) for record, fields in found.items()
    ]
    if main != "contact":
        facts = dict.fromkeys([drafting.fact_code(column), *([chosen] if chosen.startswith(FACT) else [])])
        named = [(code, _("Fact: %s") % fact.label) for code in facts if (fact := targets.of(code))]
        if named:
            shown.append((_("Fact of the lead"), named))
    return shown


def consents(batch: Batch) -> list[str]:
    """Columns that look like consents: they are not brought in on trust."""
    return [name for name in batch.reading["columns"] if is_consent(name)]


def presets(batch: Batch) -> list[tuple[str, Any, bool]]:
    """The kinds of lists, the chosen one marked."""
    return [(preset.code, preset.title, preset.code == batch.preset) for preset in PRESETS]


def options(batch: Batch) -> dict[str, Any]:
    """Where new leads stand, for a list that makes leads."""
    if batch.main_record != "lead":
        return {}
    chosen = batch.mapping["options"]
    return {
        "conveyors": [(one.code, one.name, one.code == chosen.get("conveyor")) for one in conveyors(batch.workspace_id)],
        "levels": [(level, LEVEL_WORDS.get(level, level), level == (chosen.get("level") or "core")) for level in LEVELS],
    }  # fmt: skip
