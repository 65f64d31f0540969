"""Within which limits a member works."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from konveyer.domain.staff.rules.frames import FrameKind, FrameValue, most_generous
from konveyer.domain.workspace.models import Frame, MemberRole


def frame_of(workspace_id: UUID, member_id: UUID, kind: FrameKind | str) -> FrameValue | None:
    """The limit of this kind that holds for the member: a Decimal, or text for hours and view; None = no limit.

    His own frame wins; else the most generous of those that his roles state. One query.
    """
    return frames_of(workspace_id, member_id, [kind])[FrameKind(kind)]


def frames_of(
    workspace_id: UUID, member_id: UUID, kinds: Iterable[FrameKind | str] = FrameKind
) -> dict[FrameKind, FrameValue | None]:
    """Several limits of a member at once. One query."""
    wanted = [FrameKind(kind) for kind in kinds]
    roles = MemberRole.objects.filter(workspace_id=workspace_id, member_id=member_id).values("role_id")
    rows = Frame.objects.filter(
        Q(member_id=member_id) | Q(role_id__in=roles), workspace_id=workspace_id, kind__in=wanted
    )
    found = list(rows)
    return {kind: _holds([row for row in found if row.kind == kind], kind) for kind in wanted}


def frames_of_many(
    workspace_id: UUID, member_ids: Iterable[UUID], kind: FrameKind
) -> dict[UUID, FrameValue | None]:
    """The limit of one kind for each of these members. Two queries, however many they are."""
    people = list(member_ids)
    held = MemberRole.objects.filter(workspace_id=workspace_id, member_id__in=people)
    roles: dict[UUID, set[UUID]] = {member: set() for member in people}
    for member_id, role_id in held.values_list("member_id", "role_id"):
        roles[member_id].add(role_id)
    rows = list(Frame.objects.filter(workspace_id=workspace_id, kind=kind))
    return {
        member: _holds([row for row in rows if row.member_id == member or row.role_id in roles[member]], kind)
        for member in people
    }


def _holds(rows: list[Frame], kind: FrameKind) -> FrameValue | None:
    """Of the frames of a member and of his roles, the one that holds."""
    own = next((value_of(row) for row in rows if row.member_id), None)
    return most_generous(kind, [value_of(row) for row in rows]) if own is None else own


def value_of(frame: Frame) -> FrameValue:
    """What the frame says: its number, or its text."""
    return frame.text if frame.number is None else frame.number


@dataclass(frozen=True)
class FrameRow:
    """A frame as the screen lists it."""

    frame_id: UUID
    kind: FrameKind
    value: FrameValue
    role_id: UUID | None
    member_id: UUID | None
    holder: str


def all_frames(workspace_id: UUID) -> list[FrameRow]:
    """Every frame of the workspace: of roles first, then of members, by name."""
    rows = Frame.objects.filter(workspace_id=workspace_id).select_related("role", "member")
    found = [
        FrameRow(
            row.pk,
            FrameKind(row.kind),
            value_of(row),
            row.role_id,
            row.member_id,
            row.role.name if row.role else row.member.name if row.member else "",
        )
        for row in rows
    ]
    return sorted(found, key=lambda row: (row.role_id is None, row.holder, row.kind))
