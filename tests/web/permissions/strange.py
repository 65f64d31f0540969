"""What stands where an id, or any other value, is expected; and the same request with it in its place."""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch
from urllib.parse import quote
from zlib import crc32

from django.core.files.base import File
from django.http import QueryDict

from konveyer.kit.ids import uuid7
from tests.web.permissions.firm import Records
from tests.web.permissions.matrix import Address

LONG = 10_000
NO_IDS = {
    "no id": "abc",
    "unknown": str(uuid7()),
    "half an id": str(uuid7())[:-1],
    "zero": "0",
    "below zero": "-1",
    "beyond numbers": "9" * 30,
    "NUL": "\0",
    "control characters": "\x01\x1b\x7f\r\n",
    "turned round": "\u202e\ufeff",
    "long": "a" * LONG,
    "long number": "1" * LONG,
    "a quote": "'\"--",
}
# Names in an address that are no ids, and the codes besides "not found" that any text may get there.
WORDS = {
    "account_reset_password_from_key uidb36": 200,  # a spoilt link out of a letter: the page says so, offers another
    "account_reset_password_from_key key": 200,
    "/api/v1/leads/{lead_id}/facts/{kind} kind": 200,  # a fact has the name that its writer gives it
}
VALUES = {
    **{
        name: text for name, text in NO_IDS.items() if name not in ("half an id", "below zero", "long number")
    },
    "many letters": "ё" * LONG,
    "a form of its own": "{{7*7}}%s%(a)s",
}
# By itself each value meets one of these, another one at each place; KONVEYER_LONG=1 tries all.
WHOLE = os.environ.get("KONVEYER_LONG") == "1"
FEW = 1


def in_place(address: Address, args: dict[str, Any], param: str, text: str) -> str:
    """The address with this text where the name stands, as a browser would write it."""
    given = {**args, param: text}
    if not address.pattern.startswith("^") and "(?P<" not in address.pattern:
        way = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: _written(given[found[1]]), address.pattern)
    else:
        way = re.sub(
            r"\(\?P<(\w+)>(?:\[[^]]*\]|[^)])*\)", lambda found: _written(given[found[1]]), address.pattern
        )
    return "/" + way.replace("$", "").replace("^", "")


def _written(value: Any) -> str:
    return quote(str(value), safe="")


def of_another_kind(records: Records, param: str) -> str:
    """The id of a record that is there and in view, but is something else."""
    return str(records.lead_id if param == "product_id" else records.product_id)


def some_values(place: str, another: str) -> dict[str, str]:
    """What stands at this place instead of a good value; `another` is the id of something else."""
    every = list({**VALUES, "another kind": another}.items())
    first = crc32(place.encode()) % len(every)
    return dict((every + every)[first : first + (len(every) if WHOLE else FEW)])


@contextmanager
def heard(names: set[str]) -> Iterator[None]:
    """The names that the program reads from queries and forms meanwhile."""

    def listening(old: Callable[..., Any]) -> Callable[..., Any]:
        def read(self: QueryDict, key: Any, *rest: Any) -> Any:
            names.add(key)
            return old(self, key, *rest)

        return read

    with (
        patch.object(QueryDict, "__getitem__", listening(QueryDict.__getitem__)),
        patch.object(QueryDict, "get", listening(QueryDict.get)),
        patch.object(QueryDict, "getlist", listening(QueryDict.getlist)),
        patch.object(QueryDict, "__contains__", listening(QueryDict.__contains__)),
    ):
        yield


def changeable(body: dict[str, Any] | None) -> list[str]:
    """The values of a form or document that may be replaced by a text."""
    return [name for name, value in (body or {}).items() if not isinstance(value, File)]
