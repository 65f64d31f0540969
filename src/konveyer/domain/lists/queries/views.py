"""Which views a member has: his own, those of his team, those of all."""

from uuid import UUID

from django.db.models import Q, QuerySet

from konveyer.domain.lists.models import SavedView
from konveyer.domain.workspace.queries import team_of
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.rows import value

MOST = 200


def seen_views(actor: Actor, list_name: str = "") -> QuerySet[SavedView]:
    """Views that the actor may open; who gives work to others opens all that are shared. One query beside it, for a team."""
    rows = SavedView.objects.filter(workspace_id=actor.workspace_id)
    if list_name:
        rows = rows.filter(list=list_name)
    if actor.member_id is None:
        return rows
    if actor.may(Right.LEADS_ASSIGN):
        return rows.filter(Q(member_id=actor.member_id) | ~Q(shared="own"))
    mates = team_of(actor.workspace_id, actor.member_id)
    return rows.filter(
        Q(member_id=actor.member_id) | Q(shared="all") | Q(shared="team", member_id__in=sorted(mates))
    )


def views(actor: Actor, list_name: str) -> list[SavedView]:
    """They, with their owners: one's own first, then the shared ones, each by name. At most MOST. Two queries."""
    rows = seen_views(actor, list_name).select_related("member").order_by("name", "id")[:MOST]
    return sorted(rows, key=lambda view: (view.member_id != actor.member_id, view.name))


def usual_view(actor: Actor, list_name: str) -> SavedView | None:
    """The view with which the list opens for the actor, if he still sees it."""
    if actor.member_id is None:
        return None
    pk: UUID | None = value(
        "select view_id from usual_view where workspace_id = %s and member_id = %s and list = %s",
        [actor.workspace_id, actor.member_id, list_name],
    )
    return seen_views(actor, list_name).filter(pk=pk).first() if pk else None
