"""The board's reads against a plain recount: counts, sums, conversion, who sees what, places in a column."""

from collections import Counter
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from konveyer.domain.conveyor.models import Conveyor, Version
from konveyer.domain.leads.models import Lead
from konveyer.domain.leads.operations import hold, move_lead, open_lead, refuse, take
from konveyer.domain.leads.queries.board import CAP, Board, Column, board, more_cards
from konveyer.domain.leads.queries.cards import Cursor
from konveyer.domain.leads.queries.seen import BoardFilter
from konveyer.domain.touches.operations import record_touch
from konveyer.kit.refusal import Invalid
from tests.unit.leads.test_thread import AGREED, FIRST, WATCHED, company, opened, stage, to
from tests.world import NOON, World


def seen(world: World, name: str = "Igor", **wanted: Any) -> Board:
    actor = world.actor(name)
    assert actor.member_id is not None
    roles = actor.roles
    found = board(actor, now=wanted.pop("now", NOON), wanted=BoardFilter(roles=roles, **wanted))
    assert found is not None
    return found


def column(found: Board, key: str) -> Column:
    return next(one for one in found.columns if one.stage.key == key)


def names(found: Board) -> set[str]:
    return {card.name for one in found.columns for card in one.cards}


def lead_of(world: World, name: str, **more: Any) -> Lead:
    return opened(world, company=company(world, name), **{"by": "Igor", **more})


@pytest.mark.shows("I2.board")
def test_a_column_counts_overdue_sums_and_load(world: World) -> None:
    for number in range(4):
        lead_of(world, f"Firm {number}", expected_amount=Decimal(1000 * number))
    dollars = lead_of(world, "Dollars", expected_amount=Decimal(7))
    Lead.objects.filter(pk=dollars.pk).update(currency="USD", due_at=None)
    late = seen(world, now=NOON + timedelta(days=3))
    first = column(late, "lead_generation")
    assert (first.count, first.overdue, first.load, first.exact) == (5, 4, 5, True)
    assert first.sums == {"RUB": Decimal(6000), "USD": Decimal(7)}
    assert [card.name for card in first.cards][-1] == "Dollars"  # without a deadline: last
    assert column(seen(world), "lead_generation").overdue == 0
    narrow = column(seen(world, overdue=True, now=NOON + timedelta(days=3)), "lead_generation")
    assert (narrow.count, narrow.load) == (4, 5)


@pytest.mark.shows("I2.board")
def test_conversion_is_of_those_who_left_in_ninety_days(world: World) -> None:
    firms = [lead_of(world, f"Firm {number}") for number in range(5)]
    routes = {route.code: route for route in firms[0].conveyor_version.refusals.all()}
    for lead in firms[:3]:
        to(world, lead, "first_contact", facts=FIRST)
    refuse(actor=world.actor("Igor"), at=NOON, lead_id=firms[3].pk, refusal_id=routes["no_need"].pk)
    first = column(seen(world), "lead_generation")
    assert (first.passed, first.left) == (3, 4)
    skipped = column(seen(world), "second_contact")
    assert (skipped.passed, skipped.left) == (0, 0)
    old = column(seen(world, now=NOON + timedelta(days=91)), "lead_generation")
    assert (old.passed, old.left) == (0, 0)


@pytest.mark.shows("I2.board", "I2.view")
def test_mine_is_what_i_work_and_what_waits_for_my_roles(world: World) -> None:
    lead_of(world, "Alinas", owner_id=world.people["Alina"].pk)
    lead_of(world, "Pavels", owner_id=world.people["Pavel"].pk)
    lead_of(world, "For marketers")
    to(world, lead_of(world, "For callers"), "first_contact", facts=FIRST)
    handed = lead_of(world, "Handed on", owner_id=world.people["Alina"].pk)
    to(
        world,
        handed,
        "meeting",
        "Alina",
        facts=FIRST | WATCHED | AGREED,
        to_member_id=world.people["Marina"].pk,
    )
    assert names(seen(world, "Alina", whose="mine")) == {"Alinas", "For callers"}
    assert names(seen(world, "Alina")) == {"Alinas", "For callers", "For marketers", "Handed on"}
    assert names(seen(world, "Marina", whose="mine")) == {"Handed on"}
    assert names(seen(world, "Igor")) == {"Alinas", "Pavels", "For marketers", "For callers", "Handed on"}
    team = frozenset({world.people["Alina"].pk, world.people["Pavel"].pk})
    assert names(seen(world, "Igor", whose="team", team=team)) == {
        "Alinas",
        "Pavels",
        "For marketers",
        "For callers",
    }
    # a telemarketer cannot widen her view by asking for others
    assert names(seen(world, "Alina", whose="team", team=team)) == {"Alinas", "For marketers", "For callers"}
    assert names(seen(world, "Alina", owner=world.people["Pavel"].pk)) == set()
    assert names(seen(world, "Alina", owner=world.people["Marina"].pk)) == {"Handed on"}
    assert names(seen(world, "Igor", owner=world.people["Pavel"].pk)) == {"Pavels"}
    counted = Counter(
        {
            key: column(seen(world, "Alina"), key).count
            for key in ("lead_generation", "first_contact", "meeting")
        }
    )
    assert counted == {"lead_generation": 2, "first_contact": 1, "meeting": 1}


@pytest.mark.shows("I2.board")
def test_untouched_and_level_narrow(world: World) -> None:
    touched = lead_of(world, "Touched", owner_id=world.people["Alina"].pk)
    lead_of(world, "Untouched")
    lead_of(world, "Big", level="vip")
    record_touch(actor=world.actor("Alina"), at=NOON, lead_id=touched.pk, channel="call", outcome="talked")
    assert names(seen(world, untouched=True)) == {"Untouched", "Big"}
    assert names(seen(world, level="vip")) == {"Big"}
    assert names(seen(world, level="nonsense")) == {"Touched", "Untouched", "Big"}


@pytest.mark.shows("I2.board")
def test_cards_say_who_works_them_what_is_next_and_who_has_to_accept(world: World) -> None:
    lead = lead_of(world, "Kama", owner_id=world.people["Alina"].pk, expected_amount=Decimal(5))
    to(
        world,
        lead,
        "meeting",
        "Alina",
        facts=FIRST | WATCHED | AGREED,
        to_member_id=world.people["Marina"].pk,
    )
    card = column(seen(world), "meeting").cards[0]
    assert (card.name, card.owner, card.task, card.amount) == ("Kama", "Marina", "details clear", Decimal(5))
    assert card.handed_to_due == NOON + timedelta(hours=2)
    queued = lead_of(world, "Queued")
    waiting = next(card for card in column(seen(world), "lead_generation").cards if card.id == queued.pk)
    assert (waiting.owner, waiting.queue, waiting.task) == ("", "Marketer", "")


@pytest.mark.shows("I2.board")
def test_what_rests_or_is_over_is_off_the_board_and_delivery_stays(world: World) -> None:
    resting = lead_of(world, "Resting", owner_id=world.people["Alina"].pk)
    hold(actor=world.actor("Alina"), at=NOON, lead_id=resting.pk, wake_on=(NOON + timedelta(days=3)).date())
    won = lead_of(world, "Won", owner_id=world.people["Marina"].pk)
    move_lead(
        actor=world.actor("Igor"), at=NOON, lead_id=won.pk, to_stage_id=stage(world, "project").pk,
        override_reason="bought by phone",
    )  # fmt: skip
    found = seen(world)
    assert names(found) == {"Won"}
    assert [one.stage.key for one in found.columns if one.delivery] == ["project", "development"]
    move_lead(actor=world.actor("Igor"), at=NOON, lead_id=won.pk, to_stage_id=None, override_reason="done")
    assert names(seen(world)) == set()


@pytest.mark.shows("I2.board")
def test_a_lead_inside_an_older_version_stands_in_the_column_with_the_same_key(world: World) -> None:
    from konveyer.domain.conveyor.models import Stage

    lead_of(world, "Old way")
    conveyor = Conveyor.objects.get(workspace=world.workspace, code="new_clients")
    old = Version.objects.get(conveyor=conveyor)
    Version.objects.filter(pk=old.pk).update(state="retired")
    new = Version.objects.create(
        workspace=world.workspace, conveyor=conveyor, number=2, state="live", published_at=NOON
    )
    for one in Stage.objects.filter(conveyor_version=old):
        one.pk, one.conveyor_version, one.name = None, new, f"New {one.name}"
        one.id = Stage._meta.pk.get_default()
        one.save(force_insert=True)
    lead_of(world, "New way")
    first = column(seen(world), "lead_generation")
    assert (first.stage.name, first.count) == ("New Lead generation", 2)
    assert {card.name for card in first.cards} == {"Old way", "New way"}


@pytest.mark.shows("I2.board", "P7")
def test_a_long_column_is_capped_and_read_on_without_a_gap(world: World) -> None:
    model = lead_of(world, "Model")
    due = [NOON + timedelta(hours=number // 3) if number % 4 else None for number in range(CAP + 20)]
    Lead.objects.bulk_create(
        Lead(
            workspace=world.workspace, conveyor_id=model.conveyor_id, conveyor_version_id=model.conveyor_version_id,
            stage_id=model.stage_id, queue_id=model.queue_id, currency="RUB", title=f"Lead {number}", title_key=f"lead {number}",
            arrived_at=NOON, arrived_on=NOON.date(), entered_stage_at=NOON, due_at=moment, created_at=NOON,
        )
        for number, moment in enumerate(due)
    )  # fmt: skip
    found = column(seen(world), "lead_generation")
    assert (found.count, found.exact, found.sums) == (CAP + 1, False, {})
    read: list[UUID] = [card.id for card in found.cards]
    after: Cursor | None = found.more
    actor = world.actor("Igor")
    while after is not None:
        page = more_cards(
            actor,
            now=NOON,
            wanted=BoardFilter(),
            stage_id=model.stage_id,
            after=Cursor.read(str(after)),
            page=250,
        )
        assert page is not None
        read += [card.id for card in page.cards]
        after = page.more
    assert len(read) == len(set(read)) == CAP + 21
    stored = Lead.objects.filter(stage_id=model.stage_id).in_bulk()
    order = [(stored[ident].due_at is None, stored[ident].due_at or NOON, ident) for ident in read]
    assert order == sorted(order)


@pytest.mark.shows("I2.board")
def test_a_cursor_that_nobody_made_is_refused() -> None:
    whole = Cursor(NOON, UUID(int=7))
    assert Cursor.read(str(whole)) == whole
    for text in ("", "rubbish", str(whole)[:-4], "WzEsMl0", "bnVsbA"):
        with pytest.raises(Invalid):
            Cursor.read(text)


@pytest.mark.shows("I2.board", "P7")
def test_six_questions_whatever_the_number_of_leads(world: World) -> None:
    actor = world.actor("Igor")

    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            board(actor, now=NOON, wanted=BoardFilter())
        return len(asked)

    assert count() == 6
    for number in range(8):
        lead = lead_of(world, f"Firm {number}")
        if number % 2:
            to(world, lead, "first_contact", facts=FIRST)
            take(actor=world.actor("Alina"), at=NOON, lead_id=lead.pk)
    assert count() == 6


@pytest.mark.shows("I2.conveyor")
def test_a_workspace_without_conveyors_has_no_board(world: World) -> None:
    Conveyor.objects.all().update(active=False)
    assert board(world.actor("Igor"), now=NOON, wanted=BoardFilter()) is None
    with pytest.raises(Invalid):
        open_lead(actor=world.actor("Igor"), at=NOON, conveyor_id=Conveyor.objects.first().pk)  # type: ignore[union-attr]
