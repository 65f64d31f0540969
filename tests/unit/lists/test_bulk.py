"""One action on many records: looked at, done, taken back; what is kept and why."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from konveyer.domain.conveyor.models import RefusalRoute
from konveyer.domain.journal.models import Entry
from konveyer.domain.labels.models import Tag
from konveyer.domain.labels.operations import FieldFacts, create_field, create_tag, fill_fields, tag_record
from konveyer.domain.labels.queries.fields import values_of
from konveyer.domain.labels.queries.tags import borne
from konveyer.domain.leads.models import Lead
from konveyer.domain.leads.operations import assign, set_fact
from konveyer.domain.lists.models import BulkAction, BulkStep
from konveyer.domain.lists.operations import bulk
from konveyer.domain.lists.operations.doing import DOING
from konveyer.domain.lists.queries.actions import changed, every_kept, kept
from konveyer.domain.people.models import Company
from konveyer.domain.people.operations import create_company
from konveyer.domain.people.rules.facts import CompanyFacts
from konveyer.kit.refusal import Forbidden, Invalid, NotFound, Refused
from tests.refusals import refused
from tests.unit.leads.test_thread import company, opened
from tests.world import NOON, World

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=1)


def firms(world: World, *names: str) -> list[Company]:
    return [create_company(actor=world.actor("Anna"), at=NOON, facts=CompanyFacts(name)) for name in names]


def ask(world: World, action: str, by: str = "Anna", list_name: str = "leads", **more: Any) -> BulkAction:
    named = {name: more.pop(name) for name in ("ids", "query") if name in more}
    return bulk.ask(actor=world.actor(by), at=NOON, list_name=list_name, action=action, params=more, **named)


def counts(asked: BulkAction) -> tuple[str, int, int, int]:
    asked.refresh_from_db()
    return asked.state, asked.total, asked.changed, asked.kept


def why(world: World, asked: BulkAction) -> dict[str, int]:
    asked.refresh_from_db()
    return {group.why: group.count for group in kept(world.actor("Anna"), asked)}


def do(world: World, asked: BulkAction, by: str = "Anna") -> BulkAction:
    return bulk.do(actor=world.actor(by), at=LATER, action_id=asked.pk)


def back(world: World, asked: BulkAction, by: str = "Anna") -> BulkAction:
    return bulk.take_back(actor=world.actor(by), at=LATER, action_id=asked.pk)


@pytest.mark.shows("I3.views-bulk")
def test_a_tag_goes_on_what_the_filter_finds_and_comes_off_again(world: World) -> None:
    anna = world.actor("Anna")
    one, two, three = firms(world, "Kama one", "Kama two", "Oka")
    expo = create_tag(actor=anna, at=NOON, name="expo")
    tag_record(actor=anna, at=NOON, kind="company", pk=one.pk, add=["expo"])
    asked = ask(world, "tag", list_name="companies", query={"q": "kama"}, tag=str(expo.pk))
    assert counts(asked) == ("tried", 2, 1, 1)
    assert why(world, asked) == {"as_wanted": 1}
    assert borne(world.workspace.pk, "company", [two.pk]) == {}  # only looked at
    do(world, asked)
    assert counts(asked) == ("done", 2, 1, 1)
    assert borne(world.workspace.pk, "company", [one.pk, two.pk, three.pk]) == {
        one.pk: [expo],
        two.pk: [expo],
    }
    back(world, asked)
    asked.refresh_from_db()
    assert (asked.state, asked.restored, asked.left_over) == ("undone", 1, 0)
    assert borne(world.workspace.pk, "company", [one.pk, two.pk]) == {one.pk: [expo]}
    assert [entry.action for entry in Entry.objects.filter(subject_id=asked.pk).order_by("id")] == [
        "bulk_done",
        "undone",
    ]


@pytest.mark.shows("I3.views-bulk")
def test_taking_back_leaves_what_somebody_changed_since_and_says_so(world: World) -> None:
    anna = world.actor("Anna")
    field = create_field(actor=anna, at=NOON, subject="company", kind="number", facts=FieldFacts("Size"))
    one, two = firms(world, "One", "Two")
    fill_fields(actor=anna, at=NOON, kind="company", pk=one.pk, given={"size": "5"})
    asked = ask(world, "field", list_name="companies", ids=[one.pk, two.pk], field=field.key, value="10")
    do(world, asked)
    fill_fields(actor=anna, at=LATER, kind="company", pk=two.pk, given={"size": "12"})
    back(world, asked)
    asked.refresh_from_db()
    assert (asked.restored, asked.left_over) == (1, 1)
    assert why(world, asked) == {"changed_since": 1}
    found = values_of(world.workspace.pk, "company", [one.pk, two.pk])
    assert [found[pk][0].plain for pk in (one.pk, two.pk)] == ["5", "12"]


@pytest.mark.shows("I3.views-bulk")
def test_leads_are_given_away_as_frames_and_states_allow(world: World) -> None:
    pavel, alina = world.people["Pavel"], world.people["Alina"]
    mine = [
        opened(world, by="Anna", company=company(world, f"Firm {n}"), owner_id=pavel.pk) for n in range(3)
    ]
    closed = mine[2]
    gone = ask(world, "close", ids=[closed.pk], reason=_reason(world), note="no budget")
    assert counts(gone) == ("tried", 1, 1, 0)
    do(world, gone)
    closed.refresh_from_db()
    assert (closed.state, closed.refusal_note) == ("lost", "no budget")
    asked = ask(world, "assign", query={"owner": str(pavel.pk)}, member=str(alina.pk))
    assert counts(asked) == ("tried", 3, 2, 1)
    assert why(world, asked) == {"lead_closed": 1}
    do(world, asked)
    assert set(Lead.objects.filter(owner=alina).values_list("pk", flat=True)) == {mine[0].pk, mine[1].pk}
    assign(actor=world.actor("Anna"), at=LATER, lead_id=mine[0].pk, member_id=world.people["Anna"].pk)
    back(world, asked)
    asked.refresh_from_db()
    assert (asked.restored, asked.left_over) == (1, 1)
    mine[1].refresh_from_db()
    assert mine[1].owner == pavel
    back(world, gone)
    closed.refresh_from_db()
    assert closed.state == "open"


def _reason(world: World) -> str:
    route = RefusalRoute.objects.filter(
        workspace=world.workspace, conveyor_version__conveyor__code="new_clients", conveyor_version__state="live",
        destination="lost",
    ).first()  # fmt: skip
    assert route is not None
    return f"new_clients/{route.code}"


@pytest.mark.shows("I3.views-bulk")
def test_gates_are_asked_and_what_lacks_something_stays(world: World) -> None:
    ready = opened(world, by="Anna", company=company(world, "Ready"))
    lacks = opened(world, by="Anna", company=company(world, "Lacks"))
    set_fact(actor=world.actor("Anna"), at=NOON, lead_id=ready.pk, kind="questionnaire", value="yes")
    asked = ask(world, "move", ids=[ready.pk, lacks.pk], stage="new_clients/first_contact")
    assert counts(asked) == ("tried", 2, 1, 1)
    assert why(world, asked) == {"gate_closed": 1}
    do(world, asked)
    ready.refresh_from_db()
    lacks.refresh_from_db()
    assert (ready.stage.key, lacks.stage.key) == ("first_contact", "lead_generation")
    asked.refresh_from_db()
    assert [step.lead_id for step in changed(world.actor("Anna"), asked)] == [ready.pk]
    assert [step.lead_id for step in every_kept(world.actor("Anna"), BulkAction.objects.get())] == [lacks.pk]
    back(world, asked)
    ready.refresh_from_db()
    assert ready.stage.key == "lead_generation"


@pytest.mark.shows("I3.views-bulk")
def test_a_large_one_is_the_workers_and_goes_on_where_it_stopped(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "AT_ONCE", 2)
    monkeypatch.setattr(bulk, "MANY", 3)
    monkeypatch.setattr(bulk, "enqueue", lambda *_names, **_ids: None)
    made = firms(world, *(f"Firm {number}" for number in range(7)))
    expo = create_tag(actor=world.actor("Anna"), at=NOON, name="expo")
    asked = ask(world, "tag", list_name="companies", query={}, tag=str(expo.pk))
    assert counts(asked) == ("trying", 7, 0, 0)
    work = {"workspace_id": world.workspace.pk, "at": LATER, "action_id": asked.pk}
    bulk.work_on(**work)
    assert counts(asked) == ("tried", 7, 7, 0)
    do(world, asked)
    assert counts(asked)[0] == "running"
    bulk.work_on(**work)
    bulk.work_on(**work)  # once more does nothing
    assert counts(asked) == ("done", 7, 7, 0)
    assert len(borne(world.workspace.pk, "company", [one.pk for one in made])) == 7


@pytest.mark.shows("I3.views-bulk")
def test_a_whole_chunk_says_what_one_by_one_would_say(world: World) -> None:
    """Tags go on set by set; the same records one by one get the same tags, lines of the journal and refusals."""
    anna = world.actor("Anna")
    expo = create_tag(actor=anna, at=NOON, name="expo")
    sets, singly = firms(world, "A1", "A2", "A3"), firms(world, "B1", "B2", "B3")
    for plain, bearing, full in (sets, singly):
        tag_record(actor=anna, at=NOON, kind="company", pk=bearing.pk, add=["expo", "vip"])
        tag_record(
            actor=anna, at=NOON, kind="company", pk=full.pk, add=[f"tag {number}" for number in range(30)]
        )
        tag_record(actor=anna, at=NOON, kind="company", pk=plain.pk, add=["vip"])
    asked = ask(world, "tag", list_name="companies", ids=[one.pk for one in sets], tag=str(expo.pk))
    do(world, asked)
    asked.refresh_from_db()
    by_record = {
        step.company_id: (step.state, step.why) for step in BulkStep.objects.filter(action_id=asked.pk)
    }
    one_by_one = {}
    for mine, other in zip(sets, singly, strict=True):
        try:
            DOING["tag"].act(anna, LATER, "company", other.pk, asked.params)
            one_by_one[mine.pk] = ("changed", "")
        except Refused as refusal:
            one_by_one[mine.pk] = ("wont", refusal.code)
    assert by_record == one_by_one
    told = [
        Entry.objects.filter(subject_id=one.pk, action="tagged")
        .order_by("-id")
        .values_list("before", "after")
        .first()
        for one in (sets[0], singly[0])
    ]
    assert told[0] == told[1] == ({"tags": ["vip"]}, {"tags": ["expo", "vip"]})


@pytest.mark.shows("I3.views-bulk")
def test_a_tag_comes_off_many_and_goes_on_again(world: World) -> None:
    one, two = firms(world, "One", "Two")
    expo = create_tag(actor=world.actor("Anna"), at=NOON, name="expo")
    tag_record(actor=world.actor("Anna"), at=NOON, kind="company", pk=one.pk, add=["expo"])
    asked = ask(world, "untag", list_name="companies", query={}, tag=str(expo.pk))
    assert counts(asked) == ("tried", 2, 1, 1)
    do(world, asked)
    assert borne(world.workspace.pk, "company", [one.pk, two.pk]) == {}
    back(world, asked)
    assert borne(world.workspace.pk, "company", [one.pk, two.pk]) == {one.pk: [expo]}


def test_whose_right_it_is_and_what_is_no_action(world: World) -> None:
    (kama,) = firms(world, "Kama")
    expo = create_tag(actor=world.actor("Anna"), at=NOON, name="expo")
    with pytest.raises(Forbidden):
        ask(world, "tag", by="Vera", list_name="companies", ids=[kama.pk], tag=str(expo.pk))
    for wrong in (
        {"action": "assign", "list_name": "companies", "member": ""}, {"action": "tag", "tag": "x"},
        {"action": "move", "stage": "new_clients/nowhere"}, {"action": "close", "reason": "x/y"},
        {"action": "assign", "member": str(kama.pk)}, {"action": "field", "field": "none", "value": "1"},
    ):  # fmt: skip
        with pytest.raises(Invalid):
            ask(world, **{"ids": [kama.pk], **wrong})
    with refused("nothing_chosen"):
        ask(world, "tag", list_name="companies", ids=[], tag=str(expo.pk))
    asked = ask(world, "tag", by="Alina", list_name="companies", ids=[kama.pk], tag=str(expo.pk))
    with pytest.raises(NotFound):
        do(world, asked, by="Pavel")
    do(world, asked, by="Alina")
    with refused("bulk_state"):
        do(world, asked, by="Alina")


def test_nobody_reaches_leads_out_of_his_view(world: World) -> None:
    lead = opened(world, by="Anna", company=company(world, "Kama"), owner_id=world.people["Pavel"].pk)
    create_tag(actor=world.actor("Anna"), at=NOON, name="expo")
    with refused("nothing_chosen"):
        ask(world, "tag", by="Marina", ids=[lead.pk], tag=str(Tag.objects.get().pk))


@pytest.mark.parametrize(
    "statement",
    [
        "update bulk_action set state = 'perhaps'", "update bulk_action set state = 'done', done_at = null",
        "update bulk_step set company_id = null", "update bulk_step set state = 'x'",
        "insert into bulk_step (workspace_id, action_id, company_id, state, why, said, before, after)"
        " select workspace_id, action_id, company_id, state, why, said, before, after from bulk_step",
    ],
)  # fmt: skip
def test_the_database_itself_refuses(world: World, statement: str) -> None:
    (kama,) = firms(world, "Kama")
    expo = create_tag(actor=world.actor("Anna"), at=NOON, name="expo")
    ask(world, "tag", list_name="companies", ids=[kama.pk], tag=str(expo.pk))
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert BulkStep.objects.count() == 1
