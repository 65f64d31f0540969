"""Which touches count (R6): exchanges yes, attempts no."""

import pytest

from konveyer.domain.touches.rules.counting import OUTCOMES, counted, reached
from konveyer.domain.touches.rules.following import following


@pytest.mark.shows("R6")
@pytest.mark.parametrize(
    ("channel", "direction", "outcome", "seconds", "is_reached", "is_counted"),
    [
        ("call", "out", "no_answer", 0, False, False),
        ("call", "out", "busy", None, False, False),
        ("call", "out", "gatekeeper", 40, False, False),
        ("call", "out", "talked", 19, False, False),
        ("call", "out", "talked", 20, True, True),
        ("call", "out", "talked", None, True, True),  # by hand: the outcome says it
        ("call", "out", "interest", 300, True, True),
        ("call", "in", "talked", 5, True, False),
        ("call", "in", "talked", 60, True, True),
        ("mail", "out", "sent", None, False, True),
        ("mail", "in", "replied", None, True, True),
        ("message", "out", "replied", None, True, True),
        ("letter", "out", "sent", None, False, True),
        ("meeting", "out", "held", 3600, True, True),
        ("meeting", "out", "not_held", None, False, False),
        ("webinar", "out", "held", None, True, True),
    ],
)
def test_what_counts(
    channel: str, direction: str, outcome: str, seconds: int | None, is_reached: bool, is_counted: bool
) -> None:
    assert reached(channel, direction, outcome, seconds, 20) is is_reached
    assert counted(channel, direction, outcome, seconds, 20) is is_counted


def test_every_outcome_proposes_a_next_step() -> None:
    for outcomes in OUTCOMES.values():
        for outcome in outcomes:
            assert following(outcome).after.total_seconds() > 0
    assert following("later").ask
    assert following("agreed").ask
