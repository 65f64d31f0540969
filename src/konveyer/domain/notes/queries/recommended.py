"""What came of somebody's recommendations (R36)."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q

from konveyer.domain.leads.models import Lead
from konveyer.domain.leads.queries.filters import in_view
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right


@dataclass(frozen=True)
class Brought:
    """Leads in view that came on somebody's word, and how many of them were won."""

    leads: int = 0
    won: int = 0


def brought(actor: Actor, contact_id: UUID) -> Brought:
    """Of one person. One query."""
    return brought_by(actor, [contact_id]).get(contact_id, Brought())


def brought_by(actor: Actor, ids: Iterable[UUID]) -> dict[UUID, Brought]:
    """Of each of these people. One query; nothing for who works no leads."""
    if not actor.may(Right.LEADS_WORK):
        return {}
    rows = Lead.objects.filter(in_view(actor), workspace_id=actor.workspace_id, recommender_id__in=list(ids))
    counted = rows.values("recommender_id").annotate(
        leads=Count("pk"), won=Count("pk", filter=Q(state="won"))
    )
    return {row["recommender_id"]: Brought(row["leads"], row["won"]) for row in counted.order_by()}
