"""Day sums never change a figure, whatever is written in between: the marks cover every way a figure can move."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from konveyer.domain.deals.models import Deal, Payment
from konveyer.domain.leads.models import Lead, TemperatureChange
from konveyer.domain.leads.operations.change import set_temperature
from konveyer.domain.sheet.models import DaySums, DirtyDay
from konveyer.domain.sheet.operations import count_days
from konveyer.domain.sheet.queries.figures import cells, sums
from konveyer.domain.touches.models import Touch
from konveyer.domain.touches.operations import record_touch
from konveyer.domain.workspace.models import Workspace
from tests.unit.leads.test_thread import company, opened
from tests.world import NOON, World

FIRST, LAST = date(2026, 11, 1), date(2026, 12, 31)
DAY = timedelta(days=1)


def figures(world: World) -> dict[tuple[UUID, date, str], Decimal]:
    """What every cell of everybody says."""
    everybody = [one.pk for one in world.people.values()]
    return {
        key: one.counted for key, one in cells(world.workspace.pk, everybody, FIRST, LAST).items() if one.counted
    }  # fmt: skip


def live(world: World) -> dict[tuple[UUID, date, str], Decimal]:
    """The same from the events alone: every day is marked."""
    kept = list(DirtyDay.objects.all())
    DirtyDay.objects.bulk_create(
        DirtyDay(workspace=world.workspace, day=FIRST + DAY * n) for n in range((LAST - FIRST).days + 1)
    )
    try:
        return figures(world)
    finally:
        DirtyDay.objects.exclude(pk__in=[one.pk for one in kept]).delete()


def count(world: World) -> None:
    assert count_days(workspace_id=world.workspace.pk, limit=1000) == 0
    assert not DirtyDay.objects.exists()


@pytest.fixture
def books(world: World) -> World:
    """Two leads with calls on three days, one of them warm in between."""
    for n, name in enumerate(("Alina", "Marina")):
        who = world.people[name]
        lead = opened(world, by="Anna", company=company(world, f"Firm {n}"), owner_id=who.pk)
        for day in range(3):
            call(world, lead, NOON + DAY * day, name)
    warmed = Lead.objects.get(company__name="Firm 0")
    set_temperature(actor=world.actor("Alina"), at=NOON + DAY * 1.25, lead_id=warmed.pk, temperature="warm")
    return world


def call(world: World, lead: Lead, at: datetime, by: str) -> None:
    record_touch(
        actor=world.actor(by), at=at, lead_id=lead.pk, channel="call", direction="out", outcome="talked", seconds=60
    )  # fmt: skip


@pytest.mark.django_db
@pytest.mark.shows("I3.sheet", "P7")
def test_counted_days_give_the_figures_of_the_events_and_are_really_read(books: World) -> None:
    before = figures(books)
    assert DirtyDay.objects.exists()
    count(books)
    assert figures(books) == before == live(books)
    alina = books.people["Alina"].pk
    assert [(key[1].day, key[2], int(n)) for key, n in sorted(before.items()) if key[0] == alina] == [
        (24, "cold_calls", 1), (24, "talks", 1), (25, "cold_calls", 1), (25, "talks", 1), (25, "warm", 1), (26, "talks", 1),
        (26, "warm_calls", 1),
    ]  # fmt: skip
    DaySums.objects.filter(member_id=alina, day=date(2026, 11, 24)).update(cold_calls=1001)
    assert sums(books.workspace.pk, [alina], FIRST, LAST)[alina, "cold_calls"] == 1002


@pytest.mark.django_db
@pytest.mark.shows("I3.sheet")
def test_a_limit_counts_the_newest_days_first_and_says_how_many_wait(books: World) -> None:
    marked = sorted(set(DirtyDay.objects.values_list("day", flat=True)))
    assert count_days(workspace_id=books.workspace.pk, limit=1) == len(marked) - 1
    assert sorted(set(DirtyDay.objects.values_list("day", flat=True))) == marked[:-1]
    assert figures(books) == live(books)


def _lead() -> Lead:
    return Lead.objects.get(company__name="Firm 0")


def _won(world: World) -> None:
    """A deal with money, received and given back."""
    lead = _lead()
    deal = Deal.objects.create(
        workspace=world.workspace, lead=lead, currency="RUB", status_at=NOON, created_by=world.people["Marina"],
        created_at=NOON,
    )  # fmt: skip
    for kind, amount in (("received", 900), ("refund", 100)):
        Payment.objects.create(
            workspace=world.workspace, deal=deal, kind=kind, amount=amount, currency="RUB", received_on=NOON.date() + DAY
        )  # fmt: skip


WRITES: dict[str, Callable[[World], Any]] = {
    "touch": lambda w: call(w, _lead(), NOON + DAY * 3, "Alina"),
    "touch deleted": lambda w: Touch.objects.filter(happened_at=NOON).delete(),
    "touch moved": lambda w: Touch.objects.update(happened_at=NOON + DAY * 6),
    "touch of another": lambda w: Touch.objects.update(member=w.people["Pavel"]),
    "touch of nobody's lead": lambda w: Touch.objects.filter(lead=_lead()).update(
        company=_lead().company, lead=None
    ),
    "touch uncounted": lambda w: Touch.objects.update(counted=False),
    "touch a meeting": lambda w: Touch.objects.update(channel="meeting", outcome="held"),
    "touch automatic": lambda w: Touch.objects.update(automatic=True),
    "touch in": lambda w: Touch.objects.update(direction="in"),
    "warm before": lambda w: TemperatureChange.objects.create(
        workspace=w.workspace,
        lead=_lead(),
        was="cold",
        became="warm",
        at=NOON - DAY,
        cause="x",
        member=w.people["Alina"],
    ),
    "change deleted": lambda w: TemperatureChange.objects.all().delete(),
    "change moved": lambda w: TemperatureChange.objects.update(at=NOON - DAY * 2),
    "change was": lambda w: TemperatureChange.objects.update(was="hot"),
    "lead as warm as today": lambda w: Lead.objects.update(temperature="hot"),
    "money": _won,
    "deal of another": lambda w: (_won(w), count(w), Deal.objects.update(created_by=w.people["Pavel"])),
    "deal of history": lambda w: (_won(w), count(w), Deal.objects.update(history=True)),
    "deal moved": lambda w: (_won(w), count(w), Deal.objects.update(created_at=NOON + DAY * 9)),
    "paid elsewhere": lambda w: (_won(w), count(w), Payment.objects.update(received_on=NOON.date())),
    "paid more": lambda w: (_won(w), count(w), Payment.objects.update(amount=50)),
    "paid back gone": lambda w: (_won(w), count(w), Payment.objects.filter(kind="refund").delete()),
    "closer": lambda w: (_won(w), count(w), Lead.objects.update(closer=w.people["Timur"])),
    "owner": lambda w: (_won(w), count(w), Lead.objects.update(owner=w.people["Pavel"])),
    "zone": lambda w: Workspace.objects.filter(pk=w.workspace.pk).update(timezone="Pacific/Honolulu"),
    "currency": lambda w: (
        _won(w),
        count(w),
        Workspace.objects.filter(pk=w.workspace.pk).update(currency="USD"),
    ),
}


@pytest.mark.django_db
@pytest.mark.shows("I3.sheet")
@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES.keys())
def test_whatever_moves_a_figure_marks_its_days(books: World, write: Callable[[World], Any]) -> None:
    count(books)
    before = figures(books)
    write(books)
    assert figures(books) == live(books)
    count(books)
    after = figures(books)
    assert after == live(books)
    assert after != before or write is WRITES["change was"]


@pytest.mark.django_db
@pytest.mark.shows("I3.sheet")
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(sorted(set(WRITES) - {"zone", "currency", "warm before"})), max_size=5))
def test_any_order_of_writes(books: World, names: list[str]) -> None:
    for name in names:
        if not name.startswith(("money", "deal", "paid", "closer", "owner")) or not Deal.objects.exists():
            WRITES[name](books)
        assert figures(books) == live(books)
    count(books)
    assert figures(books) == live(books)
