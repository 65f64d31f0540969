"""A new lead from whatever was copied: a bare phone, a mail signature, a row of a spreadsheet, a vCard.

    read_pasted(text, region="RU") -> Draft      (see draft)

Nothing is invented: what was not understood stands in `note`, what looked like a phone or an address and is
none stands in `refused` with its reason. The text is taken as hostile: fields are cut to their columns' length,
control characters go, only the first 8 000 characters are read.
"""

from __future__ import annotations

import re
import unicodedata

from konveyer.domain.people.rules.chunks import Chunk, chunks_of, is_junk
from konveyer.domain.people.rules.cities import city_of
from konveyer.domain.people.rules.draft import Draft
from konveyer.domain.people.rules.names import split_name
from konveyer.domain.people.rules.pieces import Pieces, take_pieces
from konveyer.domain.people.rules.roles import buying_role
from konveyer.domain.people.rules.unlabelled import sort_out, split_chunk

LONGEST = 8_000
_COLUMNS = {"last": 120, "first": 120, "patronymic": 120, "company": 300, "title": 200, "city": 120}
_CONTROLS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
_PICTURES = re.compile("[\u2190-\u21ff\u2600-\u27bf\ufe0f\U0001f000-\U0001faff]")
_EMPTY_BRACKETS = re.compile(r"\(\s*\)|<\s*>|\[\s*\]")


def read_pasted(text: str, region: str = "RU") -> Draft:
    """The draft of one lead. `region`: the country of phones written without one."""
    chunks, more = chunks_of(_plain(text))
    draft = Draft(more_rows=more)
    left: list[Chunk] = []
    for chunk in chunks:
        pieces = take_pieces(chunk.text, region)
        _gather(draft, pieces)
        rest = _trimmed(pieces.rest)
        if chunk.field:
            _labelled(draft, chunk.field, rest)
        elif rest and not is_junk(rest):
            left += split_chunk(Chunk(rest, cell=chunk.cell, alone=len(chunks) == 1))
    sort_out(draft, left)
    for name, longest in _COLUMNS.items():
        setattr(draft, name, getattr(draft, name)[:longest].strip())
    draft.buying_role = buying_role(draft.title)
    return draft


def _plain(text: str) -> str:
    lines = text[: LONGEST * 2].replace("\r\n", "\n").replace("\r", "\n")
    spaces = lines.replace("\u00a0", " ").replace("\u202f", " ")
    return _CONTROLS.sub("", unicodedata.normalize("NFC", spaces)[:LONGEST])


def _gather(draft: Draft, pieces: Pieces) -> None:
    for phone in pieces.phones:
        if all((one.value, one.extension) != (phone.value, phone.extension) for one in draft.phones):
            draft.phones.append(phone)
    draft.emails += [address for address in pieces.emails if address not in draft.emails]
    draft.handles += [handle for handle in pieces.handles if handle not in draft.handles]
    draft.website = draft.website or (pieces.websites[0] if pieces.websites else "")
    draft.tax_number = draft.tax_number or pieces.tax_number
    draft.refused += pieces.refused


def _trimmed(text: str) -> str:
    text = _PICTURES.sub(" ", _EMPTY_BRACKETS.sub(" ", text))
    return " ".join(text.split()).strip(" ,;:|/•·–—-<>*_=")


def _labelled(draft: Draft, name: str, value: str) -> None:
    """A chunk that says itself what it is; phones, addresses and links are out of it already."""
    if not value or (name in ("phone", "email", "website", "tax_number", "telegram") and is_junk(value)):
        return
    if name == "name" and not draft.named:
        draft.set_name(split_name(value))
    elif name in ("first", "last", "patronymic", "company", "title") and not getattr(draft, name):
        setattr(draft, name, value)
    elif name == "city" and not draft.city:
        draft.city = city_of(value) or value
    elif name in ("phone", "email", "website", "tax_number", "telegram"):
        return
    else:
        draft.city = draft.city or (city_of(value) if name == "address" else "")
        draft.note = f"{draft.note}\n{value}".strip()
