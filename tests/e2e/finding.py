"""Addresses: the map of all of them, and finding one of a record on the screen where it stands."""

import html
import re
from collections.abc import Iterator

from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver

UNKNOWN = "01900000-0000-7000-8000-000000000000"
UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"


def all_names() -> set[str]:
    """Names of all addresses that are not the API's own."""
    return {
        name
        for name, address in _walk(get_resolver().url_patterns, "")
        if not address.startswith("api/v1/") or name == "api-docs"
    } - {""}


def _walk(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[tuple[str, str]]:
    for one in patterns:
        address = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _walk(one.url_patterns, address)
        else:
            yield one.name or "", address


def address_form(name: str) -> tuple[str, list[str]]:
    """("/leads/%(lead_id)s/", ["lead_id"])."""
    possibilities = get_resolver().reverse_dict.getlist(name)[0][0]
    form, parameters = possibilities[0]
    return "/" + form, parameters


def find(name: str, text: str) -> str | None:
    """The first address of this name in the source of a page, with its query."""
    form, parameters = address_form(name)
    pattern = re.escape(form)
    for parameter in parameters:
        kind = UUID if parameter.endswith("_id") else "[a-z_0-9-]+"
        pattern = pattern.replace(re.escape(f"%({parameter})s"), kind)
    for found in re.finditer(f'"({pattern}(?:[?][^"]*)?)"', text):
        address = html.unescape(found[1])
        if get_resolver().resolve(address.partition("?")[0]).url_name == name:  # "run" looks like a code, too
            return address
    return None


def gone(address: str) -> str:
    """The same address of a record that does not exist."""
    return (
        re.sub(UUID, UNKNOWN, address) if re.search(UUID, address) else re.sub(r"[^/]+/$", "gone/", address)
    )
