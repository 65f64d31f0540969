"""Working time of leads, by hand-counted cases."""

from datetime import UTC, datetime, timedelta

import pytest

from konveyer.domain.conveyor.models import Stage
from konveyer.domain.leads.models import Handoff
from konveyer.domain.leads.queries.office import office_of
from konveyer.domain.leads.rules.deadlines import (
    calendar_of,
    next_working_morning,
    speed,
    working_deadline,
    working_time,
)
from konveyer.domain.staff.operations.frames import set_frame
from konveyer.domain.workspace.models import Member
from tests.unit.leads.test_thread import AGREED, FIRST, WATCHED, opened, stage, to
from tests.world import NOON, World

MOSCOW = "Europe/Moscow"


def moscow(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour - 3, minute, tzinfo=UTC)


@pytest.mark.shows("S26")
@pytest.mark.parametrize(
    ("start", "hours", "expected"),
    [
        (moscow(24, 12), 2, moscow(24, 14)),
        (moscow(24, 17), 2, moscow(25, 10)),
        (moscow(27, 17, 30), 1, moscow(30, 9, 30)),  # Friday evening into Monday
        (moscow(28, 12), 9, moscow(30, 18)),  # Saturday
        (moscow(3, 17), 2, moscow(5, 10)),  # the 4th of November is a holiday in Russia
    ],
)
def test_a_deadline_counts_working_hours_only(start: datetime, hours: float, expected: datetime) -> None:
    assert working_deadline(start, hours, MOSCOW) == expected


@pytest.mark.shows("S26")
def test_speed_to_lead() -> None:
    friday = moscow(27, 17, 55)
    assert speed(friday, None, moscow(27, 18, 30), MOSCOW) == "waiting"  # five working minutes
    assert speed(friday, moscow(30, 9, 9), moscow(30, 12), MOSCOW) == "taken"  # fourteen
    assert speed(friday, None, moscow(30, 9, 11), MOSCOW) == "late"
    assert speed(friday, None, moscow(30, 9, 26), MOSCOW) == "escalated"
    assert working_time(friday, moscow(27, 17), MOSCOW) == timedelta()


def test_what_has_no_term_is_due_next_working_morning() -> None:
    assert next_working_morning(moscow(27, 12), MOSCOW) == moscow(30, 10)


@pytest.mark.shows("R28", "S26")
def test_the_hours_of_a_frame_are_the_week_in_which_terms_run() -> None:
    evenings = "2-6 14:00-20:00"  # Tuesday to Saturday
    assert working_deadline(moscow(24, 12), 2, MOSCOW, evenings) == moscow(24, 16)
    assert working_deadline(moscow(28, 19), 2, MOSCOW, evenings) == moscow(
        1, 15, month=12
    )  # Saturday into Tuesday
    assert working_time(moscow(24, 9), moscow(24, 21), MOSCOW, evenings) == timedelta(hours=6)
    assert next_working_morning(moscow(28, 12), MOSCOW, evenings) == moscow(1, 15, month=12)
    assert calendar_of(MOSCOW, "") == calendar_of(MOSCOW)


@pytest.mark.shows("R28")
def test_stages_handoffs_and_steps_run_in_the_hours_of_whoever_works(world: World) -> None:
    for name, hours in (("Alina", "2-6 14:00-20:00"), ("Marina", "1-5 10:00-12:00")):
        set_frame(
            actor=world.actor("Anna"), at=NOON, kind="hours", value=hours, member_id=world.people[name].pk
        )
    Member.objects.filter(pk=world.people["Marina"].pk).update(timezone="Asia/Yekaterinburg")
    assert office_of(world.workspace.pk, world.people["Marina"].pk) == (
        "Asia/Yekaterinburg",
        "1-5 10:00-12:00",
    )
    assert office_of(world.workspace.pk) == (MOSCOW, "")
    lead = opened(world, by="Anna", owner_id=world.people["Alina"].pk)
    Stage.objects.filter(pk=stage(world, "first_contact").pk).update(sla_hours=4)
    lead = to(world, lead, "first_contact", "Alina", facts=FIRST)
    assert lead.due_at == moscow(24, 18)  # from noon: she begins at two
    to(world, lead, "meeting", "Alina", facts=WATCHED | AGREED, to_member_id=world.people["Marina"].pk)
    sent = Handoff.objects.get(lead=lead, state="sent")
    assert sent.due_at == moscow(25, 10)  # two hours from the next 10:00 in Yekaterinburg, 8:00 in Moscow
