"""The sweep has a screen or a reason for every address of the program. The screens themselves are swept beside."""

import pytest

from tests.e2e.finding import all_names
from tests.e2e.screens import OTHERS, POSTED, SCREENS

pytestmark = pytest.mark.slow


@pytest.mark.shows("I2.screens")
def test_every_address_is_swept_or_is_no_screen() -> None:
    swept = {screen.name for screen in SCREENS}
    assert all_names() - swept - POSTED - OTHERS.keys() == set()
    assert (swept | POSTED | OTHERS.keys()) - all_names() == set()
    assert swept & (POSTED | OTHERS.keys()) == set()
