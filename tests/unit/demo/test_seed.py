"""The bulk load obeys every constraint and goes on where it stopped."""

import pytest
from django.db import connection

from konveyer.domain.demo.operations.seed import seed
from konveyer.domain.leads.models import Lead
from konveyer.domain.touches.models import Touch
from konveyer.kit import tenancy
from tests.world import build_world


@pytest.mark.shows("I2.seed")
def test_the_load_is_whole_and_can_go_on(as_owner: None) -> None:
    world = build_world()
    for expected in (700, 800):
        seed(world.workspace, leads=expected if expected == 700 else 100, touches=expected * 2 if expected == 700 else 200,
             sellers=5, say=lambda _line: None, vacuum=False)  # fmt: skip
        with tenancy.enter(world.workspace.pk):
            assert Lead.objects.filter(workspace=world.workspace).count() == expected
            assert Touch.objects.filter(workspace=world.workspace).count() == expected * 2
            states = dict.fromkeys(
                Lead.objects.filter(workspace=world.workspace).values_list("state", flat=True)
            )
            assert set(states) == {"open", "won", "lost"}
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from pg_constraint where conrelid = 'touch'::regclass and contype = 'f'"
        )
        assert cursor.fetchone() == (7,)
