"""Keys by which candidates find each other: two records are compared only when they share one.

So the work grows with the base and not with its square. A key is a 64-bit hash: no personal value stands in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import blake2b

from konveyer.domain.duplicates.rules.scoring import Profile
from konveyer.domain.duplicates.rules.spelling import latin, skeleton
from konveyer.domain.people.rules.emails import company_domain, is_role_address

WIDEST = (
    30  # records that share a key; more are no sign of one record (a switchboard, a holding's domain, Ivanov)
)
_NO_DIGITS = re.compile(r"\D")
_ACCOUNTS = ("telegram", "whatsapp", "max", "vk")


def profile(
    *, kind: str, name: str, city: str, tax_number: str, domain: str, points: Iterable[tuple[str, str]], companies: Iterable[str] = (),
    named: bool = True,
) -> Profile:  # fmt: skip
    """The record as it is compared. `points` are (kind, value) as stored."""
    told = list(points)
    emails = {value for sort, value in told if sort == "email"}
    role = {address for address in emails if is_role_address(address)}
    domains = {domain.removeprefix("www."), *(company_domain(address) for address in emails)} - {""}
    return Profile(
        name=name, city=city, tax_number=_NO_DIGITS.sub("", tax_number),
        domains=frozenset(domains if kind == "company" else ()),
        phones=frozenset(value for sort, value in told if sort == "phone"), emails=frozenset(emails - role),
        role_emails=frozenset(role), accounts=frozenset(f"{sort}:{value}" for sort, value in told if sort in _ACCOUNTS),
        companies=frozenset(companies), named=named,
    )  # fmt: skip


def words(kind: str, one: Profile) -> set[str]:
    """The keys in words, each with its sort in front. Never empty."""
    found = {f"phone {value}" for value in one.phones}
    found |= {f"mail {value}" for value in one.emails | one.role_emails}
    found |= {f"account {value}" for value in one.accounts}
    found |= {f"domain {value}" for value in one.domains}
    if kind == "company" and one.tax_number:
        found.add(f"tax {one.tax_number}")
    if one.named or not found:
        name = one.name
        if kind == "contact":  # with or without a patronymic
            name = " ".join(latin(name).split()[:2])
        bones = skeleton(name) or name
        found.add(f"name {bones}")
        found |= {f"colleague {company} {bones}" for company in one.companies}
    return found


def keys(kind: str, one: Profile) -> list[int]:
    """The keys as stored: signed 64-bit numbers, other ones for people than for companies."""
    return [number(f"{kind} {text}") for text in sorted(words(kind, one))]


def number(text: str) -> int:
    """The hash of a key."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)
