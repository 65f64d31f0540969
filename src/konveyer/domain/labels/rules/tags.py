"""Names and colours of tags."""

from collections.abc import Iterable

COLORS = ("gray", "red", "orange", "yellow", "green", "teal", "blue", "violet")
KINDS = ("company", "contact", "lead")
LONGEST = 60
MOST = 30  # tags on one record


def name_of(text: str) -> str:
    """The name as it is kept: on one line, without a leading number sign or signs that cannot be seen."""
    seen = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(seen.split()).lstrip("#").strip()


def key_of(text: str) -> str:
    """What two spellings of one tag have in common: "VIP" and "vip", "Ёлка" and "елка"."""
    return name_of(text).casefold().replace("ё", "е")


def names_in(text: str) -> list[str]:
    """Names out of a cell or a line: "expo, VIP; repeat" are three. Each once, in order."""
    parts = text.replace(";", ",").replace("\n", ",").split(",")
    return once(name_of(part) for part in parts)


def once(names: Iterable[str]) -> list[str]:
    """Every tag once, as it was spelt first; empty ones are left out."""
    met: dict[str, str] = {}
    for name in names:
        if key_of(name):
            met.setdefault(key_of(name), name)
    return list(met.values())


def wrong_in(name: str) -> str:
    """Why this cannot be the name of a tag: "empty", "too_long", "separator"; "" when it can."""
    if not key_of(name):
        return "empty"
    if len(name) > LONGEST or len(key_of(name)) > LONGEST:
        return "too_long"
    return "separator" if any(sign in name for sign in ",;") else ""
