"""How the screens of the base answer: a dialog, a dialog as a page of its own, or on to another page."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from konveyer.web.lead.answers import dialog
from konveyer.web.work import WorkRequest


def ask(request: WorkRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """The fragment in the dialog; opened by its address alone, in a page of its own."""
    context = {"action": request.path, **context}
    if request.htmx:
        return dialog(request, template, context, status)
    return render(request, "base/alone.html", {**context, "fragment": template}, status=status)


def go(request: WorkRequest, to: str, said: str = "") -> HttpResponse:
    """On to another page, where a message says what was done."""
    if said:
        messages.success(request, said)
    if not request.htmx:
        return redirect(to)
    answer = HttpResponse(status=204)
    answer["HX-Redirect"] = to
    return answer
