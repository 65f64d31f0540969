"""Conveyors a workspace starts with. The texts are data files, one per language; later they are the user's own."""

import tomllib
from dataclasses import dataclass, field
from decimal import Decimal
from importlib.resources import files
from typing import Any

from konveyer.domain.conveyor.rules.criteria import Criterion

# Installed at founding, in this order; the first is the default. R8, inbound, and R7 for comparison.
CODES = ("new_clients", "inbound", "classic")
# From these a new conveyor may begin: besides the above Cold Calling 2.0 (R12), webinar (R19), base care (R24).
LIBRARY = (*CODES, "cold_calling", "webinar", "base_care")


@dataclass(frozen=True)
class GatePreset:
    """A gate condition as a file states it; the fields are those of GateCondition."""

    kind: str
    fact: str
    label: str
    hint: str = ""
    ask: str = "text"
    choices: tuple[str, ...] = ()
    expected: str = ""
    number: Decimal | None = None


@dataclass(frozen=True)
class StagePreset:
    """A stage as a file states it; the fields are those of Stage."""

    key: str
    name: str
    role: str
    helpers: tuple[str, ...] = ()
    result: str = ""
    give: str = ""
    get: str = ""
    sla_hours: int | None = None
    wip_limit: int | None = None
    win_point: bool = False
    gate: tuple[GatePreset, ...] = ()


@dataclass(frozen=True)
class RefusalPreset:
    """A refusal route as a file states it."""

    code: str
    label: str
    destination: str
    rest_days: int | None = None
    to_conveyor: str | None = None  # code of the conveyor that the route leads to


@dataclass(frozen=True)
class ConveyorPreset:
    """A whole conveyor as a file states it. `wanted`: how many wishes among the criteria must hold."""

    code: str
    name: str
    stages: tuple[StagePreset, ...]
    refusals: tuple[RefusalPreset, ...] = field(default_factory=tuple)
    criteria: tuple[Criterion, ...] = ()
    wanted: int = 0


def load(code: str, language: str) -> ConveyorPreset:
    """The preset in a language, read from its file. Raises FileNotFoundError for an unknown code."""
    source = files("konveyer.domain.conveyor") / "presets" / language / f"{code}.toml"
    data = tomllib.loads(source.read_text(encoding="utf-8"))
    return ConveyorPreset(
        code=code,
        name=data["name"],
        stages=tuple(_stage(stage) for stage in data["stages"]),
        refusals=tuple(RefusalPreset(**refusal) for refusal in data.get("refusals", ())),
        criteria=tuple(_criterion(one) for one in data.get("criteria", ())),
        wanted=data.get("wanted", 0),
    )


def _stage(data: dict[str, Any]) -> StagePreset:
    plain = {name: value for name, value in data.items() if name not in {"gate", "helpers"}}
    return StagePreset(
        **plain,
        helpers=tuple(data.get("helpers", ())),
        gate=tuple(_gate(condition) for condition in data.get("gate", ())),
    )


def _criterion(data: dict[str, Any]) -> Criterion:
    lists = {name: tuple(data.get(name, ())) for name in ("choices", "good")}
    ends = {name: Decimal(str(data[name])) for name in ("least", "most") if name in data}
    return Criterion(**(data | lists | ends))


def _gate(data: dict[str, Any]) -> GatePreset:
    values = dict(data, choices=tuple(data.get("choices", ())))
    if "number" in values:
        values["number"] = Decimal(str(values["number"]))
    return GatePreset(**values)
