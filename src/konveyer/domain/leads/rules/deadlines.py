"""Working time of leads: when a stage is overdue, and how quickly an incoming lead was taken (S26).

The working week is Monday to Friday, 9 to 18, less the public holidays of the country that the zone lies in,
with moved working days where the country has them.
"""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.core import get_global

from konveyer.kit import calendar
from konveyer.kit.calendar import WorkCalendar

FIRST_CONTACT = timedelta(minutes=15)
ESCALATION = timedelta(minutes=30)
MORNING = timedelta(hours=1)  # what has no term is due an hour after the office opens


@lru_cache(maxsize=64)
def calendar_of(zone: str) -> WorkCalendar:
    """The working calendar of a zone."""
    return WorkCalendar(zone, country=get_global("zone_territories").get(zone, ""))


def working_deadline(start: datetime, hours: float, zone: str) -> datetime:
    """The instant when `hours` working hours have passed since `start`, in UTC."""
    return calendar.add_working_time(calendar_of(zone), start, timedelta(hours=hours))


def working_time(start: datetime, end: datetime, zone: str) -> timedelta:
    """Working time between two instants; zero when the end is not later."""
    return calendar.working_time(calendar_of(zone), start, end) if end > start else timedelta()


def next_working_morning(start: datetime, zone: str) -> datetime:
    """An hour after the office opens on the next working day."""
    tomorrow = (start.astimezone(ZoneInfo(zone)) + timedelta(days=1)).replace(
        hour=0, minute=0, second=0, microsecond=0
    )
    return (calendar.next_working_moment(calendar_of(zone), tomorrow.astimezone(UTC)) + MORNING).astimezone(
        UTC
    )


def speed(arrived_at: datetime, first_touch_at: datetime | None, now: datetime, zone: str) -> str:
    """Speed to lead: "taken" within 15 working minutes, "waiting", "late" after 15, "escalated" after 30."""
    waited = working_time(arrived_at, first_touch_at or now, zone)
    if waited > ESCALATION:
        return "escalated"
    if waited > FIRST_CONTACT:
        return "late"
    return "taken" if first_touch_at else "waiting"
