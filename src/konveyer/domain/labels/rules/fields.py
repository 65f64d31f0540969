"""Fields of one's own: kinds, keys, and how what somebody typed becomes a value of its kind. Plain Python."""

import datetime
import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

SUBJECTS = ("company", "contact", "lead")
FIELD_KINDS = ("text", "long_text", "number", "money", "date", "yes", "choice", "choices", "link")
# Which column a value of each kind fills.
TYPED_BY = {
    "text": "text", "long_text": "text", "link": "text", "number": "number", "money": "number", "date": "day",
    "yes": "yes", "choice": "option_id", "choices": "option_id",
}  # fmt: skip
CHOOSING = ("choice", "choices")
MOST_FIELDS = 100  # of one kind of record
MOST_OPTIONS = 200
LONGEST = {"text": 300, "long_text": 10_000, "link": 1000}
LARGEST = Decimal(10) ** 14
YES = frozenset({"yes", "true", "1", "y", "on", "да", "д", "+", "истина", "есть"})
NO = frozenset({"no", "false", "0", "n", "off", "нет", "н", "-", "ложь"})
_LETTERS = dict(
    zip(
        "абвгдезийклмнопрстуфхцыэ",
        ["a", "b", "v", "g", "d", "e", "z", "i", "y", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f", "kh", "ts", "y", "e"],
        strict=True,
    )
) | {"ё": "e", "ж": "zh", "ч": "ch", "ш": "sh", "щ": "sch", "ъ": "", "ь": "", "ю": "yu", "я": "ya"}  # fmt: skip


class Wrong(ValueError):
    """What was typed is no value of the kind; the text is a code: form, range, too_long, unknown, scheme."""


@dataclass(frozen=True)
class Shape:
    """What a value must fit: the kind of its field, and the options by their names in small letters."""

    kind: str
    options: dict[str, Any]


def key_of(name: str) -> str:
    """The lasting key of a new field out of its name: "Дата ТО (след.)" → "data_to_sled"."""
    letters = "".join(_LETTERS.get(letter, letter) for letter in name.casefold())
    return re.sub(r"[^a-z0-9]+", "_", letters).strip("_")[:24].strip("_") or "field"


def read(shape: Shape, given: Any) -> list[Any]:
    """The values that were typed or sent: none for an empty field, several for a choice of several. Raises Wrong."""
    if given is None or given == "" or given == []:
        return []
    if shape.kind == "choices":
        parts = given if isinstance(given, list) else parts_of(shape, str(given))
        return list(dict.fromkeys(_option(shape, part) for part in parts if str(part).strip()))
    text = str(given).strip()
    if not text:
        return []
    return [_READERS[shape.kind](shape, given if isinstance(given, bool) else text)]


def parts_of(shape: Shape, text: str) -> list[str]:
    """The options that a text names: of a choice of several they stand between commas or semicolons."""
    parts = re.split(r"[;,]", text) if shape.kind == "choices" else [text]
    return [part.strip() for part in parts if part.strip()]


def said(value: Any) -> str:
    """A value as plain text: for the journal, for facts and for files. An option is given by its name."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value.normalize():f}" if hasattr(value, "normalize") else str(value)


def _text(shape: Shape, text: str) -> str:
    clean = "".join(sign for sign in text if sign.isprintable() or sign in "\n\t").strip()
    if shape.kind == "text":
        clean = " ".join(clean.split())
    if len(clean) > LONGEST[shape.kind]:
        raise Wrong("too_long")
    if not clean:
        raise Wrong("form")
    return clean


def _link(shape: Shape, text: str) -> str:
    """A link opens http and https only; without a scheme it gets https."""
    plain = text if "://" in text or ":" in text.split("/")[0] else f"https://{text}"
    if not re.fullmatch(r"https?://[^\s/?#]+\.[^\s/?#]+\S*", plain, re.IGNORECASE):
        raise Wrong("scheme")
    return _text(shape, plain)


def number(text: str) -> Decimal:
    """A number as people type it: "1 234,5", "1234.5". Raises Wrong."""
    plain = re.sub(r"[\s\u00a0\u202f]", "", text).replace("−", "-")
    if "," in plain:
        plain = plain.replace(",", "") if "." in plain else plain.replace(",", ".")
    try:
        found = Decimal(plain)
    except InvalidOperation as error:
        raise Wrong("form") from error
    if not found.is_finite() or abs(found) >= LARGEST:
        raise Wrong("range")
    return found.quantize(Decimal("0.000001")).normalize() + 0


def _number(shape: Shape, text: str) -> Decimal:
    return number(text)


def _money(shape: Shape, text: str) -> Decimal:
    return number(text).quantize(Decimal("0.01"))


def day(text: str) -> datetime.date:
    """A day as "2026-03-31" or "31.03.2026". Raises Wrong."""
    for form in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            found = datetime.datetime.strptime(text[:10], form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
        if not 1900 <= found.year <= 2200:
            raise Wrong("range")
        return found
    raise Wrong("form")


def _day(shape: Shape, text: str) -> datetime.date:
    return day(text)


def _yes(shape: Shape, given: Any) -> bool:
    word = str(given).casefold()
    if word in YES or word in NO:
        return word in YES
    raise Wrong("form")


def _option(shape: Shape, given: Any) -> Any:
    found = shape.options.get(str(given).strip().casefold())
    if found is None:
        raise Wrong("unknown")
    return found


_READERS: dict[str, Any] = {
    "text": _text, "long_text": _text, "link": _link, "number": _number, "money": _money, "date": _day, "yes": _yes,
    "choice": _option,
}  # fmt: skip
