"""The portfolio on the screen, as a file, over the API and as a command; every figure equals the records behind it."""

import argparse
import re
from datetime import timedelta
from decimal import Decimal
from html import unescape

import pytest
from django.utils import translation

from konveyer.commands.call import Call
from konveyer.commands.portfolio import portfolio as command
from konveyer.domain.leads.models import Lead
from konveyer.domain.leads.operations.change import set_temperature
from konveyer.domain.people.models import Company, Contact
from konveyer.domain.portfolio.models import Mark
from konveyer.domain.portfolio.operations import count_parties
from konveyer.kit import clock
from tests.unit.leads.test_thread import company, opened
from tests.web.api import Program
from tests.web.test_setup import said, signed_in
from tests.world import World

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LINK = re.compile(r'<a class="k-open" href="(/base/[^"]+)"[^>]*>([\d, ]+)</a>')


@pytest.fixture
def base(world: World) -> World:
    """Two warm companies (one since long ago, so it sleeps), two cold ones, and a cold person of no company; by the real clock."""
    at = clock.now()
    for n, (days, warmth) in enumerate(((3, "hot"), (200, "warm"))):
        lead = opened(
            world, by="Anna", company=company(world, f"Warm {n}"), owner_id=world.people["Alina"].pk
        )
        Lead.objects.filter(pk=lead.pk).update(
            arrived_at=at - (days + 5) * DAY, arrived_on=(at - (days + 5) * DAY).date(), expected_amount=Decimal(100_000 * (n + 1))
        )  # fmt: skip
        set_temperature(actor=world.actor("Alina"), at=at - days * DAY, lead_id=lead.pk, temperature=warmth)
    for n in range(2):
        company(world, f"Cold {n}")
    Contact.objects.create(workspace=world.workspace, first_name="Rita", name_key="rita")
    Company.objects.update(created_at=at - 2 * DAY)
    return world


@pytest.mark.shows("I3.portfolio")
def test_nobody_in_the_base_is_told_with_a_way_on(world: World) -> None:
    bare = said(signed_in("anna@north.example").get("/funnel/portfolio/"))
    assert "Nobody in the base yet" in bare
    assert "Bring in a list" in bare
    assert signed_in("vera@north.example").get("/funnel/portfolio/").status_code == 403
    assert signed_in("vera@north.example").get("/funnel/portfolio/days.csv").status_code == 403


@pytest.mark.shows("I3.portfolio", "R24")
@pytest.mark.parametrize("period", ["30d", "90d", "12m"])
def test_every_figure_opens_as_many_records(base: World, period: str) -> None:
    anna = signed_in("anna@north.example")
    assert Mark.objects.exists()
    live = anna.get(f"/funnel/portfolio/?period={period}").content.decode()
    assert not count_parties(workspace_id=base.workspace.pk)
    page = anna.get(f"/funnel/portfolio/?period={period}").content.decode()
    links = LINK.findall(page)
    assert links == LINK.findall(live)  # a write is seen before it is counted
    assert len(links) > 8
    for href, figure in links:
        listed = anna.get(unescape(href)).content.decode()
        rows = listed.count('class="k-rowlink"')
        assert rows == int(figure), href
    assert "Expected" not in page
    assert "The whole base" in page


@pytest.mark.shows("I3.portfolio", "I2.api")
def test_the_api_the_command_and_the_file_say_the_same(base: World) -> None:
    count_parties(workspace_id=base.workspace.pk)
    with translation.override("en"):
        told = command(Call(argparse.Namespace(period="30d"), clock.now(), base.workspace))
    classes = {one["class"]: (one["companies"], one["people"], one["net"]) for one in told.data["classes"]}
    assert classes == {
        "cold": (2, 1, 3), "sleeping": (1, 0, 0), "warm": (0, 0, 0), "hot": (1, 0, 1), "client": (0, 0, 0), "vip": (0, 0, 0),
    }  # fmt: skip
    assert told.data["base"] == 5
    assert told.data["moves"] == {"came": 4, "warmed": 1, "won": 0, "slept": 0, "woke": 0}
    warmed = told.data["ripening"][0]
    assert (warmed["move"], warmed["sample"], warmed["days_median"], warmed["days_p90"], warmed["small"]) == (
        "warmed", 2, 5, 5, True,
    )  # fmt: skip
    assert told.data["expected"] == {}  # nothing was won yet: nobody knows a chance
    assert told.data["without_chance"] == {"RUB": {"leads": 2, "amount": 300_000.0}}
    assert (told.data["open_leads"], told.data["without_amount"], told.data["not_counted_yet"]) == (2, 0, 0)
    assert "The whole base: 5" in told.lines
    answer = Program(base.people["Anna"]).get("portfolio", period="30d")
    assert (answer.status_code, answer.json()) == (200, told.data)
    assert Program(base.people["Anna"]).get("portfolio", period="1d").status_code == 422
    csv = signed_in("anna@north.example").get("/funnel/portfolio/days.csv").content.decode()
    lines = csv.splitlines()
    assert len(lines) == 31
    assert lines[0].endswith("Came in;Became warm;Became clients;Fell asleep;Woke up")
    assert lines[-1].split(";")[1:8] == ["5", "3", "1", "0", "1", "0", "0"]


@pytest.mark.shows("I3.portfolio", "I2.api")
def test_lists_and_the_api_narrow_by_class_and_by_move(base: World) -> None:
    count_parties(workspace_id=base.workspace.pk)
    anna = Program(base.people["Anna"])

    def names(resource: str, **asked: object) -> list[str]:
        return sorted(
            one.get("name") or one["first_name"] for one in anna.get(resource, **asked).json()["items"]
        )

    today = clock.now().date()
    assert names("companies", **{"class": "cold"}) == ["Cold 0", "Cold 1"]
    assert names("companies", **{"class": "sleeping"}) == ["Warm 1"]
    assert names("contacts", **{"class": "cold"}) == ["Rita"]
    assert names("companies", move="warmed") == ["Warm 0", "Warm 1"]
    assert names("companies", move="warmed", move_from=today - 10 * DAY) == ["Warm 0"]
    assert names("companies", move="slept", move_to=today) == ["Warm 1"]
    assert anna.get("companies", **{"class": "lukewarm"}).status_code == 422
    page = (
        signed_in("anna@north.example")
        .get(f"/base/companies/?move=warmed&move_from={today - 10 * DAY}")
        .content.decode()
    )
    assert "Became warm:" in page
    assert 'name="move_from"' in page  # another filter keeps it
    assert signed_in("anna@north.example").get("/base/companies/?class=lukewarm").status_code in (400, 422)
