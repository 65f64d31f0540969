"""Reading docs/permissions.toml, and the addresses of the program as its rows name them."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.urls import URLPattern, get_resolver
from django.urls.resolvers import URLResolver

from konveyer.api.root import api

PLACE = Path(__file__).resolve().parents[3] / "docs" / "permissions.toml"
ROLES = (
    "owner", "head_of_sales", "marketer", "telemarketer", "field_researcher", "closer", "account_manager", "project_manager",
    "performer", "logistician", "bookkeeper", "analyst",
)  # fmt: skip
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True)
class Row:
    """An address, a method, a way of asking; its rule and what it answers when it is allowed, and to strangers."""

    key: str
    method: str
    address: str
    way: str
    api: bool
    rule: str
    done: int
    stranger: int
    to_sign_in: bool


@dataclass(frozen=True)
class Address:
    """An address of the program. `methods` is known for the API only; `params` are the names in its path."""

    name: str
    pattern: str
    params: dict[str, Any]
    methods: frozenset[str]


@cache
def document() -> dict[str, Any]:
    """The file as it stands."""
    return tomllib.loads(PLACE.read_text(encoding="utf-8"))


def rows() -> list[Row]:
    """Every row of the file."""
    return [
        _row(key, says, part == "api")
        for part in ("screens", "api")
        for key, says in document()[part].items()
    ]


def _row(key: str, says: str, api: bool) -> Row:
    asked, _sign, way = key.partition("#")
    method, _space, address = asked.partition(" ")
    rule, done, *strangers = says.split()
    closed = document()["signed_out"]["api" if api else "screens"]
    is_open = rule == "open"
    stranger = int(strangers[0]) if strangers else int(done) if is_open else closed
    return Row(key, method, address, way, api, rule, int(done), stranger, not (is_open or api or strangers))


def codes(rule: str, role: str) -> dict[str, int | str]:
    """What the rule says for a role: whose record → code. Fails for a role that stands in it twice or not at all."""
    table = document()["rules"][rule]
    found = [
        says for names, says in table.items() if names not in ("about", "whose") and role in names.split()
    ]
    assert len(found) == 1, f"rule {rule} names {role} {len(found)} times"
    assert len(found[0]) == len(table["whose"]), f"rule {rule}: columns of {role}"
    return dict(zip(table["whose"], found[0], strict=True))


@cache
def addresses() -> dict[str, Address]:
    """The URL map: screens by their names, the API by its paths as its description writes them."""
    leaves = list(_leaves(get_resolver()))  # first: the API is whole once the addresses are read
    paths = api.get_openapi_schema(path_prefix="/api/v1/")["paths"]
    found = {}
    for pattern, leaf in leaves:
        of_api = pattern.startswith(("api/", "^api/"))
        name = _api_name(pattern) if of_api else str(leaf.name)
        methods = frozenset(method.upper() for method in paths.get(name, ["get"])) if of_api else frozenset()
        params = dict(leaf.pattern.converters) or dict.fromkeys(leaf.pattern.regex.groupindex)
        found[name] = Address(name, pattern, params, methods)
    return found


def _leaves(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from _leaves(one, before + str(one.pattern))
        elif one.name != "api-root":  # an address to reverse, which answers nothing
            yield before + str(one.pattern), one


def _api_name(pattern: str) -> str:
    if pattern.startswith("^"):
        return "/api/"
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", pattern)
