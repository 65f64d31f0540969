"""How likely a lead of a stage is to be won: the stage's own history, shrunk towards its conveyor's."""

from collections.abc import Iterable, Mapping

from konveyer.domain.insight.rules.arithmetic import SMALL_SAMPLE

Reached = tuple[
    str, str, int, int
]  # conveyor, key of the stage, leads that came to it, those of them that were won


def chances(rows: Iterable[Reached]) -> dict[tuple[str, str], float]:
    """(conveyor, stage) → fraction won of those that came to the stage.

    Thirty leads of the conveyor's average stand beside the stage's own, so that two wins of two are no certainty. A
    conveyor on which nothing was won yet has no chances: nobody knows them.
    """
    found = list(rows)
    whole: dict[str, tuple[int, int]] = {}
    for conveyor, _key, leads, won in found:  # the stage that most leads came to stands for all of them
        whole[conveyor] = max(whole.get(conveyor, (0, 0)), (leads, won))
    return {
        (conveyor, key): (won + SMALL_SAMPLE * _share(whole, conveyor)) / (leads + SMALL_SAMPLE)
        for conveyor, key, leads, won in found
        if whole[conveyor][1]
    }


def _share(whole: Mapping[str, tuple[int, int]], conveyor: str) -> float:
    leads, won = whole[conveyor]
    return min(1.0, won / leads)
