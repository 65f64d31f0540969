"""The import wizard: a file is taken in, understood, tried, mended, written and taken back, each by whom it may be."""

import json
import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import translation

from konveyer.domain.imports.models import Batch, Reject, RememberedMapping
from konveyer.domain.imports.operations import committing, drafts, taking_back, trials
from konveyer.domain.imports.operations.forgetting import forget_old
from konveyer.domain.imports.rules import drafting
from konveyer.domain.journal.models import Entry
from konveyer.domain.leads.models import Lead
from konveyer.domain.notes import ports
from konveyer.domain.people.models import Company, Contact
from konveyer.domain.people.operations import change_contact
from konveyer.domain.people.rules.facts import PersonFacts
from konveyer.domain.workspace.rules.actor import for_workspace
from konveyer.kit import clock, tenancy
from konveyer.kit.refusal import Invalid
from tests.web.api import Program
from tests.web.cast import signed_in
from tests.world import World

pytestmark = pytest.mark.django_db
RUSSIAN = (
    "Компания;Контакт;Телефон;E-mail;Город;Согласие\n"
    "ООО «Кедр-Пак»;Ланской Виктор;8 (342) 200-18-40;lanskoy@kedr.example;Пермь;да\n"
    "ИП Фирсов;Фирсов Глеб;342 200-11-77;firsov@@mail;Пермь;да\n"
    "ООО «Лишний»;Петров;8 342 200-11-78;p@l.example;Пермь;да;ещё\n"
    "АО «Рассвет»;Титова Мария;8 (342) 200-18-41;titova@rassvet.example;Казань;нет\n"
)


@pytest.fixture(autouse=True)
def store() -> Iterator[ports.MemoryStore]:
    kept, memory = ports.store(), ports.MemoryStore()
    ports.use(memory)
    with translation.override("en"):
        yield memory
    ports.use(kept)


@pytest.fixture
def igor(world: World, store: ports.MemoryStore) -> Client:
    ports.use(store)  # the world's wiring plugged the folder in
    return signed_in(world, "Igor")


def file(text: str = RUSSIAN, name: str = "клиенты.csv", encoding: str = "cp1251") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode(encoding), content_type="text/csv")


def taken(client: Client, **more: Any) -> Batch:
    """Upload a file; the draft."""
    answer = client.post("/imports/", {"file": file(**more)})
    assert answer.status_code == 302, said(answer)
    return Batch.objects.order_by("-created_at", "-id")[0]


def worked(world: World) -> list[str]:
    """Do every waiting job of imports, as the worker would; their names."""
    done = {
        trials.JOB: trials.make_trial,
        committing.JOB: committing.write_on,
        taking_back.JOB: taking_back.take_back,
    }
    with connection.cursor() as cursor:
        cursor.execute(
            "delete from procrastinate_jobs where task_name = any(%s) returning task_name, args, id",
            [list(done)],
        )
        rows = sorted(cursor.fetchall(), key=lambda row: row[2])
    for name, arguments, _id in rows:
        arguments = json.loads(arguments) if isinstance(arguments, str) else arguments
        done[name](workspace_id=world.workspace.pk, at=clock.now(), batch_id=arguments["batch_id"])
    return [row[0] for row in rows]


def fresh(batch: Batch) -> Batch:
    return Batch.objects.get(pk=batch.pk)


def said(answer: Any) -> str:
    """The text of an answer without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())).replace("&nbsp;", " ")


def counts(batch: Batch) -> tuple[int, int, int, int]:
    return batch.created, batch.updated, batch.unchanged, batch.rejected


@pytest.mark.shows("I2.import", "S22", "S23")
def test_a_file_goes_all_the_way_and_back(
    world: World, igor: Client, store: ports.MemoryStore, django_capture_on_commit_callbacks: Any
) -> None:
    draft = taken(igor)
    assert (draft.state, draft.file_name, draft.member_id) == ("draft", "клиенты.csv", world.owner.pk)
    assert (draft.reading["encoding"], draft.reading["delimiter"]) == ("cp1251", ";")
    assert draft.mapping["columns"] == {
        "Компания": "company.name", "Контакт": "contact.name", "Телефон": "contact.phone", "E-mail": "contact.email",
        "Город": "contact.city",
    }  # fmt: skip
    assert store.names() == {draft.stored_as}
    waiting = igor.get(f"/imports/{draft.pk}/")
    assert "Trying every row" in said(waiting)
    assert "every 3s" in waiting.content.decode()

    assert worked(world) == [trials.JOB]
    assert Company.objects.count() == Contact.objects.count() == 0
    tried = fresh(draft)
    assert {key: tried.trial[key] for key in ("state", "rows", "created", "updated", "unchanged", "rejected")} == {
        "state": "done", "rows": 4, "created": 2, "updated": 0, "unchanged": 0, "rejected": 2,
    }  # fmt: skip
    page = said(igor.get(f"/imports/{draft.pk}/"))
    for words in (
        "Windows-1251",
        "semicolon",
        "2 companies",
        "has several @",
        "The row has 7 columns instead of 6",
        "Write 2 rows",
        "Consents are not brought in",
        "Left out: Согласие",
    ):
        assert words in page

    begun = igor.post(f"/imports/{draft.pk}/write/", {"of": tried.trial["of"]})
    assert begun.status_code == 200
    assert fresh(draft).state == "running"
    with django_capture_on_commit_callbacks(execute=True):
        assert worked(world) == [committing.JOB]
    written = fresh(draft)
    assert (written.state, counts(written), written.stored_as) == ("done", (2, 0, 0, 2), "")
    assert store.names() == set()
    assert sorted(Company.objects.values_list("name", flat=True)) == ["АО «Рассвет»", "ООО «Кедр-Пак»"]
    assert Entry.objects.get(subject_id=draft.pk, action="imported").actor_id == world.owner.pk
    assert "2 companies" in said(igor.get(f"/imports/{draft.pk}/"))

    igor.post(f"/imports/{draft.pk}/undo/")
    assert worked(world) == [taking_back.JOB]
    assert Company.objects.count() == 2  # looked at, not done
    looked = said(igor.get(f"/imports/{draft.pk}/"))
    assert "Will go: 2 companies, 2 people" in looked
    igor.post(f"/imports/{draft.pk}/undo/", {"sure": "1"})
    worked(world)
    assert fresh(draft).state == "undone"
    assert Company.objects.count() == Contact.objects.count() == 0
    assert "This import was taken back" in said(igor.get(f"/imports/{draft.pk}/"))
    assert "taken back" in said(igor.get("/imports/"))


@pytest.mark.shows("I2.import", "S22")
def test_a_row_is_mended_where_it_stands(world: World, igor: Client) -> None:
    draft = taken(igor)
    worked(world)
    dialog = igor.get(f"/imports/{draft.pk}/rows/3/")
    assert 'value="firsov@@mail"' in dialog.content.decode()
    assert (
        f'action="/imports/{draft.pk}/rows/3/"' in dialog.content.decode()
    )  # a key may be faster than the scripts
    assert dialog.content.decode().index("E-mail") < dialog.content.decode().index("Компания")
    cells = {
        "v0": "ИП Фирсов",
        "v1": "Фирсов Глеб",
        "v2": "342 200-11-77",
        "v3": "firsov@",
        "v4": "Пермь",
        "v5": "да",
    }
    wrong = igor.post(f"/imports/{draft.pk}/rows/3/", cells)
    assert wrong.status_code == 422
    assert "nothing stands behind the @" in said(wrong)
    right = igor.post(f"/imports/{draft.pk}/rows/3/", cells | {"v3": "firsov@mail.example"})
    assert "Write 3 rows" in said(right)
    assert "mended, goes in" in said(right)
    assert Reject.objects.get(batch=draft, line=3).mended_at is not None
    damaged = {
        "v0": "Лишний",
        "v1": "Петров",
        "v2": "8 342 200-11-78",
        "v3": "p@l.example",
        "v4": "Пермь",
        "v5": "",
    }
    assert "Cells without a column: ещё" in said(igor.get(f"/imports/{draft.pk}/rows/4/"))
    igor.post(f"/imports/{draft.pk}/rows/4/", damaged)
    igor.post(f"/imports/{draft.pk}/try/")
    worked(world)
    assert (fresh(draft).trial["created"], fresh(draft).trial["rejected"]) == (4, 0)
    assert "Write 4 rows" in said(igor.get(f"/imports/{draft.pk}/"))  # the two mended ones are counted once
    igor.post(f"/imports/{draft.pk}/write/", {"of": fresh(draft).trial["of"]})
    worked(world)
    assert counts(fresh(draft)) == (4, 0, 0, 0)
    assert Contact.objects.filter(last_name="Фирсов").count() == 1
    assert igor.get(f"/imports/{draft.pk}/rows/99/").status_code == 404


@pytest.mark.shows("I2.import")
def test_the_guess_can_be_overridden_and_the_mapping_is_remembered(world: World, igor: Client) -> None:
    draft = taken(igor)
    worked(world)
    igor.post(f"/imports/{draft.pk}/reading/", {"encoding": "koi8-r", "delimiter": ";", "header_line": "1"})
    assert fresh(draft).reading["encoding"] == "koi8-r"
    assert fresh(draft).mapping["options"] == {"encoding": "koi8-r"}
    igor.post(f"/imports/{draft.pk}/reading/", {"anew": "1"})
    assert fresh(draft).reading["encoding"] == "cp1251"
    assert fresh(draft).mapping["columns"]["Компания"] == "company.name"
    columns = {
        "preset": "contacts",
        "c0": "company.name",
        "c1": "contact.name",
        "c2": "",
        "c3": "contact.email",
        "c4": "company.city",
    }
    igor.post(f"/imports/{draft.pk}/columns/", columns)
    assert fresh(draft).mapping["columns"]["Город"] == "company.city"
    stale = said(igor.get(f"/imports/{draft.pk}/"))
    assert "Something was changed since this trial" in stale
    assert "Write 2 rows" not in stale
    assert "Left out: Телефон, Согласие" in stale
    igor.post(f"/imports/{draft.pk}/try/")
    worked(world)
    igor.post(f"/imports/{draft.pk}/write/", {"of": fresh(draft).trial["of"]})
    assert RememberedMapping.objects.count() == 1
    again = taken(igor)
    assert again.mapping["columns"] == {
        "Компания": "company.name", "Контакт": "contact.name", "E-mail": "contact.email", "Город": "company.city",
    }  # fmt: skip


@pytest.mark.shows("I2.import", "I2.bad-input")
def test_a_mapping_that_cannot_be_run_says_what_is_missing(world: World, igor: Client) -> None:
    draft = taken(igor)
    igor.post(f"/imports/{draft.pk}/columns/", {"preset": "deals"})
    page = said(igor.get(f"/imports/{draft.pk}/"))
    assert "has no column “Lead, code in the other system”" in page
    refused = igor.post(f"/imports/{draft.pk}/try/")
    assert refused.status_code == 422
    igor.post(f"/imports/{draft.pk}/columns/", {"preset": "leads"})
    doubled = igor.post(
        f"/imports/{draft.pk}/columns/", {"preset": "leads", "c0": "lead.title", "c1": "lead.title"}
    )
    assert "go to the same field" in said(doubled)
    unknown = igor.post(f"/imports/{draft.pk}/columns/", {"preset": "leads", "c0": "lead.secret"})
    assert unknown.status_code == 422
    assert igor.post(f"/imports/{draft.pk}/columns/", {"preset": "no-such"}).status_code == 422
    assert igor.post(f"/imports/{draft.pk}/columns/", {"preset": "leads", "c0": ""}).status_code == 200
    assert "No column has a place yet" in said(igor.get(f"/imports/{draft.pk}/"))


WRONG = [
    (b"", "The file is empty"), (b"   \n", "The file is empty"), (b"%PDF-1.7 nothing", "This is a PDF"),
    (b"\x89PNG\r\n\x1a\n....", "This is a picture"), (b"PK\x03\x04 not really", "damaged"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "Save"), (bytes(range(256)) * 20, "not a table"),
    (b"<html><table></table></html>", "web page"), (b'{"a": 1}', "JSON"),
]  # fmt: skip


@pytest.mark.shows("I2.bad-input", "I2.import")
@pytest.mark.parametrize(("content", "words"), WRONG)
def test_a_file_that_is_no_table_gets_a_clear_answer(
    igor: Client, store: ports.MemoryStore, content: bytes, words: str
) -> None:
    answer = igor.post("/imports/", {"file": SimpleUploadedFile("list.csv", content)})
    assert answer.status_code == 422
    assert "The file was not taken in" in said(answer)
    assert words in said(answer)
    assert (Batch.objects.count(), store.names()) == (0, set())


@pytest.mark.shows("I2.bad-input")
def test_nothing_chosen_and_too_much(
    igor: Client, world: World, store: ports.MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Choose a file, or paste rows" in said(igor.post("/imports/", {}))
    monkeypatch.setattr(drafting, "LARGEST", 64)
    answer = igor.post("/imports/", {"file": file()})
    assert answer.status_code == 422
    assert "larger than 0 MB" in said(answer)
    assert store.names() == set()
    with pytest.raises(Invalid):
        drafts.take_in(actor=world.actor("Igor"), at=clock.now(), name="x", content=BytesIO(b"a" * 65))


@pytest.mark.shows("I2.bad-input", "I2.import")
def test_rows_can_be_pasted_and_come_back_when_they_are_wrong(world: World, igor: Client) -> None:
    igor.post(
        "/imports/",
        {"pasted": "Lead id\tDate\tSource\na1\t24.11.2026\tmail\na2\t25.11.2026\tcall\n", "preset": "leads"},
    )
    draft = Batch.objects.get()
    assert (draft.main_record, draft.reading["delimiter"], draft.preset) == ("lead", "\t", "leads")
    worked(world)
    assert fresh(draft).trial["created"] == 2
    wrong = igor.post("/imports/", {"pasted": '{"a": 1}'})
    assert wrong.status_code == 422
    assert "{&quot;a&quot;: 1}" in wrong.content.decode()


@pytest.mark.shows("I2.import", "S22")
def test_an_update_is_shown_value_by_value_before_it_is_written(world: World, igor: Client) -> None:
    first = taken(igor)
    worked(world)
    igor.post(f"/imports/{first.pk}/write/", {"of": fresh(first).trial["of"]})
    worked(world)
    second = taken(igor, text=RUSSIAN.replace("Пермь", "Сочи"))
    worked(world)
    trial = fresh(second).trial
    assert (trial["created"], trial["updated"], trial["unchanged"]) == (0, 1, 1)
    assert trial["changes"] == [
        {"record": "contact", "name": "Ланской Виктор", "field": "city", "before": "Пермь", "after": "Сочи"}
    ]
    assert "Пермь" in said(igor.get(f"/imports/{second.pk}/"))
    same = taken(igor)
    worked(world)
    assert "There is nothing to write" in said(igor.get(f"/imports/{same.pk}/"))


@pytest.mark.shows("I2.import")
def test_only_what_was_looked_at_is_written(world: World, igor: Client) -> None:
    draft = taken(igor)
    worked(world)
    looked_at = fresh(draft).trial["of"]
    anna = signed_in(world, "Anna")
    assert (
        anna.post(f"/imports/{draft.pk}/columns/", {"preset": "contacts", "c0": "company.name"}).status_code
        == 200
    )
    untried = igor.post(f"/imports/{draft.pk}/write/", {"of": looked_at})
    assert untried.status_code == 409
    assert "Try the rows first" in said(untried)
    anna.post(f"/imports/{draft.pk}/try/")
    worked(world)
    stale = igor.post(f"/imports/{draft.pk}/write/", {"of": looked_at})
    assert stale.status_code == 409
    assert "Somebody changed how this file is read" in said(stale)
    assert fresh(draft).state == "draft"
    now = fresh(draft).trial["of"]
    assert igor.post(f"/imports/{draft.pk}/write/", {"of": now}).status_code == 200
    assert igor.post(f"/imports/{draft.pk}/write/", {"of": now}).status_code == 200  # pressed twice
    assert worked(world) == [committing.JOB]
    for address in ("try/", "columns/", "reading/", "withdraw/"):
        assert (
            igor.post(
                f"/imports/{draft.pk}/{address}", {"preset": "contacts", **{f"v{n}": "" for n in range(6)}}
            ).status_code
            == 409
        ), address


@pytest.mark.shows("I2.import")
def test_a_trial_of_yesterday_does_not_overwrite_a_newer_choice(world: World, igor: Client) -> None:
    draft = taken(igor)
    with connection.cursor() as cursor:  # the trial is under way while the columns change
        cursor.execute("delete from procrastinate_jobs")
    old = fresh(draft)
    igor.post(f"/imports/{draft.pk}/columns/", {"preset": "contacts", "c0": "company.name"})
    igor.post(f"/imports/{draft.pk}/try/")
    trials._settle(world.workspace.pk, draft.pk, {"state": "done", "of": trials.fingerprint_of(old)}, [])
    assert fresh(draft).trial["state"] == "asked"


@pytest.mark.shows("I2.permissions", "I2.import")
def test_who_may_not_import_sees_nothing_of_it(world: World, igor: Client) -> None:
    draft = taken(igor)
    worked(world)
    alina = signed_in(world, "Alina")
    gets = ["", f"{draft.pk}/", f"{draft.pk}/rejects/", f"{draft.pk}/rows/3/", f"{draft.pk}/withdraw/"]
    posts = [
        "",
        *(
            f"{draft.pk}/{end}/"
            for end in ("try", "columns", "reading", "write", "undo", "go-on", "withdraw", "rows/3")
        ),
    ]
    for address in gets:
        assert alina.get(f"/imports/{address}").status_code == 403, address
    for address in posts:
        assert alina.post(f"/imports/{address}", {"sure": "1"}).status_code == 403, address
    assert fresh(draft).state == "draft"
    assert 'href="/imports/"' not in alina.get("/base/companies/").content.decode()
    assert (
        'href="/imports/"' in igor.get("/base/companies/", headers={"HX-Request": "false"}).content.decode()
    )


@pytest.mark.shows("I2.workspaces", "I2.import")
def test_another_workspaces_import_is_not_there(world: World, igor: Client) -> None:
    with tenancy.enter(world.twin.pk):
        foreign = drafts.take_in(
            actor=for_workspace(world.twin.pk, "system"),
            at=clock.now(),
            name="south.csv",
            content=BytesIO(RUSSIAN.encode()),
        )
    for address in ("", "rejects/", "rows/3/", "withdraw/"):
        assert igor.get(f"/imports/{foreign.pk}/{address}").status_code == 404, address
    for address in ("try", "columns", "reading", "write", "undo", "go-on", "withdraw", "rows/3"):
        assert igor.post(f"/imports/{foreign.pk}/{address}/", {"preset": "contacts"}).status_code == 404, (
            address
        )
    assert "south.csv" not in said(igor.get("/imports/"))


@pytest.mark.shows("I2.import")
def test_what_was_touched_since_stays_and_is_named_before_anything_goes(world: World, igor: Client) -> None:
    draft = taken(igor)
    worked(world)
    igor.post(f"/imports/{draft.pk}/write/", {"of": fresh(draft).trial["of"]})
    worked(world)
    victor = Contact.objects.get(last_name="Ланской")
    change_contact(
        actor=world.actor("Igor"), at=clock.now(), contact_id=victor.pk, version=victor.version,
        facts=PersonFacts(last_name="Ланской", first_name="Виктор Петрович"),
    )  # fmt: skip
    igor.post(f"/imports/{draft.pk}/undo/")
    worked(world)
    page = igor.get(f"/imports/{draft.pk}/")
    assert "somebody changed it since" in said(page)
    assert f'href="{reverse("contact", args=[victor.pk])}"' in page.content.decode()
    igor.post(f"/imports/{draft.pk}/undo/", {"sure": "1"})
    worked(world)
    assert list(Contact.objects.values_list("last_name", flat=True)) == ["Ланской"]
    again = igor.post(f"/imports/{draft.pk}/undo/", {"sure": "1"})
    assert (again.status_code, "taken back already" in said(again)) == (409, True)


@pytest.mark.shows("I2.import")
def test_a_draft_is_left_and_its_file_goes(
    world: World, igor: Client, store: ports.MemoryStore, django_capture_on_commit_callbacks: Any
) -> None:
    draft = taken(igor)
    assert igor.post(f"/imports/{draft.pk}/undo/").status_code == 409
    assert "Leave клиенты.csv?" in said(igor.get(f"/imports/{draft.pk}/withdraw/"))
    with django_capture_on_commit_callbacks(execute=True):
        assert igor.post(f"/imports/{draft.pk}/withdraw/").headers["HX-Redirect"] == "/imports/"
    assert (Batch.objects.count(), store.names()) == (0, set())
    assert Entry.objects.get(subject_id=draft.pk).action == "withdrawn"
    assert worked(world) == [trials.JOB]  # its trial finds nothing to do


@pytest.mark.shows("I2.import", "S22")
def test_the_report_counts_the_mended_row_among_those_that_went_in(world: World, igor: Client) -> None:
    draft = taken(igor)
    worked(world)
    cells = dict(zip(("v0", "v1", "v2", "v3", "v4", "v5"), RUSSIAN.splitlines()[2].split(";"), strict=True))
    igor.post(f"/imports/{draft.pk}/rows/3/", cells | {"v3": "firsov@mail.example"})
    igor.post(f"/imports/{draft.pk}/write/", {"of": fresh(draft).trial["of"]})
    worked(world)
    assert counts(fresh(draft)) == (3, 0, 0, 1)
    page = said(igor.get(f"/imports/{draft.pk}/"))
    assert "3 companies, 3 people" in page
    assert "The row has 7 columns instead of 6" in page
    assert "firsov" not in page
    assert list(Reject.objects.filter(batch=draft).values_list("line", flat=True)) == [4]


@pytest.mark.shows("I2.import")
def test_a_worker_killed_after_the_last_row_leaves_no_file(
    world: World,
    igor: Client,
    store: ports.MemoryStore,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    draft = taken(igor)
    worked(world)
    igor.post(f"/imports/{draft.pk}/write/", {"of": fresh(draft).trial["of"]})
    with monkeypatch.context() as killed:
        killed.setattr(committing, "_done", lambda _batch: None)
        assert worked(world) == [committing.JOB]
    assert (fresh(draft).state, store.names()) == ("done", {draft.stored_as})
    with django_capture_on_commit_callbacks(execute=True):
        committing.write_on(workspace_id=world.workspace.pk, at=clock.now(), batch_id=draft.pk)
    assert (fresh(draft).stored_as, store.names()) == ("", set())
    assert counts(fresh(draft)) == (2, 0, 0, 2)


@pytest.mark.shows("I2.import")
def test_old_drafts_files_and_cells_are_forgotten(
    world: World, igor: Client, store: ports.MemoryStore, django_capture_on_commit_callbacks: Any
) -> None:
    old, young = taken(igor), taken(igor)
    worked(world)
    igor.post(f"/imports/{young.pk}/write/", {"of": fresh(young).trial["of"]})
    worked(world)
    at = clock.now()
    Batch.objects.filter(pk=old.pk).update(created_at=at - drafting.DRAFT_KEPT * 2)
    Batch.objects.filter(pk=young.pk).update(created_at=at - drafting.ROWS_KEPT * 2)
    with django_capture_on_commit_callbacks(execute=True):
        forget_old(workspace_id=world.workspace.pk, at=at)
    assert list(Batch.objects.values_list("pk", flat=True)) == [young.pk]
    assert old.stored_as not in store.names()
    assert {tuple(row.values) for row in Reject.objects.filter(batch=young)} == {()}
    assert Reject.objects.filter(batch=young).count() == 2
    assert igor.get(f"/imports/{young.pk}/").status_code == 200


@pytest.mark.shows("I2.import", "I2.bad-input")
def test_a_broken_off_import_says_so_and_goes_on(
    world: World, igor: Client, store: ports.MemoryStore
) -> None:
    draft = taken(igor)
    worked(world)
    igor.post(f"/imports/{draft.pk}/write/", {"of": fresh(draft).trial["of"]})
    content = store.contents.pop(draft.stored_as)
    worked(world)
    assert fresh(draft).state == "stopped"
    page = said(igor.get(f"/imports/{draft.pk}/"))
    assert "The file of this import is no longer kept" in page
    store.contents[draft.stored_as] = content
    igor.post(f"/imports/{draft.pk}/go-on/")
    worked(world)
    assert (fresh(draft).state, counts(fresh(draft))) == ("done", (2, 0, 0, 2))
    assert igor.post(f"/imports/{draft.pk}/go-on/").status_code == 409


@pytest.mark.shows("I2.import")
def test_an_import_runs_with_the_rights_that_its_member_has_then(world: World, igor: Client) -> None:
    anna = signed_in(world, "Anna")
    draft = taken(anna)
    worked(world)
    anna.post(f"/imports/{draft.pk}/write/", {"of": fresh(draft).trial["of"]})
    world.people["Anna"].roles.clear()
    worked(world)
    assert fresh(draft).state == "stopped"
    assert "Your role does not allow this" in fresh(draft).failure
    assert Company.objects.count() == 0


@pytest.mark.shows("I2.import", "F26")
def test_the_rows_that_do_not_go_in_come_as_a_csv_that_runs_nothing(world: World, igor: Client) -> None:
    draft = taken(
        igor, text=RUSSIAN + "=cmd|' /c calc'!A1;Зло;342 200-11-70;a@@b;<script>alert(1)</script>;\n"
    )
    worked(world)
    answer = igor.get(f"/imports/{draft.pk}/rejects/")
    text = answer.content.decode("utf-8-sig")
    assert answer["Content-Disposition"].startswith("attachment; filename*=UTF-8''%D0%BA")
    assert (
        text.splitlines()[0]
        == "Компания;Контакт;Телефон;E-mail;Город;Согласие;Line;Why it did not go in;konveyer/1"
    )
    assert (
        "ИП Фирсов;Фирсов Глеб;342 200-11-77;firsov@@mail;Пермь;да;3;E-mail: “firsov@@mail” has several @.;"
        in text
    )
    assert "\n'=cmd" in text
    assert "<script>alert" not in igor.get(f"/imports/{draft.pk}/").content.decode()
    mended = taken(
        igor,
        text=text.replace("firsov@@mail;", "firsov@mail.example;"),
        encoding="utf-8-sig",
        name="mended.csv",
    )
    assert "Line" not in mended.mapping["columns"]
    worked(world)
    assert (
        fresh(mended).trial["created"] == 2
    )  # and the damaged row, whose spare cell stands behind the reason


@pytest.mark.shows("I2.import", "I2.languages")
def test_the_wizard_speaks_the_readers_language(world: World, igor: Client) -> None:
    user = world.owner.user
    assert user is not None
    user.language = "ru"
    user.save()
    draft = taken(igor)
    worked(world)
    page = said(igor.get(f"/imports/{draft.pk}/"))
    assert "Записать 2 строки" in page
    assert "точка с запятой" in page
    answer = igor.post("/imports/", {"file": SimpleUploadedFile("a.csv", b"%PDF-1.7 nothing")})
    assert "Файл не принят" in said(answer)


@pytest.mark.shows("I2.import")
def test_leads_go_to_the_chosen_conveyor(world: World, igor: Client) -> None:
    igor.post("/imports/", {"pasted": "Lead id\tDate\nz1\t24.11.2026\n", "preset": "leads"})
    draft = Batch.objects.get()
    igor.post(
        f"/imports/{draft.pk}/columns/",
        {
            "preset": "leads",
            "c0": "lead.external_key",
            "c1": "lead.arrived",
            "conveyor": "new_clients",
            "level": "vip",
        },
    )
    igor.post(f"/imports/{draft.pk}/try/")
    worked(world)
    igor.post(f"/imports/{draft.pk}/write/", {"of": fresh(draft).trial["of"]})
    worked(world)
    lead = Lead.objects.get(external_key="z1")
    assert (lead.conveyor.code, lead.level, lead.history) == ("new_clients", "vip", True)


@pytest.mark.shows("I2.import", "I2.screens")
def test_the_list_is_empty_at_first_and_every_address_opens_as_a_page(world: World, igor: Client) -> None:
    assert "Nothing was imported yet" in said(igor.get("/imports/"))
    draft = taken(igor)
    plain = Client()
    plain.force_login(world.owner.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert plain.post(f"/imports/{draft.pk}/try/").status_code == 302
    worked(world)
    for address in ("", f"{draft.pk}/", f"{draft.pk}/rows/3/", f"{draft.pk}/withdraw/"):
        page = plain.get(f"/imports/{address}")
        assert (page.status_code, "<!doctype html>" in page.content.decode().lower()) == (200, True), address


def uploaded(program: Program, content: bytes, key: str = "", **query: Any) -> Any:
    """POST a file as a form."""
    headers = {"idempotency-key": key} if key else {}
    part = SimpleUploadedFile("list.csv", content)
    return program.client.post("/api/v1/imports", {"file": part}, headers=headers, query_params=query)


@pytest.mark.shows("I2.import", "I2.api", "S22")
def test_the_api_goes_the_same_way(world: World, igor: Client) -> None:
    program = Program(world.owner)
    made = uploaded(program, RUSSIAN.encode("cp1251"), key="once")
    assert (made.status_code, made.json()["state"], made.json()["trial"]["state"]) == (201, "draft", "asked")
    assert uploaded(program, RUSSIAN.encode("cp1251"), key="once").json()["id"] == made.json()["id"]
    assert uploaded(program, b"other;file\n1;2\n", key="once").status_code == 422
    assert Batch.objects.count() == 1
    here = f"imports/{made.json()['id']}"
    worked(world)
    trial = program.get(f"{here}/trial").json()
    assert (trial["created"], trial["rejected"], trial["stale"]) == (2, 2, False)
    assert [(row["line"], row["code"]) for row in program.get(f"{here}/rejects").json()] == [
        (3, "email_several_at"), (4, "too_many_columns"),
    ]  # fmt: skip
    assert [row["line"] for row in program.get(f"{here}/rejects", after_line=3).json()] == [4]
    mended = ["ИП Фирсов", "Фирсов Глеб", "342 200-11-77", "f@mail.example", "Пермь", ""]
    assert program.put(f"{here}/rows/3", {"values": mended[:2]}).status_code == 422
    assert program.put(f"{here}/rows/3", {"values": mended}).status_code == 204
    columns = {"Компания": "company.name", "Контакт": "contact.name", "E-mail": "contact.email"}
    changed = program.put(f"{here}/columns", {"preset": "contacts", "columns": columns}).json()
    assert (changed["columns"], changed["trial"]["stale"]) == (columns, True)
    assert program.post(f"{here}/commit", {"of": trial["of"]}).json()["code"] == "import_untried"
    assert program.post(f"{here}/trial").status_code == 202
    worked(world)
    of = program.get(f"{here}/trial").json()["of"]
    assert program.post(f"{here}/commit", {"of": of}).status_code == 202
    worked(world)
    done = program.get(here).json()
    assert (done["state"], done["rows"], done["created"], done["rejected"]) == ("done", 4, 3, 1)
    assert program.post(f"{here}/undo", {"preview": True}).json()["undo"]["kind"] == "preview"
    worked(world)
    assert program.get(here).json()["undo"]["removed"] == {"company": 3, "contact": 3}
    program.post(f"{here}/undo")
    worked(world)
    assert (program.get(here).json()["state"], Company.objects.count()) == ("undone", 0)
    assert [row["state"] for row in program.get("imports").json()] == ["undone"]


@pytest.mark.shows("I2.import", "I2.api", "I2.bad-input", "F25")
def test_the_api_refuses_clearly(world: World, igor: Client) -> None:
    program, draft = Program(world.owner), taken(igor)
    worked(world)
    here = f"imports/{draft.pk}"
    assert uploaded(program, b"").json()["code"] == "file_unreadable"
    assert uploaded(program, b"a;b\n1;2\n", preset="no-such").json()["code"] == "preset_unknown"
    for wrong in ("punycode", "hex", "undefined", "utf-99"):
        refused = program.put(f"{here}/reading", {"encoding": wrong})
        assert (refused.status_code, refused.json()["code"]) == (422, "file_unreadable"), wrong
    for body in ({"delimiter": "К"}, {"header_line": 999}, {"sheet": ""}, {"delimiter": "\n"}):
        assert program.put(f"{here}/reading", body).status_code == 422, body
    for options in ({"conveyor": "no-such"}, {"level": "top"}, {"currency": "XXQ"}, {"timezone": "Moon/Sea"}):
        assert program.put(f"{here}/columns", {"preset": "leads", "options": options}).status_code == 422, (
            options
        )
    assert (
        program.put(f"{here}/columns", {"preset": "leads", "columns": {"нет": "lead.title"}}).status_code
        == 422
    )
    assert program.post(f"{here}/resume").json()["code"] == "import_not_stopped"
    assert program.post(f"{here}/undo").json()["code"] == "import_unfinished"
    assert program.post(f"{here}/commit", {"of": "0" * 32}).json()["code"] == "import_changed"
    assert program.get(f"imports/{world.workspace.pk}").status_code == 404
    before = fresh(draft).mapping, fresh(draft).reading, fresh(draft).trial
    alina = Program(world.people["Alina"])
    for method, end in (
        ("get", ""), ("get", "/trial"), ("get", "/rejects"), ("post", "/trial"), ("post", "/resume"), ("post", "/undo"), ("delete", ""),
    ):  # fmt: skip
        assert alina.call(method, here + end, {} if method == "post" else None).status_code == 403, end
    assert alina.put(f"{here}/columns", {"preset": "leads"}).status_code == 403
    assert alina.put(f"{here}/reading", {}).status_code == 403
    assert alina.put(f"{here}/rows/3", {"values": ["a"]}).status_code == 403
    assert alina.post(f"{here}/commit", {"of": "0" * 32}).status_code == 403
    assert uploaded(alina, RUSSIAN.encode()).status_code == 403
    assert (fresh(draft).mapping, fresh(draft).reading, fresh(draft).trial) == before
    assert program.delete(here).status_code == 204
