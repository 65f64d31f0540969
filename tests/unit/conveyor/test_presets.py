"""The ready conveyors, in both languages."""

import pytest

from konveyer.domain.conveyor.rules.presets import LIBRARY, load
from konveyer.domain.workspace.rules.rights import PRESETS

ROLES = {role.code for role in PRESETS}


@pytest.mark.shows("R8")
def test_the_specialised_conveyor_follows_the_method() -> None:
    """Stage | who | we give | we get, as the method states them."""
    told = [
        (stage.key, stage.role, bool(stage.give), bool(stage.get))
        for stage in load("new_clients", "en").stages
    ]
    assert told == [
        ("lead_generation", "marketer", True, True),
        ("first_contact", "telemarketer", True, True),
        ("second_contact", "telemarketer", True, True),
        ("meeting", "closer", True, False),
        ("proposal", "closer", True, False),
        ("contract", "closer", True, True),
        ("invoice", "logistician", True, True),
        ("project", "performer", False, False),
        ("development", "account_manager", False, True),
    ]
    assert [stage.key for stage in load("new_clients", "en").stages if stage.win_point] == ["invoice"]


@pytest.mark.shows("R7")
def test_the_classic_cycle_is_one_sellers() -> None:
    stages = load("classic", "en").stages
    assert [(stage.name, stage.result) for stage in stages] == [
        ("Lead generation", "incoming contact"),
        ("First contact", "meeting agreed"),
        ("Meeting", "details clear"),
        ("Proposal", "order"),
        ("Contract", "signed"),
        ("Invoice", "prepayment"),
        ("Project", "accepted by the client"),
        ("Development", "new projects"),
    ]
    assert {stage.role for stage in stages} == {"closer"}


@pytest.mark.shows("I2.conveyor", "I2.languages")
@pytest.mark.parametrize("code", LIBRARY)
def test_both_languages_tell_the_same_conveyor(code: str) -> None:
    russian, english = load(code, "ru"), load(code, "en")
    for one, other in zip(russian.stages, english.stages, strict=True):
        assert (one.key, one.role, one.helpers, one.sla_hours, one.wip_limit, one.win_point) == (
            other.key, other.role, other.helpers, other.sla_hours, other.wip_limit, other.win_point,
        )  # fmt: skip
        assert bool(one.give) == bool(other.give)
        assert bool(one.get) == bool(other.get)
        assert [(gate.kind, gate.fact, gate.ask, len(gate.choices)) for gate in one.gate] == [
            (gate.kind, gate.fact, gate.ask, len(gate.choices)) for gate in other.gate
        ]
    assert [(route.code, route.destination, route.rest_days) for route in russian.refusals] == [
        (route.code, route.destination, route.rest_days) for route in english.refusals
    ]


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("code", LIBRARY)
def test_every_preset_can_be_worked(code: str, language: str) -> None:
    preset = load(code, language)
    assert sum(stage.win_point for stage in preset.stages) == 1
    assert {stage.role for stage in preset.stages} | {h for s in preset.stages for h in s.helpers} <= ROLES
    assert {"lost", "disqualified", "nurture"} <= {route.destination for route in preset.refusals}
    assert all(route.rest_days for route in preset.refusals if route.destination == "nurture")
    assert len({stage.key for stage in preset.stages}) == len(preset.stages)
