"""What a drawn conveyor is told, exactly; and that editing keeps what it does not touch."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konveyer.domain.conveyor.rules.checking import Surroundings, check
from konveyer.domain.conveyor.rules.editing import free_key, ordered, shifted, with_stage, without_stage
from konveyer.domain.conveyor.rules.presets import (
    LIBRARY,
    ConveyorPreset,
    GatePreset,
    RefusalPreset,
    StagePreset,
    load,
)
from konveyer.domain.workspace.rules.rights import PRESETS

ROLES = {role.code for role in PRESETS}
AROUND = Surroundings(roles=ROLES, held=ROLES, conveyors={"inbound"})
NO = (RefusalPreset("no", "No", "lost"),)


def drawn(*stages: StagePreset, refusals: tuple[RefusalPreset, ...] = NO) -> ConveyorPreset:
    return ConveyorPreset("c", "C", stages, refusals)


def stage(key: str, *gate: GatePreset, **more: object) -> StagePreset:
    return StagePreset(**({"key": key, "name": key, "role": "closer", "result": "r", "gate": gate} | more))  # type: ignore[arg-type]


@pytest.mark.shows("I3.editor")
@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("code", LIBRARY)
def test_the_presets_have_no_fault(code: str, language: str) -> None:
    assert [one.code for one in check(load(code, language), AROUND) if one.fault] == []


@pytest.mark.shows("I3.editor")
@pytest.mark.parametrize(
    ("conveyor", "told"),
    [
        (drawn(), [("no_stages", "", True)]),
        (drawn(stage("a")), [("no_win_point", "", True)]),
        (drawn(stage("a", win_point=True), refusals=()), [("no_refusals", "", True)]),
        (drawn(stage("a", win_point=True, role="gone")), [("no_role", "a", True)]),
        (drawn(stage("a", win_point=True, result="")), [("no_result", "a", False)]),
        (
            drawn(stage("a", win_point=True), refusals=(RefusalPreset("o", "O", "other_conveyor", None, "x"),)),
            [("route_nowhere", "", True)],
        ),
        (
            drawn(stage("a", GatePreset("filled", "f", "F", ask="choice"), win_point=True)),
            [("no_choices", "a", True)],
        ),
        (
            drawn(stage("a", GatePreset("code_word", "w", "W"), win_point=True)),
            [("no_code_word", "a", True)],
        ),
        (
            drawn(stage("a", GatePreset("filled", "f", "F", ask="nothing")), stage("b", win_point=True)),
            [("nobody_fills", "a", True), ("unreachable", "b", True)],
        ),
        (drawn(stage("a", GatePreset("invoice_paid", "invoice_paid", "P", ask="nothing"), win_point=True)), []),
        (
            drawn(stage("a", GatePreset("meeting_held", "meeting_held", "M", ask="yes"), win_point=True)),
            [("no_anchor", "a", False)],
        ),
    ],
)  # fmt: skip
def test_what_a_conveyor_is_told(conveyor: ConveyorPreset, told: list[tuple[str, str, bool]]) -> None:
    assert [(one.code, one.stage, one.fault) for one in check(conveyor, AROUND)] == told


@pytest.mark.shows("I3.editor")
def test_a_role_that_nobody_holds_is_a_doubt() -> None:
    nobody = replace(AROUND, held=set())
    [found] = check(drawn(stage("Closing by night", win_point=True)), nobody)
    assert (found.code, found.fault) == ("nobody_holds", False)
    assert "Closing by night" in found.text


@pytest.mark.shows("I3.editor")
def test_editing_stages() -> None:
    start = drawn(stage("a"), stage("b", win_point=True), stage("c"))
    assert [one.key for one in shifted(start, "c", -1).stages] == ["a", "c", "b"]
    assert shifted(start, "a", -1) == start
    assert shifted(start, "x", 1) == start
    assert [one.key for one in ordered(start, ["c", "a"]).stages] == ["c", "a", "b"]
    moved = with_stage(start, stage("c", win_point=True))
    assert [one.win_point for one in moved.stages] == [False, False, True]
    assert without_stage(moved, "b").stages == (moved.stages[0], moved.stages[2])
    assert free_key("stage", {"stage_1", "stage_3"}) == "stage_2"


@given(st.permutations("abcde"), st.sampled_from("abcde"), st.integers(-9, 9))
def test_shifting_loses_no_stage(keys: list[str], key: str, by: int) -> None:
    start = drawn(*(stage(one) for one in keys))
    after = [one.key for one in shifted(start, key, by).stages]
    assert sorted(after) == sorted(keys)
    assert [one for one in after if one != key] == [one for one in keys if one != key]
