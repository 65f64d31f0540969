"""The hands of the clock go round as often as they are meant to: a cron line with its seconds in the wrong place is still a cron line."""

from datetime import UTC, datetime, timedelta
from importlib import import_module
from itertools import pairwise
from pkgutil import iter_modules

import pytest
from croniter import croniter
from procrastinate.contrib.django import app

from konveyer import jobs

START = datetime(2026, 3, 2, 9, 41, 7, tzinfo=UTC)
EVERY = {
    "absence.due": timedelta(minutes=5),
    "audit.due": timedelta(minutes=10),
    "audit.letters": timedelta(hours=1),
    "delivery.due": timedelta(seconds=5),
    "delivery.left": timedelta(minutes=1),
    "duplicates.night": timedelta(days=1),
    "hooks.due": timedelta(seconds=10),
    "hooks.tidy": timedelta(days=1),
    "imports.tidy": timedelta(days=1),
    "insight.dirty_months": timedelta(minutes=1),
    "leads.overdue_handoffs": timedelta(minutes=1),
    "leads.sleepers": timedelta(minutes=5),
    "portfolio.marked": timedelta(minutes=1),
    "sheet.dirty_days": timedelta(minutes=1),
    "stalled.requeue": timedelta(seconds=20),
}


@pytest.mark.shows("I2.up", "I2.handoff")
def test_every_clock_strikes_as_often_as_meant() -> None:
    for module in iter_modules(jobs.__path__, jobs.__name__ + "."):
        import_module(module.name)
    kept = {
        task.task.name: croniter(task.cron, START) for task in app.periodic_registry.periodic_tasks.values()
    }
    strikes = {name: [line.get_next(datetime) for _ in range(4)] for name, line in kept.items()}
    gaps = {name: {b - a for a, b in pairwise(times)} for name, times in strikes.items()}
    assert gaps == {name: {gap} for name, gap in EVERY.items()}
