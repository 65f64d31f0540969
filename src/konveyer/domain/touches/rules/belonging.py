"""To which moment and to which lead a touch belongs (the model, Touch)."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

SAME_MINUTE = timedelta(
    minutes=1
)  # people type minutes: what was typed may begin up to a minute before the lead


def moment_within(moment: datetime, arrived_at: datetime, precision: str, zone: str) -> datetime | None:
    """The moment of a touch on a lead that arrived at `arrived_at`; None when the touch was before the lead.

    Where the arrival is known as a day only (`precision` "day"), any moment of that local day is inside.
    """
    if moment >= arrived_at:
        return moment
    if precision == "day":
        local = ZoneInfo(zone)
        return moment if moment.astimezone(local).date() >= arrived_at.astimezone(local).date() else None
    return arrived_at if arrived_at - moment < SAME_MINUTE else None
