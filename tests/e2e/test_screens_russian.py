"""Every screen in Russian × (data, empty, error) × (light, dark) × (390, 1440 px). A language is a file: processes share them out."""

import pytest

from tests.e2e.screens import SCREENS, Screen
from tests.e2e.sweep import Sweep

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240, func_only=True)]


@pytest.mark.shows("I2.screens", "I2.languages", "I2.design")
@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.label)
def test_screen(sweep: Sweep, screen: Screen) -> None:
    """axe, width, words, console, hosts."""
    assert sweep.faults(screen, "ru") == []
