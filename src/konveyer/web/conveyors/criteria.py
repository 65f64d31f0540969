"""The criteria of a conveyor: what makes its leads qualified."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from konveyer.domain.conveyor.models import Conveyor
from konveyer.domain.conveyor.operations import set_criteria
from konveyer.domain.conveyor.queries import fact_labels, live_version
from konveyer.domain.conveyor.queries.criteria import Criteria, criteria_of
from konveyer.domain.conveyor.rules.criteria import Criterion
from konveyer.domain.conveyor.rules.editing import free_key
from konveyer.domain.staff.queries.find import find
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit import clock
from konveyer.web.conveyors.drafted import show
from konveyer.web.conveyors.forms import CriterionForms, WantedForm
from konveyer.web.setup.answer import Tried, attempt, done
from konveyer.web.work import WorkRequest, work


@work(Right.CONVEYOR_EDIT)
def criteria(request: WorkRequest, conveyor_id: UUID) -> HttpResponse:
    """All of them on one page; saved together as a new set."""
    row = find(Conveyor, request.actor.workspace_id, conveyor_id)
    found = criteria_of(row.workspace_id, row.pk)
    live = live_version(row.workspace_id, row.pk)
    labels = fact_labels(row.workspace_id, live.pk) if live else {}
    rows: Any = CriterionForms(
        request.POST or None, initial=[_initial(one) for one in found.items], prefix="one",
        form_kwargs={"facts": list((labels | {one.fact: one.label for one in found.items}).items())},
    )  # fmt: skip
    whole = WantedForm(request.POST or None, initial={"wanted": found.wanted, "was": found.number})
    status = 200
    if request.method == "POST":
        tried = _tried(request, row, found, whole, rows)
        if tried.done:
            return done(
                request, gettext_lazy("Saved. Verdicts given before keep theirs."), "setup-conveyor", row.pk
            )
        status = tried.status
    context = {"rows": rows, "whole": whole, "conveyor": row, "title": _("Criteria of qualification")}
    return show(request, "criteria", context, status)


def _initial(one: Criterion) -> dict[str, Any]:
    return {
        "label": one.label, "ask": one.ask, "must": "must" if one.must else "wish", "fact": one.fact,
        "choices": "\n".join(one.choices), "good": "\n".join(one.good), "least": one.least, "most": one.most,
    }  # fmt: skip


def _tried(request: WorkRequest, row: Conveyor, found: Criteria, whole: WantedForm, rows: Any) -> Tried:
    if not rows.is_valid():
        return Tried(False, 422)
    taken = {one.fact for one in found.items}
    items = []
    for values in rows.cleaned_data:
        if values.get("label"):
            items.append(_criterion(values, taken))
            taken.add(items[-1].fact)
    return attempt(
        whole,
        lambda wanted, was: set_criteria(
            actor=request.actor, at=clock.now(), conveyor_id=row.pk, items=items, wanted=wanted or 0, was=was
        ),
    )  # fmt: skip


def _criterion(values: dict[str, Any], taken: set[str]) -> Criterion:
    choice, number = values["ask"] == "choice", values["ask"] == "number"
    return Criterion(
        values["fact"] or free_key("criterion", taken), values["label"], values["ask"], values["must"] == "must",
        _lines(values["choices"]) if choice else (), _lines(values["good"]) if choice else (),
        values["least"] if number else None, values["most"] if number else None,
    )  # fmt: skip


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip()[:120] for line in text.splitlines() if line.strip())
