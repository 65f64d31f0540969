"""The house, built once for all tests of a module here."""

import gc
import logging
from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import pytest
from django.db import transaction

from konveyer import wiring
from konveyer.domain.notes import ports
from tests.web.permissions.firm import build_firm
from tests.web.permissions.house import House


@pytest.fixture(scope="module")
def db(django_db_setup: None, django_db_blocker: Any) -> Iterator[House]:
    """In this module the database is one transaction, which never commits, with the house in it."""
    wiring.plug()
    healthy = patch("konveyer.kit.health.everything", return_value=[])  # no worker runs beside the tests
    folder = ports.store()
    ports.use(ports.MemoryStore())
    told = logging.getLogger("django.request")
    told.disabled = True  # thousands of refusals are meant
    with healthy, django_db_blocker.unblock(), transaction.atomic():
        house = House(build_firm())
        gc.freeze()  # what stands for all of the module is not looked through again and again
        yield house
        transaction.set_rollback(True)
    gc.unfreeze()
    told.disabled = False
    ports.use(folder)


@pytest.fixture
def house(db: House) -> House:
    return db
