"""What the last run found, one check with its records, a run on demand, a benchmark of one's own."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from konveyer.domain.audit import operations
from konveyer.domain.audit.queries import reading
from konveyer.domain.audit.queries.behind import Meant, behind
from konveyer.domain.audit.queries.benchmarks import bounds_of_all, own_benchmark
from konveyer.domain.audit.queries.check import Check
from konveyer.domain.audit.queries.reading import Told
from konveyer.domain.audit.rules import telling
from konveyer.domain.audit.rules.verdict import WORST_FIRST, Better, Verdict
from konveyer.domain.audit.rules.words import VERDICTS
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit import clock
from konveyer.kit.refusal import Refused
from konveyer.web.audit.forms import BenchmarkForm
from konveyer.web.work import WorkRequest, work

TONES = {
    Verdict.BAD: "bad",
    Verdict.WEAK: "warn",
    Verdict.GOOD: "good",
    Verdict.NOT_ENOUGH_DATA: "",
    Verdict.NO_DATA: "",
}
# Where a record of a kind is shown, and who may look there.
CARDS = {
    "lead": ("lead", Right.LEADS_WORK), "company": ("company", Right.BASE_READ), "contact": ("contact", Right.BASE_READ),
    "product": ("product", None), "member": ("setup-member", Right.MEMBERS_MANAGE),
}  # fmt: skip


@dataclass(frozen=True)
class Group:
    """Findings of one verdict."""

    verdict: Verdict
    words: Any
    tone: str
    findings: list["Line"]


@dataclass(frozen=True)
class Line:
    """A finding with where its button leads, its trend, and the bound in words."""

    told: Told
    href: str
    trend: list[float]
    bound: str


@work(Right.AUDIT_READ)
@require_GET
def show(request: WorkRequest) -> HttpResponse:
    """Grouped by verdict, the worst first."""
    found = reading.latest(request.actor, request.LANGUAGE_CODE[:2], request.workspace.currency)
    context = {
        "latest": found, "groups": list(_groups(found.findings)), "may_run": request.actor.may(Right.LEADS_ASSIGN),
        "counts": [(VERDICTS[one], TONES[one], sum(told.verdict == one for told in found.findings)) for one in WORST_FIRST],
    }  # fmt: skip
    part = request.htmx and request.htmx.target == "audit"
    return render(request, "audit/findings.html" if part else "audit/audit.html", context)


@work(Right.AUDIT_READ)
@require_POST
def run(request: WorkRequest) -> HttpResponse:
    """The worker goes through all checks; the screen is renewed when it is done."""
    operations.ask_for_run(actor=request.actor, at=clock.now())
    messages.success(
        request, _("The checks are being gone through. The findings appear here when it is done.")
    )
    return redirect("audit")


@work(Right.AUDIT_READ)
@require_GET
def one(request: WorkRequest, code: str) -> HttpResponse:
    """One check: what it asks and why, its history, and the records it means."""
    check, told = reading.one(request.actor, code, request.LANGUAGE_CODE[:2], request.workspace.currency)
    page = behind(request.actor, check, clock.now(), _after(request))
    context = {
        "check": check, "line": _line(told) if told else None, "words": VERDICTS[told.verdict] if told else "",
        "tone": TONES[told.verdict] if told else "", "rows": [(row, _card(row, request)) for row in page.rows],
        "next": page.next, "own": own_benchmark(request.workspace.pk, code), "bounds": _bounds(request, check),
        "may_set": request.actor.may(Right.LEADS_ASSIGN),
    }  # fmt: skip
    return render(request, "audit/check.html", context)


@work(Right.AUDIT_READ)
@require_http_methods(["GET", "POST"])
def benchmark(request: WorkRequest, code: str) -> HttpResponse:
    """A dialog with both bounds; "the method's" takes one's own away."""
    reading.require_reader(request.actor)
    request.actor.require(Right.LEADS_ASSIGN)
    check = reading.one_check(code)
    own = own_benchmark(request.workspace.pk, code)
    bounds = bounds_of_all(request.workspace.pk)[code]
    form = BenchmarkForm(
        request.POST or None, unit=check.unit, initial={"good": bounds.good, "weak": bounds.weak, "version": own.version if own else 0}
    )  # fmt: skip
    status = 200
    if request.method == "POST":
        try:
            if form.is_valid():
                operations.set_benchmark(actor=request.actor, at=clock.now(), code=code, **form.bounds())
                messages.success(request, _("The benchmark holds from the next run on."))
                answer = HttpResponse(status=204)
                answer["HX-Redirect"] = reverse("audit-check", args=[code])
                return answer
            status = 422
        except Refused as refused:
            known = [name for name in refused.fields if name in form.fields]
            form.add_error(known[0] if known else None, str(refused))
            status = refused.status
    context = {"form": form, "check": check, "own": own, "more": check.bounds.better == Better.MORE}
    return render(request, "audit/benchmark.html", context, status=status)


def _groups(found: list[Told]) -> Iterator[Group]:
    for verdict in WORST_FIRST:
        lines = [_line(told) for told in found if told.verdict == verdict]
        if lines:
            yield Group(verdict, VERDICTS[verdict], TONES[verdict], lines)


def _line(told: Told) -> Line:
    check = told.check
    query = f"?{urlencode(check.query)}" if check.query else ""
    trend = [float(value) for value in told.history if value is not None]
    return Line(
        told,
        reverse(check.place) + query,
        trend if len(trend) > 1 else [],
        bound_words(check, told.good_text),
    )


def bound_words(check: Check, text: str) -> str:
    """The bound of "good" in words."""
    return (_("at least %s") if check.bounds.better == Better.MORE else _("at most %s")) % text


def _bounds(request: WorkRequest, check: Check) -> dict[str, str]:
    bounds = bounds_of_all(request.workspace.pk)[check.code]
    language = request.LANGUAGE_CODE[:2]
    return {
        "good": bound_words(check, telling.measured(bounds.good, check.unit, language)),
        "weak": bound_words(check, telling.measured(bounds.weak, check.unit, language)),
    }


def _card(row: Meant, request: WorkRequest) -> str:
    """The address of a record; empty where the reader may not open it, or it has no page."""
    name, right = CARDS.get(row.kind, ("", None))
    return reverse(name, args=[row.record_id]) if name and (right is None or request.actor.may(right)) else ""


def _after(request: WorkRequest) -> UUID | None:
    try:
        return UUID(request.GET["after"])
    except (KeyError, ValueError):
        return None
