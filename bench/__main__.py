"""`python -m bench [P6|P7|P8|P9|plans|all] [--leads 10000 100000 1000000] [--json]`."""

import argparse
import json
import sys
import time
from collections.abc import Callable
from functools import partial

from bench import imports, memory, plans, screens, start
from bench.figures import Figure, missed
from bench.machine import machine

SIZES = (10_000, 100_000, 1_000_000)


def main() -> int:
    """Measure what is asked for; 1 when a goal is missed."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("what", nargs="*", default=["all"], metavar="P6|P7|P8|P9|all")
    parser.add_argument(
        "--leads", nargs="+", type=int, default=list(SIZES), metavar="N", help="sizes of the bases"
    )
    parser.add_argument(
        "--json", action="store_true", help="nothing but the JSON document on standard output"
    )
    chosen = parser.parse_args()
    benches = benches_of(chosen.leads)
    names = (
        list(benches)
        if "all" in chosen.what
        else ["P7" if name == "screens" else name for name in chosen.what]
    )
    if unknown := [name for name in names if name not in benches]:
        parser.error(f"there is no {', '.join(unknown)}; there are: {', '.join(benches)}, all")
    if {"P7", "plans"} <= set(names):  # one filling serves both: it takes longer than all the measuring
        benches["P7"] = partial(screens.figures, chosen.leads, then=plans.figures)
        names.remove("plans")
    measured_on, began, made = machine(), time.monotonic(), list[Figure]()
    for name in names:
        figures = benches[name]()
        made += figures
        for figure in figures:
            print(figure.line(), file=sys.stderr if chosen.json else sys.stdout, flush=True)
    lost = missed(made)
    data = {
        "bench": names, "machine": measured_on, "seconds": round(time.monotonic() - began), "missed": lost,
        "figures": [figure.as_data() for figure in made],
    }  # fmt: skip
    print(json.dumps(data, ensure_ascii=False))
    return 1 if lost else 0


def benches_of(sizes: list[int]) -> dict[str, Callable[[], list[Figure]]]:
    """Everything that can be measured."""
    return {
        "P6": partial(imports.figures, [size for size in sizes if size >= 100_000] or sizes),
        "P7": partial(screens.figures, sizes),
        "plans": partial(plans.figures, sizes),
        "P8": memory.figures,
        "P9": start.figures,
    }


if __name__ == "__main__":
    sys.exit(main())
