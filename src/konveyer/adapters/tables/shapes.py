"""What cells look like: dates in which order, numbers with which decimal sign, data or a heading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from konveyer.adapters.tables.reading import DateOrder

_DATE = re.compile(r"\s*(\d{1,4})([./\-])(\d{1,2})\2(\d{1,4})(?:г\.?)?(?:[ T,]+\d{1,2}[:.]\d{2}.*)?\s*")
_NUMBER = re.compile(
    r"[+\-−]?\d[\d   \u00a0\u202f']*(?:[.,]\d+)*\s?[%₽$€£]?(?:\s?(?:руб|р|RUB|USD|EUR)\.?)?", re.IGNORECASE
)
_DECIMAL = re.compile(r"[+\-−]?\d[\d \u00a0\u202f'.,]*?([.,])(\d+)\s?\D{0,5}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+\.(?:ru|com|рф|org|net)", re.IGNORECASE)
_PHONE = re.compile(r"\s*\+?[\d()\s\-–.]{7,}.*")
_CODE = re.compile(r"[0-9a-fA-F]{12,}|[0-9a-fA-F]{8}-[0-9a-fA-F-]{27}")
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(slots=True)
class DateCensus:
    """Dates seen, by the only order they fit. `either` fit both day-first and month-first."""

    seen: dict[str, int] = field(default_factory=lambda: {"dmy": 0, "mdy": 0, "ymd": 0})
    either: int = 0
    dotted: int = 0

    def add(self, text: str) -> bool:
        """Counts the cell if it is a date."""
        order = date_order_of(text)
        if order is None:
            return False
        if order:
            self.seen[order] += 1
        else:
            self.either += 1
            self.dotted += "." in text
        return True

    @property
    def order(self) -> DateOrder | None:
        """The order most decisive dates speak for; None where none decides."""
        best: DateOrder | None = None
        for name in ("dmy", "mdy", "ymd"):
            if self.seen[name] > (self.seen[best] if best else 0):
                best = name
        return best

    @property
    def decided(self) -> bool:
        """Whether day-first or month-first was decided, or nothing was left to decide."""
        return not self.either or self.seen["dmy"] + self.seen["mdy"] > 0


def date_order_of(text: str) -> str | None:
    """'dmy', 'mdy', 'ymd' if the cell fits this order only, '' if several, None if it is no date."""
    found = _DATE.fullmatch(text)
    if not found:
        return None
    first, middle, last = found[1], int(found[3]), found[4]
    if len(first) in (3, 4):
        return (
            "ymd"
            if len(first) == 4 and 1 <= middle <= 12 and 1 <= int(last) <= 31 and len(last) <= 2
            else None
        )
    if len(last) not in (2, 4):
        return None
    day_first = 1 <= int(first) <= 31 and 1 <= middle <= 12
    month_first = 1 <= int(first) <= 12 and 1 <= middle <= 31
    year_first = len(last) == 2 and len(first) == 2 and 1 <= middle <= 12 and 1 <= int(last) <= 31
    if day_first and month_first:
        return ""
    if day_first:
        return "dmy"
    if month_first:
        return "mdy"
    return "ymd" if year_first else None


def date_columns(rows: Sequence[Sequence[str]], width: int) -> list[int]:
    """Columns where at least three cells in five that are not empty are dates."""
    found = []
    for index in range(width):
        cells = [row[index] for row in rows if index < len(row) and row[index].strip()]
        if cells and sum(date_order_of(cell) is not None for cell in cells) >= 0.6 * len(cells):
            found.append(index)
    return found


def decimal_signs(rows: Iterable[Sequence[str]]) -> tuple[int, int]:
    """(cells that only a decimal comma explains, cells that only a decimal point explains)."""
    comma = point = 0
    for row in rows:
        for cell in row:
            text = cell.strip()
            if not text or not (text[0].isdigit() or text[0] in "+-−") or date_order_of(text) is not None:
                continue
            found = _DECIMAL.fullmatch(text)
            if found and text.count(found[1]) == 1 and (len(found[2]) != 3 or text.startswith(("0,", "0."))):
                comma += found[1] == ","
                point += found[1] == "."
    return comma, point


def is_data(cell: str) -> bool:
    """Looks like a value rather than the name of a column."""
    text = cell.strip()
    if not text:
        return False
    if _EMAIL.fullmatch(text) or _ADDRESS.fullmatch(text) or _CODE.fullmatch(text):
        return True
    if date_order_of(text) is not None or _NUMBER.fullmatch(text):
        return True
    digits = sum(sign.isdigit() for sign in text)
    return bool(digits >= 7 and _PHONE.fullmatch(text)) or (digits > 3 and not _LETTER.search(text))
