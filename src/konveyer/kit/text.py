"""Text as people sort and look for it.

sort_key("  Ёлкин  Пётр ") -> "елкин петр"
search_words("Ёлкин, ООО «Ель-1»") -> ("елкин", "ооо", "ель", "1")
"""

import re
import unicodedata

_SPACES = re.compile(r"\s+")
_WORDS = re.compile(r"[^\W_]+")


def sort_key(text: str) -> str:
    """The stored key for sorting and searching: NFC, lower case, ё as е, single spaces."""
    plain = unicodedata.normalize("NFC", text).casefold().replace("ё", "е")
    return _SPACES.sub(" ", plain).strip()


def search_words(text: str) -> tuple[str, ...]:
    """Words of the text in the form of `sort_key`, each once, in their order; signs part words."""
    return tuple(dict.fromkeys(_WORDS.findall(sort_key(text))))
