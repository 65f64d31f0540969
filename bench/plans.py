"""The plans behind the hottest screens: a query may read ten times the rows it returns, and a thousand more.

Asked as the application role under row-level security, where operators that are not leakproof lose their index
without anybody noticing on a small base.
"""

# shows: I2.bench

import json
import subprocess
import sys
from collections.abc import Sequence
from contextlib import nullcontext
from typing import Any

from bench.figures import Figure
from bench.house import EMAIL, Broken, House, house
from bench.screens import BARE, SELLER, screens_of

TIMES, MORE = 10, 1000


def figures(sizes: Sequence[int], filled: House | None = None) -> list[Figure]:
    """Each screen's queries at the largest size; the worst of them is told."""
    size = max(sizes)
    with nullcontext(filled) if filled else house(f"leads-{size}") as home:
        if filled is None:
            home.fill(size)
            home.open()
            home.settle()
        return told(size, asked(home))


def asked(home: House) -> list[dict[str, Any]]:
    """Every query of every screen, explained."""
    by_reader: dict[str, dict[str, list[str]]] = {EMAIL: {}, SELLER: {}}
    for screen in screens_of(home):
        if screen.name != BARE:
            by_reader[SELLER if screen.who == "seller" else EMAIL][screen.name] = list(screen.paths[:5])
    done = subprocess.run(
        [sys.executable, "-m", "bench.asked"], input=json.dumps(by_reader), env=home.environment, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise Broken(done.stderr[-2000:])
    return list(json.loads(done.stdout))


def told(size: int, queries: Sequence[dict[str, Any]]) -> list[Figure]:
    """For each screen the query that reads most beyond what it may."""
    worst: dict[str, dict[str, Any]] = {}
    for query in queries:
        query["may"] = TIMES * query["returned"] + MORE
        former = worst.setdefault(query["screen"], query)
        if query["read"] / query["may"] > former["read"] / former["may"]:
            worst[query["screen"]] = query
    return [
        Figure(
            f"plans of {name}, {size} leads", one["read"], "rows", one["may"], "rows it may read",
            round(one["read"] / one["may"], 3), "≤ 1", one["read"] <= one["may"],
            {"queries": sum(q["screen"] == name for q in queries), "returned": one["returned"],
             **({} if one["read"] <= one["may"] else {"sql": one["sql"][:1500]})},
        )
        for name, one in worst.items()
    ]  # fmt: skip
