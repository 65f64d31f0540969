"""The classes of the base, and the moves between them that are counted by day."""

from collections.abc import Collection
from dataclasses import dataclass

SLEEPS_AFTER = (
    90  # days without an exchange after which a warm party sleeps; the audit asks by the same number
)

COLD, SLEEPING, WARM, HOT, CLIENT, VIP = "cold", "sleeping", "warm", "hot", "client", "vip"
CLASSES = (COLD, SLEEPING, WARM, HOT, CLIENT, VIP)
RIPE = (WARM, HOT)
CLIENTS = (CLIENT, VIP)

COMPANY, PERSON = "company", "contact"
KINDS = (COMPANY, PERSON)  # a party is a company, or a contact who works at none now


@dataclass(frozen=True)
class Move:
    """A change of class that has a name: from one of `was` ("" is: was not in the base) into one of `became`."""

    name: str
    was: Collection[str]
    became: Collection[str]


CAME = Move("came", ("",), CLASSES)
WARMED = Move("warmed", ("", COLD), RIPE)
WON = Move("won", ("", COLD, SLEEPING, WARM, HOT), CLIENTS)
SLEPT = Move("slept", ("", COLD, WARM, HOT), (SLEEPING,))
WOKE = Move("woke", (SLEEPING,), RIPE)
MOVES = {move.name: move for move in (CAME, WARMED, WON, SLEPT, WOKE)}


def moves_of(was: str, became: str) -> list[str]:
    """The names of a change. Whoever comes in warm both came and warmed; a hot one that cools to warm has no name."""
    return [name for name, move in MOVES.items() if was in move.was and became in move.became]
