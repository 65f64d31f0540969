"""One spelling for both alphabets: «Ромашка», "Romashka" and «Poмaшка» with Latin letters among them meet.

    latin("Щукин") -> "shchukin"       letters as they are written in the other alphabet
    skeleton("Технолоджи") == skeleton("Technology")   what is left when spelling habits are taken away
    likeness("romashka", "romashkа") -> 0…1            shared groups of three letters

The skeleton only brings candidates together; the likeness of the full spelling decides.
"""

from __future__ import annotations

import re
from functools import lru_cache

from konveyer.kit.text import sort_key

_LATIN = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i", "й": "y", "к": "k",
        "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh",
        "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya",
        "і": "i", "ї": "yi", "є": "ye", "ґ": "g", "ў": "u", "ä": "a", "ö": "o", "ü": "u", "ß": "ss", "é": "e", "è": "e",
    }
)  # fmt: skip
_HABITS = (("shch", "s"), ("sch", "s"), ("tch", "k"), ("ph", "f"), ("ck", "k"), ("ts", "k"), ("tz", "k"), ("dzh", "g"), ("x", "ks"), ("iy", "y"))  # fmt: skip
_ONE_FOR_ANOTHER = str.maketrans({"c": "k", "q": "k", "w": "v", "z": "s", "j": "g", "h": ""})
_VOWELS = str.maketrans(dict.fromkeys("aeiouy", ""))
_WORDS = re.compile(r"[^\W_]+")
_TWICE = re.compile(r"([^\W\d_])\1+")  # letters; numbers stay as they are
SHORTEST = 3  # letters of a skeleton that still say something


def latin(text: str) -> str:
    """Small Latin letters and digits, words apart by one space, in their order."""
    return " ".join(_WORDS.findall(sort_key(text).translate(_LATIN)))


@lru_cache(maxsize=20_000)
def _spelled(word: str) -> str:
    for habit, plain in _HABITS:
        word = word.replace(habit, plain)
    return _TWICE.sub(r"\1", word.translate(_ONE_FOR_ANOTHER))


def spelled(text: str) -> str:
    """Latin words in their order without habits of spelling: alfa for alpha, vektor for vector."""
    return " ".join(map(_spelled, latin(text).split()))


def skeleton(text: str) -> str:
    """Words without vowels and spelling habits, sorted. Where hardly anything is left, the vowels stay."""
    words = spelled(text).split()
    bones = " ".join(sorted(filter(None, (_TWICE.sub(r"\1", word.translate(_VOWELS)) for word in words))))
    return bones if len(bones) >= SHORTEST else " ".join(sorted(words))


def _threes(text: str) -> set[str]:
    return {
        word[at : at + 3] for word in (f"  {one} " for one in text.split()) for at in range(len(word) - 2)
    }


def likeness(one: str, other: str) -> float:
    """How much two spellings share, 0…1: common groups of three letters over all of them (as pg_trgm counts)."""
    if one == other:
        return 1.0
    mine, theirs = _threes(one), _threes(other)
    return len(mine & theirs) / len(mine | theirs) if mine and theirs else 0.0
