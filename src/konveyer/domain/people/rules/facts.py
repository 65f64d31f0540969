"""What is known of a company and of a person, made ready to be stored.

    ready_company(facts, country="RU") -> (CompanyFacts, {field: reason})
    ready_person(facts) -> (PersonFacts, {field: reason})

Texts lose control characters and spaces around. Reasons have words in `problems`.
"""

import unicodedata
from dataclasses import asdict, dataclass, fields, replace
from zoneinfo import available_timezones

from konveyer.domain.people.rules.companies import check_tax_number, company_key
from konveyer.domain.people.rules.pieces import plain_website
from konveyer.kit.text import sort_key

BUYING_ROLES = ("director", "head_of_department", "decision_maker", "influencer", "gatekeeper")
LANGUAGES = ("ru", "en")


@dataclass(frozen=True, slots=True)
class CompanyFacts:
    """A company as its form shows it; '' where nothing is known. `domain` may be written as an address."""

    name: str = ""
    legal_name: str = ""
    tax_number: str = ""
    domain: str = ""
    city: str = ""
    industry: str = ""


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """A person as the form shows it; '' where nothing is known."""

    last_name: str = ""
    first_name: str = ""
    patronymic: str = ""
    city: str = ""
    timezone: str = ""
    language: str = ""

    @property
    def key(self) -> str:
        """The stored key: last name, first name, patronymic."""
        return sort_key(f"{self.last_name} {self.first_name} {self.patronymic}")


LONGEST = {
    "name": 300, "legal_name": 300, "domain": 253, "city": 120, "industry": 120,
    "last_name": 120, "first_name": 120, "patronymic": 120,
}  # fmt: skip


def one_line(text: str) -> str:
    """NFC, one line, no control characters, single spaces."""
    plain = unicodedata.normalize("NFC", text)
    return " ".join("".join(sign if sign.isprintable() else " " for sign in plain).split())


def ready_company(facts: CompanyFacts, country: str = "RU") -> tuple[CompanyFacts, dict[str, str]]:
    """The facts as stored, and what is wrong with them."""
    clean = CompanyFacts(**{name: one_line(value) for name, value in asdict(facts).items()})
    wrong = _too_long(clean)
    if not company_key(clean.name):
        wrong["name"] = "empty"
    if clean.tax_number:
        number = check_tax_number(clean.tax_number, country)
        if number.value:
            clean = replace(clean, tax_number=number.value)
        else:
            wrong["tax_number"] = number.reason
    if clean.domain:
        host = plain_website(clean.domain).partition("/")[0].rpartition("@")[2]
        clean = replace(clean, domain=host)
        if not _is_host(host):
            wrong["domain"] = "bad_domain"
    return clean, wrong


def ready_person(facts: PersonFacts) -> tuple[PersonFacts, dict[str, str]]:
    """The facts as stored, and what is wrong with them. A person without a name is somebody with a phone."""
    clean = PersonFacts(**{name: one_line(value) for name, value in asdict(facts).items()})
    wrong = _too_long(clean)
    if clean.timezone and clean.timezone not in available_timezones():
        wrong["timezone"] = "unknown"
    if clean.language and clean.language not in LANGUAGES:
        wrong["language"] = "unknown"
    return clean, wrong


def _too_long(facts: CompanyFacts | PersonFacts) -> dict[str, str]:
    lengths = {one.name: len(getattr(facts, one.name)) for one in fields(facts)}
    return {name: "too_long" for name, length in lengths.items() if length > LONGEST.get(name, 300)}


def _is_host(host: str) -> bool:
    labels = host.split(".")
    return (
        len(labels) > 1
        and len(host) <= 253
        and all(0 < len(label) <= 63 and label.replace("-", "").isalnum() for label in labels)
    )
