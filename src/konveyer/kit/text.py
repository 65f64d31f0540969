"""Text as people sort and look for it."""

import re
import unicodedata

_SPACES = re.compile(r"\s+")


def sort_key(text: str) -> str:
    """The stored key for sorting and searching: NFC, lower case, ё as е, single spaces."""
    plain = unicodedata.normalize("NFC", text).casefold().replace("ё", "е")
    return _SPACES.sub(" ", plain).strip()
