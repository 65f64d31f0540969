"""Facts of the touches package."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from konveyer.domain.workspace.rules.actor import Actor


@dataclass(frozen=True)
class TouchRecorded:
    """A touch was written down."""

    actor: Actor
    at: datetime
    touch_id: UUID
    lead_id: UUID | None
