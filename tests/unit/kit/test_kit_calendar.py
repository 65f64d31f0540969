"""Working time: Russian moved days, clock changes, and arithmetic that adds up."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konveyer.kit.calendar import (
    MONDAY_TO_FRIDAY,
    NoWorkingTime,
    WorkCalendar,
    add_working_time,
    is_working,
    is_working_day,
    next_working_moment,
    parse_hours,
    working_time,
)

pytestmark = pytest.mark.shows("I2.conveyor", "S26")

MOSCOW = WorkCalendar("Europe/Moscow")
BERLIN = WorkCalendar("Europe/Berlin", parse_hours("mon-sun 00:00-24:00"), country="")
SPLIT = WorkCalendar("Asia/Yekaterinburg", parse_hours("mon-fri 09:00-13:00 14:00-18:00; sat 10:00-15:00"))
NIGHT = WorkCalendar("America/New_York", parse_hours("fri-mon 20:00-24:00; tue 00:00-04:00"), country="US")


def at(day: int, month: int, hour: int, minute: int = 0, year: int = 2024) -> datetime:
    """Moscow time, which is three hours before UTC."""
    return datetime(year, month, day, hour, minute, tzinfo=UTC) - timedelta(hours=3)


def minutes(start: datetime, end: datetime, calendar: WorkCalendar = MOSCOW) -> float:
    return working_time(calendar, start, end) / timedelta(minutes=1)


def test_within_and_around_a_day() -> None:
    assert minutes(at(16, 5, 10), at(16, 5, 10, 15)) == 15
    assert minutes(at(16, 5, 8), at(16, 5, 9, 5)) == 5
    assert minutes(at(16, 5, 17, 50), at(17, 5, 9, 10)) == 20
    assert minutes(at(17, 5, 17, 50), at(20, 5, 9, 10)) == 20
    assert minutes(at(16, 5, 20), at(17, 5, 3)) == 0
    assert minutes(at(17, 5, 9, 10), at(16, 5, 17, 50)) == -20


def test_russian_moved_days() -> None:
    """2024: Saturday 27 April was worked, 29 and 30 April were not, nor was Friday 10 May."""
    worked = [day for day in range(26, 31) if is_working_day(MOSCOW, date(2024, 4, day))]
    assert worked == [26, 27]
    assert minutes(at(26, 4, 17), at(2, 5, 10)) == 60 + 540 + 60
    assert next_working_moment(MOSCOW, at(8, 5, 18)) == at(13, 5, 9)
    assert next_working_moment(MOSCOW, at(28, 12, 18)) == at(9, 1, 9, year=2025)
    assert not is_working_day(MOSCOW, date(2026, 1, 9))


def test_days_of_the_firm_go_before_the_country() -> None:
    calendar = WorkCalendar(
        "Europe/Moscow", days_off=frozenset({date(2024, 5, 16)}), working_days=frozenset({date(2024, 5, 9)})
    )
    assert next_working_moment(calendar, at(15, 5, 18)) == at(17, 5, 9)
    assert is_working(calendar, at(9, 5, 12))
    assert not is_working(MOSCOW, at(9, 5, 12))


def test_other_countries_and_none() -> None:
    assert not is_working_day(WorkCalendar("Europe/Berlin", country="DE"), date(2024, 10, 3))
    assert is_working_day(WorkCalendar("Europe/Berlin", country=""), date(2024, 10, 3))
    assert is_working_day(WorkCalendar("Europe/Berlin", country="XX"), date(2024, 10, 3))


def test_deadlines() -> None:
    assert add_working_time(MOSCOW, at(16, 5, 17, 30), timedelta(hours=1)) == at(17, 5, 9, 30)
    assert add_working_time(MOSCOW, at(16, 5, 9), timedelta(hours=9)) == at(16, 5, 18)
    assert add_working_time(MOSCOW, at(18, 5, 12), timedelta()) == at(20, 5, 9)
    assert add_working_time(MOSCOW, at(16, 5, 12), timedelta()) == at(16, 5, 12)
    assert add_working_time(MOSCOW, at(16, 5, 20), timedelta(minutes=15)) == at(17, 5, 9, 15)
    with pytest.raises(ValueError):
        add_working_time(MOSCOW, at(16, 5, 12), timedelta(hours=-1))


def test_the_closing_minute_is_outside() -> None:
    assert is_working(MOSCOW, at(16, 5, 9))
    assert is_working(MOSCOW, at(16, 5, 17, 59))
    assert not is_working(MOSCOW, at(16, 5, 18))


def test_a_lunch_break_does_not_count() -> None:
    noon = datetime(2024, 5, 16, 12, tzinfo=UTC) - timedelta(hours=5)
    assert minutes(noon, noon + timedelta(hours=3), SPLIT) == 120


def test_days_of_clock_changes_have_23_and_25_hours() -> None:
    spring = datetime(2024, 3, 30, 23, tzinfo=UTC)
    assert working_time(BERLIN, spring, datetime(2024, 3, 31, 22, tzinfo=UTC)) == timedelta(hours=23)
    assert working_time(
        BERLIN, datetime(2024, 10, 26, 22, tzinfo=UTC), datetime(2024, 10, 27, 23, tzinfo=UTC)
    ) == (timedelta(hours=25))


def test_hours_as_text() -> None:
    assert parse_hours("mon-fri 09:00-18:00") == MONDAY_TO_FRIDAY
    assert (
        parse_hours("sat-mon 10:00-12:00")[5:] + parse_hours("sat-mon 10:00-12:00")[:1]
        == (((600, 720),),) * 3
    )
    for wrong in (
        "mon",
        "mon 9-18",
        "xyz 09:00-18:00",
        "mon 18:00-09:00",
        "mon 09:00-12:00 11:00-13:00",
        "mon 09:00-25:00",
    ):
        with pytest.raises(ValueError):
            parse_hours(wrong)


def test_no_working_time_at_all() -> None:
    with pytest.raises(NoWorkingTime):
        next_working_moment(WorkCalendar("UTC", ((),) * 7), at(16, 5, 12))
    assert working_time(WorkCalendar("UTC", ((),) * 7), at(16, 5, 12), at(16, 6, 12)) == timedelta()


calendars = st.sampled_from([MOSCOW, BERLIN, SPLIT, NIGHT])
instants = st.datetimes(
    min_value=datetime(2024, 1, 1),  # noqa: DTZ001  # the zone is added below
    max_value=datetime(2026, 12, 31),  # noqa: DTZ001
    timezones=st.just(UTC),
)
spans = st.timedeltas(min_value=timedelta(), max_value=timedelta(days=20))


@given(calendars, instants, spans, spans)
def test_time_adds_up(calendar: WorkCalendar, start: datetime, one: timedelta, two: timedelta) -> None:
    middle, end = start + one, start + one + two
    whole = working_time(calendar, start, end)
    assert whole == working_time(calendar, start, middle) + working_time(calendar, middle, end)
    assert timedelta() <= whole <= one + two
    assert working_time(calendar, end, start) == -whole


@given(calendars, instants, st.timedeltas(min_value=timedelta(), max_value=timedelta(hours=60)))
def test_a_deadline_has_exactly_its_time_before_it(
    calendar: WorkCalendar, start: datetime, amount: timedelta
) -> None:
    due = add_working_time(calendar, start, amount)
    assert due >= start + amount
    assert working_time(calendar, start, due) == amount
    if amount > timedelta():
        assert working_time(calendar, start, due - timedelta(microseconds=1)) < amount


@given(calendars, instants)
def test_the_next_opening(calendar: WorkCalendar, start: datetime) -> None:
    opening = next_working_moment(calendar, start)
    assert opening >= start
    assert is_working(calendar, opening)
    assert working_time(calendar, start, opening) == timedelta()
    assert next_working_moment(calendar, opening) == opening
