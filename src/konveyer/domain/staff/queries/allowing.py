"""Who may allow what a frame does not: the people whom a refusal names."""

from uuid import UUID

from django.db.models import QuerySet

from konveyer.domain.staff.queries.frames import frames_of_many
from konveyer.domain.staff.rules.frames import FrameKind, FrameValue
from konveyer.domain.workspace.models import Member
from konveyer.domain.workspace.queries import actor_of
from konveyer.domain.workspace.rules.rights import Right

NAMED, LOOKED_AT = 3, 50


def who_sets_frames(workspace_id: UUID) -> list[str]:
    """Names of up to three members who may widen a frame."""
    rows = _holders(workspace_id, Right.MEMBERS_MANAGE)
    return list(rows.values_list("name", flat=True)[:NAMED])


def whose_frame_allows(
    workspace_id: UUID, kind: FrameKind, found: FrameValue, *, right: Right, seen_by: tuple[UUID | None, ...]
) -> list[str]:
    """Names of up to three members who hold the right, see a record of these owners, and whose own frame is wide
    enough for `found`: those who set frames first, then by name."""
    people = list(_holders(workspace_id, right)[:LOOKED_AT])
    limits = frames_of_many(workspace_id, [one.pk for one in people], kind)
    bosses = set(_holders(workspace_id, Right.MEMBERS_MANAGE).values_list("pk", flat=True))
    names: list[str] = []
    for one in sorted(people, key=lambda person: person.pk not in bosses):
        limit = limits[one.pk]
        wide = limit is None or found <= limit  # type: ignore[operator]  # both are numbers
        if wide and actor_of(one.pk, workspace_id).sees(*seen_by):
            names.append(one.name)
        if len(names) == NAMED:
            break
    return names


def _holders(workspace_id: UUID, right: Right) -> QuerySet[Member]:
    """Members who can sign in and hold the right, by name."""
    rows = Member.objects.filter(
        workspace_id=workspace_id, active=True, user__isnull=False, roles__rights__contains=[right]
    )
    return rows.order_by("name_key", "id").distinct()
