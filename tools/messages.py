"""Texts of the interface: gather them from the code, check their translations, compile the catalogues.

    python tools/messages.py gather    write locale/ru/missing.po with every text that no fragment translates
    python tools/messages.py check     fail when a text lacks its Russian, or a translation is damaged
    python tools/messages.py compile   put the fragments together into locale/*/LC_MESSAGES/django.mo

Russian is written by hand in src/konveyer/locale/ru/parts/*.po, one fragment an area, so that two people seldom edit one
file. English needs no translation: the msgids are English. Babel does the work; GNU gettext is not needed.
"""

import io
import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from babel.messages import Catalog, Message
from babel.messages.extract import extract, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "konveyer"
LOCALE = SOURCE / "locale"
PARTS = LOCALE / "ru" / "parts"
MISSING = LOCALE / "ru" / "missing.po"
ALLOWED = LOCALE / "untranslated.txt"

KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sdf]|%[sd]|(?<!\{)\{(\w*)\}")

Key = tuple[str | None, str]


def extract_template(fileobj: Any, keywords: Any, comment_tags: Any, options: Any) -> Iterator[Any]:
    """Texts of a Django template: Django turns it into Python-like text, Babel reads that."""
    from django.utils.translation.template import templatize

    code = "(" + templatize(fileobj.read().decode("utf-8")) + "\n)"
    yield from extract_python(io.BytesIO(code.encode("utf-8")), keywords, comment_tags, options)


def prepare_django() -> None:
    from django.conf import settings

    if not settings.configured:
        settings.configure(USE_I18N=False)


def sources() -> Iterator[tuple[Path, Any]]:
    for path in sorted(SOURCE.rglob("*.py")):
        if "migrations" not in path.parts:
            yield path, extract_python
    for ending in ("*.html", "*.txt"):
        for path in sorted(SOURCE.rglob(ending)):
            if "templates" in path.parts:
                yield path, extract_template


def gather() -> Catalog:
    """Every text of the code, with the places where it is said."""
    prepare_django()
    catalog = Catalog(locale="ru", project="Konveyer", charset="utf-8", fuzzy=False)
    for path, method in sources():
        name = str(path.relative_to(ROOT))
        with path.open("rb") as source:
            for line, message, _, context in extract(method, source, keywords=KEYWORDS):
                # {% trans "" %} of an empty string would be the header
                if (message if isinstance(message, str) else message[0]).strip():
                    catalog.add(message, locations=[(name, line)], context=context)
    return catalog


def fragments() -> dict[Path, Catalog]:
    read: dict[Path, Catalog] = {}
    for path in sorted(PARTS.glob("*.po")):
        with path.open("rb") as source:
            read[path] = read_po(source, locale="ru", abort_invalid=True)
    return read


def key(message: Message) -> Key:
    return message.context, message.id if isinstance(message.id, str) else message.id[0]


def translated(message: Message) -> bool:
    strings = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
    return bool(strings) and all(strings)


def merge(parts: dict[Path, Catalog]) -> tuple[Catalog, list[str]]:
    """One catalogue out of the fragments, and what they say against each other."""
    merged = Catalog(locale="ru", project="Konveyer", charset="utf-8", fuzzy=False)
    said: dict[Key, tuple[Path, Message]] = {}
    faults = []
    for path, catalog in parts.items():
        for message in catalog:
            if not message.id or not translated(message):
                continue
            before = said.get(key(message))
            if before is None:
                said[key(message)] = (path, message)
                merged.add(message.id, message.string, context=message.context)
                continue
            other, first = before
            if isinstance(first.id, str) != isinstance(message.id, str):
                faults.append(
                    f"{path.name} and {other.name}: “{key(message)[1]}” is plural in one and not in the other"
                )
            elif first.string != message.string:
                faults.append(
                    f"{path.name} and {other.name} disagree about “{key(message)[1]}”: {message.string!r}, {first.string!r};"
                    " agree on one, or tell the two apart by a context (pgettext)"
                )
    return merged, faults


def placeholders(text: str) -> list[str]:
    return sorted(match.group(0) for match in PLACEHOLDER.finditer(text))


def damage(message: Message) -> Iterator[str]:
    """What is wrong with one translation: forms missing, placeholders lost or invented."""
    plural = not isinstance(message.id, str)
    strings = list(message.string) if isinstance(message.string, (tuple, list)) else [message.string]
    if plural and len(strings) != 3:
        yield f"needs three forms (1 звонок, 2 звонка, 5 звонков), has {len(strings)}"
    if not all(strings):
        yield "has an empty form"
    wanted = {tuple(placeholders(one)) for one in ([message.id] if not plural else message.id)}
    for string in filter(None, strings):
        have = tuple(placeholders(string))
        # a form may leave the number out where the English singular does ("one call")
        fits = have in wanted or (plural and set(have) <= set().union(*wanted) and have in wanted)
        if not fits:
            yield f"has placeholders {list(have)}, the original {sorted(wanted, key=len)[-1]}"


def allowed() -> set[str]:
    if not ALLOWED.exists():
        return set()
    lines = ALLOWED.read_text(encoding="utf-8").splitlines()
    return {line.strip() for line in lines if line.strip() and not line.startswith("#")}


def untranslated(catalog: Catalog, merged: Catalog) -> Iterator[Message]:
    spared = allowed()
    known = {key(message): message for message in merged if message.id}
    for message in catalog:
        if not message.id or key(message)[1] in spared:
            continue
        found = known.get(key(message))
        if found is None or isinstance(found.id, str) != isinstance(message.id, str):
            yield message


def check() -> int:
    catalog, parts = gather(), fragments()
    merged, faults = merge(parts)
    for path, fragment in parts.items():
        for message in fragment:
            if message.id:
                faults += [f"{path.name}: “{key(message)[1]}” {fault}" for fault in damage(message)]
    lacking = list(untranslated(catalog, merged))
    for message in lacking:
        place, line = message.locations[0]
        faults.append(f"{place}:{line}: no Russian for “{key(message)[1]}”")
    for fault in faults:
        print(fault)
    used = {key(message) for message in catalog if message.id}
    idle: dict[str, int] = defaultdict(int)
    for path, fragment in parts.items():
        idle[path.name] += sum(1 for message in fragment if message.id and key(message) not in used)
    for name, count in idle.items():
        if count:
            print(f"note: {name} has {count} texts that the code no longer says")
    print(f"{len(used)} texts, {len(used) - len(lacking)} with Russian, {len(faults)} faults")
    return 1 if faults else 0


def compile_all() -> int:
    merged, faults = merge(fragments())
    for fault in faults:
        print(f"note: {fault}")
    sheets: Iterable[tuple[str, Catalog]] = (
        ("ru", merged),
        ("en", Catalog(locale="en", project="Konveyer", charset="utf-8", fuzzy=False)),
    )
    for language, catalog in sheets:
        target = LOCALE / language / "LC_MESSAGES" / "django.mo"
        target.parent.mkdir(parents=True, exist_ok=True)
        # Under a name of its own, then at once: a program that starts meanwhile reads the former or the new
        # one, never half of it, and two that compile side by side do not take each other's file away.
        with tempfile.NamedTemporaryFile(dir=target.parent, suffix=".new", delete=False) as out:
            write_mo(out, catalog)
        made = Path(out.name)
        made.chmod(0o644)
        made.replace(target)
    print(f"  {len(merged)} texts in Russian")
    return 0


def write_missing() -> int:
    catalog = gather()
    merged, _ = merge(fragments())
    lacking = list(untranslated(catalog, merged))
    if not lacking:
        MISSING.unlink(missing_ok=True)
        print("Every text has its Russian.")
        return 0
    sheet = Catalog(locale="ru", project="Konveyer", charset="utf-8", fuzzy=False)
    for message in lacking:
        sheet.add(message.id, locations=message.locations, context=message.context)
    with MISSING.open("wb") as out:
        write_po(out, sheet, width=0)
    print(
        f"{len(lacking)} texts lack their Russian: see {MISSING.relative_to(ROOT)}, move them to a fragment in parts/"
    )
    return 0


def main() -> int:
    acts = {"gather": write_missing, "check": check, "compile": compile_all}
    if len(sys.argv) != 2 or sys.argv[1] not in acts:
        print(__doc__)
        return 2
    return acts[sys.argv[1]]()


if __name__ == "__main__":
    sys.exit(main())
