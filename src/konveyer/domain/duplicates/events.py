"""What duplicates tell the others."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from konveyer.domain.workspace.rules.actor import Actor


@dataclass(frozen=True)
class CompaniesMerged:
    """A company went into another one."""

    actor: Actor
    at: datetime
    company_id: UUID
    gone_id: UUID


@dataclass(frozen=True)
class ContactsMerged:
    """A person's record went into another one."""

    actor: Actor
    at: datetime
    contact_id: UUID
    gone_id: UUID
