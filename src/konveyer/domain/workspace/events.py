"""Facts of the workspace package."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from konveyer.domain.workspace.rules.actor import Actor


@dataclass(frozen=True)
class WorkspaceFounded:
    """A new workspace with its roles and its owner; upper packages add their presets."""

    actor: Actor
    at: datetime
    workspace_id: UUID
    language: str
    team_size: str
