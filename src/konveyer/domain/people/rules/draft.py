"""The draft of a new lead: what its form is filled with before anybody looks."""

from __future__ import annotations

from dataclasses import dataclass, field

from konveyer.domain.people.rules.names import PersonName
from konveyer.domain.people.rules.phones import Phone, Refusal


@dataclass(slots=True)
class Draft:
    """Parts are '' where nothing was found. `handles`: (telegram | whatsapp | vk, value as stored).

    `note`: lines that were not understood · `refused`: looked like a phone or an address and is none ·
    `name_certainty`: as in names · `more_rows`: rows of the pasted table that were not taken.
    """

    last: str = ""
    first: str = ""
    patronymic: str = ""
    name_certainty: str = ""
    company: str = ""
    title: str = ""
    buying_role: str = ""
    phones: list[Phone] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)
    handles: list[tuple[str, str]] = field(default_factory=list)
    website: str = ""
    city: str = ""
    tax_number: str = ""
    note: str = ""
    refused: list[Refusal] = field(default_factory=list)
    more_rows: int = 0

    @property
    def named(self) -> bool:
        """Some part of a person's name is there."""
        return bool(self.last or self.first or self.patronymic)

    @property
    def empty(self) -> bool:
        """Nothing to make a lead from."""
        return not (self.named or self.company or self.phones or self.emails or self.handles)

    def set_name(self, name: PersonName) -> None:
        """Takes the name unless it is empty."""
        if name.last or name.first or name.patronymic:
            self.last, self.first, self.patronymic = name.last, name.first, name.patronymic
            self.name_certainty = name.certainty
