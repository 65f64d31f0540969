"""What the lists of companies and of people are narrowed to, as parameters of an address."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from konveyer.domain.labels.rules import label_filter
from konveyer.domain.labels.rules.label_filter import LabelFilter
from konveyer.domain.people.rules.facts import BUYING_ROLES
from konveyer.domain.portfolio.rules.classes import CLASSES, MOVES
from konveyer.kit.refusal import Invalid

NO_LABELS = LabelFilter()
LEADS = ("open", "won", "none")
LONGEST = 200


@dataclass(frozen=True)
class BaseFilter:
    """Every field narrows; '' and None do not.

    `text` is looked for as in search everywhere; `leads`: with an open lead, with a won one, without any;
    `role`: people who are that at a company now; `first`–`last` are local days on which the record came in;
    `labels`: what stands on it. `stands`: the class of the base in which it stands today; `move`: a move between
    classes that it made on the local days `move_from`–`move_to`.
    """

    text: str = ""
    leads: str = ""
    role: str = ""
    first: date | None = None
    last: date | None = None
    labels: LabelFilter = NO_LABELS
    stands: str = ""
    move: str = ""
    move_from: date | None = None
    move_to: date | None = None

    @property
    def narrows(self) -> bool:
        """Whether something is left out."""
        return self != BaseFilter()

    def as_query(self) -> dict[str, str]:
        """The filter as parameters of an address; `parse` reads them back."""
        said = {
            "q": self.text, "leads": self.leads, "role": self.role, "from": self.first, "to": self.last, "class": self.stands,
            "move": self.move, "move_from": self.move_from, "move_to": self.move_to,
        }  # fmt: skip
        return {name: str(value) for name, value in said.items() if value} | self.labels.as_query()


def parse(query: Mapping[str, str]) -> BaseFilter:
    """Read the filter from an address; unknown parameters are left to others. Raises Invalid with the field to mend."""
    return BaseFilter(
        text=plain_text(query.get("q", "")),
        leads=_one_of(query, "leads", LEADS),
        role=_one_of(query, "role", BUYING_ROLES),
        first=_day(query, "from"),
        last=_day(query, "to"),
        labels=label_filter.parse(query),
        stands=_one_of(query, "class", CLASSES),
        move=_one_of(query, "move", tuple(MOVES)),
        move_from=_day(query, "move_from"),
        move_to=_day(query, "move_to"),
    )


def plain_text(text: str) -> str:
    """What was typed, short enough and without signs that PostgreSQL cannot hold."""
    return text.replace("\0", "").strip()[:LONGEST]


def _one_of(query: Mapping[str, str], name: str, allowed: tuple[str, ...]) -> str:
    value = query.get(name, "")
    if value and value not in allowed:
        raise Invalid(
            "filter",
            _("This filter does not exist. Open the list anew and choose from it."),
            fields={name: "unknown"},
        )
    return value


def _day(query: Mapping[str, str], name: str) -> date | None:
    try:
        return date.fromisoformat(query[name]) if query.get(name) else None
    except ValueError as error:
        raise Invalid("date", _("This is not a date. Example: 2026-03-31."), fields={name: "form"}) from error
