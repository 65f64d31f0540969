"""My day: the order and its reasons, for each kind of member; a constant number of queries."""

from datetime import timedelta

import pytest
from django.test import Client

from konveyer.domain.conveyor.models import Conveyor
from konveyer.domain.leads.operations import hold, open_lead, plan_next
from konveyer.domain.leads.queries.filters import leads_matching
from konveyer.domain.leads.rules.lead_filter import WAITS, LeadFilter
from konveyer.domain.people.models import Company
from konveyer.domain.workplace.queries import my_day
from konveyer.domain.workplace.rules import Planned, Turn, pace, turn
from konveyer.domain.workplace.team import standstill
from tests.unit.leads.test_thread import AGREED, FIRST, WATCHED, company, opened, to
from tests.world import NOON, World


@pytest.mark.shows("I2.my-day")
def test_the_order_of_the_day() -> None:
    ends = NOON + timedelta(hours=9)
    assert turn(Planned(NOON, False, True), NOON, ends) == Turn.INCOMING
    assert turn(Planned(NOON - timedelta(hours=1), True, False), NOON, ends) == Turn.PROMISED
    assert turn(Planned(NOON - timedelta(hours=1), False, False), NOON, ends) == Turn.LATE
    assert turn(Planned(NOON + timedelta(hours=1), False, False), NOON, ends) == Turn.TODAY
    assert turn(Planned(NOON + timedelta(days=1), True, False), NOON, ends) == Turn.LATER


@pytest.mark.shows("R20", "I2.my-day")
def test_the_pace_of_the_norm() -> None:
    nine = timedelta(hours=9)
    assert pace(25, 50, nine / 2, nine) == 0
    assert pace(10, 50, nine, nine) == -40
    assert pace(3, 50, timedelta(), nine) == 3
    assert pace(3, 50, timedelta(), timedelta()) == 3  # a day off asks for nothing


@pytest.mark.shows("I2.my-day", "S26")
def test_what_a_telemarketer_and_a_closer_see(world: World) -> None:
    lead = opened(world, company=company(world, "Alpha"))
    lead = to(world, lead, "second_contact", facts=FIRST | WATCHED, to_member_id=world.people["Alina"].pk)
    queued = opened(world, company=company(world, "Beta"))
    to(world, queued, "first_contact", facts=FIRST)
    day = my_day(world.actor("Alina"), NOON + timedelta(minutes=5))
    seen = [(group.turn, [str(item.lead.company) for item in group.items]) for group in day.groups]
    assert seen[0] == (Turn.HANDOFF, ["Alpha"])
    assert (Turn.QUEUE, ["Beta"]) in seen
    to(world, lead, "meeting", "Alina", facts=AGREED, to_member_id=world.people["Marina"].pk)
    closer = my_day(world.actor("Marina"), NOON + timedelta(minutes=5))
    assert next((group.turn, len(group.items)) for group in closer.groups) == (Turn.HANDOFF, 1)


@pytest.mark.shows("I2.my-day", "P7")
def test_the_screen_asks_the_same_number_of_questions_whatever_the_base(
    world: World, client: Client, django_assert_max_num_queries: object
) -> None:
    client.force_login(world.people["Alina"].user)  # type: ignore[arg-type]
    conveyor = Conveyor.objects.get(workspace=world.workspace, code="inbound")
    for number in range(12):
        firm = Company.objects.create(
            workspace=world.workspace, name=f"Firm {number}", name_key=f"firm {number}"
        )
        lead = open_lead(actor=world.actor("Alina"), at=NOON, conveyor_id=conveyor.pk, company_id=firm.pk)
        plan_next(
            actor=world.actor("Alina"), at=NOON, lead_id=lead.pk, kind="call", title="Call", due_at=NOON
        )
    with django_assert_max_num_queries(22):  # type: ignore[operator]
        page = client.get("/")
    assert page.status_code == 200
    assert page.content.decode().count("data-row-link") == 12


@pytest.mark.shows("I2.my-day")
@pytest.mark.parametrize("name", ["Igor", "Anna", "Alina", "Marina", "Vera", "Lev"])
def test_every_role_has_a_first_screen(world: World, client: Client, name: str) -> None:
    client.force_login(world.people[name].user)  # type: ignore[arg-type]
    assert client.get("/").status_code == 200


def test_a_visitor_is_sent_to_the_sign_in(db: None, client: Client) -> None:
    assert client.get("/").headers["Location"].startswith("/sign-in/")


@pytest.mark.shows("I2.my-day", "R27")
def test_what_stands_still_opens_exactly_those_leads(world: World) -> None:
    handed = opened(world, company=company(world, "Handed"))
    to(world, handed, "second_contact", facts=FIRST | WATCHED, to_member_id=world.people["Alina"].pk)
    resting = {}
    for name, days in (("Wakes", 12), ("Sleeps", 40)):
        resting[name] = opened(world, company=company(world, name))
        until = (NOON + timedelta(days=days)).date()
        hold(actor=world.actor("Igor"), at=NOON, lead_id=resting[name].pk, wake_on=until)
    inbound = Conveyor.objects.get(workspace=world.workspace, code="inbound")
    came = company(world, "Came in")
    open_lead(actor=world.system, at=NOON, conveyor_id=inbound.pk, company_id=came.pk, incoming=True)
    later = NOON + timedelta(days=10)
    seen = {
        what: sorted(
            str(lead.company)
            for lead in leads_matching(LeadFilter(waits=what), world.actor("Igor"), at=later)
        )
        for what in WAITS
    }
    assert seen == {
        "late": ["Came in", "Handed"],
        "queue": ["Came in"],
        "handoff": ["Handed"],
        "contact": ["Came in"],
        "wake": ["Wakes"],
    }
    figures = standstill(world.actor("Igor"), later)
    assert [len(seen[what]) for what in WAITS] == [
        figures.late_stage,
        figures.unsorted,
        figures.handoffs_late,
        figures.untouched_incoming,
        figures.waking_soon,
    ]
