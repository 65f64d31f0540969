"""Learns the weights of `konveyer.domain.delivery.rules.learned` from its examples, and writes them beside these.

    PYTHONPATH=src python tools/learn.py

A logistic regression by stochastic descent, in one order of the examples whatever theirs is in the files.
"""

from __future__ import annotations

import hashlib
import math
import random
import sys
from collections import Counter
from functools import cache
from pathlib import Path

from konveyer.domain.delivery.rules.features import WEIGHTS
from konveyer.domain.delivery.rules.features import features as features_of
from konveyer.domain.delivery.rules.learned import LABELS, STEP, Weights, examples, windows

RULES = Path(__file__).parents[1] / "src/konveyer/domain/delivery/rules"
TARGET = RULES / "examples" / "weights.txt"
ROUNDS = 10
RATE = 4.0  # of the first round; less in each that follows
DECAY = 1e-4  # of a weight, each time it is met
SEEN = 2  # examples that a feature must be met in
LEAST = 10  # steps: a feature all of whose weights are less is left out
SENTENCE = 0.5  # of the weight of a whole example
SLOW, SMALL = 0.02, 0.002  # the rate of the shift; a deviation that changes nothing

Row = list[float]
Example = tuple[str, str]
Unit = tuple[str, int, float]  # text, what it is, its weight


def learn(examples: list[Example]) -> Weights:
    """The weights that these examples give."""
    known = [(text, LABELS.index(label)) for label, text in sorted(set(examples))]
    met = Counter(feature for text, _ in known for feature in found(text))
    features = sorted(one for one, count in met.items() if count >= SEEN)
    labels = descended([(text, label, 1.0) for text, label in known], features, len(LABELS))
    asking = [(text, int(label == 0), 1.0) for text, label in known]
    first = descended(asking, features, 2)
    asked = descended(
        asking + [one for text, label, _ in asking for one in _sentences(text, label, first)], features, 2
    )
    gathered = {}
    for one in ["", *features]:
        row = tuple(round(value * STEP) for value in (*labels[one], asked[one][1] - asked[one][0]))
        if not one or max(map(abs, row)) >= LEAST:
            gathered[one] = row
    return gathered


@cache
def found(text: str) -> tuple[str, ...]:
    """The features of a text, in one order."""
    return tuple(sorted(features_of(text)))


def _sentences(text: str, asks: int, known: dict[str, Row]) -> list[Unit]:
    """Of a text that asks for silence the sentence that does; of another one every sentence."""
    several = windows(text)[1:]
    if not asks or not several:
        return [(one, 0, SENTENCE) for one in several]
    return [(max(several, key=lambda one: _asks(one, known)), 1, SENTENCE)]


def _asks(text: str, known: dict[str, Row]) -> float:
    return sum(by * (row[1] - row[0]) for by, row in _scaled(text, known))


def descended(units: list[Unit], features: list[str], kinds: int) -> dict[str, Row]:
    """A row for each feature, and under "" the one without any."""
    rows: dict[str, Row] = {one: [0.0] * kinds for one in ["", *features]}
    known = [(kind, weight, _scaled(text, rows)) for text, kind, weight in units]
    chance = random.Random(0)
    for turn in range(ROUNDS):
        chance.shuffle(known)
        for kind, weight, spoken in known:
            _step(kind, spoken, rows[""], weight, RATE / (1 + turn / 2))
    return rows


def _scaled(text: str, rows: dict[str, Row]) -> list[tuple[float, Row]]:
    spoken = [(WEIGHTS.get(one[0], 1.0), rows[one]) for one in found(text) if one in rows]
    length = math.sqrt(math.fsum(by * by for by, _ in spoken)) or 1.0
    return [(by / length, row) for by, row in spoken]


def _step(kind: int, spoken: list[tuple[float, Row]], shift: Row, weight: float, rate: float) -> None:
    """One example: every weight goes a little to where the example would be judged rightly."""
    sums = list(shift)
    for by, row in spoken:
        for at, value in enumerate(row):
            sums[at] += by * value
    top = max(sums)
    powers = [math.exp(one - top) for one in sums]
    whole = sum(powers)
    wrong = [weight * (power / whole - (at == kind)) for at, power in enumerate(powers)]
    for at, by in enumerate(wrong):
        shift[at] -= SLOW * by
    much = [(at, by) for at, by in enumerate(wrong) if abs(by) > SMALL]
    for by, row in spoken:
        push = rate * by
        for at, off in much:
            row[at] -= push * off + DECAY * row[at]


def sources() -> list[Path]:
    """Everything that the weights depend on."""
    return [
        *sorted((RULES / "examples").glob("*.tsv")), RULES / "examples" / "meanings.toml", *sorted((RULES / "words").glob("*.toml")),
        RULES / "features.py", RULES / "phrases.py", Path(__file__),
    ]  # fmt: skip


def digest() -> str:
    """A short sum of the sources."""
    return hashlib.sha256(b"\0".join(one.read_bytes() for one in sources())).hexdigest()[:16]


def main() -> None:
    """Writes the weights."""
    weights = learn(examples())
    lines = [f"#\t{digest()}", *("\t".join((one, *map(str, row))) for one, row in weights.items())]
    TARGET.write_text("\n".join(lines) + "\n", "utf-8")
    sys.stdout.write(f"{len(weights)} weights\n")


if __name__ == "__main__":
    main()
