"""P8: the memory of everything that runs, a minute after `konveyer up`, and again after it was used."""

# shows: P8, I2.bench

import time
from collections.abc import Iterator

import psutil

from bench.asking import Reader
from bench.figures import Figure
from bench.house import House, house, say
from konveyer.adapters.postgres import Cluster

MOST = 300  # MB, quality.md P8
REST = 60.0
READ = ("/", "/board/", "/leads/", "/funnel/")


def figures(leads: int = 10_000, rest: float = REST) -> list[Figure]:
    """Proportional set size: shared pages count once, divided among those who share them."""
    with house("memory") as home:
        home.found()
        home.seed(leads, leads * 10)
        say(f"P8: up, then {rest:g} s of rest")
        home.open()
        time.sleep(rest)
        before = parts(home)
        reader = Reader(home.url).sign_in()
        for path in READ * 10:
            reader.read(path)
        time.sleep(rest)
        after = parts(home)
    return [
        Figure(
            "P8 memory at rest", round(sum(before.values()), 1), "MB", MOST, "the goal itself",
            round(sum(before.values()) / MOST, 2), f"≤ {MOST} MB", sum(before.values()) <= MOST, {"parts_mb": before, "leads": leads},
        ),
        Figure("P8 memory at rest after use", round(sum(after.values()), 1), "MB", more={"parts_mb": after}),
    ]  # fmt: skip


def parts(home: House) -> dict[str, float]:
    """Megabytes of PSS by part."""
    assert home.up is not None
    server = Cluster(home.home / "data").server()
    found: dict[str, float] = {}
    for process in family(home.up.pid, server.pid if server else None):
        try:
            line, size = process.cmdline(), process.memory_full_info().pss / 1e6
        except psutil.Error:
            continue
        name = part(line)
        found[name] = round(found.get(name, 0) + size, 1)
    return dict(sorted(found.items(), key=lambda pair: -pair[1]))


def family(*roots: int | None) -> "Iterator[psutil.Process]":
    """These processes with all below them, each once."""
    seen: set[int] = set()
    for root in roots:
        if root is None:
            continue
        for process in (psutil.Process(root), *psutil.Process(root).children(recursive=True)):
            if process.pid not in seen:
                seen.add(process.pid)
                yield process


def part(line: list[str]) -> str:
    """What a process is, by its command line."""
    if line and (line[0].startswith("postgres") or line[0].endswith("postgres")):
        return "database"
    for name in ("web", "live", "worker"):
        if f"konveyer.running.{name}" in line:
            return name
    return "supervisor"
