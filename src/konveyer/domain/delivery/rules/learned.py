"""What an answer means, learned from examples: a logistic regression over `features`, its weights counted beforehand.

    meaning("Мы такого не заказываем") -> {"refusal": 0.8, "human": 0.1, …}

`examples/*.tsv` hold the examples, one a line: label, tab, text, « / » for a line break; `tools/learn.py` makes
`examples/weights.txt` of them. Whoever finds an answer misread adds a line and runs it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.resources import files

from konveyer.domain.delivery.rules.features import WEIGHTS, features

LABELS = ("opt_out", "refusal", "later", "interested", "referral", "human", "absence", "left_company", "auto_reply")  # fmt: skip
COLUMNS = (
    *LABELS,
    "silence",
)  # of a row of weights; the last: whether no more mail is wanted, whatever else is said
STEP = 20  # weights are whole numbers of this part of one
MOST = 12  # sentences of a text that are asked alone
LONGEST = 6_000  # characters of a text that are asked
_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+")

Weights = dict[str, tuple[int, ...]]


def meaning(text: str) -> dict[str, float]:
    """How likely each label is for a text as it was written; they sum up to 1."""
    return _shares(_sums(weights(), features(text[:LONGEST])))


@lru_cache(maxsize=16)
def silence(text: str) -> float:
    """How likely somebody asks in it to get no more mail: the text as a whole, and the sentence that asks the most."""
    sums = [_sums(weights(), features(one)) for one in windows(text[:LONGEST])]
    asked = [_logistic(one[-1]) for one in sums]
    return (math.sqrt(asked[0] * max(asked)) + _shares(sums[0])["opt_out"]) / 2


def windows(text: str) -> list[str]:
    """The text as a whole and, where there are several, its sentences: of a long one those of both ends."""
    several = [one for one in _SENTENCE.split(text) if one.strip()]
    if len(several) > MOST:
        several = several[: MOST // 2] + several[-MOST // 2 :]
    return [text, *(several if len(several) > 1 else ())]


def _shares(sums: list[float]) -> dict[str, float]:
    top = max(sums[: len(LABELS)])
    powers = [math.exp(one - top) for one in sums[: len(LABELS)]]
    whole = sum(powers)
    return {label: one / whole for label, one in zip(LABELS, powers, strict=True)}


def _logistic(value: float) -> float:
    return 1 / (1 + math.exp(-value))


def _sums(known: Weights, found: Iterable[str]) -> list[float]:
    spoken = [(WEIGHTS.get(one[0], 1.0), row) for one in found if (row := known.get(one))]
    length = STEP * (math.sqrt(math.fsum(by * by for by, _ in spoken)) or 1.0)
    rows = [[by / length * one for one in row] for by, row in spoken]
    rows.append([one / STEP for one in known.get("", [0] * len(COLUMNS))])
    return [math.fsum(column) for column in zip(*rows, strict=True)]


def read(kind: str) -> Iterator[list[str]]:
    """Lines of the files whose name ends so, each in its fields."""
    folder = files("konveyer.domain.delivery.rules") / "examples"
    for file in sorted(folder.iterdir(), key=lambda one: one.name):
        if re.fullmatch(kind, file.name):
            yield from (line.split("\t") for line in file.read_text("utf-8").splitlines() if line)


def examples() -> list[tuple[str, str]]:
    """Every example of every language: label and text, in one order whatever theirs is."""
    return sorted({(label, text.replace(" / ", "\n")) for label, text in read(r".+\.tsv")})


@lru_cache(maxsize=1)
def weights() -> Weights:
    """What the examples taught: feature → its weight for each column; "" → what each has without any."""
    return {feature: tuple(map(int, row)) for feature, *row in read(r"weights\.txt") if feature != "#"}
