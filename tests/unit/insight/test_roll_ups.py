"""Roll-ups never change a figure: clean, dirty, stale zone, half counted."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

import psycopg
import pytest
from django.db import connection

from konveyer.domain.conveyor.models import Stage
from konveyer.domain.deals.models import Deal
from konveyer.domain.insight.models import CountedMonth, DirtyMonth, FunnelCell
from konveyer.domain.insight.operations import count_months
from konveyer.domain.insight.queries.funnel import funnel, report
from konveyer.domain.insight.rules.question import By, Kind, Question
from konveyer.domain.leads.models import Lead, StagePass
from konveyer.domain.workspace.models import Workspace
from konveyer.kit import tenancy
from tests.again import again
from tests.unit.insight.planting import Garden, day, example
from tests.world import World, build_world


@pytest.fixture
def garden(world: World) -> Garden:
    return again("example and a lead elsewhere", partial(sown, world))


def sown(world: World) -> Garden:
    garden = Garden(world)
    garden.planted = example(garden)  # type: ignore[attr-defined]
    garden.lead(day("02-27"), reached=4, step=timedelta(days=20), conveyor="classic")
    return garden


def everything(world: World) -> list[Any]:
    """Every report there is over three periods, as data."""
    found: list[Any] = []
    periods = ((None, None, None), (day("03-05"), day("04-30"), None), (None, day("03-31"), "classic"))
    for first, last, conveyor in periods:
        for by in By:
            for kind in Kind:
                rows = funnel(Question(by, kind, first, last, conveyor), world.system)
                found.append([row.as_data() for row in rows])
    return found


def live(world: World) -> list[Any]:
    """The same from the facts alone."""
    kept = list(CountedMonth.objects.all())
    CountedMonth.objects.all().delete()
    try:
        return everything(world)
    finally:
        CountedMonth.objects.bulk_create(kept)


def dirty() -> list[str]:
    return sorted({f"{month:%Y-%m}" for month in DirtyMonth.objects.values_list("month", flat=True)})


def count(world: World) -> None:
    assert count_months(workspace_id=world.workspace.pk, limit=100) == 0


@pytest.mark.shows("I2.funnel", "P5")
def test_counted_months_give_the_figures_of_the_facts(garden: Garden) -> None:
    before = everything(garden.world)
    assert dirty() == ["2026-02", "2026-03", "2026-04", "2026-05"]
    count(garden.world)
    assert CountedMonth.objects.count() == 4
    assert FunnelCell.objects.exists()
    assert everything(garden.world) == before
    # They are really read: what stands in a clean month's cell is believed.
    cell = FunnelCell.objects.filter(by="total", basis="arrived", month=date(2026, 3, 1), days=None).get()
    FunnelCell.objects.filter(pk=cell.pk).update(leads=cell.leads + 1000)
    march = report(Question(By.ORIGIN, first=day("03-01"), last=day("03-31")), garden.world.system)
    assert march.total.counts.leads == 1004


def test_counting_a_little_at_a_time_counts_all(garden: Garden) -> None:
    before = everything(garden.world)
    for left in (3, 2, 1, 0):
        assert count_months(workspace_id=garden.world.workspace.pk, limit=1) == left
        assert everything(garden.world) == before
    first = sorted(FunnelCell.objects.values_list())
    DirtyMonth.objects.create(workspace=garden.world.workspace, month=date(2026, 3, 1))
    count(garden.world)
    assert sorted(FunnelCell.objects.values_list()) == first  # the same rows, also the same ids


def win(garden: Garden, number: int, on: date) -> None:
    lead: Lead = garden.planted[number]  # type: ignore[attr-defined]
    at = datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
    Lead.objects.filter(pk=lead.pk).update(state="won", won_at=at, won_on=on, queue=None)
    Deal.objects.create(workspace=lead.workspace, lead=lead, currency="RUB", status="won", status_at=at)


def change(**fields: Any) -> Callable[[Garden], None]:
    def done(garden: Garden) -> None:
        assert Lead.objects.filter(pk=garden.planted[2].pk).update(**fields) == 1  # type: ignore[attr-defined]

    return done


def passed(garden: Garden) -> StagePass:
    lead = garden.planted[2]  # type: ignore[attr-defined]
    return StagePass.objects.get(lead=lead)


def enter_again(garden: Garden) -> None:
    """Lead 2 (March) comes to the stage it started in once more, earlier than it was known: in January."""
    at = datetime(2026, 1, 10, tzinfo=UTC)
    one = passed(garden)
    StagePass.objects.create(
        workspace=one.workspace, lead=one.lead, stage=one.stage, entered_at=at, left_at=at, outcome="returned"
    )


WRITES: list[tuple[str, Callable[[Garden], Any], list[str]]] = [
    ("a new lead", lambda g: g.lead(day("06-01")), ["2026-06"]),
    ("a win", lambda g: win(g, 2, day("06-09")), ["2026-03", "2026-06"]),
    ("another day", change(arrived_on=day("07-01")), ["2026-03", "2026-07"]),
    ("another source", change(origin=None), ["2026-03"]),
    ("another telemarketer", change(telemarketer=None), ["2026-03"]),
    ("read from deals", change(credit_from_deals=True), ["2026-03"]),
    ("nothing that counts", change(title="Something else", temperature="warm"), []),
    ("the same again", change(arrived_on=day("03-05")), []),
    ("an earlier entry", enter_again, ["2026-01", "2026-03"]),
    ("a later entry", lambda g: StagePass.objects.filter(pk=passed(g).pk).update(
        entered_at=datetime(2026, 8, 1, tzinfo=UTC)), ["2026-03", "2026-08"]),
    ("left the stage", lambda g: StagePass.objects.filter(pk=passed(g).pk).update(
        left_at=datetime(2026, 8, 1, tzinfo=UTC), outcome="passed"), []),
    ("a pass taken away", lambda g: passed(g).delete(), ["2026-03"]),
    ("a lead taken away", lambda g: g.planted[2].delete(), ["2026-03"]),  # type: ignore[attr-defined]
    ("another zone", lambda g: Workspace.objects.filter(pk=g.world.workspace.pk).update(timezone="Asia/Vladivostok"),
     ["2026-02", "2026-03", "2026-04", "2026-05"]),
    ("another key of a stage", lambda g: Stage.objects.filter(key="meeting").update(key="talk"),
     ["2026-02", "2026-03", "2026-04", "2026-05"]),
]  # fmt: skip


@pytest.mark.shows("I2.funnel")
@pytest.mark.parametrize(("write", "months"), [row[1:] for row in WRITES], ids=[row[0] for row in WRITES])
def test_a_write_marks_the_months_it_changes_and_no_others(
    garden: Garden, write: Callable[[Garden], Any], months: list[str]
) -> None:
    count(garden.world)
    write(garden)
    assert dirty() == months
    truth = live(garden.world)
    assert everything(garden.world) == truth
    count(garden.world)
    assert dirty() == []
    assert everything(garden.world) == truth


@pytest.mark.shows("I2.funnel")
def test_a_write_that_commits_after_the_counting_is_not_lost(committed: None) -> None:
    """Commits come out of order: a lead written before the counting began, but committed after it ended."""
    world = build_world()
    with tenancy.enter(world.workspace.pk):
        garden = Garden(world)
        example(garden)
        count(world)
    address = {name: connection.settings_dict[key] for name, key in (("host", "HOST"), ("port", "PORT"))}
    with psycopg.connect(**address, dbname=connection.settings_dict["NAME"], user="konveyer_owner") as late:
        columns = [field.column for field in Lead._meta.local_concrete_fields if not field.generated]
        copied = ", ".join("uuidv7()" if name == "id" else name for name in columns)
        late.execute(
            f"insert into lead ({', '.join(columns)}) select {copied} from lead where arrived_on = '2026-03-05' and external_key is null"
        )
        with tenancy.enter(world.workspace.pk):
            DirtyMonth.objects.create(workspace=world.workspace, month=day("03-01"))
            count(world)  # sees nothing of it
            assert march(world) == 4
    with tenancy.enter(world.workspace.pk):
        assert march(world) == 5
        count(world)
        assert march(world) == 5
        assert everything(world) == live(world)


def march(world: World) -> int:
    question = Question(By.ORIGIN, first=day("03-01"), last=day("03-31"))
    return report(question, world.system).total.counts.leads
