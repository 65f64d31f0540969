"""Every figure is the number of the records that it opens, for everybody who may read it."""

import random
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest

from konveyer.domain.insight.queries.funnel import report
from konveyer.domain.insight.rules.question import By, Kind, Question
from konveyer.domain.insight.rules.records import Column, records
from konveyer.domain.leads.models import Lead
from konveyer.domain.leads.queries.filters import leads_matching
from konveyer.domain.leads.rules.lead_filter import LeadFilter, parse
from konveyer.domain.workspace.rules.actor import Actor
from tests.again import again
from tests.unit.insight.planting import Garden
from tests.world import World

ASKED = [
    ("Igor", (date(2026, 2, 10), date(2026, 5, 3)), None),
    ("Igor", (None, None), "classic"),
    ("Alina", (None, None), None),
    ("Marina", (date(2026, 3, 1), None), None),
]


@pytest.fixture
def garden(world: World) -> Garden:
    return again("forty leads", partial(sown, world))


def sown(world: World) -> Garden:
    """Forty leads at random over half a year, two conveyors, all kinds of credit."""
    chance = random.Random(20261124)
    garden = Garden(world)
    for _number in range(40):
        arrived = date(2026, 1, 1) + timedelta(days=chance.randrange(180))
        won = arrived + timedelta(days=chance.randrange(-5, 90)) if chance.random() < 0.3 else None
        garden.lead(
            arrived,
            won,
            origin=chance.choice(["fair", "search", "none", None]),
            page=chance.choice(["/a", "/b", None]),
            telemarketer=chance.choice(["Alina", "Pavel", None]),
            closer=chance.choice(["Marina", None]),
            owner=chance.choice(["Alina", "Marina", None]) if won else None,
            conveyor=chance.choice(["new_clients", "new_clients", "classic"]),
            reached=chance.randrange(1, 6),
            step=timedelta(days=chance.randrange(20)),
        )
    return garden


def check(question: Question, actor: Actor) -> int:
    asked = 0
    found = report(question, actor)
    mine = actor.seen_members is not None
    for row, whole in [*((row, False) for row in found.rows), (found.total, True)]:
        counts = row.counts
        for column in Column:
            wanted = records(question, counts, column, whole=whole, mine=mine)
            behind = leads_matching(parse(wanted.as_query()), actor)
            assert behind.count() == getattr(counts, column.value), (question, counts, column)
            asked += 1
    return asked


@pytest.mark.shows("S28", "I2.funnel")
@pytest.mark.parametrize("by", list(By))
@pytest.mark.parametrize("kind", list(Kind))
def test_every_figure_is_the_number_of_its_records(garden: Garden, by: By, kind: Kind) -> None:
    asked = 0
    for name, (first, last), conveyor in ASKED:
        asked += check(Question(by, kind, first, last, conveyor), garden.world.actor(name))
    assert asked > 30


@pytest.mark.shows("I2.permissions")
def test_who_sees_his_own_leads_alone_gets_figures_of_those(garden: Garden) -> None:
    alina = garden.world.people["Alina"].pk
    whole = report(Question(By.MONTH), garden.world.actor("Alina")).total.counts
    hers = Lead.objects.filter(telemarketer_id=alina) | Lead.objects.filter(owner_id=alina)
    assert 0 < whole.leads == hers.count() < 40
    assert whole.won == hers.filter(state="won").count()


@pytest.mark.shows("I2.workspaces")
def test_the_twin_counts_nothing_of_ours(garden: Garden) -> None:
    from konveyer.domain.workspace.rules.actor import for_workspace
    from konveyer.kit import tenancy

    with tenancy.enter(garden.world.twin.pk):
        assert report(Question(By.ORIGIN), for_workspace(garden.world.twin.pk)).rows == []


def keys_of(garden: Garden, **query: str) -> int:
    return leads_matching(parse(query), garden.world.system).count()


def test_a_filter_reads_what_it_wrote() -> None:
    wanted = LeadFilter(
        conveyor="classic", origin="без источника & co", without="page", state="won", doubtful=True, mine=True,
        first=date(2026, 3, 1), last=date(2026, 3, 31), won_from=date(2026, 4, 1), reached="classic/meeting",
        reached_to=date(2026, 5, 1),
    )  # fmt: skip
    assert parse(wanted.as_query()) == wanted
    assert parse({}) == LeadFilter()
    assert parse({"month": "2026-02", "from": "2026-02-10", "page": ""}) == LeadFilter(
        first=date(2026, 2, 10), last=date(2026, 2, 28)
    )


@pytest.mark.shows("F26", "I2.bad-input")
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("from", "31.03.2026"), ("to", "2026-02-30"), ("month", "2026-13"), ("month", "9999-12"), ("without", "id"),
        ("state", "won' or 1=1"), ("doubtful", "x"), ("origin", "a\x00b"), ("page", "x" * 401), ("won_from", "0"),
    ],
)  # fmt: skip
def test_a_filter_that_cannot_be_is_refused_and_named(name: str, value: str) -> None:
    from konveyer.kit.refusal import Invalid

    with pytest.raises(Invalid) as refused:
        parse({name: value})
    assert set(refused.value.fields) == {name}


@pytest.mark.shows("F26")
def test_a_key_that_does_not_exist_means_no_leads(garden: Garden) -> None:
    for name in ("origin", "page", "telemarketer", "closer", "owner", "stage", "reached", "conveyor"):
        query: dict[str, Any] = {name: "'; drop table lead --"}
        assert keys_of(garden, **query) == 0
    assert keys_of(garden, origin="none") == Lead.objects.filter(origin__key="none").count() > 0
    assert keys_of(garden, without="origin") == Lead.objects.filter(origin=None).count() > 0
    assert keys_of(garden, telemarketer="Alina") == keys_of(
        garden, telemarketer=str(garden.world.people["Alina"].pk)
    )


def test_stage_is_where_a_lead_stands_and_reached_where_it_has_been(garden: Garden) -> None:
    standing = keys_of(garden, stage="new_clients/first_contact")
    reached = keys_of(garden, reached="new_clients/first_contact")
    assert standing == Lead.objects.filter(stage__key="first_contact", conveyor__code="new_clients").count()
    assert 0 < standing < reached
    assert keys_of(garden, reached="first_contact") > reached  # of both conveyors
