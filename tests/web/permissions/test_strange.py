"""Every address with an id, and every value of every form and query: whatever stands there, no failure."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import quote, unquote

import pytest
from django.urls import Resolver404, resolve

from konveyer.api.root import api
from tests.web.permissions.asking import Ask, ask
from tests.web.permissions.house import House, url_of
from tests.web.permissions.matrix import Address, Row, addresses, rows
from tests.web.permissions.strange import (
    NO_IDS,
    WHOLE,
    WORDS,
    changeable,
    heard,
    in_place,
    of_another_kind,
    some_values,
)

WHO = "owner"


@pytest.mark.shows("I2.bad-input", "F26")
@pytest.mark.timeout(600)
def test_what_is_no_id_in_an_address_is_not_found(house: House) -> None:
    house.ready(WHO)
    wrong, tried = [], 0
    for row, address, good in _asks(house):
        for param in address.params:
            another = of_another_kind(house.firm.own[WHO], param)
            for name, text in {**NO_IDS, "another kind": another}.items():
                tried += 1
                url = in_place(address, good.args, param, text)
                if not _is_known(url):
                    continue
                with house.sent(_client(house, row), row.method, url, good) as answer:
                    if answer.status_code not in (404, 422, WORDS.get(f"{row.address} {param}")):
                        wrong.append(f"{row.key} {param}={name}: {answer.status_code}")
    assert not wrong, f"{len(wrong)} of {tried}\n" + "\n".join(wrong)
    assert not house.changed()
    assert tried > len(NO_IDS) * len([row for row in rows() if "_id" in row.key])


@pytest.mark.shows("I2.bad-input", "F26")
@pytest.mark.parametrize("name", NO_IDS)
def test_what_leads_nowhere_is_not_found(house: House, name: str) -> None:
    text = quote(NO_IDS[name], safe="")
    for url, client in (
        (f"/leads/{text}/", house.browser(WHO)),
        (f"/api/v1/leads/{text}", house.program(WHO)),
    ):
        with house.sent(client, "GET", url, Ask({})) as answer:
            assert answer.status_code == 404


@pytest.mark.shows("I2.bad-input", "F26")
@pytest.mark.timeout(6000 if WHOLE else 600)
@pytest.mark.parametrize("part", ["screens", "api"])
def test_no_value_of_a_form_or_query_breaks_anything(house: House, part: str) -> None:
    house.ready(WHO)
    wrong, asked = [], 0
    for row, address, good in _asks(house):
        if row.api is not (part == "api"):
            continue
        for where, name in _values(house, row, address, good):
            another = str(house.firm.own[WHO].product_id)
            for kind, text in some_values(f"{row.key} {name}", another).items():
                bad = _with(good, where, name, text)
                url = url_of(row, address, bad)
                with house.sent(_client(house, row), row.method, url, bad) as answer:
                    asked += 1
                    if answer.status_code >= 500:
                        wrong.append(f"{row.key} {where} {name}={kind}: {answer.status_code} {url[:200]}")
    assert not wrong, f"{len(wrong)} of {asked}\n" + "\n".join(wrong)
    assert not house.changed()
    assert asked > len(rows()) // 2


def _asks(house: House) -> Iterator[tuple[Row, Address, Ask]]:
    for row in rows():
        address = addresses()[row.address]
        yield row, address, ask(row, address, house.firm, house.firm.own[WHO], WHO)


def _client(house: House, row: Row) -> Any:
    return house.program(WHO) if row.api else house.browser(WHO)


def _is_known(url: str) -> bool:
    """Whether the address leads anywhere; most texts fit none, which is looked up here instead of asked for."""
    try:
        resolve(unquote(url))
    except Resolver404:
        return False
    return True


def _values(house: House, row: Row, address: Address, good: Ask) -> list[tuple[str, str]]:
    """Where a value stands and its name: what is sent, what the screen reads, what the description of the API names."""
    if row.api:
        says = (
            api.get_openapi_schema(path_prefix="/api/v1/")["paths"]
            .get(row.address, {})
            .get(row.method.lower(), {})
            .get("parameters", [])
        )
        names = {one["name"] for one in says if one["in"] == "query"}
        return [("query", name) for name in sorted(names)] + [
            ("body", name) for name in changeable(good.body)
        ]
    names = set()
    with heard(names), house.sent(house.browser(WHO), row.method, url_of(row, address, good), good):
        pass
    names |= {*good.query, *changeable(good.body)}
    where = "query" if row.method == "GET" else "body"
    return [(where, name) for name in sorted(names)] + [
        ("query", name) for name in good.query if where == "body"
    ]


def _with(good: Ask, where: str, name: str, text: str) -> Ask:
    given: dict[str, Any] = {**((good.query if where == "query" else good.body) or {}), name: text}
    return replace(good, query=given) if where == "query" else replace(good, body=given)
