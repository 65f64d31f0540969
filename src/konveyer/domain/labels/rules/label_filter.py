"""What lists are narrowed to by tags and by fields of one's own, as parameters of an address."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from konveyer.kit.refusal import Invalid

MOST = 20
MOST_PICKED = 500
PREFIX = "f."
FILLED, EMPTY = "*", "-"
_NAME = re.compile(r"f\.([a-z0-9_]{1,40})(?:\.(from|to))?")


@dataclass(frozen=True)
class Wish:
    """One field must be this. `sign`: "is" (the option, yes or no, the beginning of a text; FILLED and EMPTY for any
    value and none), "from" and "to" for numbers, money and days, both ends inside."""

    key: str
    sign: str
    value: str

    @property
    def name(self) -> str:
        """The parameter of the address."""
        return PREFIX + self.key if self.sign == "is" else f"{PREFIX}{self.key}.{self.sign}"


@dataclass(frozen=True)
class LabelFilter:
    """A record must bear every one of `tags`, its fields must be as all `fields` wish, and where records are picked
    (`only`) it must be among them."""

    tags: tuple[UUID, ...] = ()
    fields: tuple[Wish, ...] = ()
    only: tuple[UUID, ...] = ()

    @property
    def narrows(self) -> bool:
        """Whether something is left out."""
        return self != LabelFilter()

    def as_query(self) -> dict[str, str]:
        """The filter as parameters of an address; `parse` reads them back."""
        tags = {"tag": ",".join(str(tag) for tag in self.tags)} if self.tags else {}
        only = {"pick": ",".join(str(pk) for pk in self.only)} if self.only else {}
        return tags | only | {wish.name: wish.value for wish in self.fields}


def parse(query: Mapping[str, str]) -> LabelFilter:
    """`tag=ID,ID`, `pick=ID,ID`, `f.KEY=…`, `f.KEY.from=…`, `f.KEY.to=…`. Raises Invalid for what cannot be a filter."""
    return LabelFilter(_ids(query, "tag", MOST), _wishes(query), _ids(query, "pick", MOST_PICKED))


def _ids(query: Mapping[str, str], name: str, most: int) -> tuple[UUID, ...]:
    several = getattr(query, "getlist", None)  # a form with ticks says the parameter several times
    text = ",".join(several(name)) if several else query.get(name, "")
    parts = [part for part in text.split(",") if part]
    if len(parts) > most:
        raise Invalid("filter", _("These are too many for one filter."), fields={name: "too_many"})
    try:
        return tuple(dict.fromkeys(UUID(part) for part in parts))
    except ValueError as error:
        raise unknown(name) from error


def _wishes(query: Mapping[str, str]) -> tuple[Wish, ...]:
    found = []
    for name in query:
        if not name.startswith(PREFIX) or not query[name].strip():
            continue
        match = _NAME.fullmatch(name)
        value = query[name].strip()
        if match is None or len(value) > 200 or "\0" in value:
            raise unknown(name)
        found.append(Wish(match[1], match[2] or "is", value))
    if len(found) > MOST:
        raise Invalid("filter", _("These are too many fields for one filter."))
    return tuple(sorted(found, key=lambda wish: wish.name))


def unknown(name: str) -> Invalid:
    """The refusal of a filter that does not exist."""
    return Invalid(
        "filter",
        _("This filter does not exist. Open the list anew and choose from it."),
        fields={name: "unknown"},
    )
