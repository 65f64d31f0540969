"""E-mail addresses as people write them → one stored form.

    read_emails(text) -> Emails(found: tuple[str, ...], refused: tuple[Refusal(text, reason), ...])
    check_email(text) -> (address, '') or ('', reason)
    domain_of(address), is_free_mail(address_or_domain), is_role_address(address), company_domain(address)

Stored form: lower case, domain in letters rather than xn--. Nothing is asked of the network.
Reasons: no_at, several_at, nothing_before_at, no_domain, no_dot_in_domain, comma_in_domain, space_inside,
cyrillic_letter (с for c), not_on_the_internet (.local, .test), too_long, bad_domain, bad_character.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from email_validator import SPECIAL_USE_DOMAIN_NAMES, EmailNotValidError, validate_email

from konveyer.domain.people.rules.mail_domains import FREE_MAIL, ROLE_NAMES
from konveyer.domain.people.rules.phones import Refusal


class Emails(NamedTuple):
    """What a cell held: each address once, in the order written."""

    found: tuple[str, ...]
    refused: tuple[Refusal, ...]


_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
# The usual address in full: what it accepts, the library accepts too (a test holds one against the other).
_USUAL = re.compile(
    r"(?=.{6,254}$)(?=[^@]{1,64}@)[a-z0-9_+\-]+(?:\.[a-z0-9_+\-]+)*"
    r"@(?:[a-z0-9](?:[a-z0-9\-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}"
)
_RESERVED = tuple("." + name for name in SPECIAL_USE_DOMAIN_NAMES)
_WRAPPED = re.compile(r"<([^<>]*@[^<>]*)>")
_LABEL = re.compile(r"^(?:mailto:|e-?mail\s*[:.]|эл\.?\s*почта\s*:|почта\s*:|mail\s*:)\s*", re.IGNORECASE)
_BETWEEN = re.compile(r"[;,\s|]+|(?<=\w)/(?=\w+[^/]*@)")
_CYRILLIC = re.compile(r"[а-яё]", re.IGNORECASE)
_LATIN = re.compile(r"[a-z]", re.IGNORECASE)


def read_emails(text: str) -> Emails:
    """Every address in the text: a list, «Roman <r@k.ru>», mailto: links."""
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).strip()
    if not plain:
        return Emails((), ())
    found: dict[str, None] = {}
    refused: list[Refusal] = []
    for piece in _pieces(_WRAPPED.sub(r" ; \1 ; ", plain)):
        address, reason = check_email(piece)
        if address:
            found[address] = None
        else:
            refused.append(Refusal(piece, reason))
    return Emails(tuple(found), tuple(refused))


def _pieces(text: str) -> list[str]:
    alone = text.count("@") <= 1 and not (";" in text or _CYRILLIC.search(text.partition("@")[2]))
    if alone and not _CYRILLIC.search(text):
        return [text]
    return [piece for piece in _BETWEEN.split(text) if "@" in piece] or [text]


def check_email(text: str) -> tuple[str, str]:
    """(the address in its stored form, '') or ('', reason)."""
    address = _LABEL.sub("", text.strip()).strip(" \t\r\n.,;:<>()[]\"'«»").lower()
    usual = _USUAL.fullmatch(address) and not address.endswith(_RESERVED)
    if usual and "--" not in address.partition("@")[2]:
        return address, ""
    return _slowly(address)


@lru_cache(maxsize=5_000)
def _slowly(address: str) -> tuple[str, str]:
    reason = _plain_mistake(address)
    if reason:
        return "", reason
    try:
        checked = validate_email(address, check_deliverability=False, allow_smtputf8=True)
    except EmailNotValidError as error:
        return "", _reason(address, str(error))
    return checked.normalized.lower(), ""


def _plain_mistake(address: str) -> str:
    local, at, domain = address.rpartition("@")
    if not at:
        return "no_at"
    if "@" in local:
        return "several_at"
    if not local:
        return "nothing_before_at"
    if not domain:
        return "no_domain"
    if re.search(r"\s", address):
        return "space_inside"
    if "," in domain:
        return "comma_in_domain"
    if "." not in domain:
        return "no_dot_in_domain"
    if any(_CYRILLIC.search(part) and _LATIN.search(part) for part in (local, *domain.split("."))):
        return "cyrillic_letter"
    if len(address) > 254 or len(local) > 64:
        return "too_long"
    return ""


def _reason(address: str, said: str) -> str:
    if "special-use" in said:
        return "not_on_the_internet"
    if "too long" in said:
        return "too_long"
    return "bad_domain" if "after the @" in said or not _sound(domain_of(address)) else "bad_character"


def _sound(domain: str) -> bool:
    return all(0 < len(label) < 64 for label in domain.split("."))


def domain_of(address: str) -> str:
    """What stands behind the @."""
    return address.rpartition("@")[2].lower()


def is_free_mail(address_or_domain: str) -> bool:
    """A domain where anybody has an address, so that it names no company."""
    return domain_of(address_or_domain) in FREE_MAIL


def company_domain(address: str) -> str:
    """The domain if it can name the company, else ''."""
    domain = domain_of(address)
    return "" if domain in FREE_MAIL else domain


def is_role_address(address: str) -> bool:
    """info@, sales@ and the like: read by whoever is on duty, shared by several people."""
    local = address.partition("@")[0].lower()
    return local in ROLE_NAMES or re.sub(r"[\d._\-]+$", "", local) in ROLE_NAMES
