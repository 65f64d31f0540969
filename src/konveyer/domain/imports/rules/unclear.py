"""A mapping that cannot be followed, and what it may have meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Any


class Unclear(Exception):
    """A mapping that cannot be followed. `code` and `params` say why; the interface has the words.

    Codes: map_not_text (name), map_unknown (name, near), map_both_unknown (left, right, near), map_twice (field, first,
    second), option_unknown (name, near), option_value (name, value), column_missing (columns, header), nothing_mapped
    (header), needs (field, header).
    """

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


def near(name: str, among: Iterable[str]) -> str:
    """What looks like it, for "did you mean"."""
    return ", ".join(difflib.get_close_matches(name, list(among), n=3, cutoff=0.5))
