"""A pasted text cut into chunks: cells of a row, lines of a signature, labelled lines, properties of a vCard.

chunks_of(text) -> (chunks, rows that were not taken)
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class Chunk:
    """`field`: what a label says it is, '' without one. `cell`: of a table. `alone`: nothing else was pasted."""

    text: str
    field: str = ""
    cell: bool = False
    alone: bool = False


_FIELDS = (
    ("tax_number", r"инн|огрн|vat(?: number| id)?"),
    ("patronymic", r"отчество|middle name|patronymic"),
    ("last", r"фамилия|last name|surname|family name"),
    ("first", r"first name|given name"),
    (
        "phone",
        r"(?:моб\w*|раб\w*|сот\w*|контактный )?\.?\s?тел(?:ефон)?\w*|моб\w*|phone(?: number)?|mobile(?: phone)?|tel|cell|whats\s?app|вотсап|факс|fax",
    ),
    ("email", r"e-?mail|эл\.?\s?(?:почта|адрес)|электронная почта|почта|имейл|адрес эл\.? почты"),
    (
        "company",
        r"(?:название )?компани[яи]|организация|фирма|предприятие|юр\.?\s?лицо|место работы|company(?: name)?|organi[sz]ation|employer|account",
    ),
    ("title", r"должность|позиция|job title|position|title|role"),
    ("website", r"сайт|веб-?сайт|www|web(?:site)?|site|url|homepage"),
    ("city", r"город|city|town|населенный пункт"),
    ("address", r"(?:юр\w*\.? |почтовый |факт\w*\.? )?адрес|address|location|офис"),
    ("telegram", r"telegram|телеграм+|тг|tg"),
    (
        "note",
        r"комментарий|примечание|сообщение|вопрос|заметка|источник|дата|сумма|бюджет|тема|comment|note|message|source|subject|budget|date|sent|кому|to|копия|cc|дата отправки",
    ),
    (
        "name",
        r"ф\.?\s?и\.?\s?о\.?|полное имя|имя(?: клиента| и фамилия)?|контакт(?:ное лицо)?|клиент|заказчик|ваше имя|name|full name|contact(?: person| name)?|client|от(?: кого)?|from",
    ),
)
_LABELS = tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in _FIELDS)
_LABELLED = re.compile(r"^\s*[*•\-]?\s*([^\W\d_][\w .\-]{0,28}?)\s*(?::|=|\s[–—-]\s)\s*(\S.*)$")
_VCARD = re.compile(
    r"^(?:item\d+\.)?(FN|N|ORG|TITLE|TEL|EMAIL|URL|ADR|NOTE|ROLE)((?:;[^:]*)?):(.*)$", re.IGNORECASE
)
_VCARD_FIELDS = {
    "FN": "name", "ORG": "company", "TITLE": "title", "ROLE": "title", "TEL": "phone", "EMAIL": "email",
    "URL": "website", "ADR": "address", "NOTE": "note",
}  # fmt: skip
_JUNK = re.compile(
    r"(?:с (?:наилучшими |добрыми )?(?:уважением|пожеланиями)|с наилучшими|искренне ваш\w*|всего доброго|хорошего дня"
    r"|добрый (?:день|вечер)|доброе утро|здравствуйте|спасибо|отправлено (?:с|из) .{1,40}|заранее спасибо"
    r"|(?:best|kind|warm|many)?\s?regards|best wishes|best|sincerely(?: yours)?|cheers|thanks|thank you|many thanks|hi|hello"
    r"|yours (?:truly|sincerely|faithfully)|sent from my .{1,40}|get outlook for .{1,20}|mit freundlichen grüßen|тел|телефон|моб"
    r"|e-?mail|mail|почта|сайт|web|phone|tel|mobile|fax|факс|www|skype|whatsapp|telegram|адрес|контакты|contacts?|instagram"
    r"|linkedin|facebook|viber|m|t|e|w|p|f|a|т|м|ф)[\s.,!:;)/\\&и+]*",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s+[|•·/]\s+|\s*[|•·]\s*|;\s+|\s{3,}")
_MOST = 60


def chunks_of(text: str) -> tuple[list[Chunk], int]:
    """The chunks in their order; greetings and bare labels are left out."""
    lines = [line for line in text.split("\n") if line.strip()][:_MOST]
    if not lines:
        return [], 0
    if lines[0].strip().upper() == "BEGIN:VCARD":
        return _of_vcard(lines), 0
    if "\t" in lines[0].strip():
        return _of_table(text)
    chunks = [chunk for line in lines for chunk in _of_line(line)]
    return [chunk for chunk in chunks if not is_junk(chunk.text)], 0


def is_junk(text: str) -> bool:
    """A greeting, a closing formula, a label that nothing follows."""
    return bool(_JUNK.fullmatch(text))


def _of_line(line: str) -> list[Chunk]:
    labelled = _label(line)
    if labelled:
        return [labelled]
    parts = [part.strip() for part in _BETWEEN.split(line) if part.strip()]
    return [_label(part) or Chunk(part) for part in parts]


def _label(line: str) -> Chunk | None:
    found = _LABELLED.match(line)
    if not found:
        return None
    name = field_of(found[1])
    # «Моб.: …» is taken with its label, which says which kind of phone it is
    return (
        Chunk(line.strip() if name in ("phone", "telegram", "tax_number") else found[2].strip(), name)
        if name
        else None
    )


def field_of(label: str) -> str:
    """The field that a label or a heading names: name, phone, email …; '' for any other words."""
    plain = " ".join(label.replace("ё", "е").split()).strip(" .:*#№")
    for name, pattern in _LABELS:
        if pattern.fullmatch(plain):
            return name
    return ""


def _of_table(text: str) -> tuple[list[Chunk], int]:
    """A row copied from a spreadsheet, or a row below its headings."""
    rows = [_cells(line) for line in _rows(text)][:1000]
    headings = [field_of(cell) for cell in rows[0]]
    if len(rows) > 1 and sum(map(bool, headings)) * 2 >= len([cell for cell in rows[0] if cell]):
        pairs = zip(rows[1], [*headings, *[""] * len(rows[1])], strict=False)
        keep = {"phone", "telegram", "email", "tax_number"}
        chunks = [
            Chunk(f"ИНН {cell}" if name == "tax_number" else cell, name, cell=name not in keep)
            for cell, name in pairs
            if cell
        ]
        return chunks, len(rows) - 2
    return [Chunk(cell, cell=True) for cell in rows[0] if cell], len(rows) - 1


def _rows(text: str) -> list[str]:
    """Lines of the table; a cell of several lines stands in quotes."""
    rows: list[str] = []
    for line in text.split("\n"):
        if rows and rows[-1].count('"') % 2 and len(rows[-1]) < 4000:
            rows[-1] += " " + line
        elif line.strip():
            rows.append(line)
    return rows


def _cells(line: str) -> list[str]:
    cells = []
    for cell in line.split("\t"):
        plain = cell.strip()
        if len(plain) > 1 and plain[0] == plain[-1] == '"':
            plain = plain[1:-1].replace('""', '"').strip()
        cells.append(plain)
    return cells


def _of_vcard(lines: list[str]) -> list[Chunk]:
    chunks = []
    for line in lines:
        found = _VCARD.match(line.strip())
        if not found or found[1].upper() == "N":
            continue
        value = re.sub(r"\\([,;])", r"\1", found[3]).strip()
        if found[1].upper() in ("ADR", "ORG"):
            value = ", ".join(part.strip() for part in value.split(";") if part.strip())
        name = _VCARD_FIELDS[found[1].upper()]
        mobile = "моб. " if name == "phone" and "CELL" in found[2].upper() else ""
        chunks.append(Chunk(mobile + value, name))
    return chunks
