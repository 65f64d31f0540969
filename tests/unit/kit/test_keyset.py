"""Keyset paging: every row once, both ways, and cursors that nobody can misuse."""

import base64
import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from konveyer.domain.people.models import Company
from konveyer.kit.keyset import cursor, page, page_of
from konveyer.kit.refusal import Invalid
from tests.world import NOON, World

BY_NAME = ("name_key", "id")
NEWEST = ("-created_at", "-id")


def companies(world: World, count: int) -> None:
    Company.objects.bulk_create(
        Company(
            workspace=world.workspace,
            name=f"Firm {number // 2:03}",  # pairs share a name: the id decides
            name_key=f"firm {number // 2:03}",
            created_at=NOON + timedelta(minutes=number // 3),
        )
        for number in range(count)
    )


@pytest.mark.shows("I2.base")
@pytest.mark.parametrize("order", [BY_NAME, NEWEST, ("-name_key", "-id")])
def test_forth_and_back_meets_every_row_once(world: World, order: tuple[str, ...]) -> None:
    companies(world, 23)
    rows = Company.objects.filter(workspace=world.workspace)
    expected = list(rows.order_by(*order).values_list("id", flat=True))
    forth, shown = page(rows, order, size=5), []
    while True:
        shown.append([row.pk for row in forth.rows])
        if forth.after is None:
            break
        forth = page(rows, order, after=forth.after, size=5)
    assert [pk for part in shown for pk in part] == expected
    assert [len(part) for part in shown] == [5, 5, 5, 5, 3]
    back, returned = forth, [shown[-1]]
    while back.before is not None:
        back = page(rows, order, before=back.before, size=5)
        returned.insert(0, [row.pk for row in back.rows])
    assert returned == shown


@pytest.mark.shows("I2.base")
@pytest.mark.parametrize("order", [BY_NAME, NEWEST])
def test_branches_that_overlap_are_one_list(world: World, order: tuple[str, ...]) -> None:
    companies(world, 23)
    rows = Company.objects.filter(workspace=world.workspace)
    branches = [rows.filter(name_key__lt="firm 006"), rows.filter(name_key__gte="firm 004")]
    expected = list(rows.order_by(*order).values_list("id", flat=True))
    shown, here = [], page_of(branches, order, size=5)
    while here.after:
        shown += [row.pk for row in here.rows]
        here = page_of(branches, order, after=here.after, size=5)
    assert [*shown, *(row.pk for row in here.rows)] == expected
    assert here.before
    back = page_of(branches, order, before=here.before, size=5)
    assert [row.pk for row in back.rows] == expected[15:20]


@pytest.mark.shows("I2.base")
def test_first_page_has_nothing_before_and_an_exact_fit_nothing_after(world: World) -> None:
    companies(world, 5)
    only = page(Company.objects.filter(workspace=world.workspace), BY_NAME, size=5)
    assert (len(only.rows), only.after, only.before) == (5, None, None)
    assert page(Company.objects.none(), BY_NAME).rows == []


@pytest.mark.shows("I2.base")
def test_the_place_is_compared_as_a_whole(world: World) -> None:
    companies(world, 3)
    rows = Company.objects.filter(workspace=world.workspace)
    place = cursor(rows.order_by(*BY_NAME)[0], BY_NAME)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        page(rows, BY_NAME, after=place)
    assert len(queries) == 1
    assert 'ROW("company"."name_key", "company"."id") > ' in queries[0]["sql"]


def _token(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode()


@pytest.mark.shows("F26", "I2.bad-input")
@pytest.mark.parametrize(
    "token",
    ["%%%", "not base64 at all", _token("text"), _token({}), _token(["one"]), _token(["a", "not a uuid"]),
     _token([["a"], "b"]), _token([None, None]), _token([True, "x"]), _token("[" * 9000), "'; drop table company; --",
     _token(["a\0b", "01a2066e-07d4-72c2-b7ed-2eb3aaf23537"])],
)  # fmt: skip
def test_a_strange_cursor_is_refused(world: World, token: str) -> None:
    with pytest.raises(Invalid) as refusal:
        page(Company.objects.filter(workspace=world.workspace), BY_NAME, after=token)
    assert refusal.value.code == "cursor"


def test_one_direction_for_all_fields() -> None:
    with pytest.raises(ValueError):
        page(Company.objects.none(), ("name_key", "-id"))
