"""Facts of the leads package."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from konveyer.domain.workspace.rules.actor import Actor


@dataclass(frozen=True)
class LeadFactOf:
    """What every fact about a lead carries."""

    actor: Actor
    at: datetime
    lead_id: UUID


@dataclass(frozen=True)
class LeadOpened(LeadFactOf):
    """A new lead stands on a conveyor."""


@dataclass(frozen=True)
class LeadMoved(LeadFactOf):
    """A lead changed its stage."""

    from_stage_id: UUID
    to_stage_id: UUID


@dataclass(frozen=True)
class LeadAssigned(LeadFactOf):
    """A lead has another owner, or went to a queue (None)."""

    owner_id: UUID | None


@dataclass(frozen=True)
class LeadWon(LeadFactOf):
    """The win point is passed; sent once per lead, unless reopened."""


@dataclass(frozen=True)
class LeadLost(LeadFactOf):
    """The lead is closed without a win."""

    reason: str


@dataclass(frozen=True)
class LeadJudged(LeadFactOf):
    """A lead was found qualified, or not."""

    qualified: bool


@dataclass(frozen=True)
class LeadHeld(LeadFactOf):
    """The lead rests until a day."""

    wake_on: date


@dataclass(frozen=True)
class LeadWoken(LeadFactOf):
    """A resting lead is open again."""


@dataclass(frozen=True)
class LeadReopened(LeadFactOf):
    """A closed lead is open again."""


@dataclass(frozen=True)
class HandoffSent(LeadFactOf):
    """A specialist gave the lead to the next one."""

    handoff_id: UUID


@dataclass(frozen=True)
class HandoffAccepted(LeadFactOf):
    """The next specialist took it."""

    handoff_id: UUID


@dataclass(frozen=True)
class HandoffReturned(LeadFactOf):
    """The next specialist gave it back, with a reason."""

    handoff_id: UUID


@dataclass(frozen=True)
class LeadAskedAgain(LeadFactOf):
    """A client with an open lead asked again; `text` is what he said."""

    text: str


@dataclass(frozen=True)
class LeadNoted(LeadFactOf):
    """Something was written down together with a new lead."""

    text: str
