"""Reads of the touches package."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from konveyer.domain.touches.models import Touch


@dataclass(frozen=True)
class Numbered:
    """A touch with its number among the counted ones, None for an attempt."""

    touch: Touch
    number: int | None


def numbered(touches: Iterable[Touch]) -> list[Numbered]:
    """Oldest first in, numbers from 1 for the counted ones."""
    number = 0
    result = []
    for touch in touches:
        number += touch.counted
        result.append(Numbered(touch, number if touch.counted else None))
    return result


def of_lead(workspace_id: UUID, lead_id: UUID) -> list[Numbered]:
    """All touches of a lead with their numbers, newest first. One query."""
    rows = Touch.objects.filter(workspace_id=workspace_id, lead_id=lead_id).select_related(
        "member", "contact"
    )
    return numbered(rows.order_by("happened_at", "id"))[::-1]


def of_contact(workspace_id: UUID, contact_id: UUID, limit: int = 100) -> list[Touch]:
    """The latest touches with a person, newest first."""
    rows = Touch.objects.filter(workspace_id=workspace_id, contact_id=contact_id).select_related(
        "member", "lead"
    )
    return list(rows.order_by("-happened_at", "-id")[:limit])


def counts(workspace_id: UUID, lead_ids: Iterable[UUID]) -> dict[UUID, tuple[int, int]]:
    """Per lead: (counted touches, all touches). One query for any number of leads."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select lead_id, count(*) filter (where counted), count(*) from touch
             where workspace_id = %s and lead_id = any(%s) group by lead_id
            """,
            [workspace_id, list(lead_ids)],
        )
        return {lead_id: (counted, touches) for lead_id, counted, touches in cursor.fetchall()}
