"""A lead goes over to another conveyor, by hand or along a refusal route; both ways are kept."""

import pytest
from django.db import connection

from konveyer.domain.conveyor.models import Conveyor, RefusalRoute
from konveyer.domain.conveyor.operations import retire
from konveyer.domain.journal.models import Entry
from konveyer.domain.leads.models import Lead, StagePass
from konveyer.domain.leads.operations import open_lead, refuse, reroute, set_fact
from konveyer.domain.leads.operations.move import GateClosed
from konveyer.kit.refusal import Invalid, NotFound, Refused
from tests.unit.leads.test_thread import FIRST, company, opened, to
from tests.world import NOON, World

pytestmark = pytest.mark.django_db


def inbound(world: World) -> Conveyor:
    return Conveyor.objects.get(workspace=world.workspace, code="inbound")


def over(world: World, lead: Lead, by: str = "Anna", **more: object) -> Lead:
    values = {"conveyor_id": inbound(world).pk, "reason": "they wrote by themselves"} | more
    return reroute(actor=world.actor(by), at=NOON, lead_id=lead.pk, **values)  # type: ignore[arg-type]


def way(lead: Lead) -> list[tuple[str, str]]:
    rows = StagePass.objects.filter(lead=lead).order_by("id")
    return list(rows.values_list("stage__key", "outcome"))


@pytest.mark.shows("I3.routes")
def test_it_goes_to_the_first_stage_and_both_ways_are_kept(world: World) -> None:
    lead = to(
        world,
        opened(world, owner_id=world.people["Alina"].pk, by="Anna"),
        "first_contact",
        "Alina",
        facts=FIRST,
    )
    assert lead.owner == world.people["Alina"]
    gone = over(world, lead)
    assert (gone.conveyor.code, gone.stage.key, gone.state) == ("inbound", "inquiry", "open")
    assert gone.owner == world.people["Alina"], "she holds the role there, too"
    assert gone.next_task is not None
    assert way(lead) == [
        ("lead_generation", "passed"), ("first_contact", "rerouted"), ("inquiry", ""),
    ]  # fmt: skip
    line = Entry.objects.get(subject_id=lead.pk, action="rerouted")
    assert (line.reason, line.after["conveyor"]) == ("they wrote by themselves", "Inbound inquiries")
    connection.check_constraints()


@pytest.mark.shows("I3.routes")
def test_who_does_not_hold_the_role_there_gives_it_to_its_queue(world: World) -> None:
    lead = opened(world, by="Anna", owner_id=world.people["Marina"].pk)
    gone = over(world, lead, by="Marina")
    assert (gone.owner, gone.queue and gone.queue.code) == (None, "telemarketer")


@pytest.mark.shows("I3.routes", "R14")
def test_who_has_passed_the_filters_skips_stages(world: World) -> None:
    lead = opened(world)
    with pytest.raises(GateClosed) as closed:
        over(world, lead, by="Alina", to_stage_key="proposal")
    assert {one.fact for one in closed.value.missing} == {"request", "decision_maker"}
    for kind in ("request", "decision_maker"):
        set_fact(actor=world.actor("Alina"), at=NOON, lead_id=lead.pk, kind=kind, value="known")
    gone = over(world, lead, by="Alina", to_stage_key="proposal")
    assert gone.stage.key == "proposal"
    assert set(way(lead)) >= {("inquiry", "skipped"), ("qualification", "skipped"), ("proposal", "")}
    assert not StagePass.objects.filter(lead=lead).exclude(override_reason="").exists()


@pytest.mark.shows("I3.routes")
def test_the_head_of_sales_may_open_the_gates_of_skipped_stages_with_the_reason(world: World) -> None:
    lead = over(world, opened(world), to_stage_key="proposal")
    skipped = StagePass.objects.filter(lead=lead, outcome="skipped")
    assert {(one.override_reason, one.overridden_by) for one in skipped} == {
        ("they wrote by themselves", world.people["Anna"])
    }


@pytest.mark.shows("I3.routes")
@pytest.mark.parametrize(
    ("more", "field"),
    [({"reason": " "}, "reason"), ({"to_stage_key": "delivery"}, "stage"), ({"to_stage_key": "nowhere"}, "stage")],
)  # fmt: skip
def test_what_cannot_be(world: World, more: dict[str, str], field: str) -> None:
    lead = opened(world)
    with pytest.raises(Invalid) as refused:
        over(world, lead, **more)
    assert list(refused.value.fields) == [field]
    assert way(lead) == [("lead_generation", "")]


@pytest.mark.shows("I3.routes")
def test_not_to_where_it_stands_nor_to_a_retired_one_nor_by_who_does_not_see_it(world: World) -> None:
    lead = opened(world, by="Anna", owner_id=world.people["Alina"].pk)
    with pytest.raises(Invalid):
        over(world, lead, conveyor_id=lead.conveyor_id)
    with pytest.raises(NotFound):
        over(world, lead, by="Pavel")
    retire(actor=world.actor("Anna"), at=NOON, conveyor_id=inbound(world).pk)
    with pytest.raises(Refused) as refused:
        over(world, lead)
    assert refused.value.code == "conveyor_not_live"


@pytest.mark.shows("I3.routes")
def test_a_client_with_an_open_lead_there_is_not_doubled_by_hand_or_by_a_route(world: World) -> None:
    firm = company(world)
    there = open_lead(actor=world.actor("Anna"), at=NOON, conveyor_id=inbound(world).pk, company_id=firm.pk)
    lead = opened(world, company=firm)
    with pytest.raises(Refused) as refused:
        over(world, lead)
    assert (refused.value.code, refused.value.details) == ("open_lead_exists", {"lead": str(there.pk)})
    route = RefusalRoute.objects.create(
        workspace=world.workspace, conveyor_version_id=lead.conveyor_version_id, code="inbound", label="By themselves",
        destination="other_conveyor", to_conveyor=inbound(world), position=9,
    )  # fmt: skip
    with pytest.raises(Refused) as refused:
        refuse(actor=world.actor("Anna"), at=NOON, lead_id=lead.pk, refusal_id=route.pk)
    assert refused.value.code == "open_lead_exists"
    other = opened(world, company=company(world, "Another"))
    gone = refuse(actor=world.actor("Anna"), at=NOON, lead_id=other.pk, refusal_id=route.pk)
    assert (gone.conveyor.code, gone.queue is not None, way(other)[0][1]) == ("inbound", True, "rerouted")
