"""The forecast on the screen: the way from call to money, the months to come, a target turned into calls."""

from datetime import date
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from konveyer.domain.insight.queries.forecast import Asked, Forecast, forecast
from konveyer.domain.insight.rules.arithmetic import SMALL_SAMPLE, wilson
from konveyer.domain.sheet.rules.measures import TITLES
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit import formats
from konveyer.kit.clock import now
from konveyer.web.work import WorkRequest, work

LARGEST = 10**12
MONTHS = 3
STEPS = ("cold_calls", "talks", "warm", "warm_calls", "proposals", "meetings", "sales")
RATES = (("cold_calls", "talks"), ("cold_calls", "warm"), ("warm_calls", "proposals"), ("warm_calls", "meetings"), ("warm", "sales"))  # fmt: skip
SOURCES = {
    "own": gettext_lazy("own figures"),
    "mixed": gettext_lazy("own figures, few, with the method's"),
    "benchmark": gettext_lazy("the method's figure"),
    "team": gettext_lazy("the team's, under 30 calls of his own"),
}


class AskForm(forms.Form):
    """What may be asked instead of one's own figures."""

    quiet = True  # an empty field means something here

    target = forms.DecimalField(
        label=gettext_lazy("Money wanted in a month"), required=False, min_value=Decimal(1), max_value=LARGEST, localize=True
    )  # fmt: skip
    check_ = forms.DecimalField(
        label=gettext_lazy("Average check"), required=False, min_value=Decimal(1), max_value=LARGEST, localize=True
    )  # fmt: skip
    months = forms.IntegerField(label=gettext_lazy("Months"), required=False, min_value=1, max_value=24)


@work(Right.FUNNEL_READ)
@require_GET
def show(request: WorkRequest) -> HttpResponse:
    """An answer to what the address asks; what cannot be read is told beside its field."""
    form = AskForm(request.GET if request.GET else None, initial={"months": MONTHS})
    given: dict[str, Any] = form.cleaned_data if form.is_bound and form.is_valid() else {}
    today = now().astimezone(ZoneInfo(request.workspace.timezone)).date()
    asked = Asked(given.get("months") or MONTHS, given.get("check_"), given.get("target"))
    found = forecast(request.actor, today, asked)
    context = {"form": form, "found": found, **_drawn(found, request.LANGUAGE_CODE[:2])}
    wrong = form.is_bound and not form.is_valid()
    return render(request, "funnel/forecast.html", context, status=422 if wrong else 200)


def _drawn(found: Forecast, language: str) -> dict[str, Any]:
    return {
        "steps": [(str(TITLES[name]), float(found.sums[name]), "") for name in STEPS],
        "any": any(found.sums.values()),
        "rates": [_rate(found, one, then) for one, then in RATES],
        "columns": _columns(found, language),
        "warm_source": SOURCES[found.chain.warm.source],
        "sale_source": SOURCES[found.chain.sale.source],
        "sellers": [(one, SOURCES[one.rate.source]) for one in found.sellers],
        "check_source": _("given by you") if not found.own_check else _("received by sales"),
    }


def _columns(found: Forecast, language: str) -> list[dict[str, Any]]:
    """Money received month by month, then the months to come with what is likely and between what; none before money is known."""

    def column(month: date, value: float, **more: Any) -> dict[str, Any]:
        text = formats.money_short(Decimal(round(value)), found.currency, language)
        return {"label": formats.month(month, language)[:3], "value": value, "text": text, **more}

    ahead = [(one.month, one.figures.money) for one in found.ahead if one.figures.money is not None]
    if not ahead:
        return []
    past = [column(one.month, float(one.received), kind="d4") for one in found.past]
    return past + [
        column(month, money.likely, kind="d2", low=money.low, high=money.high) for month, money in ahead
    ]


def _rate(found: Forecast, one: str, then: str) -> dict[str, Any]:
    """A step of the activity funnel. It may exceed 1: counts of a period are not the same people."""
    whole, part = int(found.sums[one]), int(found.sums[then])
    ends = wilson(part, whole) if whole and part <= whole else None
    return {
        "name": f"{TITLES[one]} → {TITLES[then]}", "part": part, "whole": whole, "rate": part / whole if whole else None,
        "low": ends.low if ends else None, "high": ends.high if ends else None, "small": whole < SMALL_SAMPLE,
    }  # fmt: skip
