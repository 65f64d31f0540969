"""Answers to requests of a part: a dialog, or done with a message."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

CHANGED = "leads-changed"  # screens that show leads listen for it and read themselves anew


def dialog(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """The fragment in the dialog, whatever the request was aimed at."""
    answer = render(request, template, context, status=status)
    answer["HX-Retarget"] = "#dialog"
    answer["HX-Reswap"] = "innerHTML"
    return answer


def done(text: str, *, undo: str = "", **more: Any) -> HttpResponse:
    """Done: the dialog closes, a message says so, screens read themselves anew."""
    answer = HttpResponse(status=204)
    say(answer, text, undo=undo, **{CHANGED: "", "close-dialog": "", **more})
    return answer


def say(answer: HttpResponse, text: str, *, undo: str = "", **more: Any) -> None:
    """Add a message to an answer."""
    toast = {"text": text, **({"undo": undo} if undo else {})}
    answer["HX-Trigger"] = json.dumps({**more, "toast": toast})
