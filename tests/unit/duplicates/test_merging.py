"""Two records put together, with everything that belongs to them, and taken apart again."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from konveyer.domain.conveyor.models import Conveyor
from konveyer.domain.duplicates.models import Merge, MergedRow, Pair, Run
from konveyer.domain.duplicates.operations import ask_merge, ask_scan, dismiss, merge, undo_merge, work_on
from konveyer.domain.duplicates.operations.moving import references
from konveyer.domain.duplicates.queries.pairs import group_of, pairs, went_to
from konveyer.domain.journal.models import Entry, PersonalValue
from konveyer.domain.leads.models import Lead
from konveyer.domain.leads.operations import open_lead
from konveyer.domain.notes.models import Note
from konveyer.domain.notes.operations import add_note
from konveyer.domain.notes.rules.subject import Subject
from konveyer.domain.people.models import Company, Contact, ContactPoint, Employment, PointUse
from konveyer.domain.people.operations import Typed, change_company, create_company, create_contact, employ
from konveyer.domain.people.operations.companies import facts_of
from konveyer.domain.people.rules.facts import CompanyFacts, PersonFacts
from konveyer.domain.touches.models import Touch
from konveyer.domain.touches.operations import record_touch
from konveyer.kit.refusal import Forbidden, Invalid, NotFound, Refused
from tests.unit.imports.dumping import difference, dump
from tests.world import NOON, World

pytestmark = pytest.mark.django_db
LATER, LAST = NOON + timedelta(hours=1), NOON + timedelta(hours=2)
OURS = ("duplicate_",)


def company(world: World, name: str, *points: Typed, **more: str) -> Company:
    return create_company(actor=world.system, at=NOON, facts=CompanyFacts(name, **more), points=points)


def person(world: World, last: str, first: str, *points: Typed, at: Company | None = None) -> Contact:
    return create_contact(
        actor=world.system,
        at=NOON,
        facts=PersonFacts(last, first),
        points=points,
        company_id=at.pk if at else None,
    )


def lead_of(world: World, **whose: object) -> Lead:
    conveyor = Conveyor.objects.get(workspace=world.workspace, code="new_clients")
    return open_lead(actor=world.system, at=NOON, conveyor_id=conveyor.pk, **whose)  # type: ignore[arg-type]


def scanned(world: World, *, whole: bool = False) -> Run:
    run = ask_scan(actor=world.system, at=LATER, whole=whole)
    return work_on(workspace_id=world.workspace.pk, at=LATER, run_id=run.pk)


def base() -> dict[str, list[str]]:
    return {table: rows for table, rows in dump().items() if not table.startswith(OURS)}


def without_versions(found: dict[str, list[str]]) -> dict[str, list[str]]:
    """Each merge and each undo is a new version of a record, as every change is."""
    import re

    return {table: [re.sub(r'"version": \d+', "", row) for row in rows] for table, rows in found.items()}


def two_companies(world: World) -> tuple[Company, Company]:
    kept = company(world, "ООО «Камский крепёж»", Typed("phone", "+7 342 200-41-17"), city="Пермь")
    gone = company(
        world, "Kamsky Krepezh LLC", Typed("phone", "+7 342 200-41-17"), Typed("email", "info@kama.example"),
        tax_number="7707083893", city="Perm",
    )  # fmt: skip
    return kept, gone


@pytest.mark.shows("I3.duplicates", "S22")
def test_everything_goes_to_the_one_that_stays_and_back_again(world: World) -> None:
    kept, gone = two_companies(world)
    roman = person(world, "Kudrin", "Roman", at=gone)
    employ(actor=world.system, at=NOON, contact_id=roman.pk, company_id=kept.pk, title="Director")
    lead = lead_of(world, company_id=gone.pk)
    record_touch(actor=world.system, at=NOON, lead_id=lead.pk, channel="call", outcome="talked")
    add_note(actor=world.system, at=NOON, subject=Subject("company", gone.pk), body="pays late")
    before = base()

    made = merge(actor=world.actor("Anna"), at=LATER, kind="company", kept=kept.pk, gone=[gone.pk])[0]
    kept.refresh_from_db()
    assert (kept.name, kept.tax_number, kept.city, kept.version) == (
        "ООО «Камский крепёж»",
        "7707083893",
        "Пермь",
        2,
    )
    assert not Company.objects.filter(pk=gone.pk).exists()
    assert went_to(world.workspace.pk, "company", gone.pk) == kept.pk
    assert Touch.objects.get().company_id == kept.pk
    assert Note.objects.get().company_id == kept.pk
    assert Lead.objects.get(pk=lead.pk).company_id == kept.pk
    assert Lead.objects.get(pk=lead.pk).title_key == kept.name_key
    assert Employment.objects.get().title == "Director", "the fuller of two lines stays"
    assert sorted(PointUse.objects.filter(company=kept).values_list("point__value", flat=True)) == ["+73422004117", "info@kama.example"]  # fmt: skip
    told = {entry.subject_id: entry.after for entry in Entry.objects.filter(action="merged")}
    assert told[gone.pk] == {"merged_into": str(kept.pk)}
    assert told[kept.pk] == {"merged_from": str(gone.pk), "tax_number": "7707083893"}
    assert ContactPoint.objects.count() == 2

    undone = undo_merge(actor=world.actor("Anna"), at=LAST, merge_id=made.pk)
    assert undone.told == []
    assert difference(without_versions(before), without_versions(base())) == {}
    assert went_to(world.workspace.pk, "company", gone.pk) is None
    with pytest.raises(Refused) as again:
        undo_merge(actor=world.actor("Anna"), at=LAST, merge_id=made.pk)
    assert again.value.code == "merge_undone"


@pytest.mark.shows("I3.duplicates")
def test_every_table_that_points_at_them_is_in_the_move(world: World) -> None:
    with connection.cursor() as cursor:
        for kind in ("company", "contact"):
            cursor.execute(
                "select c.conrelid::regclass::text from pg_constraint c where c.contype = 'f' and c.confrelid = %s::regclass",
                [kind],
            )
            found = sorted(row[0] for row in cursor.fetchall())
            assert sorted(one.table for one in references(kind)) == found
    assert len(found) >= 6


@pytest.mark.shows("I3.duplicates")
def test_people_merge_and_chosen_values_stay(world: World) -> None:
    one = person(world, "Кудрин", "", Typed("phone", "+7 912 345-67-89"))
    two = person(
        world, "Kudrin", "Роман", Typed("phone", "+7 912 345-67-89"), Typed("email", "r@kama.example")
    )
    lead = lead_of(world, contact_id=two.pk)
    made = merge(
        actor=world.actor("Anna"), at=LATER, kind="contact", kept=one.pk, gone=[two.pk, one.pk, two.pk],
        chosen={"last_name": two.pk},
    )  # fmt: skip
    one.refresh_from_db()
    assert (one.last_name, one.first_name, one.name_key, len(made)) == ("Kudrin", "Роман", "kudrin роман", 1)
    assert Lead.objects.get(pk=lead.pk).title_key == "kudrin роман"
    assert PointUse.objects.filter(contact=one).count() == 2
    values = PersonalValue.objects.filter(owner_id=one.pk, entry__action="merged").values_list(
        "field", "after"
    )
    assert sorted(values) == [("first_name", "Роман"), ("last_name", "Kudrin")]
    assert "Kudrin" not in str(list(Entry.objects.filter(action="merged").values_list("before", "after")))


@pytest.mark.shows("I3.duplicates")
@pytest.mark.parametrize("way", ["close", "second"])
def test_of_two_open_leads_one_goes_on(world: World, way: str) -> None:
    kept, gone = two_companies(world)
    older, younger = lead_of(world, company_id=kept.pk), lead_of(world, company_id=gone.pk)
    made = merge(
        actor=world.actor("Anna"), at=LATER, kind="company", kept=kept.pk, gone=[gone.pk], leads=way
    )[0]
    states = dict(Lead.objects.values_list("pk", "state"))
    assert states == {older.pk: "open", younger.pk: "lost" if way == "close" else "open"}
    settled = Lead.objects.get(pk=younger.pk)
    assert (settled.company_id, bool(settled.second_reason), bool(settled.refusal_note)) == (
        kept.pk,
        way == "second",
        way == "close",
    )
    assert undo_merge(actor=world.actor("Anna"), at=LAST, merge_id=made.pk).told == []
    settled.refresh_from_db()
    assert (settled.state, settled.company_id, settled.second_reason) == ("open", gone.pk, "")


@pytest.mark.shows("I3.duplicates", "S22")
def test_what_was_used_since_is_kept_and_named(world: World) -> None:
    kept, gone = two_companies(world)
    lead = lead_of(world, company_id=gone.pk)
    made = merge(actor=world.actor("Anna"), at=LATER, kind="company", kept=kept.pk, gone=[gone.pk])[0]
    kept.refresh_from_db()
    facts = facts_of(kept)
    changed = CompanyFacts(
        facts.name, facts.legal_name, "7736050003", facts.domain, facts.city, facts.industry
    )
    change_company(
        actor=world.system,
        at=LATER + timedelta(minutes=1),
        company_id=kept.pk,
        version=kept.version,
        facts=changed,
    )
    record_touch(
        actor=world.system, at=LATER + timedelta(minutes=2), lead_id=lead.pk, channel="call", outcome="talked"
    )
    undone = undo_merge(actor=world.actor("Anna"), at=LAST, merge_id=made.pk)
    assert {(one["table"], one["why"]) for one in undone.told} == {
        ("company", "field:tax_number"),
        ("lead", "changed_since"),
    }
    assert Company.objects.get(pk=gone.pk).tax_number == "7707083893"
    assert Company.objects.get(pk=kept.pk).tax_number == "7736050003"
    assert Lead.objects.get(pk=lead.pk).company_id == kept.pk


@pytest.mark.shows("I3.duplicates")
def test_merged_on_the_first_is_taken_back_last(world: World) -> None:
    kept, gone = two_companies(world)
    third = company(world, "Кама")
    first = merge(actor=world.system, at=LATER, kind="company", kept=kept.pk, gone=[gone.pk])[0]
    second = merge(actor=world.system, at=LATER, kind="company", kept=third.pk, gone=[kept.pk])[0]
    assert went_to(world.workspace.pk, "company", gone.pk) == third.pk
    with pytest.raises(Refused) as refused:
        undo_merge(actor=world.system, at=LAST, merge_id=first.pk)
    assert refused.value.code == "merge_kept_gone"
    undo_merge(actor=world.system, at=LAST, merge_id=second.pk)
    undo_merge(actor=world.system, at=LAST, merge_id=first.pk)
    assert Company.objects.count() == 3


@pytest.mark.shows("I3.duplicates", "I1.rights")
def test_who_may_not_and_what_cannot_be(world: World) -> None:
    kept, gone = two_companies(world)
    with pytest.raises(Forbidden):
        merge(actor=world.actor("Alina"), at=LATER, kind="company", kept=kept.pk, gone=[gone.pk])
    for wrong, code in (
        ({"gone": [kept.pk]}, "merge_two"),
        ({"kind": "lead"}, "merge"),
        ({"chosen": {"version": gone.pk}}, "merge_field"),
    ):
        with pytest.raises(Invalid) as refused:
            merge(
                **{
                    "actor": world.system,
                    "at": LATER,
                    "kind": "company",
                    "kept": kept.pk,
                    "gone": [gone.pk],
                    **wrong,
                }
            )  # type: ignore[arg-type]
        assert refused.value.code == code
    with pytest.raises(NotFound):
        merge(actor=world.system, at=LATER, kind="company", kept=kept.pk, gone=[uuid4()])
    assert Company.objects.count() == 2


@pytest.mark.shows("I3.duplicates")
def test_the_scan_finds_them_says_why_and_forgets_what_was_dismissed(world: World) -> None:
    kept, gone = two_companies(world)
    other = company(world, "Вега", city="Пермь")
    run = scanned(world)
    assert (run.state, run.records, run.pairs) == ("done", 3, 1)
    page = pairs(world.actor("Anna"), "company")
    assert [({line.one.pk, line.other.pk}, line.pair.reasons, line.pair.score) for line in page.lines] == [
        ({kept.pk, gone.pk}, ["phone", "name", "city"], 90)
    ]
    shown, among = group_of(page.lines[0].pair)
    assert (shown[0].record.pk, len(among)) == (gone.pk, 1), "the fuller one is to stay"
    assert (
        dismiss(actor=world.actor("Anna"), at=LATER, kind="company", records=[kept.pk, gone.pk, other.pk])
        == 1
    )
    again = scanned(world, whole=True)
    assert (again.pairs, pairs(world.actor("Anna"), "company").lines) == (0, [])
    with pytest.raises(NotFound):
        dismiss(actor=world.actor("Anna"), at=LATER, kind="company", records=[kept.pk, gone.pk])


@pytest.mark.shows("I3.duplicates")
def test_later_scans_look_at_what_is_new_or_changed_alone(world: World) -> None:
    two_companies(world)
    assert scanned(world).records == 2
    Entry.objects.model.objects.none()
    Run.objects.update(started_at=NOON + timedelta(days=3))
    assert scanned(world).records == 0
    vega = company(world, "Вега", Typed("phone", "+7 342 200-41-17"))
    run = scanned(world)
    assert (run.records, run.pairs) == (1, 0), "another name on the same phone stays below what is shown"
    facts = facts_of(vega)
    change_company(
        actor=world.system, at=NOON + timedelta(days=4), company_id=vega.pk, version=1,
        facts=CompanyFacts("Камский Крепеж", facts.legal_name, facts.tax_number or "", facts.domain, facts.city, facts.industry),
    )  # fmt: skip
    run = scanned(world)
    assert (run.records, run.pairs) == (1, 2)


@pytest.mark.shows("I3.duplicates")
def test_what_very_many_share_is_no_sign(world: World) -> None:
    for number in range(31):
        person(world, "Иванов", "Иван", Typed("email", f"i{number}@mail.example"))
    run = scanned(world)
    assert (run.pairs, run.wide) == (0, 1)


@pytest.mark.shows("I3.duplicates")
def test_a_bulk_merge_takes_everything_over_the_score(world: World) -> None:
    for number in range(12):
        for name in ("Ромашка", "Romashka"):
            company(world, f"{name} {number}", Typed("phone", f"+7 342 200-41-{number:02}"))
        company(world, f"Вега {number}")
    scanned(world)
    assert set(Pair.objects.values_list("score", flat=True)) >= {88}
    run = ask_merge(actor=world.actor("Anna"), at=LATER, over=85)
    with pytest.raises(Refused) as busy:
        ask_scan(actor=world.actor("Anna"), at=LATER)
    assert busy.value.code == "duplicates_busy"
    done = work_on(workspace_id=world.workspace.pk, at=LATER, run_id=run.pk)
    assert (done.state, done.records, done.pairs) == ("done", 12, 0)
    assert Company.objects.count() == 24
    assert work_on(workspace_id=world.workspace.pk, at=LATER, run_id=run.pk).records == 12, (
        "asked twice, done once"
    )
    with pytest.raises(Invalid):
        ask_merge(actor=world.actor("Anna"), at=LATER, over=10)
    made = Merge.objects.first()
    assert made is not None
    assert (made.run_id, made.score) == (run.pk, 88)
    undo_merge(actor=world.system, at=LAST, merge_id=made.pk)
    assert Company.objects.count() == 25


@pytest.mark.shows("I3.duplicates")
def test_three_records_become_one_and_each_comes_back_alone(world: World) -> None:
    firms = [company(world, f"Кама {sign}", Typed("phone", "+7 342 200-41-17"), city=sign) for sign in "abc"]
    before = base()
    made = merge(
        actor=world.system, at=LATER, kind="company", kept=firms[0].pk, gone=[firms[1].pk, firms[2].pk]
    )
    assert (Company.objects.count(), PointUse.objects.count()) == (1, 1)
    for one in made:
        assert undo_merge(actor=world.system, at=LAST, merge_id=one.pk).told == []
    assert difference(without_versions(before), without_versions(base())) == {}


@pytest.mark.shows("I3.duplicates")
@pytest.mark.parametrize(
    "sql",
    [
        "update duplicate_pair set one_id = other_id, other_id = one_id",
        "update duplicate_pair set state = 'dismissed'",
        "update duplicate_pair set score = 101",
        "insert into duplicate_run (workspace_id, work, asked_at, state, whole, kind, over, records, pairs, wide, failure) select workspace_id, 'scan', now(), 'done', false, '', 0, 0, 0, 0, '' from duplicate_run limit 1",
        "update duplicate_merge set gone_id = kept_id",
        "insert into duplicate_merge select (jsonb_populate_record(null::duplicate_merge, to_jsonb(m) || jsonb_build_object('id', uuidv7()))).* from duplicate_merge m",
        "update duplicate_merged_row set done = 'lost'",
    ],
)
def test_the_database_holds_it(world: World, sql: str) -> None:
    kept, _gone = two_companies(world)
    third = company(world, "Камский Крепеж", Typed("phone", "+7 342 200-41-17"))
    scanned(world)
    merge(actor=world.system, at=LATER, kind="company", kept=kept.pk, gone=[third.pk])
    assert Pair.objects.count() == 1
    assert MergedRow.objects.exists()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.shows("I3.duplicates")
def test_a_run_whose_worker_was_killed_holds_nobody_up(world: World) -> None:
    broken = ask_scan(actor=world.system, at=NOON)
    with pytest.raises(Refused):
        ask_scan(actor=world.system, at=LATER)
    Run.objects.update(state="running", started_at=NOON)
    two_companies(world)
    assert scanned(world).pairs == 1
    broken.refresh_from_db()
    assert (broken.state, broken.failure) == ("failed", "broken off")
