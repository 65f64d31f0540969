"""Phones as people write them → E.164 with extension.

    read_phones(text, region="RU") -> Phones(found: tuple[Phone(value, extension, label), ...], refused: tuple[Refusal(text, reason), ...])
    show_phone(value, extension="", language="ru") -> "+7 342 200-41-17 доб. 123"
    region_of_phone(value) -> "RU" ('' where the number belongs to no country)

Reasons: no_digits, too_few_digits, too_many_digits, no_such_number (right length, but no such range),
scientific (a spreadsheet rounded it: 7,9E+10), placeholder (ten times the same digit).
Label: mobile, work, home, fax, or the words that stood beside the number.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import phonenumbers
from phonenumbers import PhoneMetadata, PhoneNumberFormat


@dataclass(frozen=True, slots=True)
class Phone:
    """`value` in E.164, `extension` digits only, `label` as in the module's docstring."""

    value: str
    extension: str = ""
    label: str = ""


class Refusal(NamedTuple):
    """A piece of the text that is no phone, and why."""

    text: str
    reason: str


class Phones(NamedTuple):
    """What a cell held: each number once, in the order written."""

    found: tuple[Phone, ...]
    refused: tuple[Refusal, ...]


_PLAIN = re.compile(r"\+?[\d ().\-]{7,24}")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−－"), "-") | dict.fromkeys(
    map(ord, "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff"), ""
)
_SEPARATORS = re.compile(
    r"[,;/|\n\r\t]+|(?<=\d)\s+(?:и|или|or|and|&)\s+(?=[+\d(])|\s+(?=\+\s?\d)", re.IGNORECASE
)
_EXTENSION = re.compile(
    r"[\s,;.(]*(?:доб(?:ав(?:очный|\.)?)?|вн(?:утр(?:енний|\.)?)?|тон(?:\.|ом)?|ext(?:ension|n)?|внут|(?<=[\s\d)])[xх]|#|\*)"
    r"[.:=№#\s]*(?:no\.?\s*)?(\d{1,8})\s*\)?",
    re.IGNORECASE,
)
_PAUSE = re.compile(r"(?<=\d)\s*(?:,{2,}|[pPwW]{1,3})\s*(\d{1,8})\b")
_SCIENTIFIC = re.compile(r"\d[.,]\d+[eе]\+\d+", re.IGNORECASE)
_TRAILING_ZERO = re.compile(r"(\d{10,15})[.,]0+")
_TWO_GLUED = re.compile(r"\s+(?=[78][\s(\-]*\d{3}[\s)\-])")
_NUMBER = re.compile(r"(?:\+\s*)?\(?\d[\d\s().\-]*")
_LABELS = (
    (re.compile(r"факс|fax", re.IGNORECASE), "fax"),
    (re.compile(r"моб|сот|cell|mob", re.IGNORECASE), "mobile"),
    (re.compile(r"раб|служ|офис|work|office|direct", re.IGNORECASE), "work"),
    (re.compile(r"дом\b|дом\.|домаш|home", re.IGNORECASE), "home"),
)
_SILENT = re.compile(
    r"\b(?:тел(?:ефон)?ы?|т|tel|phones?|ph|p|m|м|t|call|номер|звонить)\b[.:\s]*", re.IGNORECASE
)
_WORDS = {"ru": "доб.", "en": "ext."}


def read_phones(text: str, region: str = "RU") -> Phones:
    """Every number in the text. `region` is the country of numbers written without one."""
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES).strip()
    if whole := _TRAILING_ZERO.fullmatch(plain):
        plain = whole[1]
    if _PLAIN.fullmatch(plain):
        value, reason = e164(plain, region)
        if value:
            return Phones((Phone(value),), ())
        if reason != "too_many_digits":
            return Phones((), (Refusal(text.strip(), reason),))
    if not plain:
        return Phones((), ())
    if _SCIENTIFIC.fullmatch(plain.replace(" ", "")):
        return Phones((), (Refusal(text.strip(), "scientific"),))
    return _many(_PAUSE.sub(r" доб. \1", plain), region)


def _many(text: str, region: str) -> Phones:
    found: dict[tuple[str, str], Phone] = {}
    refused: list[Refusal] = []
    waiting = ""
    last: Phone | None = None
    for piece in _pieces(text):
        lone = _EXTENSION.fullmatch(" " + piece)
        if lone and last and not last.extension:
            del found[last.value, ""]
            last = Phone(last.value, lone[1], last.label)
            found[last.value, last.extension] = last
            continue
        number = _NUMBER.search(piece)
        if not number:
            waiting = f"{waiting} {piece}".strip()
            continue
        extension = _EXTENSION.search(piece, number.start())
        body = number[0] if not extension else piece[number.start() : extension.start()]
        value, reason = e164(body, region)
        if not value:
            refused.append(Refusal(piece, reason))
            continue
        tail = piece[extension.end() :] if extension else piece[number.end() :]
        label = _label(f"{waiting} {piece[: number.start()]} {tail}")
        waiting = ""
        last = Phone(value, extension[1] if extension else "", label)
        found.setdefault((value, last.extension), last)
    if not found and not refused:
        refused.append(Refusal(text, "no_digits"))
    return Phones(tuple(found.values()), tuple(refused))


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    for piece in _SEPARATORS.split(text):
        digits = sum(sign.isdigit() for sign in piece)
        pieces += _TWO_GLUED.split(piece) if digits >= 17 else [piece]
    return [piece.strip() for piece in pieces if piece.strip(" .,;:()-")]


def _label(words: str) -> str:
    for pattern, name in _LABELS:
        if pattern.search(words):
            return name
    return " ".join(_SILENT.sub(" ", words).strip(" .,:;()-").split())[:60]


def e164(text: str, region: str = "RU") -> tuple[str, str]:
    """(one number in E.164, '') or ('', reason). The text holds digits and signs between them only."""
    digits = "".join(str(unicodedata.digit(sign)) for sign in text if sign.isdecimal())
    if not digits:
        return "", "no_digits"
    international = text.lstrip(" (").startswith("+")
    if not international and digits.startswith("00") and len(digits) > 10:
        digits, international = digits[2:], True
    if _SAME.fullmatch(digits):
        return "", "placeholder"
    if region in ("RU", "KZ"):
        digits, international = _russian(digits, international)
    if international:
        return _checked(digits)
    if len(digits) < 7:
        return "", "too_few_digits"
    return _national(digits, region)


_SAME = re.compile(r"(?:\+?\d{1,3})?(\d)\1{9}")


def _russian(digits: str, international: bool) -> tuple[str, bool]:
    """8 912 …, 7 912 …, 912 …, and the mistakes +8 912 … and +7 (8342) …: all one country, number 7."""
    if len(digits) == 11 and digits[0] in "78" and digits[1] in "346789":
        return "7" + digits[1:], True
    if len(digits) == 12 and digits.startswith("78") and digits[2] in "3489":
        return "7" + digits[2:], True
    if len(digits) == 10 and not international and digits[0] in "34789":
        return "7" + digits, True
    return digits, international


def _checked(digits: str) -> tuple[str, str]:
    """A number with its country code, held against the numbering plans of that code."""
    for length in (1, 2, 3):
        plans = _plans(int(digits[:length])) if len(digits) > length else ()
        if plans:
            national = digits[length:]
            if any(plan.fullmatch(national) for plan in plans):
                return "+" + digits, ""
            return _by_library("+" + digits, None)
    return "", _length_reason(digits)


@lru_cache(maxsize=300)
def _plans(code: int) -> tuple[re.Pattern[str], ...]:
    """One pattern per country of the calling code: every range in use there."""
    plans: list[re.Pattern[str]] = []
    for region in phonenumbers.COUNTRY_CODE_TO_REGION_CODE.get(code, ()):
        data = PhoneMetadata.metadata_for_region(region) if region != "001" else None
        if data is None:
            data = PhoneMetadata.metadata_for_nongeo_region(code)
        if data is None:
            continue
        kinds = (
            data.fixed_line, data.mobile, data.toll_free, data.premium_rate, data.shared_cost,
            data.personal_number, data.voip, data.pager, data.uan, data.voicemail,
        )  # fmt: skip
        ranges = [kind.national_number_pattern for kind in kinds if kind and kind.national_number_pattern]
        general = data.general_desc.national_number_pattern if data.general_desc else ".*"
        plans.append(re.compile(f"(?=(?:{general})$)(?:{'|'.join(ranges)})"))
    return tuple(plans)


def _national(digits: str, region: str) -> tuple[str, str]:
    return _by_library(digits, region)


@lru_cache(maxsize=20_000)
def _by_library(text: str, region: str | None) -> tuple[str, str]:
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return "", _length_reason(text)
    if phonenumbers.is_valid_number(number):
        return phonenumbers.format_number(number, PhoneNumberFormat.E164), ""
    possible = phonenumbers.is_possible_number_with_reason(number)
    if possible == phonenumbers.ValidationResult.TOO_LONG:
        return "", "too_many_digits"
    if possible in (
        phonenumbers.ValidationResult.TOO_SHORT,
        phonenumbers.ValidationResult.IS_POSSIBLE_LOCAL_ONLY,
    ):
        return "", "too_few_digits"
    return "", _length_reason(text)


def _length_reason(digits: str) -> str:
    count = sum(sign.isdigit() for sign in digits)
    return "too_few_digits" if count < 10 else "too_many_digits" if count > 15 else "no_such_number"


@lru_cache(maxsize=20_000)
def show_phone(value: str, extension: str = "", language: str = "ru") -> str:
    """An E.164 number as people read it; a value that is none comes back as it is."""
    try:
        shown = phonenumbers.format_number(phonenumbers.parse(value, None), PhoneNumberFormat.INTERNATIONAL)
    except phonenumbers.NumberParseException:
        shown = value
    return f"{shown} {_WORDS.get(language, _WORDS['en'])} {extension}" if extension else shown


def region_of_phone(value: str) -> str:
    """The country (ISO 3166, two letters) of an E.164 number, '' where there is none."""
    try:
        return phonenumbers.region_code_for_number(phonenumbers.parse(value, None)) or ""
    except phonenumbers.NumberParseException:
        return ""
