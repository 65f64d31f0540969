"""kill -9 of every part and of all, while somebody writes: everything comes back, and nothing confirmed is lost."""

import json

import psutil
import pytest

from tests.chaos.endure import endure
from tests.house import House

PARTS = ["web worker", "web", "live", "worker", "backend", "database", "supervisor", "all"]
TWENTY = [*PARTS, *PARTS, "database", "all", "supervisor", "all"]


@pytest.mark.shows("I2.up")
@pytest.mark.timeout(900)
def test_twenty_kills_lose_nothing(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    assert len(TWENTY) == 20
    del house.environment["KONVEYER_FSYNC"]
    figures = endure(house, TWENTY)
    with capsys.disabled():
        print(f"\n{json.dumps(figures)}")


@pytest.mark.shows("I2.up")
def test_a_killed_supervisor_leaves_nothing_behind(house: House) -> None:
    house.start()
    others = [process for part, group in house.family().items() if part != "supervisor" for process in group]
    assert len(others) >= 6
    house.kill("supervisor")
    _gone, alive = psutil.wait_procs(others, timeout=15)
    assert alive == []
