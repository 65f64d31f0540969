"""Phrases as data, and text in the form in which they are looked for.

    plain("Не пишите мне, пожалуйста!") -> " не пишите мне пожалуйста . "
    Phrases(["не пиш* ~ [больше|(мне|нам)]"]).first(plain_text)

A pattern is words apart by spaces: `stem*` any ending, `*stem` any beginning, `(a|b c)` either, `[a|b]` either or
nothing, `~` up to three words between, `~~` up to eight, `^` the beginning of a sentence, `$` its end, `#` a number, `@` an
e-mail address. Gaps never reach over the end of a sentence. Search is linear: every gap has a bound.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.resources import files

LONGEST = 40_000  # characters of one text that are looked through

_TOKEN = re.compile(
    r"(?P<mail>[^\s@<>(),;]{1,128}@[^\s@<>(),;]{1,255})|(?P<url>(?:https?://|www\.)\S+)|"
    r"(?P<word>\d+(?:[.,:/]\d+)+|[^\W_]+(?:['’ʼ-][^\W_]+)*)|(?P<end>[.!?;…]+|\n[ \t]*\n|\n\s*[-*•]\s)"
)
_PIECE = re.compile(r"[()\[\]|]|[^\s()\[\]|]+")
_SIGNS = {"~": "(?:[^ .]+ ){0,3}", "~~": "(?:[^ .]+ ){0,8}", "^": r"(?<=\. )", "$": r"(?=\. )", "#": r"[\d.,:/]+ ", "@": "@ ", ".": r"\. "}  # fmt: skip
_GROUPS = {"(": "(?:", "[": "(?:", ")": ")", "]": ")?", "|": "|"}


def plain(text: str) -> str:
    """Small letters, ё as е, words apart by single spaces, « . » where a sentence ends; « . » in front and behind."""
    words = [" ."]
    for found in _TOKEN.finditer(text[:LONGEST]):
        if found.lastgroup == "mail":
            words.append("@")
        elif found.lastgroup == "url":
            words.append("url")
        elif found.lastgroup == "word":
            words.append(found[0].lower().replace("ё", "е").replace("’", "'").replace("ʼ", "'"))
        elif words[-1].strip() != ".":
            words.append(".")
    if words[-1].strip() != ".":
        words.append(".")
    return " ".join(words) + " "


def expression(pattern: str) -> str:
    """The pattern as a regular expression over plain text; every word takes the space behind it."""
    made = []
    for piece in _PIECE.findall(pattern.lower().replace("ё", "е")):
        if piece in _GROUPS or piece in _SIGNS:
            made.append(_GROUPS.get(piece) or _SIGNS[piece])
            continue
        front, back = piece.startswith("*"), piece.endswith("*")
        word = re.escape(piece.strip("*"))
        made.append(("[^ .]*" if front else "") + word + ("[^ .]*" if back else "") + " ")
    return "".join(made)


class Phrases:
    """Patterns of one meaning."""

    def __init__(self, patterns: Iterable[str]) -> None:
        listed = list(patterns)
        self._all = re.compile(r"(?<= )(?:" + "|".join(map(expression, listed)) + ")") if listed else None

    def first(self, text: str) -> str:
        """The first place that matches, as it stands in the plain text; '' where there is none."""
        found = self._all.search(text) if self._all else None
        return found[0].strip() if found else ""

    def each(self, text: str) -> Iterator[re.Match[str]]:
        """Every place, one after another."""
        return self._all.finditer(text) if self._all else iter(())

    def without(self, text: str) -> str:
        """The text with every such place taken out."""
        return self._all.sub("", text) if self._all else text


@lru_cache(maxsize=1)
def _lexicon() -> dict[str, list[str]]:
    """All languages in one: a letter does not say which it is in, and often it is two."""
    gathered: dict[str, list[str]] = {}
    folder = files("konveyer.domain.delivery.rules") / "words"
    for file in sorted(folder.iterdir(), key=lambda one: one.name):
        if file.name.endswith(".toml"):
            for name, patterns in tomllib.loads(file.read_text("utf-8")).items():
                gathered.setdefault(name, []).extend(patterns)
    return gathered


@lru_cache(maxsize=200)
def phrases(name: str) -> Phrases:
    """The patterns of this name in every language."""
    return Phrases(_lexicon().get(name, ()))


def says(name: str, text: str) -> bool:
    """Whether the plain text says it."""
    return bool(phrases(name).first(text))
