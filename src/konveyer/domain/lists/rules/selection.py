"""A selection of a list: its filters and order, as parameters of an address that have been looked at."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from konveyer.domain.labels.rules import label_filter
from konveyer.domain.leads.rules import lead_filter
from konveyer.domain.notes.rules import base_filter
from konveyer.kit.refusal import Invalid

LISTS = ("companies", "people", "leads")
SUBJECTS = {"companies": "company", "people": "contact", "leads": "lead"}
SORTS = {
    "companies": ("name", "-name", "created", "-created"),
    "people": ("name", "-name", "created", "-created"),
    "leads": ("arrived", "-arrived", "name", "-name", "amount", "-amount"),
}


@dataclass(frozen=True)
class Selection:
    """Which records of which list: `query` holds only parameters that the list knows, in their plain form."""

    name: str
    query: dict[str, str] = field(default_factory=dict)
    sort: str = ""

    @property
    def subject(self) -> str:
        """The kind of record in the list."""
        return SUBJECTS[self.name]

    def as_query(self) -> dict[str, str]:
        """Filters and order as parameters of the list's address."""
        return self.query | ({"sort": self.sort} if self.sort else {})


def selection(name: str, query: Mapping[str, str]) -> Selection:
    """Read it from an address; parameters that are none of the list are left out. Raises Invalid for wrong ones."""
    if name not in LISTS:
        raise Invalid("list_unknown", _("There is no such list."), fields={"list": "unknown"})
    sort = query.get("sort", "")
    return Selection(name, _clean(name, query), sort if sort in SORTS[name] else "")


def _clean(name: str, query: Mapping[str, str]) -> dict[str, str]:
    labels = label_filter.parse(query).as_query()
    if name == "leads":
        found: dict[str, Any] = lead_filter.parse(query).as_query()
        text = base_filter.plain_text(query.get("q", ""))
        return found | labels | ({"q": text} if text else {})
    wanted = base_filter.parse(query)
    return (wanted if name == "people" else replace(wanted, role="")).as_query()
