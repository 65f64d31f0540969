"""What stands in the place of building the cast for every test is the same to the last column."""

import json
import re

import pytest
from django.db import connection, transaction

from konveyer import wiring
from konveyer.kit import tenancy
from tests import again as module
from tests.again import again
from tests.unit.insight.planting import Garden, planted
from tests.world import build_world

CLOCK = re.compile(
    r"\d{4}-\d\d-\d\d[T ][\d:]+\.\d+[+-][\d:]+"
)  # by the server's clock: has parts of a second
BY_TRIGGER = {"funnel_dirty_month": ["id"], "sheet_dirty_day": ["id"], "portfolio_mark": ["id"]}


def rows(garden: Garden) -> dict[str, list[str]]:
    """Every row of both workspaces, whole, by tables that have any."""
    found = {}
    for workspace in (garden.world.workspace.pk, garden.world.twin.pk):
        with tenancy.enter(workspace), connection.cursor() as cursor:
            for table in connection.introspection.table_names(cursor):
                cursor.execute(
                    f'select to_jsonb(t) - %s::text[] from "{table}" t', [BY_TRIGGER.get(table, [])]
                )
                lines = [
                    json.dumps(line) if not isinstance(line, str) else line for (line,) in cursor.fetchall()
                ]
                if lines:
                    found[f"{table} of {workspace}"] = sorted(CLOCK.sub("now", line) for line in lines)
    return found


def build() -> Garden:
    """Two firms, their people, and leads in one of them."""
    world = build_world()
    with tenancy.enter(world.workspace.pk):
        return planted(world)


@pytest.mark.django_db
def test_what_is_written_again_is_what_was_built(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_kept", {})
    wiring.plug()
    seen = []
    for _time in ("built", "written again"):
        with transaction.atomic():
            garden = again("firm", build)
            seen.append((rows(garden), garden))
            transaction.set_rollback(True)
    (built, first), (written, second) = seen
    assert written == built
    assert len(built) > 20
    assert (second.world.workspace, second.world.people) == (first.world.workspace, first.world.people)
    assert second.world is not first.world
