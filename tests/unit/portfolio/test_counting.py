"""What is counted by the worker, read live and counted anew is the same, whatever is written in between."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from konveyer.domain.deals.models import Deal
from konveyer.domain.leads.models import Lead, TemperatureChange
from konveyer.domain.leads.operations.change import set_temperature
from konveyer.domain.people.models import Company, Contact, Employment
from konveyer.domain.portfolio.models import DayMoves, Mark, Ripened, Stay
from konveyer.domain.portfolio.operations import count_parties
from konveyer.domain.portfolio.queries.moved import LIVE, moved
from konveyer.domain.portfolio.rules.tally import Tally
from konveyer.domain.touches.models import Touch
from konveyer.domain.touches.operations import record_touch
from konveyer.domain.workspace.models import Workspace
from konveyer.kit import tenancy
from tests.unit.leads.test_thread import company, opened
from tests.world import NOON, World

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TODAY = NOON.date() + 400 * DAY
SINCE = date(2026, 1, 1)


def seen(world: World) -> tuple[dict[Any, int], dict[Any, int]]:
    """Moves and ripening as a reader gets them, without zeros."""
    found = moved(world.workspace.pk, TODAY, NOON.date() - 9 * DAY, SINCE)
    assert found.waiting == 0
    return (
        {k: n for k, n in found.tally.moved.items() if n},
        {k: n for k, n in found.tally.ripe.items() if n},
    )


def count(world: World) -> None:
    assert not count_parties(workspace_id=world.workspace.pk)


def anew() -> None:
    """Throw everything counted away."""
    for table in (Stay, DayMoves, Ripened):
        table.objects.all().delete()


@pytest.fixture
def base(world: World) -> World:
    """Firm 0 warm with two exchanges, Firm 1 cold with a call, Firm 2 without leads; Oleg of Firm 1, Rita of none."""
    firms = [company(world, f"Firm {n}") for n in range(3)]
    names = {name: Contact.objects.create(workspace=world.workspace, first_name=name, name_key=name) for name in ("Oleg", "Rita")}  # fmt: skip
    Employment.objects.create(workspace=world.workspace, contact=names["Oleg"], company=firms[1])
    for firm in firms[:2]:
        lead = opened(world, by="Anna", company=firm, owner_id=world.people["Alina"].pk)
        call(world, lead, 1)
    warmed = Lead.objects.get(company=firms[0])
    set_temperature(actor=world.actor("Alina"), at=NOON + 3 * DAY, lead_id=warmed.pk, temperature="warm")
    call(world, warmed, 20)
    Company.objects.update(created_at=NOON)
    Contact.objects.update(created_at=NOON + DAY)
    Mark.objects.create(workspace=world.workspace)  # as after a change of the zone
    count_parties(workspace_id=world.workspace.pk)
    count(world)
    return world


def call(world: World, lead: Lead, days: int) -> Touch:
    return record_touch(
        actor=world.actor("Alina"), at=NOON + days * DAY, lead_id=lead.pk, channel="call", direction="out", outcome="talked",
        seconds=60,
    )  # fmt: skip


def way(name: str) -> list[tuple[str, int, int | None]]:
    """(class, day after the beginning, days it took) of a party."""
    found = [*Company.objects.filter(name=name), *Contact.objects.filter(first_name=name)]
    rows = Stay.objects.filter(party_id=found[0].pk).order_by("first_on")
    return [(row.became, (row.first_on - NOON.date()).days, row.days) for row in rows]


@pytest.mark.shows("I3.portfolio", "R24")
def test_every_company_and_every_contact_without_one_is_a_party_in_one_class(base: World) -> None:
    assert way("Firm 0") == [("cold", 0, None), ("warm", 3, 3), ("sleeping", 110, None)]
    assert way("Firm 1") == [("cold", 0, None)]
    assert way("Firm 2") == [("cold", 0, None)]
    assert way("Oleg") == []  # stands in his company
    assert way("Rita") == [("cold", 1, None)]
    rows = DayMoves.objects.order_by("day", "kind").values_list("day", "kind", "was", "became", "parties")
    assert [((day - NOON.date()).days, *rest) for day, *rest in rows] == [
        (0, "company", "", "cold", 3), (1, "contact", "", "cold", 1), (3, "company", "cold", "warm", 1),
        (110, "company", "warm", "sleeping", 1),
    ]  # fmt: skip
    assert list(Ripened.objects.values_list("month", "move", "days", "parties")) == [
        (date(2026, 11, 1), "warmed", 3, 1)
    ]


def lead_of(firm: int) -> Lead:
    return Lead.objects.get(company__name=f"Firm {firm}")


def move_touch(world: World) -> None:
    late = Touch.objects.order_by("-happened_at")[0]
    Touch.objects.filter(pk=late.pk).update(happened_at=NOON + 50 * DAY)


def win(world: World) -> None:
    lead, at = lead_of(1), NOON + 9 * DAY
    Lead.objects.filter(pk=lead.pk).update(state="won", won_at=at, won_on=at.date(), level="vip")
    Deal.objects.create(workspace=world.workspace, lead=lead, currency="RUB", status="won", status_at=at)


WRITES: list[tuple[str, Callable[[World], Any], dict[str, list[tuple[str, int]]]]] = [
    ("a new company", lambda w: company(w, "Firm 3"), {}),
    ("an exchange", lambda w: call(w, lead_of(0), 60), {"Firm 0": [("cold", 0), ("warm", 3), ("sleeping", 150)]}),
    ("an exchange moved", move_touch, {"Firm 0": [("cold", 0), ("warm", 3), ("sleeping", 140)]}),
    ("an exchange gone", lambda w: Touch.objects.filter(happened_at__gt=NOON + 9 * DAY).delete(), {"Firm 0": [("cold", 0), ("warm", 3), ("sleeping", 93)]}),
    ("no exchange after all", lambda w: Touch.objects.update(counted=False), {"Firm 0": [("cold", 0), ("warm", 3), ("sleeping", 93)]}),
    ("warmed a day later", lambda w: TemperatureChange.objects.update(at=NOON + 4 * DAY), {"Firm 0": [("cold", 0), ("warm", 4), ("sleeping", 110)]}),
    ("never warmed", lambda w: (TemperatureChange.objects.all().delete(), Lead.objects.update(temperature="cold")), {"Firm 0": [("cold", 0)]}),
    ("won", win, {"Firm 1": [("cold", 0), ("vip", 9)]}),
    ("a lead of another", lambda w: Lead.objects.filter(pk=lead_of(0).pk).update(company=Company.objects.get(name="Firm 2")), {"Firm 0": [("cold", 0)], "Firm 2": [("cold", 0), ("warm", 3), ("sleeping", 110)]}),
    ("left the company", lambda w: Employment.objects.update(ended_on=TODAY), {"Oleg": [("cold", 1)]}),
    ("came to a company", lambda w: Employment.objects.create(workspace=w.workspace, contact=Contact.objects.get(first_name="Rita"), company=Company.objects.get(name="Firm 2")), {"Rita": []}),
    ("the contact's own lead", lambda w: Lead.objects.filter(pk=lead_of(0).pk).update(company=None, contact=Contact.objects.get(first_name="Rita")), {"Firm 0": [("cold", 0)], "Rita": [("cold", 0), ("warm", 3), ("sleeping", 110)]}),
    ("the lead of one's man", lambda w: Lead.objects.filter(pk=lead_of(0).pk).update(company=None, contact=Contact.objects.get(first_name="Oleg")), {"Firm 1": [("cold", 0), ("warm", 3), ("sleeping", 110)]}),
    ("erased", lambda w: Contact.objects.filter(first_name="Rita").update(name_key=""), {"Rita": []}),
    ("a company gone", lambda w: Company.objects.filter(name="Firm 2").delete(), {}),
    ("another zone", lambda w: Workspace.objects.filter(pk=w.workspace.pk).update(timezone="Pacific/Kiritimati"), {"Rita": [("cold", 1)]}),
]  # fmt: skip


@pytest.mark.shows("I3.portfolio")
@pytest.mark.parametrize(("write", "expected"), [row[1:] for row in WRITES], ids=[row[0] for row in WRITES])
def test_a_write_is_seen_at_once_and_counted_the_same(
    base: World, write: Callable[[World], Any], expected: dict[str, list[tuple[str, int]]]
) -> None:
    write(base)
    assert Mark.objects.exists()
    if not Mark.objects.filter(subject_id=None).exists():
        live = seen(base)
        count(base)
        assert seen(base) == live
    while count_parties(workspace_id=base.workspace.pk):
        pass
    for name, days in expected.items():
        assert [(became, day) for became, day, _days in way(name)] == days
    counted, rows = seen(base), sorted(Stay.objects.values_list())
    anew()
    Mark.objects.create(workspace=base.workspace)
    count_parties(workspace_id=base.workspace.pk)
    count(base)
    assert seen(base) == counted
    assert sorted(Stay.objects.values_list()) == rows  # the same rows, also the same ids


@pytest.mark.shows("I3.portfolio")
def test_an_unanswered_call_and_a_title_mark_nothing(base: World) -> None:
    record_touch(
        actor=base.actor("Alina"), at=NOON + 30 * DAY, lead_id=lead_of(1).pk, channel="call", direction="out", outcome="no_answer"
    )  # fmt: skip
    Lead.objects.update(title="Something else")
    Contact.objects.update(first_name="Somebody")
    assert not Mark.objects.exists()


@pytest.mark.shows("I3.portfolio", "P5")
def test_a_load_waits_for_the_worker_and_says_so(base: World) -> None:
    Company.objects.bulk_create(
        Company(workspace=base.workspace, name=f"Row {n}", name_key=f"row {n}") for n in range(LIVE + 1)
    )
    found = moved(base.workspace.pk, TODAY, SINCE, SINCE)
    assert found.waiting == LIVE + 1
    assert sum(found.tally.moved[key] for key in found.tally.moved if key[2] == "") == 4
    assert count_parties(workspace_id=base.workspace.pk, limit=LIVE)
    count(base)
    assert sum(n for key, n in seen(base)[0].items() if key[2] == "") == 4 + LIVE + 1
    with tenancy.enter(base.twin.pk):
        assert moved(base.twin.pk, TODAY, SINCE, SINCE).tally == Tally()
