"""Bytes of a letter → text, whatever charset they claim. Never fails, never loses more than single letters."""

from __future__ import annotations

import codecs
import re

from konveyer.adapters.tables.encoding import likeness_of_words, one_byte_encoding

_SAMPLE = 24 * 1024
_SAME = {
    "unknown-8bit": "", "x-unknown": "", "unknown": "", "default": "", "8bit": "", "binary": "", "us-ascii": "", "ascii": "",
    "cp-1251": "cp1251", "win-1251": "cp1251", "windows1251": "cp1251", "x-cp1251": "cp1251", "koi8": "koi8-r", "koi-8": "koi8-r",
    "utf8mb4": "utf-8", "unicode-1-1-utf-8": "utf-8", "x-mac-cyrillic": "mac-cyrillic", "x-sjis": "shift_jis",
    "ks_c_5601-1987": "cp949", "gb2312": "gb18030", "gbk": "gb18030", "iso-8859-8-i": "iso-8859-8", "x-gbk": "gb18030",
    "iso-8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "iso8859-1": "cp1252", "cp-850": "cp850",
}  # fmt: skip
_ONE_BYTE = frozenset(
    {"cp1251", "cp1252", "koi8-r", "koi8-u", "iso8859-5", "cp866", "iso8859-1", "mac-cyrillic"}
)
_TEXTUAL = re.compile(r"[\w.:+-]{1,40}")


def decode(raw: bytes, claimed: str = "") -> str:
    """The text. A claim is believed where the bytes agree with it."""
    name = codec(claimed)
    if raw.isascii() and not name.startswith(("iso2022", "utf-16", "utf-7", "hz")):
        return raw.decode("ascii")
    if name and name not in _ONE_BYTE:
        text = _strictly(raw, name)
        if text is not None:
            return text
    utf = _strictly(raw, "utf-8")
    if utf is not None:
        return utf
    if _mostly_utf8(raw, name):
        return raw.decode("utf-8", "replace")
    return raw.decode(_by_its_letters(raw, name), "replace")


def codec(claimed: str) -> str:
    """Python's name of the charset, '' where nobody knows it."""
    name = claimed.strip().strip("\"'").lower()
    name = _SAME.get(name, name)
    if not name or not _TEXTUAL.fullmatch(name):
        return ""
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):
        return ""
    return found.name if getattr(found, "_is_text_encoding", True) else ""


def _strictly(raw: bytes, name: str) -> str | None:
    try:
        return raw.decode(name)
    except (UnicodeError, ValueError):
        return None


def _mostly_utf8(raw: bytes, name: str) -> bool:
    """UTF-8 that was cut or damaged somewhere: a bad byte here and there."""
    sample = raw[:_SAMPLE]
    lost = sample.decode("utf-8", "replace").count("\ufffd")
    high = sum(byte > 127 for byte in sample)
    return lost * (8 if name == "utf-8" else 20) <= high


def _by_its_letters(raw: bytes, name: str) -> str:
    sample = raw[:_SAMPLE]
    guessed = one_byte_encoding(sample)
    said = name if name in _ONE_BYTE else "cp1252"
    mine, other = (likeness_of_words(sample.decode(one, "replace")) for one in (said, guessed))
    # cp1252 stands for «we were never told»: it is weighed against the text itself, as is every other claim
    return guessed if other > max(mine, 0) * 1.5 + 2 or (mine <= 0 < other) else said
