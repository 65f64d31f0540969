"""Every conservation equation: a base made by operations keeps them all; each planted corruption is found, alone.

Planting works as the server's superuser with triggers and foreign keys off, reading as the role that cannot write.
"""

from argparse import Namespace
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.db import connection, transaction

from konveyer import wiring
from konveyer.commands.call import Call
from konveyer.commands.reconciling import reconcile
from konveyer.domain.absence.operations import go_away
from konveyer.domain.catalog.models import Product
from konveyer.domain.conveyor.models import Conveyor, RefusalRoute, Stage
from konveyer.domain.deals.operations import create_deal, record_payment, refund
from konveyer.domain.delivery.operations.mailboxes import MailboxFacts, add_mailbox
from konveyer.domain.delivery.operations.proving import send_test
from konveyer.domain.imports.models import Batch, Reject
from konveyer.domain.insight.operations import count_months
from konveyer.domain.insight.queries.reconcile import Asked, equations
from konveyer.domain.labels.operations import create_tag
from konveyer.domain.leads.models import Lead
from konveyer.domain.leads.operations import accept_handoff, hold, move_lead, open_lead, refuse
from konveyer.domain.lists.operations.bulk import ask, do
from konveyer.domain.notes.models import File
from konveyer.domain.notes.operations import add_file
from konveyer.domain.notes.rules.subject import Subject
from konveyer.domain.people.operations import create_company
from konveyer.domain.people.rules.facts import CompanyFacts
from konveyer.domain.portfolio.operations import count_parties
from konveyer.domain.sheet.operations import count_days, write_cells
from konveyer.domain.sheet.operations.writing import Cell
from konveyer.domain.touches.operations import record_touch
from konveyer.kit import tenancy
from konveyer.kit.sweep import reading_across
from tests.world import NOON, World, build_world

HOUR = timedelta(hours=1)
KNOWN = {
    "questionnaire": "yes", "minutes_watched": "36", "pain": "few new clients", "decision_maker": "himself",
    "decision_time": "This year", "code_word": "Pendulum", "need": "a sales department", "order_confirmed": "yes",
    "document_signed": "yes",
}  # fmt: skip


GUARDED = ("lead", "deal", "task", "stage_pass")


@dataclass
class Books:
    """A base with a bit of everything, and the places to hurt it at."""

    world: World
    leads: dict[str, Lead] = field(default_factory=dict)
    ids: dict[str, Any] = field(default_factory=dict)

    def role(self, name: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"set local role {name}")

    def plant(self, *statements: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")
            cursor.execute("set local role postgres")
            cursor.execute("set local session_replication_role = replica")
            for table in GUARDED:  # our own triggers fire even then
                cursor.execute(f"alter table {table} disable trigger user")
            for statement in statements:
                cursor.execute(statement, self.ids)
                if statement.startswith(("update", "delete", "insert")):
                    assert cursor.rowcount > 0, statement

    def broken(self, contents: set[str] | None = None) -> dict[str, tuple[int, list[str]]]:
        self.role("konveyer_sweep")
        stored = contents if contents is not None else set(File.objects.values_list("stored_as", flat=True))
        found = {}
        with connection.cursor() as cursor:
            for equation in equations():
                answer = equation.ask(Asked(cursor, None, stored))
                if answer.found:
                    found[equation.code] = (answer.found, answer.examples)
        return found


@pytest.fixture
def superuser(django_db_setup: None) -> Iterator[None]:
    """Before the test's transaction begins: connect as the server's superuser, who can put on every role."""
    user = connection.settings_dict["USER"]
    connection.close()
    connection.settings_dict["USER"] = "postgres"
    yield
    connection.close()
    connection.settings_dict["USER"] = user


@pytest.fixture
def books(superuser: None, db: None) -> Iterator[Books]:
    with connection.cursor() as cursor:
        cursor.execute("set local role konveyer_app")
    wiring.plug()
    world = build_world()
    with tenancy.enter(world.workspace.pk):
        books = Books(world)
        fill(books)
        yield books
        connection.cursor().execute("reset role")


def fill(books: Books) -> None:
    """Leads that are new, resting, lost, handed on, won and paid, with touches, tasks, a file and an import."""
    world = books.world
    for name in ("new", "worked", "resting", "lost", "handed", "won"):
        books.leads[name] = opened(world, name)
    act, at = world.actor, NOON + HOUR
    worked, won = books.leads["worked"], books.leads["won"]
    box = add_mailbox(
        actor=act("Igor"), at=at, facts=MailboxFacts("anna@yandex.ru", "Anna", password="for programs")
    )
    send_test(actor=act("Igor"), at=at, mailbox_id=box.pk, to="igor@north.example")
    record_touch(actor=act("Igor"), at=at, lead_id=worked.pk, channel="call", outcome="interest", seconds=90)
    hold(
        actor=act("Igor"), at=at, lead_id=books.leads["resting"].pk, wake_on=(NOON + timedelta(days=9)).date()
    )
    route = RefusalRoute.objects.filter(
        conveyor_version_id=won.conveyor_version_id, destination="disqualified"
    ).first()
    assert route is not None
    refuse(actor=act("Igor"), at=at, lead_id=books.leads["lost"].pk, refusal_id=route.pk)
    to(world, books.leads["handed"], "first_contact", "meeting", by="Igor", to_member="Marina")
    sell(books)
    lent = opened(world, "lent", "Alina")
    absence = go_away(
        actor=act("Anna"), at=at, member_id=world.people["Alina"].pk, starts_on=at.date(), ends_on=at.date(), rule="share"
    )  # fmt: skip
    write_cells(
        actor=act("Anna"), at=at, member_id=world.people["Alina"].pk,
        wanted=[Cell(at.date(), "talks", Decimal(90), None)],
    )  # fmt: skip
    file = add_file(
        actor=act("Igor"), at=at, subject=Subject("lead", won.pk), name="contract.pdf", content=BytesIO(b"%PDF-1.7\n")
    )  # fmt: skip
    expo = create_tag(actor=world.system, at=NOON, name="expo")
    asked = ask(
        actor=world.system,
        at=NOON,
        list_name="companies",
        action="tag",
        params={"tag": str(expo.pk)},
        query={},
    )
    do(actor=world.system, at=NOON, action_id=asked.pk)
    batch = Batch.objects.create(
        workspace=world.workspace, file_name="leads.csv", main_record="lead", state="done", rows=5, created=2, updated=1,
        unchanged=1, rejected=1,
    )  # fmt: skip
    Reject.objects.create(workspace=world.workspace, batch=batch, line=4, code="date")
    count_months(workspace_id=world.workspace.pk)
    count_days(workspace_id=world.workspace.pk)
    assert not count_parties(workspace_id=world.workspace.pk)
    books.ids |= {name: lead.pk for name, lead in books.leads.items()} | {
        "file": file.pk, "batch": batch.pk, "workspace": world.workspace.pk, "twin": world.twin.pk,
        "company": worked.company_id, "lent": lent.pk, "absence": absence.pk, "igor": world.owner.pk,
    }  # fmt: skip


def opened(world: World, name: str, owner: str = "Igor") -> Lead:
    company = create_company(actor=world.actor("Igor"), at=NOON, facts=CompanyFacts(name=f"{name} Ltd"))
    conveyor = Conveyor.objects.get(code="new_clients")
    return open_lead(
        actor=world.actor("Igor"), at=NOON, conveyor_id=conveyor.pk, company_id=company.pk,
        owner_id=world.people[owner].pk if name != "new" else None,
    )  # fmt: skip


def to(world: World, lead: Lead, *keys: str, by: str, to_member: str | None = None, hours: int = 1) -> None:
    for number, key in enumerate(keys):
        stage = Stage.objects.get(conveyor_version_id=lead.conveyor_version_id, key=key)
        last = key == keys[-1]
        move_lead(
            actor=world.actor(by), at=NOON + (hours + number) * HOUR, lead_id=lead.pk, to_stage_id=stage.pk, facts=KNOWN,
            to_member_id=world.people[to_member].pk if to_member and last else None,
        )  # fmt: skip


def sell(books: Books) -> None:
    world, lead = books.world, books.leads["won"]
    Product.objects.create(
        workspace=world.workspace, code="vip", name="A year", level="vip", price=1_480_000, currency="RUB"
    )
    to(world, lead, "first_contact", "second_contact", "meeting", by="Igor", to_member="Marina")
    handoff = lead_handoff(lead)
    accept_handoff(actor=world.actor("Marina"), at=NOON + 4 * HOUR, handoff_id=handoff)
    record_touch(
        actor=world.actor("Marina"), at=NOON + 4 * HOUR, lead_id=lead.pk, channel="meeting", outcome="held"
    )
    to(world, lead, "proposal", by="Igor", hours=5)
    deal = create_deal(
        actor=world.actor("Igor"), at=NOON + 5 * HOUR, lead_id=lead.pk, amount=Decimal(420_000)
    )
    to(world, lead, "contract", "invoice", by="Igor", hours=6)
    money: dict[str, Any] = {"actor": world.actor("Igor"), "at": NOON + 8 * HOUR, "deal_id": deal.pk}
    record_payment(**money, amount=Decimal(210_000), received_on=NOON.date())
    refund(**money, amount=Decimal(10_000), received_on=NOON.date(), note="Paid twice")
    to(world, lead, "project", by="Igor", hours=9)
    books.ids["deal"] = deal.pk
    books.ids["next"] = Lead.objects.get(parent=lead).pk


def lead_handoff(lead: Lead) -> Any:
    from konveyer.domain.leads.models import Handoff

    return Handoff.objects.get(lead=lead, state="sent").pk


@pytest.mark.shows("I2.reconcile", "F22")
def test_a_base_made_by_operations_keeps_every_equation(books: Books) -> None:
    connection.check_constraints()
    assert len(equations()) >= 20
    assert books.broken() == {}


PASS = """insert into stage_pass (workspace_id, lead_id, stage_id, entered_at, left_at, outcome, override_reason)
          select workspace_id, lead_id, stage_id, {entered}, {left}, '{outcome}', '' from stage_pass"""
TOUCH = """insert into touch (workspace_id, lead_id, channel, direction, outcome, happened_at, precision, reached, counted,
                              automatic, note, history)
           select workspace_id, id, 'mail', 'out', 'sent', arrived_at {shift}, 'second', false, true, false, '', false
             from lead where id = %(worked)s"""

MARK = "insert into funnel_dirty_month (workspace_id, month) select workspace_id, month from funnel_counted_month"
MARK_DAYS = """insert into sheet_dirty_day (workspace_id, day)
               select %(workspace)s, generate_series('2026-11-01'::date, '2027-01-31'::date, '1 day')::date"""
MARK_PARTIES = "insert into portfolio_mark (workspace_id) values (%(workspace)s)"
CORRUPTIONS: list[tuple[str, list[str]]] = [
    ("two_open_passes", [
        "drop index stage_pass_one_open",
        PASS.format(entered="entered_at", left="null", outcome="") + " where lead_id = %(worked)s"]),
    ("overlapping_passes", [
        PASS.format(entered="entered_at - interval '1 hour'", left="entered_at + interval '1 minute'", outcome="passed")
        + " where lead_id = %(won)s and left_at is null"]),
    ("pass_of_the_stage", [
        """update lead set stage_id = (select id from stage where conveyor_version_id = lead.conveyor_version_id
                                          and key = 'second_contact') where id = %(worked)s"""]),
    ("pass_of_the_stage", ["update stage_pass set left_at = entered_at, outcome = 'passed' where lead_id = %(new)s"]),
    ("won_without_win_point", [
        """delete from stage_pass using stage s where s.id = stage_pass.stage_id and s.win_point
              and lead_id = %(won)s"""]),
    ("won_apart", ["update deal set status = 'open' where id = %(deal)s"]),
    ("won_apart", [
        """insert into deal (workspace_id, lead_id, currency, status, status_at, status_precision, lost_reason, competitor,
                             history, version)
           select workspace_id, id, 'RUB', 'won', arrived_at, 'second', '', '', false, 1 from lead where id = %(worked)s""",
        """insert into journal_entry (workspace_id, at, by, subject, subject_id, action, before, after, reason)
           select workspace_id, status_at, 'system', 'deal', id, 'created', '{}', '{}', '' from deal
            where lead_id = %(worked)s"""]),
    ("open_lead_dropped", [
        "alter table lead drop constraint lead_not_dropped",
        "update lead set next_task_id = null where id = %(worked)s"]),
    ("open_lead_dropped", ["update task set done_at = task.due_at from lead where lead.next_task_id = task.id and lead.id = %(worked)s"]),
    ("open_lead_dropped", ["update lead set owner_id = %(igor)s where id = %(new)s"]),
    ("task_of_closed_lead", [
        """insert into task (workspace_id, lead_id, kind, title, member_id, due_at, due_precision, promised, outcome)
           values (%(workspace)s, %(lost)s, 'call', 'Call', %(igor)s, now(), 'minute', false, '')"""]),
    ("touch_before_lead", [
        TOUCH.format(shift="- interval '1 day'"),
        "update lead set first_touch_at = arrived_at - interval '1 day' where id = %(worked)s"]),
    ("first_touch", [TOUCH.format(shift="+ interval '1 minute'")]),
    ("first_touch", ["update lead set first_touch_at = arrived_at where id = %(new)s"]),
    ("handoff_without_package", [
        "alter table handoff drop constraint handoff_has_package",
        "update handoff set package = '{}' where lead_id = %(handed)s"]),
    ("handoff_out_of_turn", [
        "update lead set state = 'on_hold', wake_on = arrived_on + 9 where id = %(handed)s"]),
    ("handoff_out_of_turn", [
        "drop index handoff_one_sent",
        "update handoff set state = 'sent', settled_at = null where lead_id = %(won)s"]),
    ("key_elsewhere", [
        "update lead set origin_id = (select id from role where workspace_id = %(twin)s limit 1) where id = %(lost)s"]),
    ("key_elsewhere", [
        "update import_reject set workspace_id = %(twin)s where batch_id = %(batch)s",
        "update import_batch set rejected = 0, unchanged = 2 where id = %(batch)s"]),
    ("stage_elsewhere", [
        """update lead set conveyor_id = (select id from conveyor where workspace_id = lead.workspace_id and code = 'classic')
            where id = %(lost)s"""]),
    ("local_days", ["update lead set arrived_on = arrived_on - 1 where id = %(lost)s"]),
    ("local_days", ["update lead set won_on = won_on + 1 where id = %(won)s"]),
    ("two_open_leads", [
        "drop index lead_one_open_per_company",
        "update lead set company_id = %(company)s where id = %(new)s"]),
    ("after_no_win", ["update lead set parent_id = %(worked)s where id = %(next)s",
                      "update lead set company_id = %(company)s, second_reason = 'x' where id = %(next)s"]),
    ("temperature", ["update lead set temperature = 'cold' where id = %(won)s"]),
    ("payment_currency", ["update payment set currency = 'USD' where deal_id = %(deal)s and kind = 'refund'"]),
    ("refunded_too_much", ["update payment set amount = amount + 300000 where deal_id = %(deal)s and kind = 'refund'"]),
    ("absence_unsettled", ["update absence_step set settled = 'returned' where lead_id = %(lent)s"]),
    ("sheet_ahead", ["update daily_count set day = day + 2"]),
    ("mapped_elsewhere", ["update stage_pass set outcome = 'mapped' where lead_id = %(handed)s and outcome = 'passed'"]),
    ("mapped_elsewhere", ["update conveyor_version v set state = 'draft' from lead l where l.id = %(lent)s and v.id = l.conveyor_version_id"]),
    ("merged_apart", [
        """insert into duplicate_merge (workspace_id, kind, kept_id, gone_id, gone_row, before, after, at, told)
           select workspace_id, 'company', %(igor)s, id, '{}', '{}', '{}', now(), '[]' from company where id = %(company)s"""]),
    ("letter_left", ["update outbox_message set state = 'claimed', token = id, lease_until = now() - interval '2 hours'"]),
    ("letter_readers", ["delete from outbox_recipient"]),
    ("letter_readers", ["update outbox_recipient set state = 'accepted'"]),
    ("letter_readers", ["update outbox_message set state = 'accepted', due_at = null, settled_at = now()"]),
    ("received_sum", ["update deal set received = received + 1 where id = %(deal)s"]),
    ("journal_missing", ["delete from journal_entry where subject_id = %(company)s"]),
    ("batch_counts", ["alter table import_batch drop constraint import_batch_adds_up",
                      "update import_batch set rows = 6 where id = %(batch)s"]),
    ("batch_counts", ["delete from import_reject where batch_id = %(batch)s"]),
    ("bulk_counts", ["delete from bulk_step"]),
    ("bulk_counts", ["update bulk_action set kept = kept + 1"]),
    ("orphan_file", ["update file set stored_as = repeat('0', 32) where id = %(file)s"]),
    ("funnel_months", ["update funnel_cell set leads = leads + 1 where by = 'origin' and basis = 'arrived'"]),
    ("funnel_months", ["delete from funnel_cell where by = 'stage' and basis = 'entered'"]),
    ("funnel_months", ["update lead set closer_id = null where id = %(won)s"]),
    ("sheet_days", ["update sheet_day_sums set talks = talks + 1"]),
    ("sheet_days", ["delete from sheet_day_sums"]),
    ("sheet_days", ["update deal set created_by_id = null"]),
    ("portfolio_parts", ["update portfolio_stay set until_on = null where until_on is not null"]),
    ("portfolio_parts", ["update portfolio_stay set was = 'vip' where became = 'sleeping'",
                         "update portfolio_day_moves set was = 'vip' where became = 'sleeping'"]),
    ("portfolio_days", ["update portfolio_day_moves set parties = parties + 1 where became = 'sleeping'"]),
    ("portfolio_days", ["delete from portfolio_ripened"]),
    ("portfolio_days", ["update temperature_change set at = at + interval '2 days' where lead_id = %(worked)s", "delete from portfolio_mark"]),
    ("portfolio_days", ["update company set created_at = created_at - interval '9 days' where id = %(company)s"]),
]  # fmt: skip


@pytest.mark.shows("I2.reconcile", "F22")
def test_each_planted_corruption_is_found_alone(books: Books) -> None:
    stored = set(File.objects.values_list("stored_as", flat=True))
    wrong = []
    for code, statements in CORRUPTIONS:
        before = transaction.savepoint()
        # Triggers are off, so the marks that a write leaves on its months and days are set by hand.
        marks = {"funnel_months": MARK, "sheet_days": MARK_DAYS, "portfolio_days": MARK_PARTIES}
        books.plant(*statements, *(mark for marked, mark in marks.items() if marked != code))
        found = books.broken(stored)
        if list(found) != [code] or not all(count and examples for count, examples in found.values()):
            wrong.append((code, statements, found))
        transaction.savepoint_rollback(before)
    assert wrong == []
    assert books.broken(stored) == {}


@pytest.mark.shows("I2.reconcile")
def test_content_without_a_row_is_found_and_the_content_of_imports_is_not(books: Books) -> None:
    stored = set(File.objects.values_list("stored_as", flat=True))
    books.plant("update import_batch set stored_as = 'b' where id = %(batch)s")
    assert books.broken({*stored, "a" * 32, "b"}) == {"orphan_file": (1, [f"?: content {'a' * 32}"])}


def test_every_equation_has_its_corruption() -> None:
    assert {code for code, _statements in CORRUPTIONS} == {equation.code for equation in equations()}


@pytest.mark.shows("I2.reconcile")
def test_one_workspace_can_be_asked_alone(books: Books) -> None:
    books.plant("delete from journal_entry where subject_id = %(company)s")
    law = next(equation for equation in equations() if equation.code == "journal_missing")
    with connection.cursor() as cursor:
        home = law.ask(Asked(cursor, books.world.workspace.pk, ()))
        assert home.examples == [f"northern-method: company {books.ids['company']}"]
        assert law.ask(Asked(cursor, books.world.twin.pk, ())).found == 0


@pytest.mark.shows("I2.reconcile")
def test_the_command_reads_all_workspaces_as_the_role_that_cannot_write(
    committed: None,
) -> None:
    world = build_world()
    with tenancy.enter(world.workspace.pk):
        lead = opened(world, "worked")
    with reading_across(one_moment=True) as everywhere, everywhere.cursor() as cursor:
        cursor.execute(
            "select current_user, current_setting('transaction_isolation'), current_setting('transaction_read_only')"
        )
        assert cursor.fetchone() == ("konveyer_sweep", "repeatable read", "on")
    with pytest.raises(Exception, match=r"read-only|permission denied"), reading_across() as everywhere:
        everywhere.execute("delete from lead")
    assert asked_by_command() == (0, [])
    with tenancy.enter(world.workspace.pk):
        Lead.objects.filter(pk=lead.pk).update(temperature="warm", arrived_on=NOON.date() - timedelta(days=3))
        Lead.objects.filter(pk=lead.pk).update(first_touch_at=NOON)
    assert asked_by_command() == (1, ["first_touch", "local_days"])
    assert asked_by_command("southern-method") == (0, [])
    assert asked_by_command("northern-method") == (1, ["first_touch", "local_days"])


def asked_by_command(slug: str | None = None) -> tuple[int, list[str]]:
    from konveyer.domain.notes import ports

    ports.use(ports.MemoryStore())
    answer = reconcile(Call(Namespace(workspace_slug=slug, json=True), NOON))
    assert [set(one) for one in answer.data] == [{"equation", "sentence", "found", "examples"}] * len(
        equations()
    )
    broken = [one for one in answer.data if one["found"]]
    assert all(one["examples"][0].startswith("northern-method: lead ") for one in broken)
    assert len(answer.lines) == (2 * len(broken) + 1)
    return answer.exit_code, [one["equation"] for one in broken]
