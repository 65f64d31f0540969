"""Working time of leads, by hand-counted cases."""

from datetime import UTC, datetime, timedelta

import pytest

from konveyer.domain.leads.rules.deadlines import next_working_morning, speed, working_deadline, working_time

MOSCOW = "Europe/Moscow"


def moscow(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour - 3, minute, tzinfo=UTC)


@pytest.mark.shows("S26")
@pytest.mark.parametrize(
    ("start", "hours", "expected"),
    [
        (moscow(24, 12), 2, moscow(24, 14)),
        (moscow(24, 17), 2, moscow(25, 10)),
        (moscow(27, 17, 30), 1, moscow(30, 9, 30)),  # Friday evening into Monday
        (moscow(28, 12), 9, moscow(30, 18)),  # Saturday
        (moscow(3, 17), 2, moscow(5, 10)),  # the 4th of November is a holiday in Russia
    ],
)
def test_a_deadline_counts_working_hours_only(start: datetime, hours: float, expected: datetime) -> None:
    assert working_deadline(start, hours, MOSCOW) == expected


@pytest.mark.shows("S26")
def test_speed_to_lead() -> None:
    friday = moscow(27, 17, 55)
    assert speed(friday, None, moscow(27, 18, 30), MOSCOW) == "waiting"  # five working minutes
    assert speed(friday, moscow(30, 9, 9), moscow(30, 12), MOSCOW) == "taken"  # fourteen
    assert speed(friday, None, moscow(30, 9, 11), MOSCOW) == "late"
    assert speed(friday, None, moscow(30, 9, 26), MOSCOW) == "escalated"
    assert working_time(friday, moscow(27, 17), MOSCOW) == timedelta()


def test_what_has_no_term_is_due_next_working_morning() -> None:
    assert next_working_morning(moscow(27, 12), MOSCOW) == moscow(30, 10)
