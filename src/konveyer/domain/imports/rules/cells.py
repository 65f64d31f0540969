"""What the reading of every cell shares: the habits of a file, and what a cell is without its blanks."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from konveyer.domain.imports.rules.problem import Problem

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_ODD = re.compile(r"[^\x20-\x7e]|  |^ | $")
_BLANKS = re.compile(r"\s+")
EMPTY_WORDS = frozenset({"nan", "null", "none", "n/a", "#n/a", "-", "—", "–"})


@dataclass(frozen=True)
class Habits:
    """How this workspace and this file write dates, numbers and phones."""

    zone: ZoneInfo
    date_order: str = "dmy"
    decimal_comma: bool = False
    country: str = "RU"


def tidy(text: str) -> str:
    """One line, single spaces, composed letters. Raises Problem for control characters."""
    if not _ODD.search(text):
        return text
    refuse_controls(text)
    return _BLANKS.sub(" ", unicodedata.normalize("NFC", text)).strip()


def lines_of(text: str) -> str:
    """The same for a text of several lines, which stay."""
    refuse_controls(text)
    return unicodedata.normalize("NFC", text).strip()


def refuse_controls(text: str) -> None:
    """Raises Problem for characters that no text has."""
    if _CONTROLS.search(text):
        raise Problem("control_characters")
