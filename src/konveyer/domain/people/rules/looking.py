"""What somebody types into a search field, read into what is to be looked for.

    look(text, region="RU") -> Asked

The index itself is asked by `konveyer.domain.people.queries.search`.
"""

import re
from dataclasses import dataclass

from konveyer.domain.people.rules.companies import company_key
from konveyer.domain.people.rules.phones import read_phones
from konveyer.kit.text import sort_key

LONGEST, MOST_WORDS, WHOLE_WORD = 200, 8, 3
_TOKEN = re.compile(r"[^\W_]+")
_PHONE = re.compile(r"[\d\s()+.\-–—]{4,30}")
_ADDRESS = re.compile(r"[^\s@]*@[^\s@]*")
_DOMAIN = re.compile(r"(?:[^\W_][\w\-]*\.)+[^\W_]*")
_CODES = {"RU": "7", "KZ": "7"}


@dataclass(frozen=True)
class Asked:
    """Things to look for. All empty: nothing can be found.

    `words` are long enough for the index; `begun` are one or two letters that some word must begin with;
    `name` and `firm` are the beginning of a person's and of a company's whole name as stored; `phones` are
    beginnings in E.164, `tail` the last digits of one; `mail` begins an address or a handle; `domain` begins
    what stands behind its @.
    """

    words: tuple[str, ...] = ()
    begun: tuple[str, ...] = ()
    name: str = ""
    firm: str = ""
    phones: tuple[str, ...] = ()
    tail: str = ""
    mail: str = ""
    domain: str = ""

    @property
    def nothing(self) -> bool:
        """Whether there is nothing to ask."""
        return not (self.name or self.firm or self.pointed)

    @property
    def pointed(self) -> bool:
        """Whether it may be a phone, an address or a domain."""
        return bool(self.phones or self.tail or self.mail or self.domain)


def look(text: str, region: str = "RU") -> Asked:
    """The text in parts. `region` is the country of phones written without one."""
    plain = sort_key("".join(sign if sign.isprintable() else " " for sign in text[:LONGEST]))
    if not any(sign.isalnum() for sign in plain):
        return Asked()
    phones, tail = _phone(plain, region)
    mail, domain = _address(plain)
    firm = "" if mail else company_key(plain)
    words = tuple(dict.fromkeys(_TOKEN.findall(firm)))[:MOST_WORDS]
    return Asked(
        words=tuple(word for word in words if len(word) >= WHOLE_WORD),
        begun=tuple(word for word in words if len(word) < WHOLE_WORD),
        name="" if mail else plain,
        firm=firm,
        phones=phones,
        tail=tail,
        mail=mail,
        domain=domain,
    )


def _phone(plain: str, region: str) -> tuple[tuple[str, ...], str]:
    """Beginnings in E.164, and the digits themselves when the number is not whole."""
    if not _PHONE.fullmatch(plain):
        return (), ""
    digits = "".join(sign for sign in plain if sign in "0123456789")
    if len(digits) < 4:
        return (), ""
    if whole := tuple(phone.value for phone in read_phones(plain, region).found):
        return whole, ""
    if plain.startswith("+"):
        return (f"+{digits}",), ""
    code = _CODES.get(region, "")
    national = digits[1:] if code == "7" and digits[0] in "78" else digits
    return tuple(dict.fromkeys([f"+{code}{national}", f"+{digits}"])), digits


def _address(plain: str) -> tuple[str, str]:
    """(the beginning of an address, the beginning of a domain)."""
    if _ADDRESS.fullmatch(plain):
        return ("", plain[1:]) if plain.startswith("@") else (plain, "")
    return ("", plain) if _DOMAIN.fullmatch(plain) else ("", "")
