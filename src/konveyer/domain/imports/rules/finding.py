"""Whom a row means (S22): by code, tax number, domain, e-mail, phone, and last by name.

Nothing is written here. More than one candidate is a Problem: a list never guesses between two people.
"""

from __future__ import annotations

from collections.abc import Iterable

from konveyer.domain.imports.rules.drafts import Draft, Known
from konveyer.domain.imports.rules.lines import CompanyCells, ContactCells, Point
from konveyer.domain.imports.rules.problem import Problem
from konveyer.domain.people.rules.emails import is_role_address
from konveyer.kit.text import sort_key


def find_company(known: Known, cells: CompanyCells) -> Draft | None:
    """The company of a row; None if it is new."""
    if draft := known.companies.get(cells.id):
        return draft
    sure = _distinct(
        [*known.company_by["key", cells.external_key], *known.company_by["tax", cells.tax_number]]
    )
    if len(sure) > 1:
        raise Problem("several_companies", names=_names(sure))
    if sure:
        return sure[0]
    for candidates in _weaker_companies(known, cells):
        fitting = [draft for draft in _distinct(candidates) if not _contradicts(draft, cells)]
        if len(fitting) > 1 and cells.name_key:
            fitting = [draft for draft in fitting if draft.values["name_key"] == cells.name_key] or fitting
        if len(fitting) > 1:
            raise Problem("several_companies", names=_names(fitting))
        if fitting:
            return fitting[0]
    return None


def _weaker_companies(known: Known, cells: CompanyCells) -> Iterable[list[Draft]]:
    yield known.company_by["domain", cells.domain]
    yield [draft for point in cells.points for draft in known.companies_at.get(point[:3], ())]
    yield known.company_by["name", cells.name_key]


def _contradicts(draft: Draft, cells: CompanyCells) -> bool:
    """Both name an identifier, and not the same: another firm, whatever else is alike."""
    pairs = (
        (draft.values["tax_number"], cells.tax_number), (draft.values["external_key"], cells.external_key),
        (draft.values["domain"], cells.domain),
    )  # fmt: skip
    return any(known and said and known != said for known, said in pairs)


def find_contact(known: Known, cells: ContactCells, company: Draft | None) -> Draft | None:
    """The person of a row; None if new.

    A personal address names its person. A phone, or an address like info@, may be shared by several people: there
    the names must agree.
    """
    if draft := known.contacts.get(cells.id):
        return draft
    if cells.external_key and (found := known.contact_by["key", cells.external_key]):
        return found[0]
    personal = [point for point in cells.points if point.kind != "phone" and not is_role_address(point.value)]
    found = [draft for draft in _at(known, personal) if not _other_code(draft, cells)]
    if found:
        return _the_one(found, cells, shared=False)
    shared = [point for point in cells.points if point not in personal]
    found = [draft for draft in _at(known, shared) if not _other_code(draft, cells) and agree(draft, cells)]
    if found:
        return _the_one(found, cells, shared=True)
    return _by_name(known, cells, company)


def _at(known: Known, points: Iterable[Point]) -> list[Draft]:
    return _distinct([draft for point in points for draft in known.contacts_at.get(point[:3], ())])


def _the_one(found: list[Draft], cells: ContactCells, shared: bool) -> Draft | None:
    if len(found) == 1:
        # two names at one address within one list are two people, however personal the address looks
        return found[0] if shared or not found[0].seen or agree(found[0], cells) else None
    same = [draft for draft in found if draft.values["name_key"] == cells.name_key] if cells.name_key else []
    near = same or [draft for draft in found if cells.name_key and agree(draft, cells)]
    if len(near) == 1:
        return near[0]
    raise Problem("several_contacts", names=_names(near or found))


def _by_name(known: Known, cells: ContactCells, company: Draft | None) -> Draft | None:
    if not cells.name_key:
        return None
    if company is not None:
        colleagues = [draft for draft in known.employed[company.id] if not _other_code(draft, cells)]
        same = [draft for draft in colleagues if draft.values["name_key"] == cells.name_key]
        if len(same) > 1:
            raise Problem("several_contacts", names=_names(same))
        return same[0] if same else None
    if cells.points or cells.external_key:
        return None
    same = [draft for draft in known.contact_by["name", cells.name_key] if not known.used[draft.id]]
    return same[0] if len(same) == 1 else None


def agree(draft: Draft, cells: ContactCells) -> bool:
    """The names can be one person's: every word of the shorter stands in the longer, an initial for its word."""
    known, said = full_name_key(draft).split(), cells.name_key.split()
    shorter, longer = sorted((known, said), key=len)
    return all(any(_same_word(word, other) for other in longer) for word in shorter)


def full_name_key(draft: Draft) -> str:
    """Last name, first name, patronymic as they are compared; '' for somebody known by a phone only."""
    values = draft.values
    return sort_key(f"{values['last_name']} {values['first_name']} {values['patronymic']}")


def same_words(draft: Draft, cells: ContactCells) -> bool:
    """The name in one cell is the known one in another order: which word is which is known better here. Without a name a
    person is called by the first phone or address."""
    said = sort_key(cells.whole)
    return bool(said) and sorted(said.split()) == sorted(draft.values["name_key"].split())


def _same_word(word: str, other: str) -> bool:
    bare, full = word.rstrip("."), other.rstrip(".")
    if len(bare) == 1 or len(full) == 1:
        return bare[:1] == full[:1]
    return bare == full


def _other_code(draft: Draft, cells: ContactCells) -> bool:
    code = draft.values["external_key"]
    return bool(code and cells.external_key and code != cells.external_key)


def _distinct(drafts: Iterable[Draft]) -> list[Draft]:
    return list({draft.id: draft for draft in drafts}.values())


def _names(drafts: Iterable[Draft]) -> str:
    """For the reason; a person's name is put together from its parts."""
    names = [
        draft.values.get("name")
        or " ".join(str(draft.values.get(part) or "") for part in ("last_name", "first_name")).strip()
        for draft in drafts
    ]
    return ", ".join(str(name) for name in names[:5] if name) or "—"
