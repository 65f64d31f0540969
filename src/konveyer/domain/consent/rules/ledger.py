"""The ledger of one person, read in its order: what stands for which purpose and contact point.

The sender proves the consent (38-FZ, art. 18); it is a document of its own (152-FZ, art. 9), hence the text version;
advertising, calls and passing data on are separate purposes, each with a tick of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

PURPOSES = ("service", "advertising", "calls", "passing_on")
SOURCES = ("form", "page", "mail", "call", "paper", "by_hand", "import")
DONE = ("given", "confirmed", "withdrawn")


class Line(Protocol):
    """What is read of an entry."""

    purpose: str
    point_id: UUID | None
    done: str
    at: datetime


@dataclass(frozen=True)
class Standing:
    """How it stands for one purpose and one contact point (None: whichever): the last consent, if it is not withdrawn."""

    purpose: str
    point_id: UUID | None
    given: Any
    confirmed: Any = None
    withdrawn: Any = None

    @property
    def holds(self) -> bool:
        """Given and not withdrawn since."""
        return self.withdrawn is None


def standing(lines: Iterable[Line]) -> list[Standing]:
    """By purpose and point, in the order of PURPOSES. `lines` come oldest first; a withdrawal without a consent says nothing."""
    found: dict[tuple[str, UUID | None], Standing] = {}
    for line in lines:
        key = (line.purpose, line.point_id)
        before = found.get(key)
        if line.done == "given":
            found[key] = Standing(line.purpose, line.point_id, line)
        elif before is not None and before.holds:
            if line.done == "confirmed":
                found[key] = Standing(line.purpose, line.point_id, before.given, confirmed=line)
            else:
                found[key] = Standing(line.purpose, line.point_id, before.given, before.confirmed, line)
    return sorted(found.values(), key=lambda one: (PURPOSES.index(one.purpose), str(one.point_id or "")))


def allowed(lines: Iterable[Line], purpose: str, point_id: UUID | None = None) -> bool:
    """Whether the person may be addressed for the purpose at the contact point: a consent for it, or for whichever, holds."""
    return any(
        one.holds and one.purpose == purpose and one.point_id in (None, point_id) for one in standing(lines)
    )
