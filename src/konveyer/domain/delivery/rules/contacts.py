"""E-mail addresses and phones in a text, with their places: also «anna (at) firm.ru» and «8 903 …»."""

from __future__ import annotations

import re
from typing import NamedTuple

LONGEST = 6000

_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,5}[a-zа-я-]{2,24}(?![\w-])", re.I)
_SPELT = re.compile(
    r"(?<![\w.+-])([\w.+-]{1,64})\s?(?:\(at\)|\[at\]|\{at\}|\s(?:at|собака|эт)\s|\(собака\)|\(a\))\s?((?:[\w-]{1,63}\s?(?:\.|\(dot\)|\[dot\]|\(точка\)|\sточка\s)\s?){1,4}[a-zа-я]{2,24})(?![\w-])", re.I,
)  # fmt: skip
_DOT = re.compile(r"\s?(?:\(dot\)|\[dot\]|\(точка\)|\sточка\s)\s?|\s+", re.I)
_PHONE = re.compile(r"(?<![\w@.+/-])(\+?\(?\d[\d()\u00a0 .–-]{7,22}\d)(?![\d@\w])")
_DATE = re.compile(r"\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{4}-\d\d-\d\d|20\d\d")
_CYRILLIC = re.compile(r"[а-яё]", re.I)


class Spot(NamedTuple):
    """Something found, and where."""

    value: str
    start: int
    end: int


def emails_in(text: str) -> list[Spot]:
    """Addresses in small letters, in their order."""
    low = text[:LONGEST]
    found = [Spot(one[0].lower().strip("."), one.start(), one.end()) for one in _MAIL.finditer(low)]
    found += [
        Spot(f"{one[1]}@{_DOT.sub('.', one[2]).strip('.')}".lower(), one.start(), one.end())
        for one in _SPELT.finditer(low)
    ]
    return sorted(found, key=lambda spot: spot.start)


def phones_in(text: str) -> list[Spot]:
    """Phones in E.164 where it can be told of which country they are."""
    low = text[:LONGEST]
    russian = bool(_CYRILLIC.search(low))
    found = []
    for one in _PHONE.finditer(low):
        value = international(one[1], russian)
        if value and not _DATE.fullmatch(one[1].strip()):
            found.append(Spot(value, one.start(), one.end()))
    return found


def international(text: str, russian: bool) -> str:
    """The number with its country in front, '' where it is none. A trunk «(0)» is left out."""
    plus = text.strip().startswith("+")
    digits = re.sub(r"\D", "", text.replace("(0)", "") if plus else text)
    if plus:
        return f"+{digits}" if 9 <= len(digits) <= 15 else ""
    if russian:
        if len(digits) == 11 and digits[0] in "78":
            return f"+7{digits[1:]}"
        return f"+7{digits}" if len(digits) == 10 and digits[0] in "3489" else ""
    if len(digits) == 11 and digits.startswith("1"):
        return f"+{digits}"
    if digits.startswith("0") and 10 <= len(digits) <= 11:
        return f"+44{digits[1:]}"
    return f"+1{digits}" if len(digits) == 10 else ""
