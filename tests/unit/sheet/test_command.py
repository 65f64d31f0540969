"""`konveyer sheet import`: what it prints and how it ends."""

import argparse
from pathlib import Path

import pytest

from konveyer.commands.call import Call, WrongUse
from konveyer.commands.sheet import sheet
from konveyer.domain.sheet.models import DailyCount
from tests.world import NOON, World

pytestmark = pytest.mark.django_db


def run(world: World, path: Path) -> tuple[int, dict[str, object]]:
    told = sheet(Call(argparse.Namespace(action="import", file=str(path)), NOON, world.workspace))
    return told.exit_code, told.data


@pytest.mark.shows("I3.sheet")
def test_a_file_by_command_ends_with_its_rejects(world: World, tmp_path: Path) -> None:
    path = tmp_path / "days.csv"
    path.write_text("Кто;День;Разговоры\nAlina;23.11.2026;12\nNobody;23.11.2026;3\n", encoding="utf-8")
    code, data = run(world, path)
    assert (code, data["rows"], data["written"], data["rejected"]) == (1, 2, 1, 1)
    assert [(one["line"], one["code"]) for one in data["rejects"]] == [(3, "no_member")]  # type: ignore[attr-defined]
    assert DailyCount.objects.get().value == 12
    path.write_text("Кто;День;Разговоры\nAlina;23.11.2026;12\n", encoding="utf-8")
    assert run(world, path) == (0, {"rows": 1, "written": 0, "rejected": 0, "rejects": []})


@pytest.mark.shows("I3.sheet", "I2.bad-input")
def test_a_file_that_is_none_is_wrong_use(world: World, tmp_path: Path) -> None:
    with pytest.raises(WrongUse):
        run(world, tmp_path / "missing.xlsx")
    (tmp_path / "empty.xlsx").write_bytes(b"")
    with pytest.raises(WrongUse):
        run(world, tmp_path / "empty.xlsx")
