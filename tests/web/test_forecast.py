"""The forecast on the screen, over the API and as a command."""

import argparse

import pytest

from konveyer.commands.call import Call
from konveyer.commands.forecast import forecast as command
from tests.unit.insight.test_forecast import fill
from tests.web.api import Program
from tests.web.test_setup import said, signed_in
from tests.world import NOON, World

pytestmark = pytest.mark.django_db


@pytest.mark.shows("I3.forecast")
def test_the_screen_answers_before_and_after_the_first_figures(world: World) -> None:
    anna = signed_in("anna@north.example")
    bare = said(anna.get("/funnel/forecast/"))
    assert "Give an average check above" in bare
    assert "the method's figure" in bare.replace("&#x27;", "'")
    given = said(anna.get("/funnel/forecast/?check_=50000&target=300000"))
    assert "The target needs 2,400 calls a month" in given  # 0.05 · 0.05 · 50 000 = 125 a call
    wrong = anna.get("/funnel/forecast/?target=-5&months=99")
    assert wrong.status_code == 422
    assert signed_in("vera@north.example").get("/funnel/forecast/").status_code == 403


@pytest.mark.shows("I3.forecast", "I2.api")
def test_the_api_and_the_command_say_the_same(world: World) -> None:
    fill(world)
    options = argparse.Namespace(months=2, check=None, target=None, calls=1000)
    told = command(Call(options, NOON, world.workspace))
    assert (told.exit_code, told.data["call_worth"]["likely"]) == (0, 150.0)
    assert [(one["calls"], one["sales"]["likely"]) for one in told.data["months"]] == [
        (1000, 3.0),
        (1000, 3.0),
    ]
    answer = Program(world.people["Anna"]).get("forecast", months=2, check=100)
    assert (answer.status_code, answer.json()["check_source"], len(answer.json()["months"])) == (
        200,
        "given",
        2,
    )
    assert Program(world.people["Anna"]).get("forecast", months=0).status_code == 422
    assert Program(world.people["Anna"]).get("forecast", target="NaN").status_code == 422
