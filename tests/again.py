"""Building the same records for test after test: made by the program once, then written again as they were written."""

import pickle
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db import connection

Built = TypeVar("Built")
WRITES = ("insert", "update", "delete", "select set_config")


@dataclass
class Kept:
    """What was built, and the statements that wrote it, whole and in their order."""

    built: bytes = b""
    statements: list[str] = field(default_factory=list)

    def hear(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        """Keep a statement that writes; what only reads is of no use later."""
        done = execute(sql, params, many, context)
        if sql.lstrip().lower().startswith(WRITES):
            with (
                connection.connection.cursor() as beside
            ):  # writing them out would lose the answer of the first
                self.statements += [beside.mogrify(sql, one) for one in (params if many else [params])]
        return done


_kept: dict[str, Kept] = {}


def again(name: str, build: Callable[[], Built]) -> Built:
    """What `build` gives, in this transaction. Only the first call in a process runs it; ids and moments stay those of the first.

    For what does not depend on the clock, and writes by Django's connection alone.
    """
    if name in _kept:
        with connection.cursor() as cursor:
            cursor.cursor.execute(";\n".join(_kept[name].statements))  # as one text: one way to the server
    else:
        kept = Kept()
        with connection.execute_wrapper(kept.hear):
            kept.built = pickle.dumps(build())
        _kept[name] = kept
    built: Built = pickle.loads(_kept[name].built)
    return built
