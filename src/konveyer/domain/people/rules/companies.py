"""Names and tax numbers of companies.

    company_key(name) -> str            the key by which one firm is found again: no legal form, quotes, case, ё
    split_legal_form(name) -> (form, name)   «ООО "Ромашка"» -> ("ООО", "Ромашка")
    has_legal_form(text) -> bool
    check_tax_number(text, country="RU") -> TaxNumber(kind, value, reason, repaired)

Kinds: inn_company, inn_person, ogrn, ogrnip, vat (with its country in front). Reasons, when `value` is '':
empty, letters, wrong_length, wrong_checksum, unknown_country, all_zeros.
"""

from __future__ import annotations

import importlib
import re
import unicodedata
from typing import NamedTuple

from stdnum.eu import vat as eu_vat
from stdnum.exceptions import InvalidComponent, InvalidFormat, InvalidLength, ValidationError
from stdnum.ru import inn, ogrn

_LEGAL_RU = (
    r"общество с ограниченной ответственностью|(?:не)?публичное акционерное общество"
    r"|(?:закрытое |открытое )?акционерное общество|индивидуальный предприниматель"
    r"|автономная некоммерческая организация|некоммерческое партнерство"
    r"|товарищество с ограниченной ответственностью|крестьянское фермерское хозяйство"
    r"|(?:федеральное |муниципальное )?(?:государственное )?унитарное предприятие"
    r"|ооо|оао|зао|пао|нао|ао|ип|тоо|чп|чуп|одо|ано|нко|кфх|гуп|муп|фгуп|фгбу|фгбоу|фгау|гбу|гбуз|мбу|мау|мбоу"
    r"|гку|мку|чоу|ноу|днп|снт|тсж|тсн|жск|пбоюл"
)
_LEGAL_LATIN = (
    r"llc|l\.l\.c|ltd|limited|inc|incorporated|corp|corporation|co|company|plc|llp|lp|gmbh ?& ?co\.? ?kg|gmbh|mbh"
    r"|ag|kg|ohg|ug|e\.v|se|s\.a\.s|sas|s\.a\.r\.l|sarl|s\.a|sa|s\.r\.l|srl|s\.p\.a|spa|s\.l\.u|s\.l|sl|b\.v|bv|n\.v|nv"
    r"|oyj?|ab|asa?|aps|a/s|d\.o\.o|doo|sp\. ?z ?o\. ?o|sp\.? ?z ?oo|s\.r\.o|sro|a\.s|kft|zrt|sia|uab|oü|pty|pvt|pte|k\.k"
    r"|p?jsc|[oc]jsc|eood|ood|ltda|eireli|s/a|fze|fzco|dmcc"
)
_LEGAL_TRANSLIT = r"ooo|zao|oao|pao"
_QUOTES = "«»\"'“”„‟‘’‚`´＂"
_EDGE = r"(?:^|(?<=[\s,(" + _QUOTES + r"]))"
_END = r"(?=$|[\s,.)" + _QUOTES + r"])"
# Two letters that are a word or a country of their own prove nothing inside a text.
_SURE = re.sub(r"\|(?:co|company|lp|se|sa|sas|sl|spa|asa\?|ab|nv|ug|oyj\?|pte|sia)(?=\|)", "", _LEGAL_LATIN)
_SURE_FORM = re.compile(rf"{_EDGE}(?:{_LEGAL_RU}|{_LEGAL_TRANSLIT}|{_SURE}){_END}", re.IGNORECASE)
_LEADING = re.compile(
    rf"^\s*(?P<form>{_LEGAL_RU}|{_LEGAL_TRANSLIT}){_END}\.?[\s,]*(?P<name>.+)$", re.IGNORECASE
)
_TRAILING = re.compile(
    rf"^(?P<name>.+?)[\s,]+\(?(?P<form>{_LEGAL_RU}|{_LEGAL_TRANSLIT}|{_LEGAL_LATIN})\.?\)?\s*$", re.IGNORECASE
)
_INITIALS = re.compile(r"\b(?:\w\.\s?){2,}")
_BETWEEN = re.compile(r"[^\w&+]+|_")
_WITH_KPP = re.compile(r"(\d{9,10})[/\\]?\d{9}")
_AS_NUMBER = re.compile(r"(\d{9,15})[.,]0+")
_EU = frozenset(
    [
        "AT",
        "BE",
        "BG",
        "CY",
        "CZ",
        "DE",
        "DK",
        "EE",
        "EL",
        "ES",
        "FI",
        "FR",
        "GR",
        "HR",
        "HU",
        "IE",
        "IT",
        "LT",
        "LU",
        "LV",
        "MT",
        "NL",
        "PL",
        "PT",
        "RO",
        "SE",
        "SI",
        "SK",
        "XI",
    ]
)


class TaxNumber(NamedTuple):
    """A number that passed its check, or the reason why it did not. `repaired`: lost leading zeros came back."""

    kind: str
    value: str
    reason: str
    repaired: bool = False


def company_key(name: str) -> str:
    """'' for an empty name; a name that is nothing but a legal form keeps it."""
    plain = unicodedata.normalize("NFKC", name).casefold().replace("ё", "е")
    short = _INITIALS.sub(lambda found: re.sub(r"[.\s]", "", found[0]) + " ", plain)
    return " ".join((_BETWEEN.sub(" ", _bare(short)) or _BETWEEN.sub(" ", plain)).split())


def _bare(text: str) -> str:
    """The name with the legal forms taken off both ends, one after the other."""
    while True:
        form, name = split_legal_form(text)
        if not form:
            return name
        text = name


def has_legal_form(text: str) -> bool:
    """Holds ООО, ИП, GmbH … as a word of its own."""
    return bool(_SURE_FORM.search(text))


def split_legal_form(name: str) -> tuple[str, str]:
    """(legal form as written, name without it and without the quotes around it); ('', name) without one."""
    plain = " ".join(name.split())
    for pattern in (_LEADING, _TRAILING):
        found = pattern.match(plain)
        if found and any(sign.isalnum() for sign in found["name"]):
            return found["form"].strip(" ,"), _unquoted(found["name"].strip(" ,"))
    return "", _unquoted(plain)


def _unquoted(text: str) -> str:
    inner = text.strip()
    if len(inner) > 2 and inner[0] in _QUOTES and inner[-1] in _QUOTES:
        inner = inner[1:-1].strip()
    return inner


def check_tax_number(text: str, country: str = "RU") -> TaxNumber:
    """A Russian INN or OGRN by its length, elsewhere the VAT number of the country (ISO 3166, two letters)."""
    bare = re.sub(r"инн|кпп|огрнип|огрн|vat|[\s№:]", "", text, flags=re.IGNORECASE).upper().strip("/\\")
    if found := _WITH_KPP.fullmatch(bare) or _AS_NUMBER.fullmatch(bare):
        bare = found[1]
    plain = re.sub(r"[.\-/]", "", bare)
    if not plain:
        return TaxNumber("", "", "empty")
    if not plain.strip("0"):
        return TaxNumber("", "", "all_zeros")
    prefix = plain[:2]
    if country == "RU" and not (prefix.isalpha() and prefix in _EU):
        return _russian(plain.removeprefix("RU"))
    return _vat(plain, country)


def _russian(digits: str) -> TaxNumber:
    if not digits.isdecimal() or not digits.isascii():
        return TaxNumber("", "", "letters")
    # a spreadsheet drops the zero of the regions 01–09
    for candidate in (digits, "0" + digits):
        kind = {10: "inn_company", 12: "inn_person", 13: "ogrn", 15: "ogrnip"}.get(len(candidate))
        if kind and (inn if kind.startswith("inn") else ogrn).is_valid(candidate):
            return TaxNumber(kind, candidate, "", candidate != digits)
    known = len(digits) in (10, 12, 13, 15)
    return TaxNumber("", "", "wrong_checksum" if known else "wrong_length")


def _vat(plain: str, country: str) -> TaxNumber:
    home = "EL" if country == "GR" else country
    try:
        if plain[:2].isalpha() and plain[:2] in _EU:
            return TaxNumber("vat", eu_vat.validate(plain), "")
        if home in _EU:
            return TaxNumber("vat", eu_vat.validate(home + plain), "")
        if not re.fullmatch(r"[A-Z]{2}", country):
            return TaxNumber("", "", "unknown_country")
        module = importlib.import_module(f"stdnum.{country.lower()}.vat")
        return TaxNumber("vat", country + str(module.validate(plain)).removeprefix(country), "")
    except InvalidLength:
        return TaxNumber("", "", "wrong_length")
    except InvalidFormat:
        return TaxNumber("", "", "letters")
    except (InvalidComponent, ValidationError):
        return TaxNumber("", "", "wrong_checksum")
    except ImportError:
        return TaxNumber("", "", "unknown_country")
