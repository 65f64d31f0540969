"""A conveyor is drawn anew and published: new leads take it, those inside go as the map says, nothing is dropped."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction

from konveyer.domain.conveyor.models import Conveyor, Stage, StageMap, Version
from konveyer.domain.conveyor.operations import (
    begin,
    drop_draft,
    open_draft,
    retire,
    revive,
    save_draft,
)
from konveyer.domain.conveyor.queries import conveyors, stages
from konveyer.domain.conveyor.queries.drawn import drawn, findings
from konveyer.domain.conveyor.rules.editing import stage_of, with_stage, without_stage
from konveyer.domain.conveyor.rules.presets import ConveyorPreset
from konveyer.domain.journal.models import Entry
from konveyer.domain.leads.models import Handoff, Lead, StagePass
from konveyer.domain.leads.operations import hold, move_lead, open_lead, publish_version
from konveyer.domain.leads.queries.board import board
from konveyer.domain.leads.queries.mapping import inside, rows_of
from konveyer.domain.leads.queries.seen import BoardFilter
from konveyer.kit.refusal import Forbidden, Invalid, NotFound, Refused, Stale
from tests.unit.leads.test_thread import AGREED, FIRST, WATCHED, company, opened, to
from tests.world import NOON, World

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=2)


def conveyor(world: World) -> Conveyor:
    return Conveyor.objects.get(workspace=world.workspace, code="new_clients")


def draft(world: World) -> Version:
    return open_draft(actor=world.actor("Anna"), at=NOON, conveyor_id=conveyor(world).pk)


def save(world: World, version: Version, changed: ConveyorPreset) -> Version:
    return save_draft(
        actor=world.actor("Anna"), at=NOON, conveyor_id=version.conveyor_id, revision=version.revision, changed=changed
    )  # fmt: skip


def publish(world: World, version: Version, **mapping: str) -> Version:
    """The map is given by the keys of the former stages."""
    former = {one.stage.key: one.stage.pk for one in inside(world.workspace.pk, version.conveyor_id)}
    return publish_version(
        actor=world.actor("Anna"), at=LATER, conveyor_id=version.conveyor_id, revision=version.revision,
        mapping={former[key]: target for key, target in mapping.items()},
    )  # fmt: skip


def shorter(world: World) -> Version:
    """The second contact is gone, the first takes thirty hours instead of 45."""
    version = draft(world)
    changed = without_stage(drawn(version), "second_contact")
    first = stage_of(changed, "first_contact")
    assert first is not None
    return save(world, version, with_stage(changed, replace(first, sla_hours=30)))


@pytest.mark.shows("I3.editor")
def test_a_draft_is_a_copy_that_nobody_works(world: World) -> None:
    version = draft(world)
    live = Version.objects.get(conveyor=version.conveyor, state="live")
    assert drawn(version) == drawn(live)
    assert (version.number, draft(world).pk) == (2, version.pk)
    lead = opened(world)
    assert lead.conveyor_version_id == live.pk
    found = board(world.actor("Anna"), now=NOON, wanted=BoardFilter())
    assert found is not None
    assert len(found.columns) == 9


@pytest.mark.shows("I3.editor")
def test_nobody_overwrites_somebodys_change(world: World) -> None:
    version = draft(world)
    plan = drawn(version)
    assert save(world, version, replace(plan, name="Hunting")).revision == 2
    version.revision = 1
    with pytest.raises(Stale):
        save(world, version, plan)
    assert Conveyor.objects.get(pk=version.conveyor_id).name == "Hunting"
    line = Entry.objects.filter(subject_id=version.conveyor_id, action="drafted").latest("id")
    assert (line.before, line.after) == ({"name": "New clients"}, {"name": "Hunting"})


@pytest.mark.shows("I3.editor")
@pytest.mark.parametrize(
    ("spoil", "field"),
    [
        (lambda plan: replace(plan, name=" "), "name"),
        (lambda plan: replace(plan, stages=plan.stages + plan.stages[:1]), "stages"),
        (lambda plan: replace(plan, stages=(replace(plan.stages[0], role="nobody"),)), "role"),
        (lambda plan: replace(plan, stages=(replace(plan.stages[0], helpers=("nobody",)),)), "role"),
        (lambda plan: replace(plan, stages=tuple(replace(one, win_point=True) for one in plan.stages)), "win_point"),
        (lambda plan: replace(plan, refusals=(replace(plan.refusals[0], to_conveyor="inbound"),)), "to_conveyor"),
        (
            lambda plan: replace(
                plan, refusals=(replace(plan.refusals[0], destination="other_conveyor", to_conveyor="x"),)
            ),
            "to_conveyor",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn(world: World, spoil: object, field: str) -> None:
    version = draft(world)
    before = drawn(version)
    with pytest.raises(Invalid) as refused:
        save(world, version, spoil(before))  # type: ignore[operator]
    assert list(refused.value.fields) == [field]
    assert drawn(version) == before


@pytest.mark.shows("I3.editor", "I2.conveyor")
def test_leads_inside_go_as_the_map_says(world: World) -> None:
    fresh = opened(world, company=company(world, "Fresh"))
    first = to(world, opened(world, company=company(world, "First")), "first_contact", facts=FIRST)
    second = to(
        world, opened(world, company=company(world, "Second")), "second_contact", facts=FIRST | WATCHED
    )
    version = shorter(world)
    owners = {lead.pk: (lead.owner_id, lead.next_task_id, lead.queue_id) for lead in (fresh, first, second)}
    due = Lead.objects.get(pk=fresh.pk).due_at
    rows = rows_of(inside(world.workspace.pk, version.conveyor_id), stages(world.workspace.pk, version.pk))
    assert [
        (row.inside.stage.key, row.inside.number, row.inside.leads, row.same.key if row.same else None)
        for row in rows
    ] == [
        ("lead_generation", 1, 1, "lead_generation"), ("first_contact", 1, 1, "first_contact"), ("second_contact", 1, 1, None),
    ]  # fmt: skip
    live = publish(world, version, lead_generation="lead_generation", second_contact="first_contact")
    for lead in (fresh, first, second):
        lead.refresh_from_db()
    assert [(one.stage.key, one.conveyor_version_id == live.pk) for one in (fresh, first, second)] == [
        ("lead_generation", True), ("first_contact", False), ("first_contact", True),
    ]  # fmt: skip
    assert fresh.due_at == due, "its stage kept its term"
    assert second.due_at is not None
    assert second.due_at > LATER
    assert {
        one.pk: (one.owner_id, one.next_task_id, one.queue_id) for one in (fresh, first, second)
    } == owners
    way = list(
        StagePass.objects.filter(lead=second).order_by("entered_at", "left_at").values_list("stage__key", "outcome")
    )  # fmt: skip
    assert way[-2:] == [("second_contact", "mapped"), ("first_contact", "")]
    assert StagePass.objects.get(lead=second, outcome="mapped").stage.conveyor_version.number == 1
    assert set(StageMap.objects.values_list("from_stage__key", "to_stage__key", "leads")) == {
        ("lead_generation", "lead_generation", 1), ("first_contact", None, 1), ("second_contact", "first_contact", 1),
    }  # fmt: skip
    line = Entry.objects.get(subject_id=second.pk, action="mapped")
    assert (line.after["version"], line.batch_id) == (2, live.pk)
    assert opened(world, company=company(world, "New")).conveyor_version_id == live.pk
    connection.check_constraints()


@pytest.mark.shows("I3.editor")
def test_who_stays_in_a_stage_that_is_gone_stays_on_the_board(world: World) -> None:
    lead = to(world, opened(world), "second_contact", facts=FIRST | WATCHED)
    publish(world, shorter(world))
    found = board(world.actor("Anna"), now=LATER, wanted=BoardFilter())
    assert found is not None
    column = next(one for one in found.columns if one.former)
    assert [card.id for card in column.cards] == [lead.pk]
    keys = [one.stage.key for one in found.columns]
    assert keys.index("second_contact") == 3
    way = stages(world.workspace.pk, lead.conveyor_version_id)
    move_lead(
        actor=world.actor("Igor"), at=LATER, lead_id=lead.pk, facts=AGREED,
        to_stage_id=next(one.pk for one in way if one.key == "meeting"),
    )  # fmt: skip
    found = board(world.actor("Anna"), now=LATER, wanted=BoardFilter())
    assert found is not None
    assert not any(one.former for one in found.columns)


@pytest.mark.shows("I3.editor")
def test_resting_and_won_leads_are_mapped_on_their_side_of_the_win_point(world: World) -> None:
    rests = opened(world, company=company(world, "Rests"))
    hold(actor=world.actor("Igor"), at=NOON, lead_id=rests.pk, wake_on=LATER.date())
    won = opened(world, company=company(world, "Won"))
    way = stages(world.workspace.pk, won.conveyor_version_id)
    project = next(one for one in way if one.key == "project")
    move_lead(
        actor=world.actor("Igor"), at=NOON, lead_id=won.pk, to_stage_id=project.pk, override_reason="an old friend"
    )  # fmt: skip
    version = shorter(world)
    for wrong in ({"project": "meeting"}, {"lead_generation": "project"}):
        with pytest.raises(Invalid) as refused, transaction.atomic():
            publish(world, version, **wrong)
        assert refused.value.fields == {"map": "win_point"}
    version.refresh_from_db()
    assert version.state == "draft", "all of it or nothing"
    live = publish(world, version, project="development", lead_generation="first_contact")
    for lead in (rests, won):
        lead.refresh_from_db()
    assert (rests.state, rests.stage.key, rests.due_at) == ("on_hold", "first_contact", None)
    assert (won.state, won.stage.key, won.conveyor_version_id) == ("won", "development", live.pk)
    connection.check_constraints()


@pytest.mark.shows("I3.editor")
def test_a_handoff_on_its_way_arrives(world: World) -> None:
    lead = to(world, opened(world), "meeting", facts=FIRST | WATCHED | AGREED)
    Handoff.objects.filter(lead=lead, state="sent").delete()
    Handoff.objects.create(
        workspace=world.workspace, lead=lead, to_role=lead.stage.role, from_stage=lead.stage, to_stage=lead.stage, sent_at=NOON,
            package={"facts": [], "touches": [], "note": "as agreed"},
    )  # fmt: skip
    live = publish(world, shorter(world), meeting="proposal")
    sent = Handoff.objects.get(lead=lead, state="sent")
    assert (sent.to_stage.key, sent.to_stage.conveyor_version_id) == ("proposal", live.pk)
    assert sent.from_stage.key == "meeting"


@pytest.mark.shows("I3.editor")
def test_a_faulty_draft_is_not_published_and_says_why(world: World) -> None:
    version = save(world, draft(world), replace(drawn(draft(world)), refusals=()))
    assert [one.code for one in findings(version) if one.fault] == ["no_refusals"]
    with pytest.raises(Refused) as refused:
        publish(world, version)
    assert refused.value.code == "draft_faulty"
    assert [one["code"] for one in refused.value.details["faults"]] == ["no_refusals"]


@pytest.mark.shows("I3.editor")
@pytest.mark.parametrize("preset", ["cold_calling", "webinar", "base_care", "classic"])
def test_a_new_conveyor_from_a_preset(world: World, preset: str) -> None:
    version = begin(actor=world.actor("Anna"), at=NOON, name="", preset=preset, language="ru")
    assert version.conveyor not in conveyors(world.workspace.pk), "it takes no leads yet"
    with pytest.raises(Refused):
        open_lead(actor=world.actor("Anna"), at=NOON, conveyor_id=version.conveyor_id, title="too early")
    live = publish(world, version)
    assert live.conveyor in conveyors(world.workspace.pk)
    lead = open_lead(actor=world.actor("Anna"), at=LATER, conveyor_id=live.conveyor_id, title="in time")
    assert (lead.conveyor_version_id, lead.stage.position) == (live.pk, 1)


@pytest.mark.shows("I3.editor")
def test_a_draft_thrown_away_takes_an_unborn_conveyor_with_it(world: World) -> None:
    anna = world.actor("Anna")
    version = begin(actor=anna, at=NOON, name="Fairs")
    drop_draft(actor=anna, at=NOON, conveyor_id=version.conveyor_id)
    assert not Conveyor.objects.filter(name="Fairs").exists()
    kept = draft(world)
    drop_draft(actor=anna, at=NOON, conveyor_id=kept.conveyor_id)
    assert Conveyor.objects.filter(pk=kept.conveyor_id, active=True).exists()
    with pytest.raises(NotFound):
        drop_draft(actor=anna, at=NOON, conveyor_id=kept.conveyor_id)


@pytest.mark.shows("I3.editor")
def test_retiring_and_back(world: World) -> None:
    anna, lead = world.actor("Anna"), opened(world)
    retire(actor=anna, at=NOON, conveyor_id=lead.conveyor_id)
    with pytest.raises(Refused):
        opened(world, company=company(world, "Late"))
    assert to(world, lead, "first_contact", facts=FIRST).stage.key == "first_contact", "those inside go on"
    revive(actor=anna, at=NOON, conveyor_id=lead.conveyor_id)
    assert opened(world, company=company(world, "Late")).state == "open"
    others = [one.pk for one in conveyors(world.workspace.pk)]
    for one in others[:-1]:
        retire(actor=anna, at=NOON, conveyor_id=one)
    with pytest.raises(Invalid), transaction.atomic():
        retire(actor=anna, at=NOON, conveyor_id=others[-1])


@pytest.mark.shows("I3.editor", "I2.permissions")
def test_sellers_draw_no_conveyors(world: World) -> None:
    pavel = world.actor("Pavel")
    with pytest.raises(Forbidden):
        open_draft(actor=pavel, at=NOON, conveyor_id=conveyor(world).pk)
    with pytest.raises(Forbidden):
        begin(actor=pavel, at=NOON, name="Mine")
    with pytest.raises(Forbidden):
        publish_version(
            actor=pavel, at=NOON, conveyor_id=conveyor(world).pk, revision=1, mapping={UUID(int=1): "x"}
        )
    with pytest.raises(Forbidden):
        retire(actor=pavel, at=NOON, conveyor_id=conveyor(world).pk)


@pytest.mark.shows("I3.editor")
def test_the_database_keeps_one_draft_and_one_row_a_stage(world: World) -> None:
    version = draft(world)
    with pytest.raises(IntegrityError, match="conveyor_one_draft"), transaction.atomic():
        Version.objects.create(workspace=world.workspace, conveyor=version.conveyor, number=9)
    stage = Stage.objects.filter(conveyor_version=version).first()
    row = {"workspace": world.workspace, "version": version, "from_stage": stage, "leads": 0}
    with pytest.raises(IntegrityError, match="stage_map_goes_on"), transaction.atomic():
        StageMap.objects.create(**row, to_stage=stage)
    StageMap.objects.create(**row)
    with pytest.raises(IntegrityError, match="stage_map_of_stage"), transaction.atomic():
        StageMap.objects.create(**row)


@pytest.mark.shows("I3.editor", "I2.journal")
def test_the_journal_says_what_was_drawn_in_the_firms_words(world: World) -> None:
    version = shorter(world)
    line = Entry.objects.filter(subject_id=version.conveyor_id, action="drafted").latest("id")
    assert set(line.after) == {"«First contact»", "«Second contact»", "stages"}
    assert line.after["«Second contact»"] is None
    assert "30 / 45" in line.after["«First contact»"]
    assert "Second contact" not in line.after["stages"]
