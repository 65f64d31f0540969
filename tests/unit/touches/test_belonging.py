"""To which lead a touch belongs: never to one that had not arrived yet."""

from datetime import datetime, timedelta

import pytest

from konveyer.domain.leads.models import Lead, Task
from konveyer.domain.people.models import Contact, ContactPoint, PointUse
from konveyer.domain.touches.models import Touch
from konveyer.domain.touches.operations import record_touch, tap
from konveyer.domain.touches.rules.belonging import moment_within
from konveyer.kit.refusal import Invalid
from tests.unit.leads.test_thread import opened
from tests.world import NOON, World

MOSCOW = "Europe/Moscow"


@pytest.mark.shows("R6")
@pytest.mark.parametrize(
    ("moment", "precision", "inside"),
    [
        (NOON, "second", NOON),
        (NOON + timedelta(hours=1), "second", NOON + timedelta(hours=1)),
        (NOON - timedelta(seconds=59), "second", NOON),  # people type minutes
        (NOON - timedelta(minutes=1), "second", None),
        (
            NOON - timedelta(hours=11),
            "day",
            NOON - timedelta(hours=11),
        ),  # one o'clock in the night of that day
        (NOON - timedelta(hours=13), "day", None),
    ],
)
def test_the_moment_of_a_touch_on_a_lead(moment: datetime, precision: str, inside: datetime | None) -> None:
    assert moment_within(moment, NOON, precision, MOSCOW) == inside


def whose(world: World, **more: object) -> Lead:
    lead = opened(world, by="Anna", owner_id=world.people["Alina"].pk, **more)
    person = Contact.objects.create(workspace=world.workspace, last_name="Kudrin", name_key="kudrin")
    Lead.objects.filter(pk=lead.pk).update(contact=person)
    lead.refresh_from_db()
    return lead


@pytest.mark.shows("R6", "I2.reconcile")
def test_a_touch_from_before_the_lead_hangs_on_the_person_and_leaves_the_lead_alone(world: World) -> None:
    lead = whose(world)
    touch = record_touch(
        actor=world.actor("Alina"), at=NOON + timedelta(hours=1), lead_id=lead.pk, channel="call", outcome="interest",
        happened_at=NOON - timedelta(days=1),
    )  # fmt: skip
    assert (touch.lead, touch.contact, touch.happened_at) == (None, lead.contact, NOON - timedelta(days=1))
    after = Lead.objects.get(pk=lead.pk)
    assert (after.version, after.first_touch_at, after.temperature) == (lead.version, None, "cold")
    assert Task.objects.get(pk=after.next_task_id).done_at is None
    by_person = record_touch(
        actor=world.actor("Alina"), at=NOON + timedelta(hours=1), contact_id=lead.contact_id, channel="call",
        outcome="talked", happened_at=NOON - timedelta(days=2),
    )  # fmt: skip
    assert by_person.lead is None
    later = record_touch(
        actor=world.actor("Alina"), at=NOON, contact_id=lead.contact_id, channel="call", outcome="talked"
    )
    assert later.lead_id == lead.pk


@pytest.mark.shows("R6")
def test_before_a_lead_of_nobody_there_is_nobody_to_write_it_to(world: World) -> None:
    lead = opened(world, by="Anna", owner_id=world.people["Alina"].pk)
    Lead.objects.filter(pk=lead.pk).update(company=None, title="Anonymous")
    with pytest.raises(Invalid) as refused:
        record_touch(
            actor=world.actor("Alina"), at=NOON, lead_id=lead.pk, channel="call", outcome="talked",
            happened_at=NOON - timedelta(days=1),
        )  # fmt: skip
    assert (refused.value.code, refused.value.fields) == ("touch_before_lead", {"happened_at": "before"})
    assert Touch.objects.count() == 0


@pytest.mark.shows("I2.tap", "S26")
def test_a_tap_keeps_its_moment_and_the_first_touch_follows_when_it_gets_another(world: World) -> None:
    lead = whose(world)
    point = ContactPoint.objects.create(workspace=world.workspace, kind="phone", value="+73422004117")
    PointUse.objects.create(workspace=world.workspace, point=point, contact=lead.contact)
    alina, tapped_at = world.actor("Alina"), NOON + timedelta(minutes=3)
    attempt = tap(actor=alina, at=tapped_at, point_id=point.pk, lead_id=lead.pk)
    settled = {"actor": alina, "at": NOON + timedelta(minutes=20), "lead_id": lead.pk, "channel": "call"}
    touch = record_touch(outcome="gatekeeper", tapped_id=attempt.pk, **settled)
    assert (touch.pk, touch.happened_at) == (attempt.pk, tapped_at)
    lead.refresh_from_db()
    assert lead.first_touch_at == tapped_at
    second = tap(actor=alina, at=NOON + timedelta(minutes=1), point_id=point.pk, lead_id=lead.pk)
    record_touch(outcome="talked", tapped_id=second.pk, happened_at=NOON + timedelta(minutes=9), **settled)
    lead.refresh_from_db()
    assert lead.first_touch_at == tapped_at
