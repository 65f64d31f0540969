"""Facts of the staff package."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from konveyer.domain.workspace.rules.actor import Actor


@dataclass(frozen=True)
class MemberLeaving:
    """A member is about to be deactivated. Packages that hold open work of his refuse by raising OpenWork with the counts."""

    actor: Actor
    member_id: UUID
    at: datetime


@dataclass(frozen=True)
class MemberLeft:
    """A member was deactivated; `user_id` is his account when he has a place nowhere any more, else None."""

    actor: Actor
    member_id: UUID
    user_id: UUID | None
    at: datetime


@dataclass(frozen=True)
class MemberJoined:
    """Somebody accepted his invitation."""

    actor: Actor
    member_id: UUID
    at: datetime


@dataclass(frozen=True)
class ZoneChanged:
    """The workspace counts its days in another time zone from now on: stored local days are to be rebuilt."""

    actor: Actor
    workspace_id: UUID
    was: str
    became: str
    at: datetime
