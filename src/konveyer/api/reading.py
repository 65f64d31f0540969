"""Reading requests: JSON without control characters, half letters or numbers that are none."""

import json
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.parser import Parser

from konveyer.kit.refusal import Invalid

_ALLOWED = {"\n", "\r", "\t"}
DEEPEST = 20


class CleanParser(Parser):
    """Ninja's parser, with every text looked at before it reaches an operation."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        body: dict[str, Any] = json.loads(request.body, parse_constant=_no_number)
        _look(body, 0)
        return body

    def parse_querydict(self, data: Any, list_fields: list[str], request: HttpRequest) -> dict[str, Any]:
        found: dict[str, Any] = super().parse_querydict(data, list_fields, request)
        _look(found, 0)
        return found


def _no_number(text: str) -> Any:
    raise ValueError(f"{text} is not JSON")


def _look(value: Any, depth: int) -> None:
    if depth > DEEPEST:
        raise Invalid("too_deep", _("The request is nested too deeply."))
    if isinstance(value, str):
        _look_at_text(value)
    elif isinstance(value, dict):
        for name, inner in value.items():
            _look_at_text(name)
            _look(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            _look(inner, depth + 1)


def _look_at_text(text: str) -> None:
    """Raises Invalid for control characters but tab and line ends, and for halves of surrogate pairs."""
    if any((letter < " " and letter not in _ALLOWED) or "\ud800" <= letter <= "\udfff" for letter in text):
        raise Invalid("control_characters", _("Control characters are not taken."))
