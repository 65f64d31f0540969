"""Things in a text that are known by their form: addresses, links, messengers, phones, tax numbers.

take_pieces(text, region="RU") -> Pieces     # and the text that is left without them
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from konveyer.domain.people.rules.companies import check_tax_number
from konveyer.domain.people.rules.emails import check_email
from konveyer.domain.people.rules.phones import Phone, Refusal, read_phones

_EMAIL = re.compile(
    r"(?:mailto:)?[^\s<>()\[\],;:\"'|«»]{1,64}@[^\s<>()\[\],;:\"'|«»@]{1,190}\.[^\s<>()\[\],;:\"'|«»@.]{2,24}"
)
_EMAIL_WITH_COMMA = re.compile(r"[\w.+\-]{1,64}@[\w\-]{1,64},(?:ru|com|net|org|рф)\b", re.IGNORECASE)
_TELEGRAM = re.compile(
    r"(?:https?://)?(?:www\.)?(?:t|telegram)\.me/(?:joinchat/)?([A-Za-z][\w]{3,31})/?", re.IGNORECASE
)
_HANDLE = re.compile(
    r"(?:(?<!\w)(?:telegram|телеграм+|тг|tg)\s*(?:[:\-]\s*@?|@)|(?<![\w.@/])@)([A-Za-z][A-Za-z0-9_]{3,31})(?![\w@])",
    re.IGNORECASE,
)
_WHATSAPP = re.compile(
    r"(?:https?://)?(?:wa\.me/|(?:api\.|web\.)?whatsapp\.com/send/?\?phone=)\+?(\d{10,15})[^\s]*",
    re.IGNORECASE,
)
_VK = re.compile(r"(?:https?://)?(?:m\.|www\.)?vk\.(?:com|ru)/([\w.]{2,64})", re.IGNORECASE)
_OTHER_NETWORKS = re.compile(
    r"(?:https?://)?(?:(?<![\w\-])[\w\-]{1,20}\.)?(?:facebook|instagram|linkedin|twitter|youtube|ok|x|tiktok)\.(?:com|ru)/\S+",
    re.IGNORECASE,
)
_LINK = re.compile(r"https?://[^\s<>\"'|«»]{3,300}|www\.[^\s<>\"'|«»]{3,300}", re.IGNORECASE)
_DOMAIN = re.compile(
    r"(?<![\w@./\-])((?:[a-z0-9а-яё][a-z0-9а-яё\-]{0,62}\.){1,3}"
    r"(?:ru|su|рф|com|net|org|biz|info|pro|io|me|dev|app|shop|online|store|site|tech|by|kz|ua|uz|am|ge|az|kg|md|de|at|ch|fr"
    r"|it|es|pt|nl|be|pl|cz|sk|uk|ie|se|no|fi|dk|ee|lv|lt|eu|us|ca|br|mx|ar|au|nz|in|cn|jp|kr|sg|ae|tr|il|рус|москва))"
    r"(?![\w@\-])(/[^\s,;|]*)?",
    re.IGNORECASE,
)
_REGISTERED = re.compile(r"(?:ИНН(?:\s*/\s*КПП)?|ОГРНИП|ОГРН)[\s:№]*([\d/ ]{9,24}\d)", re.IGNORECASE)
_BANK = re.compile(
    r"(?<!\w)(?:КПП|БИК|ОКПО|ОКВЭД|ОКАТО|ОКТМО|р/?с(?:ч[её]т)?|к/?с(?:ч[её]т)?|сч[её]т|IBAN|SWIFT|HRB)[\s:№.]*[A-Z]{0,4}[\d.\- ]{4,34}",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"\b(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d{2}-\d{2})(?:[ T,]+(?:в\s)?\d{1,2}:\d{2}(?::\d{2})?)?|\b\d{1,2}:\d{2}\b"
)
_MONEY = re.compile(
    r"(?<![\d.,])\d[\d\s.,]{0,18}(?:₽|руб\w*\.?|р\.|\$|€|usd|eur|rub)|[$€₽]\s?\d[\d\s.,]{0,18}", re.IGNORECASE
)
_PHONE_LABEL = (
    r"(?:(?:тел|телефон|моб|мобильный|сот|сотовый|раб|рабочий|факс|т|м|ф|phone|tel|telephone|mobile|mob|cell|direct|office|work"
    r"|fax|m|t|p|o|d|f|whats\s?app|viber|вотсап|ватсап)(?:[./]{0,2}\s?(?:факс|fax|моб|mob)?)[.:\s]*)"
)
_TAIL = r"(?:[\s,;(]*(?:доб|вн|внутр|добавочный|ext|extension|x|#|тон|,,)[.:№\s]*\d{1,8}\)?)?"
_PHONE = re.compile(
    rf"(?<![\w@/])(?:{_PHONE_LABEL})?(?:\+|\b00)?\s?\(?\d[\d\s().\-–‑—]{{5,22}}\d(?!\w){_TAIL}", re.IGNORECASE
)
_LABELLED = re.compile(_PHONE_LABEL, re.IGNORECASE)
_IS_WHATSAPP = re.compile(r"whats\s?app|вотсап|ватсап", re.IGNORECASE)


@dataclass(slots=True)
class Pieces:
    """`handles`: (kind, value) with kind telegram, whatsapp, vk. `rest`: the text without all of it."""

    rest: str
    phones: list[Phone] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)
    handles: list[tuple[str, str]] = field(default_factory=list)
    websites: list[str] = field(default_factory=list)
    tax_number: str = ""
    refused: list[Refusal] = field(default_factory=list)


def take_pieces(text: str, region: str = "RU") -> Pieces:
    """Takes out what has a form of its own, the surest first."""
    pieces = Pieces(text)
    _take_emails(pieces)
    _take_links(pieces)
    _take_registrations(pieces)
    _take_phones(pieces, region)
    return pieces


def _take_emails(pieces: Pieces) -> None:
    def take(found: re.Match[str]) -> str:
        address, reason = check_email(found[0].removeprefix("mailto:"))
        if address:
            pieces.emails.append(address)
        else:
            pieces.refused.append(Refusal(found[0], reason))
        return " "

    pieces.rest = _EMAIL_WITH_COMMA.sub(take, _EMAIL.sub(take, pieces.rest))


def _take_links(pieces: Pieces) -> None:
    for pattern, kind in (
        (_TELEGRAM, "telegram"),
        (_WHATSAPP, "whatsapp"),
        (_VK, "vk"),
        (_HANDLE, "telegram"),
    ):
        for found in pattern.finditer(pieces.rest):
            value = found[1].lower() if kind != "whatsapp" else "+" + found[1]
            pieces.handles.append((kind, value))
        pieces.rest = pattern.sub(" ", pieces.rest)
    pieces.rest = _OTHER_NETWORKS.sub(" ", pieces.rest)
    for found in _LINK.finditer(pieces.rest):
        pieces.websites.append(plain_website(found[0]))
    pieces.rest = _LINK.sub(" ", pieces.rest)
    for found in _DOMAIN.finditer(pieces.rest):
        pieces.websites.append(plain_website(found[0]))
    pieces.rest = _DOMAIN.sub(" ", pieces.rest)


def plain_website(text: str) -> str:
    """«https://www.Kudrin.ru/» → «kudrin.ru»; a path stays, a query does not."""
    bare = re.sub(r"^(?:https?://)?(?:www\.)?", "", text.strip(), flags=re.IGNORECASE)
    host, slash, path = bare.partition("/")
    path = re.split(r"[?#]", path)[0]
    return (host.lower().rstrip(".,:;)") + (slash + path if path else "")).rstrip("/.,;)")[:254]


def _take_registrations(pieces: Pieces) -> None:
    for found in _REGISTERED.finditer(pieces.rest):
        number = check_tax_number(found[1])
        if number.value and not pieces.tax_number and number.kind.startswith("inn"):
            pieces.tax_number = number.value
        elif number.reason:
            pieces.refused.append(Refusal(found[0].strip(), number.reason))
    pieces.rest = _REGISTERED.sub(" ", pieces.rest)
    pieces.rest = _BANK.sub(" ", pieces.rest)


def _take_phones(pieces: Pieces, region: str) -> None:
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(found[0])
        return f" \x00{len(kept) - 1}\x00 "

    hidden = _MONEY.sub(keep, _WHEN.sub(keep, pieces.rest))
    rest = _PHONE.sub(lambda found: _phone(found[0], pieces, region), hidden)
    pieces.rest = re.sub(r"\x00(\d+)\x00", lambda found: kept[int(found[1])], rest)


def _phone(text: str, pieces: Pieces, region: str) -> str:
    read = read_phones(text, region)
    if not read.found:
        digits = sum(sign.isdigit() for sign in text)
        if digits >= 10 or (digits >= 6 and _LABELLED.match(text)):
            pieces.refused.extend(read.refused)
            return " "
        return text
    if _IS_WHATSAPP.match(text):
        pieces.handles.extend(("whatsapp", phone.value) for phone in read.found)
        pieces.phones.extend(Phone(phone.value, phone.extension) for phone in read.found)
    else:
        pieces.phones.extend(read.found)
    return " "
