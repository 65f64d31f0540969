"""Companies and people by their class in the portfolio, and by the moves that they made between classes."""

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Now, TruncDate

from konveyer.domain.notes.rules.base_filter import BaseFilter
from konveyer.domain.portfolio.models import Stay
from konveyer.domain.portfolio.rules.classes import MOVES


def standing(rows: QuerySet[Any], workspace_id: UUID, zone: ZoneInfo, wanted: BaseFilter) -> QuerySet[Any]:
    """The rows that stand in the class, or made the move. As counted: what was written a minute ago may be missing."""
    ways = Stay.objects.filter(workspace_id=workspace_id, party_id=OuterRef("pk"))
    if wanted.stands:
        today = TruncDate(Now(), tzinfo=zone)
        here = Q(until_on__isnull=True) | Q(until_on__gt=today)
        rows = rows.filter(Exists(ways.filter(here, became=wanted.stands, first_on__lte=today)))
    if wanted.move:
        move = MOVES[wanted.move]
        moved = ways.filter(was__in=list(move.was), became__in=list(move.became))
        if wanted.move_from:
            moved = moved.filter(first_on__gte=wanted.move_from)
        if wanted.move_to:
            moved = moved.filter(first_on__lte=wanted.move_to)
        rows = rows.filter(Exists(moved))
    return rows
