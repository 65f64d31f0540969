"""A person goes out of every store; the figures stay; nothing of his is found afterwards (F27)."""

import io
import json
import tempfile
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, models

from konveyer.adapters.files.folder import FolderStore
from konveyer.domain.consent.operations import give, write_text
from konveyer.domain.conveyor.models import Conveyor
from konveyer.domain.deals.operations import create_deal, record_payment
from konveyer.domain.duplicates.operations import merge
from konveyer.domain.erasure.models import Erasure, Suppression
from konveyer.domain.erasure.operations import ask_erasure, erase, erase_again, work_on
from konveyer.domain.erasure.operations.asking import noted
from konveyer.domain.erasure.queries.hashes import hash_of, suppressed
from konveyer.domain.erasure.queries.held import counts, person
from konveyer.domain.erasure.queries.package import write_package
from konveyer.domain.erasure.rules.places import BLANKED, GOES, KEPT, words_of
from konveyer.domain.hooks.models import Delivery, Webhook
from konveyer.domain.imports.models import Batch, Reject
from konveyer.domain.journal.models import Entry
from konveyer.domain.labels.operations import FieldFacts, create_field, fill_fields
from konveyer.domain.leads.models import Lead
from konveyer.domain.leads.operations import change_lead, open_lead, plan_next, set_fact
from konveyer.domain.notes import ports
from konveyer.domain.notes.models import Note
from konveyer.domain.notes.operations import add_note
from konveyer.domain.notes.operations.files import add_file
from konveyer.domain.notes.rules.subject import Subject
from konveyer.domain.people.models import Contact, ContactPoint
from konveyer.domain.people.operations import (
    Typed,
    change_contact,
    create_company,
    create_contact,
)
from konveyer.domain.people.operations.contacts import facts_of
from konveyer.domain.people.rules.facts import CompanyFacts, PersonFacts
from konveyer.domain.touches.models import Touch
from konveyer.domain.touches.operations import record_touch
from konveyer.domain.workspace.models import AnsweredRequest
from konveyer.kit.refusal import Forbidden, NotFound, Refused
from tests.unit.imports.bringing import brought, written
from tests.unit.imports.bringing import counts as counts_of
from tests.world import NOON, World

pytestmark = pytest.mark.django_db
LATER, LAST = NOON + timedelta(hours=1), NOON + timedelta(hours=2)
MAIL, PHONE, TELEGRAM = "canary.mail@zq1.example", "+79123456781", "canary_tg_zq"
# One unlikely word a place; the name is ordinary in shape and unlikely in itself.
CANARIES = [
    "Zqlast", "Zqfirst", "Zqmiddle", "Zqcity", MAIL, PHONE[1:], TELEGRAM, "zqlabel", "zqtitle", "zqnote", "zqfile", "zqcontent", "zqleadtitle",
    "zqfact", "zqtask", "zqtouch", "zqpayment", "zqplace", "zqtwin", "zqformer", "zqpromise",
    "zqhobby", "zqpastime", "zqreason", "zqoccasion",
]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    """Files on a real disk, and the home beside the database."""
    settings.HOME = tmp_path
    ports.use(FolderStore(tmp_path / "files"))
    return tmp_path


def lived(world: World, folder: Path) -> tuple[Contact, Lead]:
    """A person who went through everything there is."""
    points = [Typed("email", MAIL, "zqlabel"), Typed("phone", PHONE), Typed("telegram", TELEGRAM)]
    contact = create_contact(
        actor=world.system,
        at=NOON,
        facts=PersonFacts("Zqlast", "Zqfirst", "Zqmiddle", "Zqcity"),
        points=points,
    )
    firm = create_company(actor=world.system, at=NOON, facts=CompanyFacts("Kama"))
    twin = create_contact(
        actor=world.system,
        at=NOON,
        facts=PersonFacts("Zqtwin", "Zqfirst"),
        points=[Typed("email", "zqtwin@zq1.example")],
        company_id=firm.pk,
        title="zqtitle",
    )
    merge(actor=world.system, at=NOON, kind="contact", kept=contact.pk, gone=[twin.pk])
    lead = _lead(world, contact)
    _written(world, contact, lead, folder)
    _labelled(world, contact, lead)
    _elsewhere(world, firm)
    former = create_contact_change(world, contact)
    assert former.last_name == "Zqlast"
    return former, lead


def create_contact_change(world: World, contact: Contact) -> Contact:
    """Was called otherwise once; the journal remembers."""
    contact.refresh_from_db()
    facts = facts_of(contact)
    change_contact(
        actor=world.system,
        at=NOON,
        contact_id=contact.pk,
        version=contact.version,
        facts=PersonFacts("Zqformer", facts.first_name, facts.patronymic, facts.city),
    )
    contact.refresh_from_db()
    return change_contact(
        actor=world.system, at=NOON, contact_id=contact.pk, version=contact.version, facts=facts
    )


def _lead(world: World, contact: Contact) -> Lead:
    conveyor = Conveyor.objects.get(workspace=world.workspace, code="new_clients")
    lead = open_lead(
        actor=world.actor("Igor"), at=NOON, conveyor_id=conveyor.pk, contact_id=contact.pk, title="zqleadtitle", owner_id=world.owner.pk,
    )  # fmt: skip
    set_fact(actor=world.actor("Igor"), at=NOON, lead_id=lead.pk, kind="pain", value="zqfact", source="card")
    plan_next(actor=world.actor("Igor"), at=NOON, lead_id=lead.pk, kind="call", title="zqtask", due_at=LAST)
    record_touch(
        actor=world.actor("Igor"), at=NOON, lead_id=lead.pk, channel="call", outcome="talked", note="zqtouch"
    )
    deal = create_deal(actor=world.actor("Igor"), at=NOON, lead_id=lead.pk, amount=1000)  # type: ignore[arg-type]
    record_payment(
        actor=world.actor("Igor"),
        at=NOON,
        deal_id=deal.pk,
        amount=100,
        received_on=NOON.date(),
        note="zqpayment",
    )  # type: ignore[arg-type]
    lead.refresh_from_db()
    change_lead(
        actor=world.actor("Igor"), at=NOON, lead_id=lead.pk, version=lead.version, self_reported="zqpromise"
    )
    return lead


def _written(world: World, contact: Contact, lead: Lead, folder: Path) -> None:
    act = world.actor("Igor")
    for subject in (Subject("contact", contact.pk), Subject("lead", lead.pk)):
        add_note(actor=act, at=NOON, subject=subject, body="zqnote")
        add_file(actor=act, at=NOON, subject=subject, name="zqfile.txt", content=io.BytesIO(b"zqcontent"))
    text = write_text(
        actor=act, at=NOON, purpose="advertising", language="en", title="Letters", body="I agree."
    )
    give(actor=act, at=NOON, contact_id=contact.pk, text_id=text.pk, source="paper", place="zqplace")


def _labelled(world: World, contact: Contact, lead: Lead) -> None:
    """Fields of the firm's own, filled by hand and then otherwise by a list: the journal keeps what stood there."""
    act = world.actor("Igor")
    for kind, pk, name, value in (
        ("contact", contact.pk, "Hobby", "zqhobby"),
        ("lead", lead.pk, "Reason", "zqreason"),
    ):
        create_field(actor=act, at=NOON, subject=kind, kind="text", facts=FieldFacts(name))
        fill_fields(actor=act, at=NOON, kind=kind, pk=pk, given={name.lower(): value})
    Lead.objects.filter(pk=lead.pk).update(external_key="L-1")
    with tempfile.TemporaryDirectory() as elsewhere:
        header, row = (
            ("Lead id", "E-mail", "Hobby", "Reason", "Tags"),
            ("L-1", MAIL, "zqpastime", "zqoccasion", "expo"),
        )
        done = brought(world.workspace, written(Path(elsewhere) / "list.csv", header, row))
    assert counts_of(done) == (1, 0, 1, 0, 0)


def _elsewhere(world: World, firm: Any) -> None:
    """His address in a note on a company, in an imported list, in a webhook's answer, in an answer kept for programs."""
    add_note(
        actor=world.actor("Igor"),
        at=NOON,
        subject=Subject("company", firm.pk),
        body=f"Ask Zqfirst Zqlast, {MAIL}, or the director.",
    )
    kept = ports.store().keep(io.BytesIO(f"name;mail\nZqlast;{MAIL}\n".encode("cp1251")), 1000)
    batch = Batch.objects.create(
        workspace=world.workspace, file_name="list.csv", stored_as=kept.stored_as, main_record="contact", state="stopped", rows=1, rejected=1,
        sample=[["Zqlast", MAIL]], finished_at=NOON,
    )  # fmt: skip
    Reject.objects.create(
        workspace=world.workspace,
        batch=batch,
        line=2,
        code="email",
        values=["Zqfirst Zqlast", MAIL],
        params={"value": PHONE},
    )
    hook = Webhook.objects.create(
        workspace=world.workspace,
        url="https://93.184.215.14/x",
        name="Ledger",
        events=["lead.won"],
        sealed_secret="x",
    )
    Delivery.objects.create(
        workspace=world.workspace, webhook=hook, event_id=hook.pk, event="contact.created", payload={"contact_id": "none"}, state="given_up",
        settled_at=NOON, said=f"no such mail: {MAIL}",
    )  # fmt: skip
    AnsweredRequest.objects.create(
        workspace=world.workspace,
        member=world.owner,
        key="k",
        body_hash="x",
        status=201,
        answer={"email": MAIL},
    )


def found_in_tables(words: list[str]) -> list[str]:
    """(table, column, word) of every hit, in every column of every table, whatever its type."""
    hits = []
    with connection.cursor() as cursor:
        cursor.execute(
            "select c.relname from pg_class c where c.relkind in ('r', 'p', 'm') and c.relnamespace = 'public'::regnamespace order by 1"
        )
        for (table,) in cursor.fetchall():
            for word in words:
                cursor.execute(f'select count(*) from "{table}" t where t::text ilike %s', [f"%{word}%"])
                if cursor.fetchone()[0]:
                    hits.append(f"{table}: {word}")
    return hits


def found_on_disk(folder: Path, words: list[str]) -> list[str]:
    return [
        f"{path.name}: {word}"
        for path in folder.rglob("*")
        if path.is_file()
        for word in words
        if word.lower().encode() in path.read_bytes().lower()
    ]


@pytest.mark.shows("I3.erasure", "F27")
def test_canaries_through_everything_then_erased_are_found_nowhere(
    world: World, folder: Path, django_capture_on_commit_callbacks: Any
) -> None:
    contact, lead = lived(world, folder)
    before = {word.partition(": ")[2] for word in found_in_tables(CANARIES)}
    assert before == set(CANARIES) - {"zqcontent"}, "every canary was somewhere"
    assert found_on_disk(folder, CANARIES)
    touches = Touch.objects.filter(lead=lead).count()
    with django_capture_on_commit_callbacks(execute=True):
        asked = ask_erasure(actor=world.actor("Igor"), at=LATER, contact_id=contact.pk)
        work_on(workspace_id=world.workspace.pk, at=LAST, erasure_id=asked.pk)
    assert found_in_tables(CANARIES) == []
    assert found_on_disk(folder, CANARIES) == []
    dump = "\n".join(row for rows in _whole().values() for row in rows)
    assert not [word for word in CANARIES if word.lower() in dump.lower()]

    after = Lead.objects.get(pk=lead.pk)
    assert (after.state, after.contact_id, Touch.objects.filter(lead=lead).count()) == (
        "open",
        contact.pk,
        touches,
    )
    assert after.won_at == lead.won_at
    assert Entry.objects.filter(subject_id=contact.pk, action="erased").count() == 1
    done = Erasure.objects.get()
    assert (done.done_at, done.counts["note"], done.counts["contents"], done.counts["import_files"]) == (
        LAST,
        2,
        2,
        1,
    )
    assert len(done.hashes) == 4
    assert suppressed(world.workspace.pk, [("email", MAIL), ("email", "other@zq1.example")]) == {
        ("email", MAIL)
    }
    assert suppressed(world.twin.pk, [("email", MAIL)]) == set(), "of another workspace it says nothing"


def _whole() -> dict[str, list[str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select c.relname from pg_class c where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace"
        )
        tables = [row[0] for row in cursor.fetchall()]
        found = {}
        for table in tables:
            cursor.execute(f'select t::text from "{table}" t')
            found[table] = [row[0] for row in cursor.fetchall()]
    return found


@pytest.mark.shows("I3.erasure")
def test_what_others_share_stays_and_their_texts_lose_his_words_alone(world: World, folder: Path) -> None:
    contact, _lead_of = lived(world, folder)
    firm = create_company(
        actor=world.system, at=NOON, facts=CompanyFacts("Shared"), points=[Typed("phone", "+7 342 200-41-17")]
    )
    other = create_contact(
        actor=world.system,
        at=NOON,
        facts=PersonFacts("Kudrin", "Roman"),
        points=[Typed("phone", "+7 342 200-41-17"), Typed("phone", PHONE)],
    )
    erase(actor=world.actor("Igor"), at=LATER, contact_id=contact.pk)
    assert Note.objects.get().body == "Ask ▮▮▮, ▮▮▮, or the director."
    values = set(ContactPoint.objects.values_list("value", flat=True))
    assert values == {"+73422004117", PHONE}, "a number that somebody else has too is his"
    other.refresh_from_db()
    assert (other.last_name, firm.pk is not None) == ("Kudrin", True)
    assert Reject.objects.get().values == ["▮▮▮", "▮▮▮"]


@pytest.mark.shows("I3.erasure")
def test_a_restored_copy_is_erased_again(
    world: World, folder: Path, django_capture_on_commit_callbacks: Any
) -> None:
    contact, _lead_of = lived(world, folder)
    line = {
        "workspace": str(world.workspace.pk),
        "contact": str(contact.pk),
        "at": NOON.isoformat(),
        "hashes": [],
    }
    noted().write_text(json.dumps(line) + "\n" + json.dumps(line | {"contact": str(world.owner.pk)}) + "\n")
    assert erase_again(at=LAST) == 1
    assert found_in_tables(["Zqlast", MAIL]) == []
    assert erase_again(at=LAST) == 0
    assert hash_of(world.workspace.pk, "email", MAIL) in set(
        Suppression.objects.values_list("hash", flat=True)
    )


@pytest.mark.shows("I3.erasure", "I1.rights")
def test_who_may_not_and_twice(world: World, folder: Path) -> None:
    contact = create_contact(actor=world.system, at=NOON, facts=PersonFacts("Kudrin", "Roman"))
    with pytest.raises(Forbidden):
        ask_erasure(actor=world.actor("Anna"), at=NOON, contact_id=contact.pk)
    with pytest.raises(NotFound):
        erase(actor=world.actor("Igor"), at=NOON, contact_id=world.owner.pk)
    asked = ask_erasure(actor=world.actor("Igor"), at=NOON, contact_id=contact.pk)
    with pytest.raises(Refused):
        ask_erasure(actor=world.actor("Igor"), at=NOON, contact_id=contact.pk)
    first = work_on(workspace_id=world.workspace.pk, at=LATER, erasure_id=asked.pk)
    assert work_on(workspace_id=world.workspace.pk, at=LAST, erasure_id=asked.pk).done_at == first.done_at


@pytest.mark.shows("I3.erasure")
def test_all_that_is_held_comes_as_one_archive(world: World, folder: Path) -> None:
    contact, lead = lived(world, folder)
    out = io.BytesIO()
    rows = write_package(actor=world.actor("Igor"), at=LATER, contact_id=contact.pk, out=out)
    with zipfile.ZipFile(out) as archive:
        told = json.loads(archive.read("person.json"))
        text = json.dumps(told, ensure_ascii=False)
        assert archive.read("files/001-zqfile.txt") == b"zqcontent"
        assert len(archive.namelist()) == 3
    assert [word for word in CANARIES if word.lower() not in text.lower() and word != "zqcontent"] == []
    assert (told["tables"]["lead"][0]["id"], rows > 20) == (str(lead.pk), True)
    assert Entry.objects.filter(subject_id=contact.pk, action="exported").count() == 1
    assert counts(world.workspace.pk, person(world.actor("Igor"), contact.pk))["note"] == 2


@pytest.mark.shows("I3.erasure")
def test_every_text_that_hangs_on_a_person_has_its_place(world: World) -> None:
    """A table that is added later fails here until somebody says what becomes of its texts."""
    near = {"contact", "lead", "deal"}
    forgotten = []
    for model in apps.get_models():
        table = model._meta.db_table
        fields = model._meta.concrete_fields
        hangs = table in near or any(
            getattr(field, "within_workspace", False) and field.related_model._meta.db_table in near
            for field in fields  # type: ignore[union-attr]
        )
        if not hangs or table in GOES:
            continue
        known = {*BLANKED.get(table, ()), *KEPT.get(table, ())}
        texts = [
            field.column
            for field in fields
            if isinstance(field, models.CharField | models.TextField | models.JSONField)
        ]
        forgotten += [f"{table}.{column}" for column in texts if column not in known]
    assert forgotten == []


def test_words_that_are_struck_out() -> None:
    assert words_of("Roman", "Kudrin", "", ["r@k.ru", "+7342"]) == [
        "Kudrin Roman",
        "Roman Kudrin",
        "r@k.ru",
        "+7342",
    ]
    assert words_of("", "Li", "", ["a@b"]) == []
    assert settings.HASH_KEY != settings.SEAL_KEY
