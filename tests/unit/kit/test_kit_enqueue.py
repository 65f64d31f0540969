"""A job is asked for in the transaction that needs it, in a request and inside the worker alike."""

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.testing import InMemoryConnector

from konveyer.kit.enqueue import enqueue
from tests.world import World


def asked() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from procrastinate_jobs where task_name = 'kit.nothing'")
        return int(cursor.fetchone()[0])


@pytest.mark.django_db
@pytest.mark.shows("S33")
@pytest.mark.parametrize("in_worker", [False, True])
def test_it_stands_and_falls_with_its_transaction(world: World, in_worker: bool) -> None:
    connector = InMemoryConnector() if in_worker else app.connector
    with app.replace_connector(connector):
        with transaction.atomic():
            enqueue("kit.nothing", workspace_id=world.workspace.pk, number=7)
            assert asked() == 1
            transaction.set_rollback(True)
        assert asked() == 0
        enqueue("kit.nothing", workspace_id=world.workspace.pk, number=7)
    assert asked() == 1
