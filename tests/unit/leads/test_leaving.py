"""A member leaves or the zone changes: everything of his goes over at once; days are counted anew."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from konveyer.domain.absence.operations import dismiss
from konveyer.domain.conveyor.models import Stage
from konveyer.domain.conveyor.queries import conveyors
from konveyer.domain.deals.models import Deal
from konveyer.domain.journal.models import Entry
from konveyer.domain.leads.models import Handoff, Lead, StagePass, Task
from konveyer.domain.leads.operations import move_lead, open_lead
from konveyer.domain.leads.operations.leaving import open_work
from konveyer.domain.staff.operations.members import deactivate
from konveyer.domain.staff.operations.workspace import change_workspace
from konveyer.domain.staff.rules.authority import OpenWork
from konveyer.domain.workspace.models import Member, Workspace
from tests.world import NOON, PASSWORD, World

pytestmark = pytest.mark.django_db


def leads_of(world: World, name: str, count: int = 3) -> list[Lead]:
    conveyor = conveyors(world.workspace.pk)[0]
    return [
        open_lead(
            actor=world.actor("Anna"), at=NOON, conveyor_id=conveyor.pk, title=f"L{number}",
            owner_id=world.people[name].pk,
        )
        for number in range(count)
    ]  # fmt: skip


@pytest.mark.shows("I2.members", "I2.nothing-dropped")
def test_open_work_is_counted_and_handed_over_in_one_action(world: World) -> None:
    pavel, alina = world.people["Pavel"], world.people["Alina"]
    leads = leads_of(world, "Pavel")
    closing = Stage.objects.filter(conveyor_version=leads[0].conveyor_version, role__code="closer").order_by(
        "position"
    )[0]
    timur = world.people["Timur"]
    move_lead(
        actor=world.actor("Anna"), at=NOON, lead_id=leads[0].pk, to_stage_id=closing.pk, override_reason="test",
        to_member_id=timur.pk,
    )  # fmt: skip
    with pytest.raises(OpenWork) as held:
        deactivate(actor=world.actor("Igor"), at=NOON, member_id=pavel.pk)
    assert held.value.details == {"leads": 2, "tasks": 2, "handoffs": 0}
    with pytest.raises(OpenWork) as held:
        deactivate(actor=world.actor("Igor"), at=NOON, member_id=timur.pk)
    assert held.value.details["handoffs"] == 1
    dismiss(actor=world.actor("Igor"), at=NOON, member_id=timur.pk, to=world.people["Marina"].pk)
    dismiss(actor=world.actor("Igor"), at=NOON, member_id=pavel.pk, to=alina.pk)
    assert not Lead.objects.filter(owner=pavel).exists()
    assert Lead.objects.filter(owner=alina).count() == 2
    assert Task.objects.filter(member=alina, done_at=None, cancelled_at=None).count() == 2
    assert StagePass.objects.filter(owner=alina, left_at=None).count() == 2
    handed = Lead.objects.get(pk=leads[0].pk)
    assert (handed.owner_id, handed.closer_id) == (world.people["Marina"].pk, world.people["Marina"].pk)
    assert handed.telemarketer_id == pavel.pk, "what he did stays his"
    assert Handoff.objects.get(lead=handed).to_member_id == world.people["Marina"].pk
    lines = Entry.objects.filter(subject="lead", action="assigned", subject_id=leads[1].pk)
    assert [(line.before, line.after) for line in lines] == [
        ({"owner_id": str(pavel.pk)}, {"owner_id": str(alina.pk)})
    ]
    assert lines[0].batch_id is not None
    assert Lead.objects.get(pk=leads[1].pk).version == leads[1].version + 1, "an open card is told"
    assert not open_work(world.workspace.pk, pavel.pk).any


@pytest.mark.shows("I2.members")
def test_leaving_signs_out_everywhere(world: World) -> None:
    client = Client()
    client.post("/sign-in/login/", {"login": "lev@north.example", "password": PASSWORD})
    assert client.get("/profile/").status_code == 200
    deactivate(actor=world.actor("Igor"), at=NOON, member_id=world.people["Lev"].pk)
    assert client.get("/profile/").status_code == 302, "to the sign-in"
    assert not Member.objects.get(name="Lev").active


@pytest.mark.shows("I2.workspaces")
def test_another_zone_counts_the_days_anew_but_dates_stay_dates(world: World) -> None:
    late, dated, won = leads_of(world, "Alina")
    evening = datetime(2026, 3, 1, 20, 30, tzinfo=UTC)  # 23:30 in Moscow, the next day in Omsk
    day = evening.date()
    Lead.objects.filter(pk=late.pk).update(arrived_at=evening, arrived_on=day, arrived_precision="second")
    Lead.objects.filter(pk=dated.pk).update(arrived_at=evening, arrived_on=day, arrived_precision="day")
    Lead.objects.filter(pk=won.pk).update(
        arrived_at=evening - timedelta(days=9), arrived_on=day - timedelta(days=9), state="won", won_at=evening,
        won_on=day, won_precision="second",
    )  # fmt: skip
    Deal.objects.create(workspace=world.workspace, lead=won, currency="RUB", status="won", status_at=evening)
    row = Workspace.objects.get(pk=world.workspace.pk)

    def move(zone: str) -> None:
        change_workspace(
            actor=world.actor("Igor"), at=NOON, name=row.name, language=row.language, timezone=zone,
            team_size=row.team_size, talk_seconds=row.talk_seconds,
        )  # fmt: skip

    move("Asia/Omsk")
    next_day = day + timedelta(days=1)
    assert Lead.objects.get(pk=late.pk).arrived_on == next_day
    assert Lead.objects.get(pk=dated.pk).arrived_on == day
    assert (Lead.objects.get(pk=won.pk).won_on, Lead.objects.get(pk=won.pk).arrived_on) == (
        next_day,
        next_day - timedelta(days=9),
    )
    move("Europe/Moscow")
    assert Lead.objects.get(pk=late.pk).arrived_on == day
