"""Consents as they stand on the page of a person."""

from typing import Any
from uuid import UUID

from konveyer.domain.consent.queries.ledger import stands
from konveyer.web.base import marks
from konveyer.web.consent.words import PURPOSES


def for_card(workspace_id: UUID, contact_id: UUID) -> list[dict[str, Any]]:
    """What was agreed to, and what was withdrawn. One query."""
    return [
        {
            "purpose": one.purpose,
            "words": PURPOSES[one.purpose],
            "query": f"&point={one.point_id}" if one.point_id else "",
            "point": shown(one.given),
            "text": one.given.text,
            "at": one.given.at,
            "confirmed": one.confirmed,
            "withdrawn": one.withdrawn,
        }
        for one in stands(workspace_id, contact_id)
    ]


def shown(entry: Any) -> str:
    """The contact point of an entry, "" for whichever."""
    return (
        marks.shown_point(entry.point.kind, entry.point.value, entry.point.extension) if entry.point else ""
    )
