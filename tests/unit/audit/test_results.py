"""Results against frames: what each framed member did inside his limits."""

from datetime import timedelta
from decimal import Decimal

import pytest

from konveyer.domain.audit.queries.check import moment_of
from konveyer.domain.audit.queries.results import results
from konveyer.domain.catalog.models import Product
from konveyer.domain.deals.models import Deal
from konveyer.domain.people.models import Contact
from konveyer.domain.sheet.models import DailyCount
from konveyer.domain.staff.operations.frames import set_frame
from konveyer.domain.touches.models import Touch
from konveyer.kit.refusal import Forbidden
from tests.web.cast import opened
from tests.web.test_setup import said, signed_in
from tests.world import NOON, World

pytestmark = pytest.mark.django_db


def days(world: World, name: str, calls: int, warm: int, count: int = 10) -> None:
    """So many days of work before today."""
    DailyCount.objects.bulk_create(
        DailyCount(
            workspace=world.workspace, member=world.people[name], day=(NOON - timedelta(days=back)).date(), measure=measure,
            value=value, entered_at=NOON,
        )
        for back in range(1, count + 1)
        for measure, value in (("cold_calls", calls), ("warm", warm))
    )  # fmt: skip


def frame(world: World, name: str, kind: str, value: str) -> None:
    set_frame(
        actor=world.actor("Igor"),
        at=NOON,
        member_id=world.people[name].pk,
        role_id=None,
        kind=kind,
        value=value,
    )


@pytest.mark.shows("I3.frames", "R28")
def test_who_calls_and_brings_nothing_is_told_from_who_does_not_call(world: World) -> None:
    for name, calls, warm in (("Alina", 60, 4), ("Pavel", 60, 0), ("Marina", 20, 2)):
        frame(world, name, "daily_calls", "50")
        days(world, name, calls, warm)
    found = {one.member.name: one for one in results(world.actor("Lev"), moment_of(world.workspace.pk, NOON))}
    assert set(found) == {"Alina", "Pavel", "Marina"}  # the others have no frame
    alina, pavel, marina = found["Alina"], found["Pavel"], found["Marina"]
    assert (alina.per_day, alina.days, alina.idle, alina.below) == (60, 10, False, False)
    assert (pavel.calls, pavel.warm, pavel.idle, pavel.below) == (600, 0, True, False)
    assert (marina.per_day, marina.idle, marina.below) == (20, False, True)  # 200 calls say nothing of a rate
    with pytest.raises(Forbidden):
        results(world.actor("Alina"), moment_of(world.workspace.pk, NOON))


@pytest.mark.shows("I3.frames", "R28")
def test_discounts_open_leads_and_hours_stand_beside_their_limits(world: World) -> None:
    frame(world, "Marina", "discount_percent", "10")
    frame(world, "Marina", "open_leads", "1")
    frame(world, "Marina", "hours", "1-5 09:00-18:00")
    marina = world.people["Marina"]
    product = Product.objects.create(
        workspace=world.workspace, code="x", name="X", level="core", price=Decimal(1000), currency="RUB"
    )  # fmt: skip
    lead = opened(world, "Kama", at=NOON)
    Deal.objects.create(
        workspace=world.workspace, lead=lead, product=product, amount=Decimal(920), currency="RUB", status="open", status_at=NOON,
        created_by=marina, created_at=NOON,
    )  # fmt: skip
    person = Contact.objects.create(workspace=world.workspace, first_name="Roman", name_key="roman")
    for hours in (
        -1,
        -4,
        8,
    ):  # noon in Moscow less an hour; 8 in the morning; of the evening nothing has come yet
        Touch.objects.create(
            workspace=world.workspace, contact=person, member=marina, channel="call", direction="out", outcome="talked",
            happened_at=NOON + timedelta(hours=hours),
        )  # fmt: skip
    one = results(world.actor("Igor"), moment_of(world.workspace.pk, NOON))[0]
    assert (one.discount, one.discount_limit, one.deals) == (8, 10, 1)
    assert (one.open_leads, one.open_limit, one.over) == (0, 1, False)
    assert (one.outside, one.in_all) == (1, 2)


@pytest.mark.shows("I3.frames")
def test_the_screen_says_where_to_set_a_frame_and_then_what_it_brought(world: World) -> None:
    anna = signed_in("anna@north.example")
    assert "Nobody has a frame yet" in said(anna.get("/audit/frames/"))
    frame(world, "Alina", "daily_calls", "50")
    assert "Alina" in said(anna.get("/audit/frames/"))
    assert signed_in("alina@north.example").get("/audit/frames/").status_code == 403
