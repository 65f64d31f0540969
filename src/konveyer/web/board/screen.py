"""Everything the board's templates show, put together from the reads of three packages."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from konveyer.domain.deals.queries import amounts
from konveyer.domain.leads.queries import board as read
from konveyer.domain.leads.queries.board import Column
from konveyer.domain.touches.queries import counts
from konveyer.domain.workspace.queries import member_names
from konveyer.domain.workspace.rules.rights import View
from konveyer.kit.formats import span
from konveyer.web.board.asked import Asked
from konveyer.web.board.cards import shown
from konveyer.web.board.drawing import Pencil
from konveyer.web.kit.tags.numbers import language
from konveyer.web.lead.words import LEVELS
from konveyer.web.work import WorkRequest

FEW = 30
WORKING_DAY = 9
FOLD_COOKIE = "konveyer_fold"


@dataclass
class Shelf:
    """A column with its cards as shown."""

    column: Column
    cards: list[SafeString]
    name: str = ""  # in the cookie of what is folded
    folded: bool = False
    sums: list[tuple[str, Decimal]] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """The share of those who left that went on."""
        return self.column.passed / self.column.left if self.column.left else 0.0

    @property
    def term(self) -> str:
        """The stage's time in working days, or hours when it is under a day."""
        hours = self.column.stage.sla_hours or 0
        if hours < WORKING_DAY:
            return span(timedelta(hours=hours), language())
        return span(timedelta(days=round(hours / WORKING_DAY)), language())

    @property
    def few(self) -> bool:
        """Too few to judge."""
        return self.column.left < FEW

    @property
    def full(self) -> str:
        """How the limit stands: "bad" when it is passed."""
        limit = self.column.stage.wip_limit
        return "bad" if limit and self.column.load > limit else ""


def board_context(request: WorkRequest, asked: Asked, now: datetime) -> dict[str, Any]:
    """Context of the board; `board` is None where there is no conveyor."""
    found = read.board(request.actor, now=now, wanted=asked.wanted, code=asked.code or None)
    if found is None:
        return {"board": None, "now": now}
    shelves = _shelves(request, found.columns, now, asked.wanted.roles)
    for shelf in shelves:
        shelf.name = f"{found.conveyor.code}-{shelf.column.stage.key}"
        shelf.folded = shelf.column.delivery != (shelf.name in turned(request))
    return {
        "board": found,
        "shelves": shelves,
        "asked": asked,
        "wanted": asked.wanted,
        "leads": sum(shelf.column.count for shelf in shelves if not shelf.column.delivery),
        "exact": all(shelf.column.exact for shelf in shelves if not shelf.column.delivery),
        "overdue": sum(shelf.column.overdue for shelf in shelves if not shelf.column.delivery),
        "sums": _total(shelves),
        "cap": read.CAP,
        "whose": _choices(request.actor.view),
        "now": now,
    }


def column_context(request: WorkRequest, asked: Asked, column: Column, now: datetime) -> dict[str, Any]:
    """Context of the next cards of one column."""
    return {
        "shelf": _shelves(request, [column], now, asked.wanted.roles)[0],
        "asked": asked,
        "cap": read.CAP,
        "read_on": True,
    }


def bar_context(request: WorkRequest) -> dict[str, Any]:
    """Context of the bar over the board: whose leads can be asked for."""
    actor = request.actor
    seen = [] if actor.view is View.OWN else member_names(actor.workspace_id)
    mine = actor.seen_members
    return {
        "owners": [(pk, name) for pk, name in seen if mine is None or pk in mine],
        "levels": list(LEVELS.items()),
    }


def _choices(view: View) -> list[tuple[str, str]]:
    """Whose leads: a seller begins with his own."""
    return [
        ("mine", _("Mine")),
        *([] if view is View.OWN else [("team", _("My team"))]),
        ("all", _("All I see") if view is View.OWN else pgettext("leads", "All")),
    ]


def _shelves(
    request: WorkRequest, columns: list[Column], now: datetime, roles: frozenset[UUID]
) -> list[Shelf]:
    actor = request.actor
    ids = [card.id for column in columns for card in column.cards]
    touched = counts(actor.workspace_id, ids)
    sums = amounts(actor.workspace_id, ids)
    zone, pencil = request.workspace.timezone, Pencil(request.workspace.currency)
    return [
        Shelf(
            column,
            [
                pencil.card(one)
                for one in shown(column.cards, touches=touched, amounts=sums, roles=roles, now=now, zone=zone)
            ],
            sums=sorted(column.sums.items(), key=lambda pair: -pair[1]),
        )
        for column in columns
    ]


def _total(shelves: list[Shelf]) -> list[tuple[str, Decimal]]:
    """What is expected of the leads that are not won yet, per currency; nothing while a column is not exact."""
    total: dict[str, Decimal] = {}
    for shelf in shelves:
        if shelf.column.delivery:
            continue
        if not shelf.column.exact:
            return []
        for currency, amount in shelf.column.sums.items():
            total[currency] = total.get(currency, Decimal(0)) + amount
    return sorted(
        ((currency, amount) for currency, amount in total.items() if amount), key=lambda pair: -pair[1]
    )


def turned(request: WorkRequest) -> set[str]:
    """The columns that the reader turned against the usual: delivery is folded, other stages are open."""
    return {name for name in request.COOKIES.get(FOLD_COOKIE, "").split(".") if name}
