"""Chunks without a label: which is the name, the company, the title, the city.

split_chunk(chunk) -> chunks        «Роман Кудрин, директор, ООО «Ромашка»» is three
sort_out(draft, chunks)             fills what is still empty; the rest becomes the note
"""

from __future__ import annotations

import re

from konveyer.domain.people.rules.chunks import Chunk, is_junk
from konveyer.domain.people.rules.cities import city_of
from konveyer.domain.people.rules.companies import has_legal_form, split_legal_form
from konveyer.domain.people.rules.draft import Draft
from konveyer.domain.people.rules.first_names import FOREIGN, RUSSIAN
from konveyer.domain.people.rules.names import PersonName, is_patronymic, split_name
from konveyer.domain.people.rules.roles import is_title

_NAME_FORM = re.compile(r"[^\W\d_][\w'’.\-]*(?:,? [^\W\d_][\w'’.\-]*){0,5}")
_COMPANY_WORD = re.compile(
    r"[«“„\"][^«“„\"»”\n]{2,100}[»”\"]|\b(?:компания|группа|завод|фабрика|фирма|агентство|студия|банк|холдинг|центр|клиника|школа"
    r"|салон|магазин|ресторан|институт|университет|корпорация|бюро|мастерская|комбинат|group|company|studio|agency"
    r"|bank|labs?|solutions|systems|technologies|partners|consulting|industries|university|institute|holding"
    r"|services|software)\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"\b(?:ул|улица|пр-т|проспект|пер|наб|ш|д|стр|корп|оф|офис|street|st|avenue|ave|road|rd|suite|floor|этаж)\b",
    re.IGNORECASE,
)
_AT = re.compile(r"^(.{2,80}?)\s+(?:at|@|в компании|в)\s+(.{2,120})$", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"^([^()]+?)\s*\(([^()]{3,80})\)$")
_QUOTED_THEN_NAME = re.compile(r"^(.*[»”\"])\s+([^\W\d_][\w\-.]+(?: [^\W\d_][\w\-.]+){1,2})$")
_TITLE_THEN_COMPANY = re.compile(r"^(.{4,60}?)\s+((?:ООО|ОАО|ЗАО|ПАО|АО|ИП|ТОО|ГК|LLC|GmbH)\b.*)$")
_INTRODUCED = re.compile(
    r"\b(?:[Мм]еня зовут|[Mm]y name is|I am|I'm)\s+([A-ZА-ЯЁ][\w\-]+(?: [A-ZА-ЯЁ][\w\-]+){0,2})"
)
_NO_COMPANY = re.compile(r"[.!?…]$|[?!]|\d{4,}|[<>{}=;\\$%^]")
_SURE = {"sure": 3, "likely": 2, "guess": 1}

Found = tuple[int, int, Chunk, PersonName]


def split_chunk(chunk: Chunk) -> list[Chunk]:
    """Cuts at commas (not in «Кудрин, Роман», «Acme, Inc.» or an address), «X at Y», «X (title)»."""
    text = chunk.text
    if text.startswith('"') and text.endswith('"') and text.count('"') == 2:
        text = text.strip('"')
    whole = "," not in text or _ADDRESS.search(text) or _name_by_comma(text)
    parts = [text] if whole else _legal_form_back(re.split(r",(?![^«»]{0,100}»)\s*", text))
    smaller = [piece for part in parts for piece in _halves(part.strip())]
    alone = chunk.alone and len(smaller) == 1
    return [
        Chunk(piece, field=name, cell=chunk.cell, alone=alone)
        for piece, name in smaller
        if piece and not is_junk(piece)
    ]


def _halves(part: str) -> list[tuple[str, str]]:
    position = _AT.match(part)
    if position and is_title(position[1]) and not has_legal_form(position[1]):
        return [(position[1], ""), (position[2], "company")]
    bracket = _IN_BRACKETS.match(part)
    if bracket and is_title(bracket[2]):
        return [(bracket[1], ""), (bracket[2], "")]
    named = _QUOTED_THEN_NAME.match(part)
    if named and split_name(named[2]).certainty != "guess":
        return [*_halves(named[1]), (named[2], "")]
    titled = _TITLE_THEN_COMPANY.match(part)
    if titled and is_title(titled[1]):
        return [(titled[1], ""), (titled[2], "company")]
    return [(part, "")]


def _legal_form_back(parts: list[str]) -> list[str]:
    """«Acme, Inc.» was torn at its comma."""
    joined: list[str] = []
    for part in parts:
        bare = part.strip(" .")
        if joined and len(bare) <= 5 and has_legal_form(bare):
            joined[-1] += ", " + part
        else:
            joined.append(part)
    return joined


def _name_by_comma(text: str) -> bool:
    last, _, rest = text.partition(",")
    words = rest.split()
    known = words and words[0].casefold().replace("ё", "е") in (RUSSIAN | FOREIGN)
    return bool(known and len(last.split()) == 1 and len(words) <= 3 and "," not in rest)


def sort_out(draft: Draft, chunks: list[Chunk]) -> None:
    """Fills the empty parts of the draft; a chunk that fits nowhere goes into the note, in its place."""
    names: list[Found] = []
    unknown: list[Chunk] = []
    for place, chunk in enumerate(chunks):
        if _claimed(draft, chunk):
            continue
        if _may_be_name(chunk):
            name = split_name(chunk.text)
            names.append((_SURE[name.certainty], -place, chunk, name))
        else:
            unknown.append(chunk)
    unknown += _choose_name(draft, names)
    unknown.sort(key=chunks.index)
    if not draft.named:
        _name_elsewhere(draft, unknown)
    if not draft.company:
        _choose_company(draft, unknown)
    draft.note = "\n".join(part for part in (draft.note, *(chunk.text for chunk in unknown)) if part)


def _claimed(draft: Draft, chunk: Chunk) -> bool:
    """A company by its legal form, a title by its words, a city by the list."""
    text = chunk.text
    if chunk.field == "company" or has_legal_form(text):
        if draft.company:
            return False
        draft.company = text
        return True
    if not draft.title and is_title(text) and _short(text):
        draft.title = text
        return True
    city = "" if draft.city else city_of(text)
    if city:
        draft.city = city
        return not _ADDRESS.search(text)
    return False


def _short(text: str) -> bool:
    return len(text) <= 120 and len(text.split()) <= 9


def _may_be_name(chunk: Chunk) -> bool:
    text = chunk.text
    if len(text) > 80 or not _NAME_FORM.fullmatch(text) or _COMPANY_WORD.search(text):
        return False
    words = text.replace(",", " ").split()
    capitals = sum(word[0].isupper() for word in words)
    name = split_name(text)
    if name.certainty != "guess":
        return capitals >= min(2, len(words)) or chunk.alone or chunk.cell
    if len(words) == 1:
        return chunk.cell and bool(name.patronymic)
    return len(words) <= 3 and capitals == len(words)


def _choose_name(draft: Draft, names: list[Found]) -> list[Chunk]:
    """Takes the surest name, the first of equals; gives back the chunks that were not used."""
    names.sort(key=lambda one: one[:2], reverse=True)
    if names and not draft.named:
        draft.set_name(names.pop(0)[3])
        names = [one for one in names if not _completes(draft, one)]
    return [chunk for _, _, chunk, _ in names]


def _completes(draft: Draft, found: Found) -> bool:
    """The last name, the first name or the patronymic stood in a cell or line of its own."""
    text, name = found[2].text, found[3]
    if draft.first and not draft.patronymic and is_patronymic(text):
        draft.patronymic = text
    elif draft.first and not draft.last and name.last and not name.first:
        draft.last = name.last
    elif draft.last and not draft.first and name.first and not name.last:
        draft.first, draft.patronymic = name.first, name.patronymic
    else:
        return False
    return True


def _name_elsewhere(draft: Draft, unknown: list[Chunk]) -> None:
    """«Меня зовут Роман» inside a sentence, or the person in «ИП Кудрин Роман Андреевич»."""
    for chunk in unknown:
        said = _INTRODUCED.search(chunk.text)
        if said:
            draft.set_name(split_name(said[1]))
            return
    form, person = split_legal_form(draft.company)
    if form.casefold() in ("ип", "индивидуальный предприниматель"):
        name = split_name(person)
        if name.certainty != "guess":
            draft.set_name(name)


def _choose_company(draft: Draft, unknown: list[Chunk]) -> None:
    """A chunk with a word for firms; else a short one in capitals that nothing else has claimed."""
    by_word = [chunk for chunk in unknown if _COMPANY_WORD.search(chunk.text) and _short(chunk.text)]
    for chunk in by_word or unknown:
        text = chunk.text
        letters = sum(sign.isalpha() for sign in text)
        plain = letters >= 2 and text[0].isupper() and len(text.split()) <= 4
        if by_word or (plain and not _NO_COMPANY.search(text) and not _ADDRESS.search(text)):
            draft.company = text
            unknown.remove(chunk)
            return
