"""Qualified, handed over, accepted, held: four things, counted apart."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from konveyer.domain.conveyor.operations import set_criteria
from konveyer.domain.conveyor.queries.criteria import criteria_of
from konveyer.domain.insight.queries.handed import Asked, handed
from konveyer.domain.insight.queries.handoffs import Handoffs, handoffs
from konveyer.domain.journal.models import Entry
from konveyer.domain.leads.models import Handoff, Lead, LeadFact, Qualification, TemperatureChange
from konveyer.domain.leads.operations import FactsMissing, accept_handoff, move_lead, qualify, return_handoff
from konveyer.domain.leads.queries.judging import standing, verdicts
from konveyer.domain.touches.operations import record_touch
from konveyer.kit.refusal import Forbidden, Invalid, NotFound
from tests.refusals import refused
from tests.unit.leads.test_thread import company, opened
from tests.world import NOON, World

GOOD = {"pain": "few new clients", "decision_maker": "himself", "minutes_watched": "36"}
POOR = {"pain": "none", "decision_maker": "his boss", "minutes_watched": "3", "decision_time": "Later"}
DAY = timedelta(days=1)


def lead_of(world: World, name: str = "One", owner: str = "Alina") -> Lead:
    return opened(world, by="Anna", company=company(world, name), owner_id=world.people[owner].pk)


def judged(world: World, lead: Lead, facts: dict[str, str], by: str = "Alina", **more: Any) -> Qualification:
    return qualify(actor=world.actor(by), at=NOON, lead_id=lead.pk, facts=facts, **more)


@pytest.mark.django_db
@pytest.mark.shows("I3.qualification", "R12")
def test_a_lead_that_meets_the_criteria_is_qualified_and_hot(world: World) -> None:
    lead = lead_of(world)
    row = judged(world, lead, GOOD | {"nonsense": "is not asked"})
    assert (row.verdict, row.overridden, row.criteria.number) == ("qualified", False, 1)
    assert row.facts == GOOD
    assert {one["fact"]: one["stands"] for one in row.reasons} == {
        "pain": "holds", "decision_maker": "holds", "decision_time": "unknown", "minutes_watched": "holds",
    }  # fmt: skip
    lead.refresh_from_db()
    assert lead.temperature == "hot"
    assert TemperatureChange.objects.get(lead=lead).cause == "qualified"
    assert dict(LeadFact.objects.filter(lead=lead).values_list("kind", "value")) == GOOD | {
        "qualified": "yes"
    }
    assert Entry.objects.filter(subject_id=lead.pk, action="qualified").count() == 1


@pytest.mark.django_db
@pytest.mark.shows("I3.qualification", "S24")
def test_what_is_not_known_is_asked_for_and_nothing_is_written(world: World) -> None:
    lead = lead_of(world)
    with pytest.raises(FactsMissing) as caught:
        judged(world, lead, {"pain": "few new clients"})
    assert [one["fact"] for one in caught.value.details["missing"]] == [
        "decision_maker",
        "decision_time",
        "minutes_watched",
    ]
    assert not Qualification.objects.exists()
    assert not LeadFact.objects.filter(lead=lead).exists()


@pytest.mark.django_db
@pytest.mark.shows("I3.qualification", "R12")
def test_a_lead_that_does_not_fit_stays_as_warm_as_it_was(world: World) -> None:
    lead = lead_of(world)
    row = judged(world, lead, POOR)
    lead.refresh_from_db()
    assert (row.verdict, lead.temperature) == ("not_qualified", "cold")
    assert LeadFact.objects.get(lead=lead, kind="qualified").value == "no"
    later = judged(world, lead, {"minutes_watched": "40"})
    assert [one.verdict for one in verdicts(world.workspace.pk, lead.pk)] == ["qualified", "not_qualified"]
    assert standing(lead).verdict == later


@pytest.mark.django_db
@pytest.mark.shows("I3.qualification", "R28")
def test_against_the_criteria_by_who_may_and_with_a_reason(world: World) -> None:
    lead = lead_of(world)
    with pytest.raises(Forbidden):
        judged(world, lead, POOR, override_reason="I like him")
    row = judged(world, lead, POOR, by="Anna", override_reason="a daughter of a client")
    assert (row.verdict, row.overridden, row.note) == ("qualified", True, "a daughter of a client")
    with pytest.raises(IntegrityError), transaction.atomic():
        Qualification.objects.filter(pk=row.pk).update(note="")


@pytest.mark.django_db
@pytest.mark.shows("I3.qualification", "I2.bad-input", "I2.stale")
def test_when_there_is_nothing_to_judge(world: World) -> None:
    lead = lead_of(world)
    with refused("lead_changed"):
        judged(world, lead, GOOD, version=lead.version + 1)
    with pytest.raises(NotFound):
        judged(world, lead, GOOD, by="Marina")
    set_criteria(actor=world.actor("Igor"), at=NOON, conveyor_id=lead.conveyor_id, items=(), wanted=0, was=1)
    with refused("no_criteria"):
        judged(world, lead, GOOD)
    assert criteria_of(world.workspace.pk, lead.conveyor_id).items == ()


def _to_meeting(world: World, lead: Lead, at: Any = NOON) -> Any:
    stage = next(one for one in lead.conveyor_version.stages.all() if one.key == "meeting")
    move_lead(
        actor=world.actor("Anna"), at=at, lead_id=lead.pk, to_stage_id=stage.pk, override_reason="known",
        to_member_id=world.people["Marina"].pk,
    )  # fmt: skip
    return Handoff.objects.filter(lead=lead).latest("sent_at")


def _counts(one: Handoffs) -> tuple[int, ...]:
    return (
        one.qualified,
        one.rejected,
        one.sent,
        one.accepted,
        one.returned,
        one.recycled,
        one.waiting,
        one.held,
    )


@pytest.mark.django_db
@pytest.mark.shows("I3.qualification", "I3.handoff", "S25")
def test_four_things_are_counted_apart(world: World) -> None:
    first, second, third = (lead_of(world, name) for name in ("One", "Two", "Three"))
    judged(world, first, GOOD)
    judged(world, first, {"pain": "fewer still"})  # judged twice, one lead
    judged(world, second, POOR)
    accept_handoff(
        actor=world.actor("Marina"), at=NOON + timedelta(minutes=30), handoff_id=_to_meeting(world, first).pk
    )
    back = _to_meeting(world, second)
    return_handoff(actor=world.actor("Marina"), at=NOON, handoff_id=back.pk, reason="not_qualified")
    _to_meeting(world, third)
    for at in (NOON + DAY, NOON + DAY * 2):  # a second meeting of one lead is no second result
        record_touch(
            actor=world.actor("Marina"),
            at=at,
            lead_id=first.pk,
            channel="meeting",
            direction="out",
            outcome="held",
        )
    given, taken = handoffs(
        world.actor("Igor"), date(2026, 11, 24), date(2026, 11, 30), world.workspace.timezone
    )
    assert {one.name: _counts(one) for one in given} == {"Alina": (1, 1, 3, 1, 1, 0, 1, 1)}
    assert {one.name: _counts(one) for one in taken} == {"Marina": (0, 0, 3, 1, 1, 0, 1, 1)}
    assert taken[0].took == 1800
    before = handoffs(world.actor("Igor"), date(2026, 11, 1), date(2026, 11, 23), world.workspace.timezone)
    assert before == ([], [])
    later, _ = handoffs(world.actor("Igor"), date(2026, 11, 25), date(2026, 11, 25), world.workspace.timezone)
    assert [_counts(one) for one in later] == [(0, 0, 0, 0, 0, 0, 0, 1)]
    mine, _ = handoffs(
        world.actor("Marina"), date(2026, 11, 24), date(2026, 11, 30), world.workspace.timezone
    )
    assert mine == []  # those in view only
    week, zone = (date(2026, 11, 24), date(2026, 11, 30)), world.workspace.timezone
    alina, marina = world.people["Alina"].pk, world.people["Marina"].pk
    for side, member_id, line in (("given", alina, given[0]), ("taken", marina, taken[0])):
        for figure in ("sent", "accepted", "returned", "recycled", "waiting", "held"):
            rows, more = handed(world.actor("Igor"), Asked(side, figure, member_id, *week, zone))
            assert (len(rows), more) == (getattr(line, figure), False), figure
    qualified, _ = handed(world.actor("Igor"), Asked("given", "qualified", None, *week, zone))
    assert [(one.lead_id, one.name) for one in qualified] == [(first.pk, "One")]
    returned, _ = handed(world.actor("Igor"), Asked("given", "returned", None, *week, zone))
    assert [(one.lead_id, one.other, one.at) for one in returned] == [(second.pk, "Marina", back.sent_at)]
    assert handed(world.actor("Igor"), Asked("given", "sent", None, *week, zone), 3) == ([], False)
    assert handed(world.actor("Marina"), Asked("given", "sent", alina, *week, zone)) == (
        [],
        False,
    )  # out of view
    for wrong in (("taken", "qualified"), ("given", "everything"), ("nobody", "sent")):
        with pytest.raises(Invalid) as refused:
            handed(world.actor("Igor"), Asked(*wrong, None, *week, zone))
        assert refused.value.code == "figure_unknown"
