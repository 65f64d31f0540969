"""The limits of a mailbox: the smallest wins and is named, and the stated moment is the one at which the sender sends."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from konveyer.domain.delivery.rules.limits import Limits, Next, Spent, next_letter, plan, tomorrow

pytestmark = pytest.mark.shows("S3", "I4.mailboxes")
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
MOSCOW = "Europe/Moscow"


def ago(**by: float) -> datetime:
    return NOW - timedelta(**by)


@pytest.mark.parametrize(
    ("spent", "expected"),
    [
        (Spent(), Next(NOW)),
        (
            Spent(3, (ago(minutes=59), ago(minutes=30), ago(minutes=2))),
            Next(ago(minutes=59) + timedelta(hours=1), "hour"),
        ),
        (Spent(1, (ago(seconds=20),)), Next(NOW + timedelta(seconds=40), "gap")),
        (Spent(5, ()), Next(datetime(2026, 11, 24, 21, 0, tzinfo=UTC), "day")),
        (Spent(5, (ago(seconds=20),)), Next(datetime(2026, 11, 24, 21, 0, tzinfo=UTC), "day")),
        (Spent(2, (ago(minutes=59), ago(minutes=30))), Next(NOW)),
    ],
)
def test_the_limit_that_binds_is_named(spent: Spent, expected: Next) -> None:
    assert next_letter(Limits(5, 3, 60), spent, NOW, MOSCOW) == expected


def test_a_stopped_mailbox_names_that() -> None:
    until = NOW + timedelta(minutes=2)
    assert next_letter(Limits(5, 3, 60), Spent(), NOW, MOSCOW, until) == Next(until, "stopped")
    assert next_letter(Limits(5, 3, 60), Spent(), NOW, MOSCOW, ago(minutes=1)) == Next(NOW)


@pytest.mark.shows("F10")
@pytest.mark.parametrize(
    "day", [datetime(2026, 3, 28, 12, tzinfo=UTC), datetime(2026, 10, 24, 12, tzinfo=UTC)]
)
def test_a_day_with_a_turned_clock_ends_at_its_midnight(day: datetime) -> None:
    end = tomorrow(day + timedelta(days=1), "Europe/Berlin")
    assert end.astimezone(ZoneInfo("Europe/Berlin")).hour == 0
    assert (end - tomorrow(day, "Europe/Berlin").astimezone(UTC)) in (
        timedelta(hours=23),
        timedelta(hours=25),
    )


LIMITS = st.builds(Limits, st.integers(1, 6), st.integers(1, 4), st.sampled_from([0, 30, 60, 600, 3600]))
MINUTES = st.lists(st.integers(0, 59), max_size=4)


@settings(max_examples=300, deadline=None)
@given(
    limits=LIMITS,
    sent=MINUTES,
    more=st.integers(0, 3),
    due=st.lists(st.integers(0, 240), max_size=5),
    stop=st.none() | st.integers(1, 90),
)
def test_the_plan_is_what_the_sender_does(
    limits: Limits, sent: list[int], more: int, due: list[int], stop: int | None
) -> None:
    """The sender looks every thirty seconds at what is due, under a clock that the test moves."""
    moments = tuple(sorted(ago(minutes=minutes) for minutes in sent))
    queue = sorted(NOW + timedelta(minutes=minutes) for minutes in due)
    stopped = NOW + timedelta(minutes=stop) if stop else None
    stated = [one.at for one in plan(limits, Spent(len(sent) + more, moments), NOW, MOSCOW, queue, stopped)]
    today, done, at, day_ends = len(sent) + more, [], NOW, tomorrow(NOW, MOSCOW)
    gone, waiting = list(moments), list(queue)
    while waiting:
        if at >= day_ends:
            today, day_ends = 0, tomorrow(at, MOSCOW)
        if waiting[0] <= at and not next_letter(limits, Spent(today, tuple(gone)), at, MOSCOW, stopped).limit:
            done.append(at)
            gone.append(at)
            today += 1
            waiting.pop(0)
        else:
            at += timedelta(seconds=30)
    assert stated == done
