"""What consents tell the others."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from konveyer.domain.workspace.rules.actor import Actor


@dataclass(frozen=True)
class ConsentGiven:
    """Somebody agreed."""

    actor: Actor
    at: datetime
    contact_id: UUID
    purpose: str
    point_id: UUID | None


@dataclass(frozen=True)
class ConsentWithdrawn:
    """Somebody does not agree any more: whoever sends or calls for this purpose stops."""

    actor: Actor
    at: datetime
    contact_id: UUID
    purpose: str
    point_id: UUID | None
