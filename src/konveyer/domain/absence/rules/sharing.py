"""To whom the open work of somebody absent goes."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

RULES = ("deputy", "share", "member")


@dataclass
class Hand:
    """Somebody who may take work: `held` open leads of at most `limit` (None: any number)."""

    member: UUID
    held: int
    limit: int | None = None

    @property
    def full(self) -> bool:
        """No room for one more."""
        return self.limit is not None and self.held >= self.limit


def stand_in(member: UUID, deputies: Mapping[UUID, UUID | None], present: Collection[UUID]) -> UUID | None:
    """His deputy, or that one's deputy where he is away too, and so on; None where the chain ends or turns in a circle."""
    seen, here = {member}, deputies.get(member)
    while here is not None and here not in seen:
        if here in present:
            return here
        seen.add(here)
        here = deputies.get(here)
    return None


def share(work: Iterable[tuple[UUID, UUID]], hands: Mapping[UUID, list[Hand]]) -> dict[UUID, UUID | None]:
    """Deal leads (lead, role of its stage) out among those who hold the role: always to the least loaded with room.

    Equal loads are dealt in the order given. Without a hand that has room the lead goes to the queue of the role: None.
    A person with two roles is one hand, if the same Hand stands under both.
    """
    given: dict[UUID, UUID | None] = {}
    for lead, role in work:
        free = [hand for hand in hands.get(role, ()) if not hand.full]
        taker = min(free, key=lambda hand: hand.held, default=None)
        given[lead] = taker.member if taker else None
        if taker:
            taker.held += 1
    return given
