"""The record that a note or a file is on."""

from dataclasses import dataclass
from uuid import UUID

KINDS = ("contact", "company", "lead", "deal")


@dataclass(frozen=True, slots=True)
class Subject:
    """One record: its kind, out of KINDS, and its id."""

    kind: str
    id: UUID

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(self.kind)
