"""Periods with a name, as local days."""

import datetime

PERIODS = ("all", "month", "last_month", "30d", "90d", "12m", "year")

Days = tuple[datetime.date | None, datetime.date | None]


def days_of(period: str, today: datetime.date) -> Days:
    """First and last day, both inside. "12m" is this month and the eleven before it, whole. Raises KeyError."""
    day = datetime.timedelta(days=1)
    month = today.replace(day=1)
    before = (month - day).replace(day=1)
    year_back = datetime.date(month.year - (month.month < 12), month.month + 1 if month.month < 12 else 1, 1)
    return {
        "all": (None, None),
        "month": (month, today),
        "last_month": (before, month - day),
        "30d": (today - 29 * day, today),
        "90d": (today - 89 * day, today),
        "12m": (year_back, today),
        "year": (today.replace(month=1, day=1), today),
    }[period]
