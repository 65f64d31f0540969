"""The forecast as plain data and as lines for a terminal."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from konveyer.domain.insight.queries.forecast import Forecast
from konveyer.domain.insight.rules.forecast import Rate, Span
from konveyer.kit import formats


def as_data(found: Forecast) -> dict[str, Any]:
    """As the API and --json give it: rates are fractions, money has two places."""
    needed = found.needed
    return {
        "history": {"first": found.first.isoformat(), "last": found.last.isoformat()},
        "currency": found.currency,
        "counted": {name: float(value) for name, value in found.sums.items()},
        "warm_of_calls": _rate(found.chain.warm),
        "sales_of_warm": _rate(found.chain.sale),
        "check": None if found.chain.check is None else float(round(found.chain.check, 2)),
        "check_source": None if found.chain.check is None else "own" if found.own_check else "given",
        "call_worth": _span(found.chain.call_worth),
        "warm_worth": _span(found.chain.warm_worth),
        "received": [
            {"month": f"{one.month:%Y-%m}", "money": float(round(one.received, 2))} for one in found.past
        ],
        "months": [
            {
                "month": f"{one.month:%Y-%m}", "working_days": one.days, "calls": round(one.figures.calls, 1),
                "warm": _span(one.figures.warm), "sales": _span(one.figures.sales), "money": _span(one.figures.money),
            }
            for one in found.ahead
        ],
        "sellers": [
            {"id": str(one.member_id), "name": one.name, "rate": _rate(one.rate), "call_worth": _span(one.worth)}
            for one in found.sellers
        ],
        "needed": None if needed is None else vars(needed),
    }  # fmt: skip


def lines(found: Forecast, language: str) -> list[str]:
    """The same in words."""
    chain = found.chain

    def sum_of(span: Span | None) -> str:
        if span is None:
            return _("not known: give --check")
        likely, low, high = (
            formats.money(Decimal(str(round(value, 2))), found.currency, language)
            for value in (span.likely, span.low, span.high)
        )
        return f"{likely} ({low} – {high})"

    told = [
        _("Cold calls {calls}, warm {warm}, sales {sales} since {day}").format(
            calls=int(found.sums["cold_calls"]), warm=int(found.sums["warm"]), sales=int(found.sums["sales"]), day=found.first
        ),
        _("Warm of calls: {rate}").format(rate=_told(chain.warm, language)),
        _("Sales of warm: {rate}").format(rate=_told(chain.sale, language)),
        _("A call is worth {sum}").format(sum=sum_of(chain.call_worth)),
        _("A warm client is worth {sum}").format(sum=sum_of(chain.warm_worth)),
    ]  # fmt: skip
    told += [
        _("{month}: {calls} calls, {warm} warm, {sales} sales, {sum}").format(
            month=f"{one.month:%Y-%m}", calls=round(one.figures.calls), warm=round(one.figures.warm.likely, 1),
            sales=round(one.figures.sales.likely, 1), sum=sum_of(one.figures.money),
        )
        for one in found.ahead
    ]  # fmt: skip
    if found.needed is not None:
        told.append(
            _("The target needs {calls} calls a month ({least} – {most}), {per_day} a day, {per_seller} of each").format(
                **vars(found.needed)
            )
        )  # fmt: skip
    return told


def _told(one: Rate, language: str) -> str:
    source = {
        "own": _("own figures"), "mixed": _("own figures, few, with the method's"), "benchmark": _("the method's figure"),
    }[one.source]  # fmt: skip
    return (
        f"{formats.percent(one.value, language)} ({formats.interval(one.low, one.high, language)}), {source}"
    )


def _rate(one: Rate) -> dict[str, Any]:
    return {
        "part": one.part, "whole": one.whole, "rate": one.value, "low": one.low, "high": one.high, "source": one.source,
        "small": one.small,
    }  # fmt: skip


def _span(span: Span | None) -> dict[str, float] | None:
    if span is None:
        return None
    return {"low": round(span.low, 4), "likely": round(span.likely, 4), "high": round(span.high, 4)}
