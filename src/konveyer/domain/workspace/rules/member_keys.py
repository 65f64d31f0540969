"""How members are named in reports and filters."""

from collections.abc import Iterable
from typing import TypeVar

Ident = TypeVar("Ident")


def unique_keys(members: Iterable[tuple[Ident, str | None, str]]) -> dict[Ident, str]:
    """Keys of members given as (id, external key, name), oldest first: the external key, else the name.

    A name that is taken gets a number: the second Anna is "Anna (2)". It does not depend on who stands in
    the report, so the same person has the same key in all of them.
    """
    people = list(members)
    keys = {ident: external for ident, external, _name in people if external}
    taken = set(keys.values())
    for ident, external, name in people:
        if external:
            continue
        key, number = name, 1
        while key in taken:
            number += 1
            key = f"{name} ({number})"
        keys[ident] = key
        taken.add(key)
    return keys
