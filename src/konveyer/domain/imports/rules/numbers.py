"""Numbers and sums as lists write them. read_number(text, decimal_comma) -> Decimal; raises Problem."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from konveyer.domain.imports.rules.problem import Problem

_UNIT = re.compile(
    r"\s*(?:₽|\$|€|£|%|руб(?:лей|ля|\.)?|р\.?|rub|usd|eur|brl|kzt|byn|r\$)\.?\s*", re.IGNORECASE
)
_BLANK = re.compile(r"[\s\u00a0\u202f'’]")
_POINT_GROUPS = re.compile(r"[+-]?\d{1,3}(?:\.\d{3}){2,}")
_COMMA_GROUPS = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")


def read_number(text: str, decimal_comma: bool = False) -> Decimal:
    """«420 000,00 ₽», “1,234.56”, “2.5”; a lone comma is decimal if the file says so or it cannot group thousands."""
    bare = _BLANK.sub("", _UNIT.sub("", text)).replace("−", "-").replace("–", "-")
    if "," in bare and "." in bare:
        bare = (
            bare.replace(".", "").replace(",", ".")
            if bare.rfind(",") > bare.rfind(".")
            else bare.replace(",", "")
        )
    elif "," in bare:
        grouped = _COMMA_GROUPS.fullmatch(bare) and not decimal_comma
        bare = bare.replace(",", "") if grouped or bare.count(",") > 1 else bare.replace(",", ".")
    elif _POINT_GROUPS.fullmatch(bare):
        bare = bare.replace(".", "")
    try:
        number = Decimal(bare) if bare.isascii() and "_" not in bare else Decimal("NaN")
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise Problem("not_a_number", value=text[:80])
    return number


def number_in(text: str) -> Decimal | None:
    """The number that a text is; None if it is none."""
    try:
        return read_number(text)
    except Problem:
        return None


def read_amount(text: str, decimal_comma: bool = False) -> Decimal:
    """A sum of money: not negative, below a million million, to the hundredth."""
    number = read_number(text, decimal_comma)
    if number < 0:
        raise Problem("negative_amount", value=text[:80])
    if number >= Decimal(10) ** 12:
        raise Problem("amount_too_large", value=text[:80])
    return number.quantize(Decimal("0.01"))
