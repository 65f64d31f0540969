"""How sure it is that two records are one: reasons, each with a weight, and a score of 0–100.

Weights are shares of certainty; two reasons are put together as independent ones: 1 − (1−a)(1−b). What speaks
against it (two tax numbers, two different names) caps the score, however many reasons there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

from konveyer.domain.duplicates.rules.spelling import likeness, spelled

SHOWN_FROM = 50  # below it a pair is not worth a look
SURE_FROM = 90  # what is merged in bulk unless somebody says otherwise
ALIKE, HARDLY = 0.55, 0.3  # likeness of names from which they are similar; below which they are different

COMPANY = {
    "tax_number": 0.98, "email": 0.75, "role_email": 0.6, "phone": 0.7, "domain": 0.6, "name": 0.6, "similar_name": 0.4, "city": 0.2,
}  # fmt: skip
CONTACT = {
    "email": 0.85, "role_email": 0.3, "phone": 0.6, "account": 0.8, "full_name": 0.6, "name": 0.45, "similar_name": 0.3, "company": 0.7,
    "city": 0.15,
}  # fmt: skip
NAMES = {"name", "full_name", "similar_name", "city"}
CAPS = {"other_tax_number": 40, "other_name": 45, "other_patronymic": 45, "other_points": 45}


@dataclass(frozen=True, slots=True)
class Profile:
    """What of a record is compared. `name` is its sorting key; points as stored, role addresses apart."""

    name: str
    city: str = ""
    tax_number: str = ""
    domains: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    role_emails: frozenset[str] = frozenset()
    accounts: frozenset[str] = frozenset()
    companies: frozenset[str] = frozenset()
    named: bool = True  # False: the name is only a phone or an address


@dataclass(frozen=True, slots=True)
class Verdict:
    """The score and its reasons, the weightiest first; what speaks against it last."""

    score: int
    reasons: tuple[str, ...]


def score(kind: str, one: Profile, other: Profile) -> Verdict:
    """How sure it is that both are the same company (or person)."""
    weights = COMPANY if kind == "company" else CONTACT
    found = _shared(one, other) & set(weights)
    against: set[str] = set()
    if one.named and other.named:
        said, objection = _names(kind, one.name, other.name)
        found |= said
        against |= objection
    if found & {"name", "full_name", "similar_name"}:
        if one.city and spelled(one.city) == spelled(other.city):
            found.add("city")
    else:
        found.discard("company")  # colleagues are no doubles
    if kind == "contact" and found <= NAMES and _reach(one) and _reach(other):
        against.add("other_points")  # namesakes
    if kind == "company" and one.tax_number and other.tax_number and one.tax_number != other.tax_number:
        against.add("other_tax_number")
    share = 1 - prod(1 - weights[reason] for reason in found)
    points = min([round(100 * share), 99, *(CAPS[objection] for objection in against)])
    ordered = sorted(found, key=lambda reason: (-weights[reason], reason))
    return Verdict(points, (*ordered, *sorted(against)))


def _reach(one: Profile) -> bool:
    return bool(one.phones or one.emails or one.accounts)


def _shared(one: Profile, other: Profile) -> set[str]:
    pairs = {
        "phone": one.phones & other.phones, "email": one.emails & other.emails, "account": one.accounts & other.accounts,
        "role_email": one.role_emails & other.role_emails, "domain": one.domains & other.domains,
        "company": one.companies & other.companies,
        "tax_number": one.tax_number and one.tax_number == other.tax_number,
    }  # fmt: skip
    return {reason for reason, shared in pairs.items() if shared}


def _names(kind: str, one: str, other: str) -> tuple[set[str], set[str]]:
    mine, theirs = spelled(one), spelled(other)
    if kind == "contact":
        return _person_names(mine.split(), theirs.split())
    if sorted(mine.split()) == sorted(theirs.split()):
        return {"name"}, set()
    if _numbers(mine) != _numbers(theirs):  # School 12, School 21
        return set(), {"other_name"}
    near = likeness(mine, theirs)
    return ({"similar_name"} if near >= ALIKE else set()), ({"other_name"} if near < HARDLY else set())


def _numbers(name: str) -> set[str]:
    return {word for word in name.split() if word.isdigit()}


def _person_names(mine: list[str], theirs: list[str]) -> tuple[set[str], set[str]]:
    """Last name, first name, and a patronymic where there is one, in this order."""
    if sorted(mine) == sorted(theirs):
        return {"full_name" if len(mine) > 2 else "name"}, set()
    if set(mine[:2]) == set(theirs[:2]):
        third = mine[2:3] + theirs[2:3]
        if len(third) == 2:
            initial = third[0][0] == third[1][0] and min(map(len, third)) == 1
            return (
                ({"name"}, set()) if initial or likeness(*third) >= ALIKE else (set(), {"other_patronymic"})
            )
        return {"name"}, set()
    near = likeness(" ".join(mine[:2]), " ".join(theirs[:2]))
    if min(len(mine), len(theirs)) == 1:  # a first name, or a last name, alone: neither for nor against
        return (
            (set(), set()) if set(mine) & set(theirs) else (set(), {"other_name"} if near < HARDLY else set())
        )
    return ({"similar_name"} if near >= ALIKE else set()), ({"other_name"} if near < HARDLY else set())
