"""The bulk load obeys every constraint, leaves the tables as they were, and goes on where it stopped."""

from typing import Any

import pytest
from django.db import IntegrityError, connection

from konveyer.domain.demo.operations import seed as seeding
from konveyer.domain.demo.operations.bare import bare
from konveyer.domain.demo.operations.seed import seed
from konveyer.domain.leads.models import Lead
from konveyer.domain.touches.models import Touch
from konveyer.kit import tenancy
from tests.world import build_world


def built() -> set[tuple[Any, ...]]:
    """Every index, constraint and trigger of the public tables, with its state."""
    with connection.cursor() as cursor:
        cursor.execute(
            """select 'index', indrelid::regclass::text, pg_get_indexdef(indexrelid), indisvalid::text from pg_index
               union all select 'constraint', conrelid::regclass::text, conname || pg_get_constraintdef(oid), convalidated::text
                 from pg_constraint
               union all select 'trigger', tgrelid::regclass::text, tgname, tgenabled::text from pg_trigger where not tgisinternal"""
        )
        return {tuple(row) for row in cursor.fetchall()}


@pytest.mark.shows("I2.seed")
def test_the_load_is_whole_and_can_go_on(as_owner: None) -> None:
    world, before = build_world(), built()
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
        assert built() == before


@pytest.mark.shows("I2.seed")
def test_every_month_of_the_load_is_to_be_counted(as_owner: None) -> None:
    world = build_world()
    seed(world.workspace, leads=600, touches=0, sellers=5, say=lambda _line: None, vacuum=False)
    with connection.cursor() as cursor:
        cursor.execute(
            """select distinct date_trunc('month', arrived_on::timestamp)::date from lead where workspace_id = %(w)s
               except select month from funnel_dirty_month where workspace_id = %(w)s""",
            {"w": world.workspace.pk},
        )
        assert cursor.fetchall() == []
        cursor.execute(
            "select count(distinct day) from sheet_dirty_day where workspace_id = %s", [world.workspace.pk]
        )
        assert cursor.fetchone()[0] >= 100  # days of wins and deals of a year


def test_a_key_that_leads_nowhere_does_not_come_through(as_owner: None) -> None:
    world = build_world()
    seed(world.workspace, leads=10, touches=10, sellers=5, say=lambda _line: None, vacuum=False)
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        with pytest.raises(IntegrityError, match="foreign key"), bare(cursor, seeding.TABLES):
            cursor.execute("update touch set contact_id = uuidv7()")


def test_a_full_table_keeps_its_keys(as_owner: None, monkeypatch: pytest.MonkeyPatch) -> None:
    world = build_world()
    seed(world.workspace, leads=10, touches=10, sellers=5, say=lambda _line: None, vacuum=False)
    monkeypatch.setattr("konveyer.domain.demo.operations.bare.FEW", 5)
    before = built()
    with connection.cursor() as cursor, bare(cursor, seeding.TABLES) as empty:
        assert empty is False
        assert built() == before
