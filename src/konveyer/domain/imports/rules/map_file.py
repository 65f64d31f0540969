"""Mapping files: read_file(data) -> MapFile, a parsed TOML document as its pairs and options."""

from __future__ import annotations

from collections.abc import Mapping as Table
from dataclasses import dataclass, field
from typing import Any

from konveyer.domain.imports.rules.unclear import Unclear, near

OPTIONS = {
    "encoding": str, "delimiter": str, "quote": str, "date_order": str, "decimal_comma": bool, "header_line": int,
    "sheet": str, "conveyor": str, "currency": str, "timezone": str, "country": str, "level": str, "incoming": bool,
}  # fmt: skip
READING_OPTIONS = ("encoding", "delimiter", "quote", "date_order", "decimal_comma", "header_line", "sheet")
DATE_ORDERS = ("dmy", "mdy", "ymd")
_COLUMN_TABLES = ("columns", "mapping", "map", "fields", "rename")


@dataclass(frozen=True)
class MapFile:
    """The pairs of a mapping file in their order, and its options."""

    pairs: tuple[tuple[str, str], ...] = ()
    options: Table[str, Any] = field(default_factory=dict)


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
            raise Unclear("option_unknown", name=name, near=near(name, OPTIONS))
        wanted = OPTIONS[name]
        if not isinstance(value, wanted) or (wanted is int and isinstance(value, bool)):
            raise Unclear("option_value", name=name, value=str(value))
    if (order := table.get("date_order")) is not None and order not in DATE_ORDERS:
        raise Unclear("option_value", name="date_order", value=order)
    return dict(table)
