"""What of a text carries over to wording never seen: what its words mean, stems, neighbours, pieces of words, and which
of the word lists speak.

    features("Не пишите нам") -> {"Мsend…", "1пиш", "2не пиш", "!пиш", "<пиш", …}

The first character says of which kind a feature is.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from itertools import combinations, pairwise

from konveyer.domain.delivery.rules.phrases import plain, says

# Endings of inflection, Russian, English and German at once; three letters are left at least.
_ENDINGS = re.compile(
    r"(?<=...)(?:ировать|овани[еяюм]|[иыа]вайте|[уа]ющ(?:ий|ая|ие|их)|[иы]?вать|ност[ьи]ю?|[аяеуий]+те(?:сь)?|ьтесь|"
    r"[аяи]ться|[аяу]ется|ил(?:ся|ись)|ал(?:ась|ось)|енн(?:ый|ая|ое|ых|ые)|остью?|ости|[ияа]ми|[еои]го|[еои]му|[ыи]ми|ешь|[аиея]л[аио]|"
    r"[аяиеу]ть|[аяуе]ет|[аяую]ют|[аяуеыио]й|[аяое][яе]|[ыи][ех]|[ую]ю|[ое]в|[оеаяиы]м|[ая]х|и[яюие]|[еиуюая]т|[аи]л|ся|ть|[аяоеыиуюьй]|"
    r"ations?|ings?|ingly|edly|ies|ied|ers|ed|es|ly|'?s|ung(?:en)?|lich|isch|ten|e[rmn]|est|[ts]?te|st|[ent])$"
)
_DENIALS = frozenset(["не", "нет", "ни", "без", "нельзя", "незачем", "no", "not", "don't", "dont", "never", "without", "cannot", "can't", "won't", "didn't", "doesn't", "isn't", "aren't", "haven't", "kein", "keine", "keinen", "keiner", "nicht", "nie", "ne", "nyet", "net"])  # fmt: skip
_LISTS = (
    "opt_out", "opt_out_not", "opt_out_weak", "anger", "refusal", "interested", "interested_not", "later", "later_not", "later_weak",
    "referral", "referral_not", "referral_named", "referral_weak", "referral_handed", "absence", "absence_sure", "absence_weak",
    "absence_formal", "left", "left_sure", "acknowledged", "acknowledged_sure", "automatic_text", "personal", "past", "greeting",
    "but", "address_changed",
)  # fmt: skip
WEIGHTS = {"R": 2.5, "M": 1.2, "2": 0.8, "3": 0.6, "<": 0.35}  # of a kind beside the others, which have 1
REACH = 3  # words behind a denial that are read as denied
LONGEST_WORD = 24
RUNS = (3, 4, 5)  # characters of the pieces of a word


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The word without its ending of inflection; every number is the same."""
    if word[0].isdigit():
        return "#"
    return _ENDINGS.sub("", word) if len(word) > 3 else word


@lru_cache(maxsize=20_000)
def pieces(word: str) -> tuple[str, ...]:
    """Its runs of characters, its ends marked."""
    marked = f"<{word[:LONGEST_WORD]}>"
    return tuple({f"<{marked[at : at + size]}" for size in RUNS for at in range(len(marked) - size + 1)})


@lru_cache(maxsize=1)
def _meanings() -> dict[str, tuple[str, ...]]:
    """Beginnings of words, or with «=» whole words → what they mean."""
    file = files("konveyer.domain.delivery.rules") / "examples" / "meanings.toml"
    found: dict[str, tuple[str, ...]] = {}
    for meaning, words in tomllib.loads(file.read_text("utf-8")).items():
        for word in words.replace("ё", "е").split():
            found[word] = (*found.get(word, ()), meaning)
    return found


@lru_cache(maxsize=20_000)
def meanings(word: str) -> tuple[str, ...]:
    """What the word means, by the longest beginning that is known."""
    known = _meanings()
    beginnings = (word[:size] for size in range(len(word), 1, -1))
    return known.get(f"={word}") or next((known[one] for one in beginnings if one in known), ())


def features(text: str) -> set[str]:
    """Of a text as it was written, each once."""
    said = plain(text)
    found = {f"R{name}" for name in _LISTS if says(name, said)}
    found.update(f"_{sign}" for sign in "?@!" if sign in text)
    found.add(f"_long{min(6, len(said.split()).bit_length())}")
    for one in said.split(" . "):
        words = one.strip(" .").split()
        if words:
            found.update(_of_words(words))
            found.update(_of_meanings(_meant(words)))
    return found


def _of_words(words: list[str]) -> Iterable[str]:
    stems = ["^", *map(stem, words), "$"]
    yield from (f"1{one}" for one in stems[1:-1])
    yield from (f"2{one} {two}" for one, two in pairwise(stems))
    yield from (f"3{one} {two}" for one, two in zip(stems, stems[2:], strict=False))
    denied = 0
    for word, one in zip(words, stems[1:], strict=False):
        denied = REACH if word in _DENIALS else denied - 1
        if 0 <= denied < REACH:
            yield f"!{one}"
        yield from pieces(word)


def _meant(words: list[str]) -> list[tuple[str, ...]]:
    """What each word means that means anything; a minus before what is denied."""
    found: list[tuple[str, ...]] = []
    denied = 0
    for word in words:
        denied -= 1
        if word in _DENIALS:
            denied = REACH
            found.append(("no",))
        elif meant := meanings(word):
            found.append(tuple(f"-{one}" for one in meant) if denied >= 0 else meant)
    return found


def _of_meanings(meant: list[tuple[str, ...]]) -> Iterable[str]:
    every = dict.fromkeys(one for several in meant for one in several)
    yield from (f"M{one}" for one in every)
    yield from (f"P{one}~{two}" for one, two in combinations([one for one in every if one != "no"], 2))
    yield from (f"Q{one} {two}" for first, second in pairwise(meant) for one in first for two in second)
    yield from (f"T{a[0]} {b[0]} {c[0]}" for a, b, c in zip(meant, meant[1:], meant[2:], strict=False))
