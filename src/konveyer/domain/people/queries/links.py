"""Who sent or recommended whom, and what came of it."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q

from konveyer.domain.people.models import ContactLink
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right

MOST = 100


@dataclass(frozen=True)
class Links:
    """Links of one person, those that hold first: `by` whom he came, and who came by him (`through`)."""

    by: list[ContactLink]
    through: list[ContactLink]


def links_of(actor: Actor, contact_id: UUID) -> Links:
    """Both ways, with the other person. One query."""
    actor.require(Right.BASE_READ)
    rows = ContactLink.objects.filter(
        Q(contact_id=contact_id) | Q(by_id=contact_id), workspace_id=actor.workspace_id
    )
    found = sorted(
        rows.select_related("contact", "by").order_by("-id")[: 2 * MOST],
        key=lambda link: link.ended_on is not None,
    )
    return Links(
        [link for link in found if link.contact_id == contact_id],
        [link for link in found if link.by_id == contact_id],
    )


def link_of(actor: Actor, link_id: UUID) -> ContactLink | None:
    """One link with its two people."""
    actor.require(Right.BASE_READ)
    return (
        ContactLink.objects.select_related("contact", "by")
        .filter(workspace_id=actor.workspace_id, pk=link_id)
        .first()
    )


def sent_by(workspace_id: UUID, ids: list[UUID]) -> dict[UUID, int]:
    """How many people each of these sent or recommended to us. One query."""
    rows = ContactLink.objects.filter(workspace_id=workspace_id, by_id__in=ids)
    counted = rows.values("by_id").annotate(people=Count("contact_id", distinct=True)).order_by()
    return {row["by_id"]: row["people"] for row in counted}
