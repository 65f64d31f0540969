"""Sums of money in cells, and shares that add up to the whole.

    read_amount(text, decimal_comma=None) -> ReadAmount(amount, currency, reason)
    allocate(total, weights, places=2) -> list of Decimal that sum to `total` exactly
    places_of(currency) -> 2 for RUB, 0 for JPY

`currency`: ISO 4217, '' where the text names none. `decimal_comma` settles «1,234»; without it three digits after a
lone sign are thousands. Reasons, when `amount` is None: empty, no_digits, several_numbers, not_a_number.
"""

import re
import unicodedata
from collections.abc import Sequence
from decimal import ROUND_FLOOR, Decimal
from typing import NamedTuple

from babel.numbers import get_currency_precision


class ReadAmount(NamedTuple):
    """An exact sum and its currency, or the reason why there is none."""

    amount: Decimal | None
    currency: str
    reason: str


_CURRENCIES = (
    ("RUB", r"₽|руб(?:л(?:ь|я|ей|и))?\.?|(?<![^\W\d_])р\.?(?=$|\s)|\brub\b|\brur\b"),
    ("BRL", r"r\$|\bbrl\b"),
    ("USD", r"us\$|\$|\busd\b|долл?(?:ар(?:а|ов)?)?\.?"),
    ("EUR", r"€|\beur\b|евро|\beuros?\b"),
    ("GBP", r"£|\bgbp\b"),
    ("KZT", r"₸|\bkzt\b|тенге|тг\.?(?=$|\s)"),
    ("UAH", r"₴|\buah\b|грн\.?|гривен"),
    ("BYN", r"\bbyn\b|\bbr\b"),
    ("CNY", r"\bcny\b|\brmb\b|元|юан(?:ь|я|ей)"),
    ("JPY", r"¥|\bjpy\b"),
    ("PLN", r"zł|\bpln\b"),
    ("CZK", r"kč|\bczk\b"),
    ("CHF", r"\bchf\b"),
    ("TRY", r"₺|\btry\b"),
    ("INR", r"₹|\binr\b"),
    ("GEL", r"₾|\bgel\b"),
    ("AMD", r"֏|\bamd\b"),
    ("AZN", r"₼|\bazn\b"),
    ("UZS", r"\buzs\b|сум(?=$|\s)"),
    ("AED", r"\baed\b"),
)
_PATTERNS = tuple((code, re.compile(pattern, re.IGNORECASE)) for code, pattern in _CURRENCIES)
_SCALES = (
    (re.compile(r"(?:тыс(?:яч[аи]?|\.)?|\bт\.?\s?р\.?|(?<=\d)\s?k)\s*$", re.IGNORECASE), 1_000),
    (re.compile(r"(?:млн\.?|миллион(?:а|ов)?|mln|million|(?<=\d)\s?m)\s*$", re.IGNORECASE), 1_000_000),
    (re.compile(r"(?:млрд\.?|миллиард(?:а|ов)?|bn|billion)\s*$", re.IGNORECASE), 1_000_000_000),
)
_THOUSAND_ROUBLES = re.compile(r"(?<=[\d\s])т\.?\s?р\.?\s*$", re.IGNORECASE)
_SIGNS = str.maketrans({"−": "-", "–": "-", "—": "-", "’": "'", "‘": "'", "٫": ".", "٬": ","})
_USUAL = re.compile(r"-?[0-9]{1,15}(?:[.,][0-9]{1,2})?")
_NO_CENTS = re.compile(r"(?<=\d)[.,](?:-|\s*$)")
_BODY = re.compile(r"-?\d[\d\s.,']*")


def read_amount(text: str, decimal_comma: bool | None = None) -> ReadAmount:
    """The sum in the cell: «420 000,00 ₽», «1.234,56 €», «$1,234.56», «(1 200,00)», «120 тыс. руб.»."""
    if _USUAL.fullmatch(text):
        return ReadAmount(Decimal(text.replace(",", ".")), "", "")
    plain = unicodedata.normalize("NFKC", text).translate(_SIGNS).strip()
    if not plain:
        return ReadAmount(None, "", "empty")
    if not any(sign.isdigit() for sign in plain):
        return ReadAmount(None, "", "no_digits")
    scale = 1
    if _THOUSAND_ROUBLES.search(plain):
        plain, scale = _THOUSAND_ROUBLES.sub(" руб", plain), 1_000
    currency, plain = _without_currency(plain)
    for pattern, factor in _SCALES:
        if pattern.search(plain):
            plain, scale = pattern.sub("", plain), factor
    plain = _NO_CENTS.sub("", plain).strip()
    negative = plain.endswith("-") or (plain.startswith("(") and plain.endswith(")"))
    body = plain.removesuffix("-").strip("() ")
    if not _BODY.fullmatch(body):
        several = len(re.findall(r"\d[\d.,']*", body)) > 1
        return ReadAmount(None, currency, "several_numbers" if several else "not_a_number")
    amount = _number(body, decimal_comma)
    if amount is None:
        return ReadAmount(None, currency, "not_a_number")
    return ReadAmount((-amount if negative else amount) * scale, currency, "")


def _without_currency(text: str) -> tuple[str, str]:
    for code, pattern in _PATTERNS:
        if pattern.search(text):
            return code, pattern.sub(" ", text).strip()
    return "", text


def _number(text: str, decimal_comma: bool | None) -> Decimal | None:
    """Digits in groups: the last sign is the decimal one unless it groups thousands."""
    body = re.sub(r"\s+", " ", text.strip())
    minus = body.startswith("-")
    body = body.removeprefix("-").strip()
    decimal = _decimal_sign(body, decimal_comma)
    whole, _, part = body.rpartition(decimal) if decimal else (body, "", "")
    if decimal and not part.isdecimal() and part:
        return None
    digits = _grouped(whole or "0")
    if digits is None:
        return None
    return (
        Decimal(f"{'-' if minus else ''}{digits}.{part or '0'}")
        if decimal
        else Decimal(("-" if minus else "") + digits)
    )


def _decimal_sign(body: str, decimal_comma: bool | None) -> str:
    commas, points = body.count(","), body.count(".")
    if commas and points:
        last = "," if body.rindex(",") > body.rindex(".") else "."
        return last if body.count(last) == 1 else ""
    sign = "," if commas else "." if points else ""
    if not sign or body.count(sign) > 1:
        return ""
    after = body.rpartition(sign)[2]
    before = body.partition(sign)[0]
    grouping = len(after) == 3 and 1 <= len(before) <= 3 and before != "0" and before.isdecimal()
    if not grouping:
        return sign
    if decimal_comma is None:
        return ""
    return sign if (sign == ",") == decimal_comma else ""


def _grouped(text: str) -> str | None:
    """The digits of «1 234 567», «1,234», «12,34,567»; None where the groups are no groups."""
    if text.isdecimal():
        return text
    groups = re.split(r"[ .,']", text)
    if not all(group.isdecimal() for group in groups) or len(set(re.findall(r"[ .,']", text))) > 1:
        return None
    good = (
        len(groups[0]) <= 3 and len(groups[-1]) == 3 and all(len(group) in (2, 3) for group in groups[1:-1])
    )
    return "".join(groups) if good else None


def places_of(currency: str) -> int:
    """Decimal places of a currency; two where it is not known."""
    return int(get_currency_precision(currency)) if currency else 2


def allocate(total: Decimal, weights: Sequence[Decimal | int], places: int = 2) -> list[Decimal]:
    """Parts of `total` in proportion to the weights; their sum is `total` to the last digit.

    Each part is rounded down and the rest goes, unit by unit, to the largest remainders, the first of equals.
    All weights zero: equal parts. Raises ValueError for no weights, a negative one, or a total finer than `places`.
    """
    unit = Decimal(1).scaleb(-places)
    units = total / unit
    if not weights or any(weight < 0 for weight in weights):
        raise ValueError("weights must be given and not negative")
    if units != units.to_integral_value():
        raise ValueError(f"{total} has more than {places} decimal places")
    whole = sum(weights) or Decimal(len(weights))
    shares = [Decimal(weight) if any(weights) else Decimal(1) for weight in weights]
    exact = [abs(units) * share / whole for share in shares]
    parts = [share.to_integral_value(rounding=ROUND_FLOOR) for share in exact]
    rest = int(abs(units) - sum(parts))
    for index in sorted(range(len(parts)), key=lambda at: (parts[at] - exact[at], at))[:rest]:
        parts[index] += 1
    sign = -1 if total < 0 else 1
    return [sign * part * unit for part in parts]
