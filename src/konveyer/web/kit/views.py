"""The components page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from konveyer.web.kit import samples
from konveyer.web.work import WorkRequest, work

PARTS = ("looks", "controls", "fields", "data", "figures", "selling", "states", "layers")


@work()
def components(request: WorkRequest) -> HttpResponse:
    """Every component in each of its states, for whoever builds a screen or judges one."""
    now = timezone.now()
    form = samples.SampleForm(
        {"company": _("Kama Fasteners"), "phone": "", "decides": "quarter", "alone": "on"}
    )
    context = {
        **samples.figures(now),
        **samples.selling(now),
        "form": form,
        "parts": [f"kit/components/{part}.html" for part in PARTS],
        "views": [("board", _("Board")), ("list", _("List"))],
        "select": [("ads", _("Context advertising")), ("book", _("Book, variant B"))],
        "now": now,
    }
    return render(request, "kit/components/page.html", context)


@work()
def sample_dialog(request: WorkRequest) -> HttpResponse:
    """The dialog of the components page: asks for a fact and, once it has it, closes with a message."""
    word = request.POST.get("word", "").strip()
    if request.method == "POST" and word:
        answer = HttpResponse(status=204)
        answer["HX-Trigger"] = samples.moved()
        return answer
    context = {
        "error": _("Write the word: without it the visit is not arranged.")
        if request.method == "POST"
        else ""
    }
    return render(request, "kit/components/dialog.html", context, status=422 if context["error"] else 200)
