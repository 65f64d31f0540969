"""Words about imports: what a guess rests on, states, records, fields."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from konveyer.domain.imports.rules.presets import BY_CODE as PRESETS
from konveyer.domain.imports.rules.targets import Targets
from konveyer.domain.imports.rules.unclear import Unclear
from konveyer.domain.imports.rules.wording import mapping_words
from konveyer.kit.formats import number
from konveyer.web.kit.tags.numbers import language

ENCODINGS = {
    "utf-8": "UTF-8", "utf-8-sig": "UTF-8", "utf-16": "UTF-16", "utf-16-le": "UTF-16 LE", "utf-16-be": "UTF-16 BE",
    "utf-32": "UTF-32", "cp1251": "Windows-1251", "koi8-r": "KOI8-R", "cp866": "CP866, DOS",
    "mac_cyrillic": "Mac Cyrillic", "iso8859_5": "ISO 8859-5", "cp1252": "Windows-1252", "latin-1": "Latin-1",
}  # fmt: skip
OFFERED = ("utf-8", "cp1251", "utf-16", "koi8-r", "cp866", "mac_cyrillic", "cp1252")
DELIMITERS = {
    ";": gettext_lazy("semicolon"), ",": gettext_lazy("comma"), "\t": gettext_lazy("tab"), "|": gettext_lazy("vertical bar"),
    "": gettext_lazy("none, one column"),
}  # fmt: skip
DATES = {
    "dmy": gettext_lazy("day.month.year"),
    "mdy": gettext_lazy("month/day/year"),
    "ymd": gettext_lazy("year-month-day"),
}
DECIMALS = {",": gettext_lazy("comma: 1,5"), ".": gettext_lazy("point: 1.5")}
STATES = {
    "draft": pgettext_lazy("import", "not written yet"),
    "running": pgettext_lazy("import", "being written"),
    "done": pgettext_lazy("import", "written"),
    "stopped": pgettext_lazy("import", "broken off"),
    "undone": pgettext_lazy("import", "taken back"),
}
KINDS = {"draft": "act", "running": "act", "done": "good", "stopped": "bad", "undone": ""}
MAINS = {
    "contact": gettext_lazy("people and companies"),
    "lead": gettext_lazy("leads"),
    "deal": gettext_lazy("deals"),
}
GROUPS = {
    "company": gettext_lazy("Company"),
    "contact": gettext_lazy("Person"),
    "lead": gettext_lazy("Lead"),
    "deal": gettext_lazy("Deal"),
}
LISTS = {"contact": "contacts", "lead": "leads", "deal": "deals"}
PLACES = {"company": "company", "contact": "contact", "lead": "lead", "member": "setup-member"}
Said = Callable[[Mapping[str, Any]], str]


def evidence(reading: Mapping[str, Any]) -> dict[str, str]:
    """What each part of the guess rests on: encoding, delimiter, header, dates, decimal → a sentence."""
    found: dict[str, str] = {}
    for code, params in reading.get("evidence", ()):
        part = code.partition(".")[0]
        words = _EVIDENCE.get(code)
        if words:
            said = words(params)
            found[part] = f"{found[part]} {said}" if part in found else said
    return found


def _n(value: Any) -> str:
    return number(value, language())


def _dates_agree(p: Mapping[str, Any]) -> str:
    if not p["decisive"]:
        return _("every date says so itself")
    return ngettext(
        "{number} date fits this order only", "{number} dates fit this order only", p["decisive"]
    ).format(number=_n(p["decisive"]))


_EVIDENCE: dict[str, Said] = {
    "encoding.mark": lambda p: _("the file says so in its first bytes"),
    "encoding.zero_bytes": lambda p: _("every second byte is zero"),
    "encoding.utf8": lambda p: ngettext(
        "{number} letter in several bytes, all of them whole", "{number} letters in several bytes, all of them whole", p["characters"]
    ).format(number=_n(p["characters"])),
    "encoding.ascii": lambda p: _("Latin letters only: any encoding fits"),
    "encoding.utf8_damaged": lambda p: ngettext(
        "{number} place is damaged", "{number} places are damaged", p["bad"]
    ).format(number=_n(p["bad"])),
    "encoding.letters": lambda p: _("with it the letters make Russian words"),
    "encoding.mixed": lambda p: _("some rows are in another one; each is read by itself"),
    "encoding.chosen": lambda p: _("chosen by you"),
    "delimiter.declared": lambda p: _("the file names it in its first line"),
    "delimiter.agree": lambda p: ngettext(
        "{number} column in every row looked at", "{number} columns in every row looked at", p["columns"]
    ).format(number=_n(p["columns"])),
    "delimiter.none": lambda p: _("no sign divides the rows evenly"),
    "delimiter.chosen": lambda p: _("chosen by you"),
    "header.found": lambda p: _("names above, data below"),
    "header.none": lambda p: _("the first row is data already"),
    "header.chosen": lambda p: _("chosen by you"),
    "dates.decided": _dates_agree,
    "dates.undecided": lambda p: _("no date tells day from month: please look"),
    "dates.conflict": lambda p: ngettext(
        "{number} date speaks against it: please look", "{number} dates speak against it: please look", p["against"]
    ).format(number=_n(p["against"])),
    "dates.chosen": lambda p: _("chosen by you"),
    "decimal.seen": lambda p: _("seen in the sums: {comma} with a comma, {point} with a point").format(
        comma=_n(p["comma"]), point=_n(p["point"])
    ),
    "decimal.chosen": lambda p: _("chosen by you"),
    "format.xlsx": lambda p: _("of the sheets in the file"),
    "marked": lambda p: _("the file was written by Konveyer"),
}  # fmt: skip
DOUBTFUL = frozenset(
    {"dates.undecided", "dates.conflict", "encoding.utf8_damaged", "encoding.mixed", "delimiter.none"}
)


def unclear_words(unclear: Unclear, targets: Targets) -> str:
    """Why the mapping cannot be run, with fields called as on the screen."""
    params = dict(unclear.params)
    known = targets.of(str(params.get("field", "")))
    if known:
        params["field"] = str(known.label)
    if unclear.code == "nothing_mapped":
        return _("No column has a place yet. Say at least where one of them goes.")
    return mapping_words(unclear.code, params)


def record_counts(records: Mapping[str, Mapping[str, int]], action: str) -> list[str]:
    """["1 106 companies", …] of what was created or changed, what hangs on others last."""
    forms: dict[str, Callable[[int], str]] = {
        "lead": lambda n: ngettext("{n} lead", "{n} leads", n),
        "company": lambda n: ngettext("{n} company", "{n} companies", n),
        "contact": lambda n: ngettext("{n} person", "{n} people", n),
        "deal": lambda n: ngettext("{n} deal", "{n} deals", n),
        "note": lambda n: ngettext("{n} note", "{n} notes", n),
        "tag": lambda n: ngettext("{n} tag", "{n} tags", n),
        "member": lambda n: ngettext("{n} member known by name", "{n} members known by name", n),
        "origin": lambda n: ngettext("{n} source", "{n} sources", n),
        "entry_page": lambda n: ngettext("{n} entry page", "{n} entry pages", n),
        "employment": lambda n: ngettext("{n} place of work", "{n} places of work", n),
        "point_use": lambda n: ngettext("{n} phone or address", "{n} phones and addresses", n),
        "field_value": lambda n: ngettext("{n} value of a field", "{n} values of fields", n),
        "tag_use": lambda n: ngettext("{n} tag on a record", "{n} tags on records", n),
    }
    return [
        words(records[table][action]).format(n=_n(records[table][action]))
        for table, words in forms.items()
        if records.get(table, {}).get(action)
    ]


def totals(records: Mapping[str, int]) -> list[str]:
    """The same of plain counts by table."""
    return record_counts({table: {"n": number} for table, number in records.items()}, "n")


def record_word(table: str) -> str:
    """What kind of record, for a list of those that stay."""
    return {
        "lead": pgettext("record", "lead"), "deal": pgettext("record", "deal"), "company": pgettext("record", "company"),
        "contact": pgettext("record", "person"), "note": pgettext("record", "note"), "member": pgettext("record", "member"),
        "origin": _("source"), "entry_page": _("entry page"), "tag": pgettext("record", "tag"),
    }.get(table, table)  # fmt: skip


def preset_words(code: str) -> str:
    """The kind of list."""
    return str(PRESETS[code].title) if code in PRESETS else code


def stem(name: str) -> str:
    """A file's name without its ending."""
    return name.rpartition(".")[0] or name


def attachment(name: str) -> str:
    """Content-Disposition for a name in any letters."""
    return f"attachment; filename*=UTF-8''{quote(name, safe='')}"
