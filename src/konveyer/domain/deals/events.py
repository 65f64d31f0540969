"""Facts of the deals package."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from konveyer.domain.workspace.rules.actor import Actor


@dataclass(frozen=True)
class DealChanged:
    """A deal was born or changed."""

    actor: Actor
    at: datetime
    deal_id: UUID
    status: str


@dataclass(frozen=True)
class PaymentRecorded:
    """Money came in, or went back."""

    actor: Actor
    at: datetime
    deal_id: UUID
    payment_id: UUID
