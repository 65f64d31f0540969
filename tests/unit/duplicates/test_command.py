"""`konveyer duplicates`: what it prints and how it ends."""

import argparse
from typing import Any

import pytest

from konveyer.commands.call import Call, WrongUse
from konveyer.commands.duplicates import duplicates
from konveyer.domain.people.models import Company
from tests.unit.duplicates.test_merging import company, two_companies
from tests.world import NOON, World

pytestmark = pytest.mark.django_db


def run(world: World, action: str, **more: Any) -> tuple[int, Any]:
    given = {"merge": None, "whole": False, "kind": "", "over": None, "keep": None, "gone": None, **more}
    told = duplicates(Call(argparse.Namespace(action=action, **given), NOON, world.workspace))
    assert told.lines
    return told.exit_code, told.data


@pytest.mark.shows("I3.duplicates")
def test_found_listed_merged_and_taken_back(world: World) -> None:
    kept, gone = two_companies(world)
    other = company(world, "Вега")
    assert run(world, "list") == (0, [])
    assert run(world, "scan") == (
        0,
        {"records": 3, "new": 1, "wide_keys": 0, "open": {"company": 1, "contact": 0}},
    )
    code, listed = run(world, "list", kind="company", over=80)
    assert (code, [(one["score"], one["reasons"]) for one in listed]) == (
        0,
        [(90, ["phone", "name", "city"])],
    )
    code, bulk = run(world, "merge", over=90)
    assert (code, bulk["merged"], bulk["left"], Company.objects.count()) == (0, 1, 0, 2)
    assert run(world, "undo", merge=bulk["run"]) == (0, {"undone": 1, "kept": []})
    code, made = run(world, "merge", kind="company", keep=str(kept.pk), gone=[str(gone.pk), str(other.pk)])
    assert (code, made["merged"], Company.objects.count()) == (0, 2, 1)
    assert run(world, "undo", merge=made["merges"][1])[1]["undone"] == 1
    assert Company.objects.count() == 2


@pytest.mark.shows("I3.duplicates", "I2.bad-input")
@pytest.mark.parametrize(
    ("action", "more"),
    [
        ("scan", {"merge": "x"}), ("merge", {}), ("merge", {"keep": "x"}), ("undo", {}), ("undo", {"merge": "x"}),
        ("merge", {"keep": "x", "gone": ["y"], "kind": "company"}),
    ],
)  # fmt: skip
def test_what_is_wrong_use(world: World, action: str, more: dict[str, Any]) -> None:
    with pytest.raises(WrongUse):
        run(world, action, **more)
