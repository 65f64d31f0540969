"""Inbound mail of our own making: what the classifier was tuned on, and a third of it that was never looked at.

Of the third part only the table and the figures are told (`python -m tests.unit.delivery.scoring FOLDER` names the
messages too: look at those of `tuning` alone).
"""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest

from konveyer.adapters.letters import read_letter
from tests.unit.delivery.scoring import Score, score

pytestmark = pytest.mark.shows("I4.corpus")
CORPUS = Path(__file__).parent / "corpus"


def truths(part: str) -> Iterator[tuple[Path, dict[str, object]]]:
    for path in sorted((CORPUS / part).glob("*.toml")):
        yield path, tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def told(part: str) -> Score:
    return score(CORPUS / part)


def test_it_is_large_and_russian_enough() -> None:
    every = [truth for part in ("tuning", "held") for _path, truth in truths(part)]
    assert len(every) >= 300
    assert sum(truth["language"] == "ru" for truth in every) >= 0.4 * len(every)
    assert len(list(truths("held"))) >= len(every) / 3


def shingles(path: Path) -> set[tuple[str, ...]]:
    letter = read_letter(path.with_suffix(".eml").read_bytes())
    words = re.findall(r"\w+", letter.text.casefold())
    return set(zip(*(words[place:] for place in range(5)), strict=False))


def test_no_two_share_more_than_half_of_their_text() -> None:
    known = {path.name: shingles(path) for part in ("tuning", "held") for path, _truth in truths(part)}
    alike = [
        (one, other)
        for (one, first), (other, second) in combinations(known.items(), 2)
        if first and second and len(first & second) > 0.5 * min(len(first), len(second))
    ]
    assert alike == []


@pytest.mark.shows("S12", "S13", "S14")
def test_what_it_was_tuned_on() -> None:
    assert told("tuning").misses() == {}


@pytest.mark.shows("S12", "S13")
def test_the_third_that_was_never_looked_at(capsys: pytest.CaptureFixture[str]) -> None:
    found = told("held")
    with capsys.disabled():
        print(f"\nheld out: {found.figures}")
    assert found.figures["hard_bounce_precision"] >= 0.99
    assert found.figures["bounce_recall"] >= 0.95
    assert found.figures["human_as_report"] <= 0.01
