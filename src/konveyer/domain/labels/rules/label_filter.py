"""What lists are narrowed to by tags, as parameters of an address."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from konveyer.kit.refusal import Invalid

MOST = 20


@dataclass(frozen=True)
class LabelFilter:
    """A record must bear every one of `tags`."""

    tags: tuple[UUID, ...] = ()

    @property
    def narrows(self) -> bool:
        """Whether something is left out."""
        return self != LabelFilter()

    def as_query(self) -> dict[str, str]:
        """The filter as parameters of an address; `parse` reads them back."""
        return {"tag": ",".join(str(tag) for tag in self.tags)} if self.tags else {}


def parse(query: Mapping[str, str]) -> LabelFilter:
    """`tag=ID` or `tag=ID,ID`. Raises Invalid for what is no id, and for more than a filter may ask."""
    parts = [part for part in query.get("tag", "").split(",") if part]
    if len(parts) > MOST:
        raise Invalid("filter", _("These are too many tags for one filter."), fields={"tag": "too_many"})
    try:
        return LabelFilter(tuple(dict.fromkeys(UUID(part) for part in parts)))
    except ValueError as error:
        raise Invalid(
            "filter",
            _("This filter does not exist. Open the list anew and choose from it."),
            fields={"tag": "unknown"},
        ) from error
