"""The portfolio as plain data, as lines for a terminal and as rows of a file."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from konveyer.domain.insight.queries.portfolio import Portfolio
from konveyer.domain.insight.rules.expected import Value
from konveyer.domain.insight.rules.ripening import Ripening
from konveyer.domain.portfolio.rules.classes import CLASSES, MOVES, WARMED
from konveyer.kit import formats

NAMES: dict[str, str | Promise] = {
    "cold": pgettext_lazy("class of the base", "Cold"),
    "sleeping": pgettext_lazy("class of the base", "Sleeping"),
    "warm": pgettext_lazy("class of the base", "Warm"),
    "hot": pgettext_lazy("class of the base", "Hot"),
    "client": pgettext_lazy("class of the base", "Clients"),
    "vip": pgettext_lazy("class of the base", "VIP"),
}
MOVED: dict[str, str | Promise] = {
    "came": pgettext_lazy("move of the base", "Came in"),
    "warmed": pgettext_lazy("move of the base", "Became warm"),
    "won": pgettext_lazy("move of the base", "Became clients"),
    "slept": pgettext_lazy("move of the base", "Fell asleep"),
    "woke": pgettext_lazy("move of the base", "Woke up"),
}


def as_data(found: Portfolio) -> dict[str, Any]:
    """As the API and --json give it: shares are fractions, money has two places."""
    shown, value = found.picture, found.expected
    return {
        "period": {"first": found.first.isoformat(), "last": found.last.isoformat()},
        "base": shown.base,
        "classes": [
            {
                "class": name, "parties": shown.of(name), "companies": shown.standing["company", name],
                "people": shown.standing["contact", name], "share": shown.of(name) / shown.base if shown.base else None,
                "net": shown.net(name),
            }
            for name in CLASSES
        ],
        "moves": {name: shown.moved(name) for name in MOVES},
        "days": [
            {"day": day.last.isoformat(), "base": day.base, "classes": day.classes, "moves": {name: day.moved(name) for name in MOVES}}
            for day in shown.days
        ],
        "ripening": [_ripening(one) for one in found.ripening],
        "ripening_since": found.ripe_since.isoformat(),
        "expected": {currency: _money(one) for currency, one in value.totals.items()},
        "stages": [
            {
                "stage": stood.asked, "currency": stood.currency, "leads": stood.leads, "with_amount": stood.rated,
                "amount": float(stood.amount), "chance": stood.chance.value if stood.chance else None,
                "small": stood.chance.small if stood.chance else None, "expected": _money(one) if one else None,
            }
            for stood, one in value.rows
        ],
        "open_leads": value.leads, "without_amount": value.unrated, "resting": found.resting,
        "without_chance": {
            currency: {"leads": leads, "amount": float(amount)} for currency, (leads, amount) in value.chanceless.items()
        },
        "not_counted_yet": found.waiting,
    }  # fmt: skip


def _ripening(one: Ripening) -> dict[str, Any]:
    return {
        "move": one.move, "sample": one.sample, "unknown": one.unknown, "days_median": one.median, "days_p90": one.p90,
        "within": one.within, "share": one.share, "low": one.ends.low if one.ends else None,
        "high": one.ends.high if one.ends else None, "small": one.small,
    }  # fmt: skip


def _money(one: Value) -> dict[str, float]:
    low, likely, high = (round(figure, 2) for figure in (one.span.low, one.span.likely, one.span.high))
    return {"amount": float(one.amount), "low": low, "likely": likely, "high": high}


def lines(found: Portfolio, language: str) -> list[str]:
    """The same in words."""
    shown = found.picture
    told = [
        _("{name}: {parties} ({net:+d} since {day})").format(
            name=NAMES[name], parties=shown.of(name), net=shown.net(name), day=found.first
        )
        for name in CLASSES
    ]
    told.append(_("The whole base: {parties}").format(parties=shown.base))
    told += [f"{MOVED[name]}: {shown.moved(name)}" for name in MOVES]
    for one in found.ripening:
        name = _("Days to warm") if one.move == WARMED.name else _("Days from warm to the first sale")
        told.append(
            _("{name}: {median} in the middle, 9 of 10 within {p90}, of {sample}").format(
                name=name, median="—" if one.median is None else one.median, p90="—" if one.p90 is None else one.p90,
                sample=one.sample,
            )
        )  # fmt: skip
    for currency, value in found.expected.totals.items():
        likely, low, high = (
            formats.money(Decimal(round(sum_)), currency, language)
            for sum_ in (value.span.likely, value.span.low, value.span.high)
        )
        told.append(
            _("Expected of open leads: {likely} ({low} – {high})").format(likely=likely, low=low, high=high)
        )
    told.append(_("Open leads without an amount: {leads}").format(leads=found.expected.unrated))
    if found.waiting:
        told.append(_("Changes not counted yet: {number}").format(number=found.waiting))
    return told


def table(found: Portfolio) -> Iterator[list[Any]]:
    """A row a day, the heading first: the base by class at the day's end, and what moved on it."""
    yield [
        _("Day"),
        _("The whole base"),
        *(str(NAMES[name]) for name in CLASSES),
        *(str(MOVED[name]) for name in MOVES),
    ]
    for day in found.picture.days:
        yield [
            day.last,
            day.base,
            *(day.classes[name] for name in CLASSES),
            *(day.moved(name) for name in MOVES),
        ]
