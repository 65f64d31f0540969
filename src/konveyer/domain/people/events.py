"""Facts of the people package."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from konveyer.domain.workspace.rules.actor import Actor


@dataclass(frozen=True)
class CompanyCreated:
    """A company was added by hand or over the API."""

    actor: Actor
    at: datetime
    company_id: UUID


@dataclass(frozen=True)
class ContactCreated:
    """A person was added by hand or over the API."""

    actor: Actor
    at: datetime
    contact_id: UUID


@dataclass(frozen=True)
class CompanyRenamed:
    """A company has another name; whoever stores its key for sorting follows."""

    actor: Actor
    at: datetime
    company_id: UUID
    name_key: str


@dataclass(frozen=True)
class ContactRenamed:
    """A person has another name."""

    actor: Actor
    at: datetime
    contact_id: UUID
    name_key: str
