"""What a merged record says: what was chosen, else what the one that stays says, else what the others say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from konveyer.domain.people.rules.companies import company_key
from konveyer.kit.text import sort_key

COMPANY = ("name", "legal_name", "tax_number", "domain", "city", "industry", "external_key")
CONTACT = ("last_name", "first_name", "patronymic", "city", "timezone", "language", "external_key")
FIELDS = {"company": COMPANY, "contact": CONTACT}
PERSONAL = ("last_name", "first_name", "patronymic")
OPTIONAL = ("tax_number", "external_key")  # None where there is none: they are unique


def merged(
    kind: str, kept: Mapping[str, Any], gone: Sequence[Mapping[str, Any]], chosen: Mapping[str, Any] | None = None
) -> dict[str, Any]:  # fmt: skip
    """The values of the record that stays, `name_key` with them. `chosen` are values of one of the records."""
    values = {}
    for name in FIELDS[kind]:
        told = [row[name] for row in (kept, *gone) if row[name]]
        value = (chosen or {}).get(name) or (told[0] if told else "")
        values[name] = value or (None if name in OPTIONAL else "")
    values["history"] = all(row["history"] for row in (kept, *gone))
    values["name_key"] = _key(kind, values) or kept["name_key"]
    return values


def _key(kind: str, values: Mapping[str, Any]) -> str:
    if kind == "company":
        return company_key(values["name"])[:300]
    return sort_key(
        " ".join(values[name] for name in ("last_name", "first_name", "patronymic") if values[name])
    )[:370]


def differing(kind: str, rows: Sequence[Mapping[str, Any]]) -> set[str]:
    """Fields of which the records say different things, empty ones left aside."""
    return {name for name in FIELDS[kind] if len({row[name] for row in rows if row[name]}) > 1}


def groups(pairs: Sequence[tuple[Any, Any]]) -> list[list[Any]]:
    """Records that hang together by pairs, each group in the order in which its records were met."""
    leader: dict[Any, Any] = {}

    def top(one: Any) -> Any:
        while leader.setdefault(one, one) != one:
            leader[one] = leader[leader[one]]
            one = leader[one]
        return one

    for one, other in pairs:
        leader[top(other)] = top(one)
    together: dict[Any, list[Any]] = {}
    for one in leader:
        together.setdefault(top(one), []).append(one)
    return list(together.values())
