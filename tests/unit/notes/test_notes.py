"""Notes and files on records: written, refused, seen, journaled."""

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.db import transaction

from konveyer.domain.conveyor.models import Conveyor
from konveyer.domain.journal.models import Entry, PersonalValue
from konveyer.domain.journal.queries import of_record
from konveyer.domain.leads.models import Lead
from konveyer.domain.leads.operations import assign, open_lead
from konveyer.domain.notes import ports
from konveyer.domain.notes.models import File, Note
from konveyer.domain.notes.operations import add_file, add_note, change_note, remove_file, remove_note
from konveyer.domain.notes.queries.attached import content_of, files_of, notes_of
from konveyer.domain.notes.rules.kinds import LARGEST
from konveyer.domain.notes.rules.subject import Subject
from konveyer.domain.people.models import Company, Contact
from konveyer.domain.people.operations import create_company, create_contact
from konveyer.domain.people.rules.facts import CompanyFacts, PersonFacts
from konveyer.domain.workspace.rules.actor import for_workspace
from konveyer.kit import tenancy
from konveyer.kit.refusal import Forbidden, Invalid, NotFound, Refused, Stale
from tests.world import NOON, World

LATER = NOON + timedelta(minutes=1)
PDF = b"%PDF-1.7 contract"


@pytest.fixture
def store() -> Iterator[ports.MemoryStore]:
    kept, memory = ports.store(), ports.MemoryStore()
    ports.use(memory)
    yield memory
    ports.use(kept)


@pytest.fixture
def kama(world: World, store: ports.MemoryStore) -> Company:
    ports.use(store)  # the world plugs the real place in
    return create_company(actor=world.system, at=NOON, facts=CompanyFacts("Камский крепёж"))


@pytest.fixture
def roman(world: World) -> Contact:
    return create_contact(actor=world.system, at=NOON, facts=PersonFacts("Кудрин", "Роман"))


@pytest.fixture
def lead(world: World, roman: Contact) -> Lead:
    conveyor = Conveyor.objects.earliest("position")
    made = open_lead(actor=world.system, at=NOON, conveyor_id=conveyor.pk, contact_id=roman.pk)
    return assign(actor=world.system, at=NOON, lead_id=made.pk, member_id=world.people["Alina"].pk)


def on(record: Company | Contact | Lead) -> Subject:
    return Subject({Company: "company", Contact: "contact", Lead: "lead"}[type(record)], record.pk)


@pytest.mark.shows("I2.base", "I2.journal")
def test_a_note_is_written_changed_and_taken_away(world: World, roman: Contact) -> None:
    alina = world.actor("Alina")
    note = add_note(
        actor=alina, at=NOON, subject=on(roman), body="  Перезвонить в среду\r\nпосле обеда\0 \x1b[0m "
    )
    assert [(row.body, row.member, row.version) for row in notes_of(alina, on(roman))] == [
        ("Перезвонить в среду\nпосле обеда [0m", world.people["Alina"], 1)
    ]
    change_note(actor=alina, at=LATER, note_id=note.pk, version=1, body="В четверг")
    with pytest.raises(Stale) as refusal:
        change_note(actor=world.actor("Anna"), at=LATER, note_id=note.pk, version=1, body="В пятницу")
    assert refusal.value.details["fields"] == {"body": {"yours": "В пятницу", "now": "В четверг"}}
    assert Note.objects.get(pk=note.pk).body == "В четверг"
    assert remove_note(actor=alina, at=LATER, note_id=note.pk) == on(roman)
    assert notes_of(alina, on(roman)) == []
    lines = of_record(world.workspace.pk, roman.pk)
    assert [line.entry.action for line in lines] == ["note_removed", "note_changed", "note_added", "created"]
    assert (lines[1].before, lines[1].after) == (
        {"note": "Перезвонить в среду\nпосле обеда [0m"},
        {"note": "В четверг"},
    )
    assert not Entry.objects.filter(after__icontains="четверг").exists()
    assert set(PersonalValue.objects.filter(field="note").values_list("owner_id", flat=True)) == {roman.pk}


@pytest.mark.shows("I2.bad-input")
@pytest.mark.parametrize(
    ("body", "code"), [("", "note_empty"), (" \n\t\0 ", "note_empty"), ("ё" * 20_001, "note_long")]
)
def test_a_note_that_cannot_be(world: World, roman: Contact, body: str, code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        add_note(actor=world.actor("Alina"), at=NOON, subject=on(roman), body=body)
    assert refusal.value.code == code
    assert not Note.objects.exists()


@pytest.mark.shows("F25", "I2.base")
def test_who_may_write_where(world: World, kama: Company, lead: Lead) -> None:
    for name in ("Alina", "Anna", "Marina"):
        add_note(actor=world.actor(name), at=NOON, subject=on(kama), body="Заметка")
    with pytest.raises(Forbidden):  # reads the base, writes nothing on it
        add_note(actor=world.actor("Vera"), at=NOON, subject=on(kama), body="Заметка")
    assert len(notes_of(world.actor("Vera"), on(kama))) == 3
    add_note(actor=world.actor("Alina"), at=NOON, subject=on(lead), body="Её лид")
    with pytest.raises(NotFound):  # own view: not his lead
        add_note(actor=world.actor("Pavel"), at=NOON, subject=on(lead), body="Чужой лид")
    with pytest.raises(NotFound):
        notes_of(world.actor("Pavel"), on(lead))
    with pytest.raises(Forbidden):
        notes_of(world.actor("Vera"), on(lead))
    note = Note.objects.get(lead=lead)
    with pytest.raises(NotFound):
        remove_note(actor=world.actor("Pavel"), at=NOON, note_id=note.pk)
    with pytest.raises(Forbidden) as refusal:
        change_note(
            actor=world.actor("Marina"),
            at=NOON,
            note_id=Note.objects.filter(company=kama)[0].pk,
            version=1,
            body="Не моя",
        )
    assert refusal.value.code == "not_yours"
    change_note(actor=world.actor("Anna"), at=NOON, note_id=note.pk, version=1, body="Поправила")
    with tenancy.enter(world.twin.pk), pytest.raises(NotFound):
        add_note(
            actor=for_workspace(world.twin.pk), at=NOON, subject=on(kama), body="Из другого пространства"
        )
    with pytest.raises(NotFound):
        add_note(actor=world.system, at=NOON, subject=Subject("deal", uuid4()), body="Нет сделки")


@pytest.mark.shows("I2.base", "I2.journal")
def test_a_file_is_kept_under_a_random_name(world: World, kama: Company, store: ports.MemoryStore) -> None:
    alina = world.actor("Alina")
    file = add_file(actor=alina, at=NOON, subject=on(kama), name="C:\\Договор.pdf", content=BytesIO(PDF))
    assert (file.name, file.content_type, file.size) == ("Договор.pdf", "application/pdf", len(PDF))
    assert store.contents == {file.stored_as: PDF}
    assert file.stored_as not in (file.name, file.sha256)
    assert [row.pk for row in files_of(alina, on(kama))] == [file.pk]
    row, content = content_of(world.actor("Vera"), file.pk)
    with content:
        assert (row.pk, content.read()) == (file.pk, PDF)
    lines = of_record(world.workspace.pk, kama.pk)
    assert (lines[0].entry.action, lines[0].after["file"], lines[0].after["size"]) == (
        "file_added",
        "Договор.pdf",
        len(PDF),
    )


@pytest.mark.shows("I2.bad-input", "F26", "I2.base")
@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"MZ\x90\0", "file_kind"),
        (b"<script>alert(1)</script>", "file_kind"),
        (PDF + b"x" * LARGEST, "file_large"),
    ],
)
def test_a_file_that_is_not_taken_leaves_nothing(
    world: World, kama: Company, store: ports.MemoryStore, content: bytes, code: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        add_file(
            actor=world.actor("Alina"), at=NOON, subject=on(kama), name="x.pdf", content=BytesIO(content)
        )
    assert refusal.value.code == code
    assert store.contents == {}
    assert not File.objects.exists()


@pytest.mark.shows("F25", "I2.base")
def test_a_download_asks_anew(world: World, kama: Company, lead: Lead, store: ports.MemoryStore) -> None:
    file = add_file(actor=world.actor("Alina"), at=NOON, subject=on(lead), name="a.pdf", content=BytesIO(PDF))
    content_of(world.actor("Alina"), file.pk)[1].close()
    for name, refusal in (("Pavel", NotFound), ("Vera", Forbidden)):
        with pytest.raises(refusal):
            content_of(world.actor(name), file.pk)
    assign(actor=world.system, at=LATER, lead_id=lead.pk, member_id=world.people["Pavel"].pk)
    content_of(world.actor("Pavel"), file.pk)[1].close()
    with tenancy.enter(world.twin.pk), pytest.raises(NotFound):
        content_of(for_workspace(world.twin.pk), file.pk)
    store.contents.clear()
    with pytest.raises(NotFound) as lost:
        content_of(world.actor("Pavel"), file.pk)
    assert lost.value.code == "file_lost"


@pytest.mark.shows("I2.base")
def test_content_goes_only_when_the_row_is_gone_for_good(
    world: World, kama: Company, store: ports.MemoryStore, django_capture_on_commit_callbacks: object
) -> None:
    anna = world.actor("Anna")
    file = add_file(actor=world.actor("Alina"), at=NOON, subject=on(kama), name="a.pdf", content=BytesIO(PDF))
    with pytest.raises(Refused):
        remove_file(actor=world.actor("Marina"), at=LATER, file_id=file.pk)
    with transaction.atomic():
        remove_file(actor=anna, at=LATER, file_id=file.pk)
        transaction.set_rollback(True)
    assert File.objects.filter(pk=file.pk).exists()
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        remove_file(actor=anna, at=LATER, file_id=file.pk)
        assert file.stored_as in store.contents
    assert store.contents == {}
    with pytest.raises(NotFound):
        remove_file(actor=anna, at=LATER, file_id=file.pk)
