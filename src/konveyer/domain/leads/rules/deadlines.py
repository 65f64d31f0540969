"""Working time of leads: when a stage is overdue, and how quickly an incoming lead was taken (S26).

The firm's working week is Monday to Friday, 9 to 18, less the public holidays of the country that the zone lies in,
with moved working days where the country has them. A member whose frame states working hours has that week instead,
in his own zone: the terms of his stages, handoffs and steps run in it. Speed to lead runs in the firm's, for the client
does not care whose turn it is.
"""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from babel.core import get_global

from konveyer.domain.staff.rules.frames import read_hours
from konveyer.kit import calendar
from konveyer.kit.calendar import MONDAY_TO_FRIDAY, Weekly, WorkCalendar

FIRST_CONTACT = timedelta(minutes=15)
ESCALATION = timedelta(minutes=30)
MORNING = timedelta(hours=1)  # what has no term is due an hour after the office opens


class Office(NamedTuple):
    """Where and when somebody works: the last two arguments of the functions below. `week` as frames write it, '' = the firm's."""

    zone: str
    week: str = ""


@lru_cache(maxsize=500)
def calendar_of(zone: str, week: str = "") -> WorkCalendar:
    """The working calendar of a zone, with the hours of a frame ("1-5 09:00-18:00") or the firm's."""
    weekly = _weekly(week) if week else MONDAY_TO_FRIDAY
    return WorkCalendar(zone, weekly, country=get_global("zone_territories").get(zone, ""))


def _weekly(week: str) -> Weekly:
    hours = {span.day: span for span in read_hours(week)}
    spans = [hours.get(day) for day in range(1, 8)]
    return tuple(
        ((span.start.hour * 60 + span.start.minute, span.end.hour * 60 + span.end.minute),) if span else ()
        for span in spans
    )


def working_deadline(start: datetime, hours: float, zone: str, week: str = "") -> datetime:
    """The instant when `hours` working hours have passed since `start`, in UTC."""
    return calendar.add_working_time(calendar_of(zone, week), start, timedelta(hours=hours))


def working_time(start: datetime, end: datetime, zone: str, week: str = "") -> timedelta:
    """Working time between two instants; zero when the end is not later."""
    return calendar.working_time(calendar_of(zone, week), start, end) if end > start else timedelta()


def next_working_morning(start: datetime, zone: str, week: str = "") -> datetime:
    """An hour after the office opens on the next working day."""
    tomorrow = (start.astimezone(ZoneInfo(zone)) + timedelta(days=1)).replace(
        hour=0, minute=0, second=0, microsecond=0
    )
    opening = calendar.next_working_moment(calendar_of(zone, week), tomorrow.astimezone(UTC))
    return (opening + MORNING).astimezone(UTC)


def speed(arrived_at: datetime, first_touch_at: datetime | None, now: datetime, zone: str) -> str:
    """Speed to lead: "taken" within 15 working minutes, "waiting", "late" after 15, "escalated" after 30."""
    waited = working_time(arrived_at, first_touch_at or now, zone)
    if waited > ESCALATION:
        return "escalated"
    if waited > FIRST_CONTACT:
        return "late"
    return "taken" if first_touch_at else "waiting"
