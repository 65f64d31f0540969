"""Search over companies and people, in word forms of Russian and English.

The functions live in the database (migration 0002): the operators of full-text search would lose their index
under row-level security, so they run as the role konveyer_search and name the workspace themselves.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from konveyer.domain.people.rules.looking import Asked

MOST = 20


@dataclass(frozen=True)
class Hit:
    """A record that was found: by its name, or at the contact point `value` (with `extension`).

    `place`: 0 at a contact point, 1 the name begins so, 2 whole words, 3 and 4 beginnings of words.
    """

    id: UUID
    place: int
    value: str = ""
    extension: str = ""


@dataclass(frozen=True)
class People:
    """What was found, best first."""

    companies: tuple[Hit, ...] = ()
    contacts: tuple[Hit, ...] = ()


def search_people(asked: Asked, *, most: int = MOST, kinds: Sequence[str] = ("company", "contact")) -> People:
    """Companies and people of the entered workspace. At most three queries, whatever is asked."""
    companies: list[Hit] = []
    contacts: list[Hit] = []
    if asked.pointed:
        for contact_id, company_id, value, extension in _points(asked, most):
            if contact_id:
                contacts.append(Hit(contact_id, 0, value, extension))
            else:
                companies.append(Hit(company_id, 0, value, extension))
    if "company" in kinds and asked.firm:
        companies += [Hit(*row) for row in names("company", asked, asked.firm, most)]
    if "contact" in kinds and asked.name:
        contacts += [Hit(*row) for row in names("contact", asked, asked.name, most)]
    return People(_best(companies, most), _best(contacts, most))


def names(
    which: str, asked: Asked, beginning: str, most: int, seen: Iterable[UUID] | None = None
) -> list[tuple[UUID, int]]:
    """(id, place) of records whose name fits: `which` is company, contact or lead. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select id, place from search_names(%s, %s, %s, %s, %s, %s)",
            [
                which,
                list(asked.words),
                list(asked.begun),
                beginning,
                most,
                None if seen is None else list(seen),
            ],
        )
        return [(row[0], row[1]) for row in cursor.fetchall()]


def _points(asked: Asked, most: int) -> list[tuple[UUID | None, UUID, str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select contact_id, company_id, hit, extension from search_points(%s, %s, %s, %s, %s)",
            [list(asked.phones), asked.tail, asked.mail, asked.domain, most],
        )
        return [(row[0], row[1], row[2], row[3]) for row in cursor.fetchall()]


def _best(hits: list[Hit], most: int) -> tuple[Hit, ...]:
    """Each record once, by its best place; the order within a place is the database's."""
    first: dict[UUID, Hit] = {}
    for hit in sorted(hits, key=lambda one: one.place):
        first.setdefault(hit.id, hit)
    return tuple(first.values())[:most]
