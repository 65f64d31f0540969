"""Every screen × (data, empty, error) × (ru, en) × (light, dark) × (390, 1440 px), found by the map of addresses."""

import pytest

from tests.e2e.finding import all_names
from tests.e2e.looking import Eye
from tests.e2e.readers import Readers
from tests.e2e.screens import OTHERS, POSTED, SCREENS, Screen
from tests.e2e.sweep import Sweep
from tests.e2e.town import LANGUAGES

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240, func_only=True)]


@pytest.fixture(scope="session")
def sweep(readers: Readers) -> Sweep:
    return Sweep(readers, Eye())


@pytest.mark.shows("I2.screens")
def test_every_address_is_swept_or_is_no_screen() -> None:
    swept = {screen.name for screen in SCREENS}
    assert all_names() - swept - POSTED - OTHERS.keys() == set()
    assert (swept | POSTED | OTHERS.keys()) - all_names() == set()
    assert swept & (POSTED | OTHERS.keys()) == set()


@pytest.mark.shows("I2.screens", "I2.languages", "I2.design")
@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.label)
@pytest.mark.parametrize(
    "language", [pytest.param(one, marks=pytest.mark.xdist_group(one)) for one in LANGUAGES]
)
def test_screen(sweep: Sweep, screen: Screen, language: str) -> None:
    """axe, width, words, console, hosts."""
    assert sweep.faults(screen, language) == []
