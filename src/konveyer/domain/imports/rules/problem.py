"""Why a row does not go in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class Problem(Exception):
    """`code` names the reason (its text: `reasons`), `params` fill it, `column` is the header of the cell, if one."""

    def __init__(self, code: str, column: str = "", **params: Any) -> None:
        super().__init__(code, column, params)
        self.code = code
        self.column = column
        self.params: Mapping[str, Any] = params
