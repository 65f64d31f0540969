"""Working time: when a stage is overdue, and how quickly an incoming lead was taken (S26)."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

OPENS, CLOSES = time(9), time(18)
FIRST_CONTACT = timedelta(minutes=15)
ESCALATION = timedelta(minutes=30)


def working_deadline(start: datetime, hours: float, zone: str) -> datetime:
    """The instant when `hours` working hours (Mon-Fri 9-18 in the zone) have passed since `start`."""
    local = start.astimezone(ZoneInfo(zone))
    left = timedelta(hours=hours)
    while True:
        local = _into_window(local)
        closes = local.replace(hour=CLOSES.hour, minute=0, second=0, microsecond=0)
        if local + left <= closes:
            return (local + left).astimezone(UTC)
        left -= closes - local
        local = closes + timedelta(minutes=1)


def working_time(start: datetime, end: datetime, zone: str) -> timedelta:
    """Working time between two instants; zero when the end is not later."""
    tz = ZoneInfo(zone)
    local, until, total = start.astimezone(tz), end.astimezone(tz), timedelta()
    while True:
        local = _into_window(local)
        if local >= until:
            return total
        closes = local.replace(hour=CLOSES.hour, minute=0, second=0, microsecond=0)
        total += min(closes, until) - local
        local = closes + timedelta(minutes=1)


def _into_window(local: datetime) -> datetime:
    """The moment itself when it is working time, else the next opening."""
    if local.weekday() < 5:
        if local.time() < OPENS:
            return local.replace(hour=OPENS.hour, minute=0, second=0, microsecond=0)
        if local.time() < CLOSES:
            return local
    local = (local + timedelta(days=1)).replace(hour=OPENS.hour, minute=0, second=0, microsecond=0)
    return local if local.weekday() < 5 else _into_window(local)


def next_working_morning(start: datetime, zone: str) -> datetime:
    """Ten o'clock of the next working day: when something without a term is due."""
    local = (start.astimezone(ZoneInfo(zone)) + timedelta(days=1)).replace(hour=OPENS.hour, minute=0)
    return _into_window(local.replace(second=0, microsecond=0)).replace(hour=10).astimezone(UTC)


def speed(arrived_at: datetime, first_touch_at: datetime | None, now: datetime, zone: str) -> str:
    """Speed to lead: "taken" within 15 working minutes, "waiting", "late" after 15, "escalated" after 30."""
    waited = working_time(arrived_at, first_touch_at or now, zone)
    if waited > ESCALATION:
        return "escalated"
    if waited > FIRST_CONTACT:
        return "late"
    return "taken" if first_touch_at else "waiting"
