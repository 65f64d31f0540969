"""Moments and lengths as people type them."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from konveyer.kit.refusal import Invalid

LENGTH = re.compile(r"(?:(\d{1,3})\s*[:.]\s*)?(\d{1,4})")


def local_input(moment: datetime, zone: str) -> str:
    """A moment for an input of date and time, in the zone."""
    return moment.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M")


def read_moment(text: str, zone: str, field: str) -> datetime | None:
    """What the input said, None when it is empty. Raises Invalid."""
    if not text.strip():
        return None
    try:
        found = datetime.fromisoformat(text.strip())
        if not 1970 <= found.year <= 2200:
            raise ValueError
        return found.replace(tzinfo=ZoneInfo(zone)) if found.tzinfo is None else found
    except (ValueError, OverflowError) as error:
        raise Invalid(
            "moment", _("This is not a date and time. Example: 2026-11-26 16:30."), fields={field: "form"}
        ) from error


def read_seconds(text: str) -> int | None:
    """«6:12» is six minutes and twelve seconds, «6» is six minutes; None when empty. Raises Invalid."""
    plain = text.strip()
    if not plain:
        return None
    found = LENGTH.fullmatch(plain)
    if found is None:
        raise Invalid(
            "seconds", _("Write the length as minutes and seconds: 6:12."), fields={"seconds": "form"}
        )
    minutes, rest = found.groups()
    length = timedelta(minutes=int(minutes), seconds=int(rest)) if minutes else timedelta(minutes=int(rest))
    return int(length.total_seconds())
