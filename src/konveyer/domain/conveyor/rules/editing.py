"""Changes of a conveyor as drawn, each giving a new one: pure, so that screens, API and tests share them."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from konveyer.domain.conveyor.rules.presets import ConveyorPreset, StagePreset


def stage_of(drawn: ConveyorPreset, key: str) -> StagePreset | None:
    """The stage with this key."""
    return next((stage for stage in drawn.stages if stage.key == key), None)


def with_stage(drawn: ConveyorPreset, stage: StagePreset) -> ConveyorPreset:
    """The stage put in the place of the one with its key, else at the end. A new win point replaces the former one."""
    known = stage_of(drawn, stage.key) is not None
    stages = [stage if one.key == stage.key else one for one in drawn.stages] + ([] if known else [stage])
    if stage.win_point:
        stages = [one if one.key == stage.key else replace(one, win_point=False) for one in stages]
    return replace(drawn, stages=tuple(stages))


def without_stage(drawn: ConveyorPreset, key: str) -> ConveyorPreset:
    """The conveyor without the stage."""
    return replace(drawn, stages=tuple(stage for stage in drawn.stages if stage.key != key))


def ordered(drawn: ConveyorPreset, keys: Sequence[str]) -> ConveyorPreset:
    """The stages in the order of the keys; those not named keep their order behind them."""
    place = {key: number for number, key in enumerate(keys)}
    return replace(
        drawn, stages=tuple(sorted(drawn.stages, key=lambda stage: place.get(stage.key, len(place))))
    )


def shifted(drawn: ConveyorPreset, key: str, by: int) -> ConveyorPreset:
    """The stage moved by so many places, no further than the ends."""
    keys = [stage.key for stage in drawn.stages]
    if key not in keys:
        return drawn
    at = keys.index(key)
    keys.insert(max(0, min(len(keys) - 1, at + by)), keys.pop(at))
    return ordered(drawn, keys)


def free_key(start: str, taken: Collection[str]) -> str:
    """`start` with the first number that nobody has: a key once used means its stage in the figures for good."""
    number = 1
    while f"{start}_{number}" in taken:
        number += 1
    return f"{start}_{number}"
