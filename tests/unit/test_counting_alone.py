"""Roll-ups are counted by one job at a time: one that finds another at work ends, instead of asking for itself again and again."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import psycopg
import pytest
from django.db import connection

from konveyer.domain.insight.models import DirtyMonth
from konveyer.domain.insight.operations import count_months
from konveyer.domain.portfolio.models import Mark
from konveyer.domain.portfolio.operations import count_parties
from konveyer.domain.portfolio.operations.counting import _TAKE
from konveyer.domain.sheet.models import DirtyDay
from konveyer.domain.sheet.operations import count_days
from tests.world import World

COUNTS: dict[str, tuple[Callable[..., Any], Any, dict[str, Any]]] = {
    "portfolio": (count_parties, Mark, {}),
    "sheet": (count_days, DirtyDay, {"day": date(2026, 11, 2)}),
    "funnel": (count_months, DirtyMonth, {"month": date(2026, 11, 1)}),
}


@contextmanager
def elsewhere(room: str, world: World) -> Iterator[None]:
    """Another connection is counting this workspace."""
    with psycopg.connect(**connection.get_connection_params()) as other:
        other.execute(
            "select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{room} {world.workspace.pk}"]
        )
        yield


@pytest.mark.django_db
@pytest.mark.shows("P5", "I3.portfolio", "S33")
@pytest.mark.parametrize("room", COUNTS)
def test_while_another_counts_nothing_is_done_and_nothing_asked_again(world: World, room: str) -> None:
    count, mark, values = COUNTS[room]
    mark.objects.all().delete()
    mark.objects.create(workspace=world.workspace, **values)
    with elsewhere(room, world):
        assert not count(workspace_id=world.workspace.pk)
        assert mark.objects.exists()
    while count(workspace_id=world.workspace.pk):
        pass
    assert not mark.objects.exists()


@pytest.mark.django_db
@pytest.mark.shows("P5", "I3.portfolio")
def test_marks_of_a_load_are_taken_by_their_index_before_anybody_has_counted_them(world: World) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into portfolio_mark (workspace_id, subject_id) select %s, uuidv7() from generate_series(1, 20000)",
            [world.workspace.pk],
        )
        cursor.execute(f"explain {_TAKE}", {"workspace": world.workspace.pk, "limit": 10_000})
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert re.search(r"Index Cond: .*id = ANY", plan), plan
