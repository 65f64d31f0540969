"""How well the rules do on a folder of NAME.eml with the truth beside it in NAME.toml: `score(folder)`.

    python -m tests.unit.delivery.scoring FOLDER     prints figures, the table, and each that is wrong

Five figures are judged, with their bounds in `BOUNDS`. A truth that says `doubtful` accepts its `also` too.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from konveyer.adapters.letters import read_letter
from konveyer.domain.delivery.rules.classify import classify
from konveyer.domain.delivery.rules.letter import Classified, Known
from konveyer.domain.delivery.rules.own import inferred

HUMAN = frozenset({"referral", "interested", "later", "refusal", "human"})
REPORTS = frozenset({"bounce", "complaint"})
BOUNDS = {
    "hard_bounce_precision": (0.99, 1.0), "bounce_recall": (0.95, 1.0), "opt_out_recall": (0.98, 1.0), "absence_as_human": (0.0, 0.01),
    "human_as_report": (0.0, 0.01),
}  # fmt: skip


@dataclass
class Score:
    """`table`: (truth, verdict) → how many. `figures`: the five, and the shares of details that are right."""

    table: Counter[tuple[str, str]] = field(default_factory=Counter)
    figures: dict[str, float] = field(default_factory=dict)
    wrong: list[tuple[str, str, str]] = field(default_factory=list)

    def misses(self) -> dict[str, float]:
        """The judged figures that are out of their bounds."""
        return {
            name: self.figures[name]
            for name, (low, high) in BOUNDS.items()
            if not low <= self.figures[name] <= high
        }


def score(folder: Path, known: Known | None = None) -> Score:
    """Every message of the folder judged as one batch."""
    truths = [(path.stem, tomllib.loads(path.read_text("utf-8")), read_letter(path.with_suffix(".eml").read_bytes()))
              for path in sorted(folder.glob("*.toml"))]  # fmt: skip
    knowing = known or inferred([letter for _, _, letter in truths])
    judged = [(name, truth, classify(letter, knowing)) for name, truth, letter in truths]
    told = Score()
    for name, truth, found in judged:
        told.table[truth["verdict"], _taken(truth, found)] += 1
        if _taken(truth, found) != truth["verdict"]:
            told.wrong.append((name, truth["verdict"], found.verdict))
    told.figures = _judged(told.table) | {"hard_bounce_precision": _hard(judged)} | _details(judged)
    return told


def _taken(truth: dict[str, Any], found: Classified) -> str:
    """The verdict, or the truth where the second one is as good."""
    return truth["verdict"] if truth.get("doubtful") and found.verdict == truth.get("also") else found.verdict


def _share(part: int, whole: int, empty: float) -> float:
    return part / whole if whole else empty


def _judged(table: Counter[tuple[str, str]]) -> dict[str, float]:
    total = sum(table.values())

    def of(truths: frozenset[str], verdicts: frozenset[str]) -> int:
        return sum(
            count for (truth, verdict), count in table.items() if truth in truths and verdict in verdicts
        )

    everything = frozenset(verdict for _, verdict in table)
    bounce, opt_out, absence = frozenset({"bounce"}), frozenset({"opt_out"}), frozenset({"absence"})
    return {
        "messages": total,
        "right": _share(
            sum(count for (truth, verdict), count in table.items() if truth == verdict), total, 1.0
        ),
        "bounce_recall": _share(of(bounce, bounce), of(bounce, everything), 1.0),
        "opt_out_recall": _share(of(opt_out, opt_out), of(opt_out, everything), 1.0),
        "absence_as_human": _share(of(absence, HUMAN), of(absence, everything), 0.0),
        "human_as_report": _share(of(HUMAN, REPORTS), of(HUMAN, everything), 0.0),
    }


def _hard(judged: list[tuple[str, dict[str, Any], Classified]]) -> float:
    """Of the addresses called dead for good, the share that the truth calls so."""
    said = right = 0
    for _, truth, found in judged:
        hard = {one["address"] for one in truth.get("recipients", ()) if one["kind"] == "hard"}
        mine = {one.address for one in found.recipients if one.kind == "hard"}
        said, right = said + len(mine), right + len(mine & hard)
    return _share(right, said, 1.0)


def _details(judged: list[tuple[str, dict[str, Any], Classified]]) -> dict[str, float]:
    kept: dict[str, list[bool]] = {"recipients": [], "until": [], "named": [], "reply_text": []}
    for _, truth, found in judged:
        if found.verdict != truth["verdict"]:
            continue
        if truth["verdict"] in REPORTS:
            wanted = {
                (one["address"], one.get("status") or "", one["kind"], one["reason"])
                for one in truth.get("recipients", ())
            }
            kept["recipients"].append(
                wanted == {(one.address, one.status, one.kind, one.reason) for one in found.recipients}
            )
        if truth["verdict"] in ("absence", "later"):
            kept["until"].append(truth.get("until") == (found.until.isoformat() if found.until else None))
        if "named" in truth:
            wanted_names = [
                (one.get("name", ""), one.get("email", ""), one.get("phone", "")) for one in truth["named"]
            ]
            kept["named"].append(wanted_names == [(one.name, one.email, one.phone) for one in found.named])
        if "reply_text" in truth:
            kept["reply_text"].append(truth["reply_text"].split() == found.reply_text.split())
    return {f"{name}_right": _share(sum(marks), len(marks), 1.0) for name, marks in kept.items()}


def main() -> None:
    """For a person at the terminal."""
    told = score(Path(sys.argv[1]))
    for (truth, verdict), count in sorted(told.table.items()):
        print(f"{count:5}  {truth:13} → {verdict}")
    for name, truth, verdict in told.wrong:
        print(f"wrong: {name}: {truth}, judged {verdict}")
    print(json.dumps(told.figures))


if __name__ == "__main__":
    main()
