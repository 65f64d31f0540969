"""The client base as a portfolio on the screen: classes over time, growth, ripening, expected money; and its days as a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from konveyer.adapters.tables.writing import write_csv
from konveyer.domain.insight.queries import portfolio_told as told
from konveyer.domain.insight.queries.portfolio import PERIODS, Portfolio, portfolio
from konveyer.domain.insight.rules.ripening import Ripening
from konveyer.domain.notes.rules.base_filter import BaseFilter
from konveyer.domain.portfolio.rules.classes import (
    CLASSES,
    CLIENTS,
    COMPANY,
    KINDS,
    MOVES,
    PERSON,
    RIPE,
    SLEEPING,
    WARMED,
)
from konveyer.domain.portfolio.rules.picture import Day, by_week
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.clock import now
from konveyer.web.base import marks
from konveyer.web.kit import charts
from konveyer.web.work import WorkRequest, work

WORDS = {"30d": gettext_lazy("30 days"), "90d": gettext_lazy("90 days"), "12m": gettext_lazy("12 months")}
FILLS = {"cold": "cold", "sleeping": "sleeping", "warm": "d1", "hot": "d2", "client": "d3", "vip": "d4"}
MOST_DAYS = 31  # more of them are put together by week


@dataclass(frozen=True)
class Figure:
    """Parties of a kind, and the list where they stand (empty: nobody there, or the reader may not see it)."""

    parties: int
    href: str
    people: bool


@work(Right.FUNNEL_READ)
@require_GET
def show(request: WorkRequest) -> HttpResponse:
    """The picture, the classes, what moved, how long it takes, what it is worth."""
    found, period = _asked(request)
    days = found.picture.days if len(found.picture.days) <= MOST_DAYS else by_week(found.picture.days)
    ways = Ways(request.actor)
    context = {
        "found": found, "period": period, "periods": [(key, str(words)) for key, words in WORDS.items()],
        "classes": [_class(found, name, ways) for name in reversed(CLASSES)], "drawn": _drawn(days),
        "ripe": _sum(found, RIPE), "asleep": _sum(found, (SLEEPING,)), "clients": _sum(found, CLIENTS),
        "companies": _kind(found, COMPANY), "people": _kind(found, PERSON), "net": sum(found.picture.net(name) for name in CLASSES),
        "times": _times(found), "moves": _moves(found, ways), "days": [_day(day, ways) for day in reversed(days)],
        "weekly": days is not found.picture.days, "ripening": [_ripening(one, found, ways) for one in found.ripening],
        "own": request.actor.seen_members is not None, "may_leads": request.actor.may(Right.LEADS_WORK), "names": list(told.MOVED.values()),
    }  # fmt: skip
    return render(request, "funnel/portfolio.html", context)


@work(Right.FUNNEL_READ)
@require_GET
def table(request: WorkRequest) -> HttpResponse:
    """A row a day as CSV."""
    found, period = _asked(request)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="portfolio-{period}.csv"'
    answer.write("\ufeff")
    heading, *rows = told.table(found)
    comma = request.LANGUAGE_CODE.startswith("ru")
    write_csv(answer, heading, rows, decimal_comma=comma, mark=False)  # type: ignore[arg-type]
    return answer


def _asked(request: WorkRequest) -> tuple[Portfolio, str]:
    period = request.GET.get("period", "")
    period = period if period in PERIODS else next(iter(PERIODS))
    today = now().astimezone(ZoneInfo(request.workspace.timezone)).date()
    return portfolio(request.actor, today, PERIODS[period]), period


@dataclass(frozen=True)
class Ways:
    """Addresses of the lists behind figures."""

    actor: Actor

    def figures(self, parties: dict[str, int], **wanted: Any) -> list[Figure]:
        """A figure for each kind; a person without a company is told apart from companies."""
        return [
            Figure(parties[kind], self._to(kind, parties[kind], BaseFilter(**wanted)), kind != COMPANY)
            for kind in KINDS
        ]

    def _to(self, kind: str, parties: int, wanted: BaseFilter) -> str:
        if parties <= 0 or not self.actor.may(Right.BASE_READ):
            return ""
        address = marks.address("companies" if kind == COMPANY else "contacts")
        return f"{address}?{urlencode(wanted.as_query())}"


def _class(found: Portfolio, name: str, ways: Ways) -> dict[str, Any]:
    shown = found.picture
    return {
        "name": told.NAMES[name], "fill": FILLS[name], "parties": shown.of(name), "net": shown.net(name),
        "share": shown.of(name) / shown.base if shown.base else 0,
        "figures": ways.figures({kind: shown.standing[kind, name] for kind in KINDS}, stands=name),
    }  # fmt: skip


def _sum(found: Portfolio, names: Sequence[str]) -> dict[str, int]:
    return {
        "parties": sum(found.picture.of(name) for name in names),
        "net": sum(found.picture.net(name) for name in names),
    }


def _kind(found: Portfolio, kind: str) -> int:
    return sum(found.picture.standing[kind, name] for name in CLASSES)


def _times(found: Portfolio) -> float | None:
    """How many times the sleeping part is larger than the ripe one."""
    ripe, asleep = _sum(found, RIPE)["parties"], found.picture.of(SLEEPING)
    return asleep / ripe if ripe and asleep > ripe else None


def _drawn(days: Sequence[Day]) -> dict[str, Any]:
    """Areas of the classes, the most valuable at the bottom, where they are easiest to compare."""
    order = list(reversed(CLASSES))
    paths = charts.layers([[day.classes[name] for day in days] for name in order])
    return {
        "areas": [(FILLS[name], path) for name, path in zip(order, paths, strict=True)],
        "top": max((day.base for day in days), default=0),
        "ticks": [days[0].last, days[len(days) // 2].last, days[-1].last] if days else [],
    }


def _moves(found: Portfolio, ways: Ways) -> list[dict[str, Any]]:
    days = len(found.picture.days)
    return [
        {
            "name": told.MOVED[name], "parties": found.picture.moved(name), "per_day": found.picture.moved(name) / days,
            "figures": ways.figures(
                {kind: found.picture.moved(name, kind) for kind in KINDS}, move=name, move_from=found.first, move_to=found.last
            ),
        }
        for name in MOVES
    ]  # fmt: skip


def _day(day: Day, ways: Ways) -> dict[str, Any]:
    def of(name: str, first: date, last: date) -> list[Figure]:
        parties = {kind: day.moves[kind, name] for kind in KINDS}
        return [one for one in ways.figures(parties, move=name, move_from=first, move_to=last) if one.parties]

    return {
        "day": day,
        "cells": [(told.MOVED[name], of(name, day.first, day.last)) for name in MOVES],
    }


def _ripening(one: Ripening, found: Portfolio, ways: Ways) -> dict[str, Any]:
    title = (
        _("From the first day in the base to warm")
        if one.move == WARMED.name
        else _("From warm to the first sale")
    )
    lists = ways.figures(
        dict.fromkeys(KINDS, 1), move=one.move, move_from=found.ripe_since, move_to=found.last
    )
    return {"title": title, "row": one, "lists": lists}
