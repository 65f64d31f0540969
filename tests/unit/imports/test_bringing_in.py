"""Lists come in: created, updated, left, rejected; matched by code, tax number, domain, e-mail, phone."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from konveyer.commands.call import WrongUse
from konveyer.domain.deals.models import Deal
from konveyer.domain.imports.models import Batch
from konveyer.domain.journal.models import Entry, PersonalValue
from konveyer.domain.leads.models import EntryPage, Handoff, Lead, LeadFact, Origin, StagePass, Task
from konveyer.domain.notes.models import Note
from konveyer.domain.people.models import Company, Contact, ContactPoint, Employment, PointUse
from konveyer.domain.workspace.models import Member
from konveyer.kit.refusal import Invalid
from tests.unit.imports.bringing import brought, counts, run, written
from tests.unit.imports.dumping import dump
from tests.world import World

pytestmark = pytest.mark.django_db

LEADS = ("mql_id", "first_contact_date", "landing_page_id", "origin")
DEALS = ("mql_id", "won_date", "sdr_id", "sr_id", "declared_monthly_revenue")


def leads(path: Path, *rows: tuple[str, ...]) -> Path:
    return written(path / "leads.csv", LEADS, *rows)


def deals(path: Path, *rows: tuple[str, ...]) -> Path:
    header = (*DEALS, "seller_id", "business_segment", "lead_type", "lead_behaviour_profile", "has_company", "has_gtin",
              "average_stock", "business_type", "declared_product_catalog_size")  # fmt: skip
    return written(
        path / "deals.csv", header, *[(*row, "", "pet", "", "", "", "", "", "", "") for row in rows]
    )


@pytest.mark.shows("I2.import", "I2.history")
def test_an_open_lead_of_history_stands_in_the_queue_and_fires_nothing(world: World, tmp_path: Path) -> None:
    data = brought(
        world.workspace, leads(tmp_path, ("a1", "01-02-2018", "p1", "social")), preset="olist-leads"
    )
    assert counts(data) == (1, 1, 0, 0, 0)
    lead = Lead.objects.get(external_key="a1")
    assert (lead.state, lead.history, lead.owner_id, lead.next_task_id) == ("open", True, None, None)
    assert lead.queue is not None
    assert lead.queue.code == "telemarketer"
    assert lead.stage.key == "inquiry"
    # the date stays a date: local midnight in Moscow
    assert lead.arrived_on == date(2018, 2, 1)
    assert lead.arrived_precision == "day"
    assert lead.arrived_at == datetime(2018, 1, 31, 21, tzinfo=UTC)
    assert lead.origin is not None
    assert (lead.origin.key, lead.page and lead.page.key) == ("social", "p1")
    assert not Task.objects.exists()
    only = StagePass.objects.get(lead=lead)
    assert (only.entered_at, only.left_at, only.stage_id) == (lead.arrived_at, None, lead.stage_id)


@pytest.mark.shows("I2.import")
def test_no_origin_stated_is_not_the_origin_unknown(world: World, tmp_path: Path) -> None:
    brought(
        world.workspace, leads(tmp_path, ("a1", "01-02-2018", "p1", "unknown"), ("a2", "01-02-2018", "p1", "")),
        preset="olist-leads",
    )  # fmt: skip
    assert [
        (lead.external_key, lead.origin and lead.origin.key) for lead in Lead.objects.order_by("external_key")
    ] == [
        ("a1", "unknown"),
        ("a2", None),
    ]
    assert Origin.objects.count() == 1
    assert EntryPage.objects.count() == 1


@pytest.mark.shows("I2.import", "S25")
def test_a_won_deal_wins_its_lead_with_both_people_and_a_handoff(world: World, tmp_path: Path) -> None:
    brought(world.workspace, leads(tmp_path, ("a1", "01-02-2018", "p1", "social")), preset="olist-leads")
    data = brought(
        world.workspace,
        deals(tmp_path, ("a1", "26-02-2018 19:58", "s1", "c1", "1000.5")),
        preset="olist-deals",
    )
    assert counts(data) == (1, 1, 0, 0, 0)
    lead = Lead.objects.get(external_key="a1")
    won = datetime(2018, 2, 26, 16, 58, tzinfo=UTC)
    assert (lead.state, lead.won_at, lead.won_precision, lead.won_on) == (
        "won",
        won,
        "minute",
        date(2018, 2, 26),
    )
    assert (lead.closed_at, lead.queue, lead.owner, lead.credit_from_deals) == (won, None, lead.closer, True)
    assert lead.telemarketer is not None
    assert lead.closer is not None
    assert (lead.telemarketer.external_key, lead.closer.name) == ("s1", "c1")
    assert Member.objects.filter(user=None, external_key__in=["s1", "c1"]).count() == 2
    deal = Deal.objects.get(lead=lead)
    assert (deal.status, deal.amount, deal.history, deal.status_at) == ("won", None, True, won)
    handoff = Handoff.objects.get(lead=lead)
    assert (handoff.state, handoff.history, handoff.package["source"]) == ("accepted", True, "deal list")
    assert (handoff.from_member, handoff.to_member, handoff.to_role.code) == (
        lead.telemarketer,
        lead.closer,
        "closer",
    )
    assert (handoff.from_stage.key, handoff.to_stage.key) == ("qualification", "proposal")
    way = [
        (one.stage.key, one.outcome, one.entered_at, one.left_at)
        for one in StagePass.objects.order_by("stage__position")
    ]
    assert way == [
        ("inquiry", "passed", lead.arrived_at, won), ("qualification", "skipped", won, won),
        ("proposal", "skipped", won, won), ("payment", "passed", won, won),
    ]  # fmt: skip
    facts = {fact.kind: (fact.value, fact.number) for fact in LeadFact.objects.filter(lead=lead)}
    assert facts == {
        "business_segment": ("pet", None),
        "declared_monthly_revenue": ("1000.5", Decimal("1000.5")),
    }


@pytest.mark.shows("I2.import")
def test_one_person_in_both_parts_still_hands_over(world: World, tmp_path: Path) -> None:
    brought(world.workspace, leads(tmp_path, ("a1", "01-02-2018", "p1", "social")), preset="olist-leads")
    brought(
        world.workspace, deals(tmp_path, ("a1", "26-02-2018 19:58", "s1", "s1", "0")), preset="olist-deals"
    )
    handoff = Handoff.objects.get()
    assert handoff.from_member_id == handoff.to_member_id is not None
    assert Member.objects.filter(user=None).count() == 1


@pytest.mark.shows("I2.import", "S29")
def test_a_win_before_the_first_contact_keeps_both_dates(world: World, tmp_path: Path) -> None:
    brought(world.workspace, leads(tmp_path, ("a1", "10-02-2018", "p1", "social")), preset="olist-leads")
    brought(
        world.workspace, deals(tmp_path, ("a1", "02-02-2018 10:00", "s1", "c1", "0")), preset="olist-deals"
    )
    lead = Lead.objects.get(external_key="a1")
    assert (lead.arrived_on, lead.won_on) == (date(2018, 2, 10), date(2018, 2, 2))
    assert {one.entered_at for one in StagePass.objects.all()} == {lead.won_at}


@pytest.mark.shows("I2.import", "S23")
def test_what_cannot_go_in_is_named_by_line_and_the_rest_goes_in(world: World, tmp_path: Path) -> None:
    brought(world.workspace, leads(tmp_path, ("a1", "01-02-2018", "p1", "social")), preset="olist-leads")
    answer = run(
        world.workspace,
        deals(
            tmp_path, ("a1", "26-02-2018 19:58", "s1", "c1", "0"), ("zz", "26-02-2018 19:58", "s9", "c1", "0"),
            ("a1", "31-02-2018", "s1", "c1", "0"), ("a1", "", "s1", "c1", "0"), ("a1", "26-02-2018 19:58", "s1", "c1", "lots"),
            ("", "26-02-2018", "s1", "c1", "0"), ("a1", "27-02-2018 19:58", "s1", "c1", "0"),
        ),
        preset="olist-deals",
    )  # fmt: skip
    assert answer.exit_code == 1
    assert counts(answer.data) == (7, 1, 0, 0, 6)
    assert answer.data["rejects"] == [
        {"line": 3, "reason": "There is no lead “zz”. Import the leads first."},
        {"line": 4, "reason": "won_date: “31-02-2018”: there is no such day."},
        {"line": 5, "reason": "won_date: The cell is empty, and without it the row says nothing."},
        {"line": 6, "reason": "declared_monthly_revenue: “lots” is not a number."},
        {"line": 7, "reason": "mql_id: The cell is empty, and without it the row says nothing."},
        {"line": 8, "reason": "Line 2 of the file says something else of the same record."},
    ]
    assert not Member.objects.filter(external_key="s9").exists()


@pytest.mark.shows("I2.import", "S23")
def test_a_damaged_row_costs_only_itself(world: World, tmp_path: Path) -> None:
    path = tmp_path / "damaged.csv"
    path.write_text(
        "mql_id,first_contact_date,landing_page_id,origin\na1,01-02-2018,p1,social\na2,01-02-2018\n"
        'a3,"01-02-2018,p1,social\na4,01-02-2018,p1,so\x00cial\na5,01-02-2018,p1,social,more\na6,02-02-2018,p1,social\n'
    )
    data = brought(world.workspace, path, preset="olist-leads")
    assert counts(data) == (6, 2, 0, 0, 4)
    assert [reject["line"] for reject in data["rejects"]] == [3, 4, 5, 6]
    assert sorted(Lead.objects.values_list("external_key", flat=True)) == ["a1", "a6"]


@pytest.mark.shows("I2.import", "S22")
def test_only_filled_cells_update_and_the_journal_has_before_and_after(world: World, tmp_path: Path) -> None:
    brought(world.workspace, leads(tmp_path, ("a1", "01-02-2018", "p1", "social")), preset="olist-leads")
    data = brought(world.workspace, leads(tmp_path, ("a1", "03-02-2018", "", "email")), preset="olist-leads")
    assert counts(data) == (1, 0, 1, 0, 0)
    lead = Lead.objects.get(external_key="a1")
    assert lead.page is not None
    assert lead.origin is not None
    assert (lead.origin.key, lead.page.key, lead.arrived_on, lead.version) == (
        "email",
        "p1",
        date(2018, 2, 3),
        2,
    )
    assert StagePass.objects.get(lead=lead).entered_at == lead.arrived_at == lead.entered_stage_at
    entry = Entry.objects.get(batch_id=data["batch"], subject="lead", action="changed")
    assert entry.before["arrived_on"] == "2018-02-01"
    assert entry.after["arrived_on"] == "2018-02-03"
    assert entry.after["origin_id"] == str(lead.origin_id)
    assert entry.subject_id == lead.pk
    assert set(entry.after) == {"arrived_on", "arrived_at", "entered_stage_at", "origin_id"}


@pytest.mark.shows("I2.import", "S22")
def test_a_dry_run_counts_exactly_and_writes_nothing(world: World, tmp_path: Path) -> None:
    brought(world.workspace, leads(tmp_path, ("a1", "01-02-2018", "p1", "social")), preset="olist-leads")
    before, batches = dump(), Batch.objects.count()
    path = leads(
        tmp_path, ("a1", "01-02-2018", "p1", "social"), ("a2", "01-02-2018", "p1", "new"), ("a3", "no", "p1", ""),
        ("a1", "01-02-2018", "p1", "social"),
    )  # fmt: skip
    said = brought(world.workspace, path, preset="olist-leads", dry_run=True)
    assert said == {
        "rows": 4, "created": 1, "updated": 0, "unchanged": 2, "rejected": 1, "batch": None,
        "rejects": [{"line": 4, "reason": "first_contact_date: “no” is not a date."}],
    }  # fmt: skip
    assert dump() == before
    assert Batch.objects.count() == batches
    done = brought(world.workspace, path, preset="olist-leads")
    assert {**done, "batch": None} == said


@pytest.mark.shows("I2.import", "S22")
def test_people_are_found_by_code_mail_phone_tax_number_and_domain(world: World, tmp_path: Path) -> None:
    header = ("Компания", "ИНН", "Сайт", "Контакт", "Должность", "Телефон", "E-mail", "Город")
    first = written(
        tmp_path / "a.csv", header,
        ("ООО «Кедр»", "7707083893", "kedr.ru", "Ланской Виктор Петрович", "директор", "8 (342) 200-18-40", "lanskoy@kedr.ru", ""),
        ("ИП Фирсов", "", "", "Фирсов Глеб", "", "+7 912 345-67-89", "", "Пермь"),
    )  # fmt: skip
    data = brought(world.workspace, first, preset="contacts")
    assert counts(data) == (2, 2, 0, 0, 0)
    assert counts(brought(world.workspace, first, preset="contacts")) == (2, 0, 0, 2, 0)
    changed = written(
        tmp_path / "b.csv", header,
        ("Кедр-Пак", "7707083893", "", "Ланской Виктор", "", "", "LANSKOY@kedr.ru", "Пермь"),  # by tax number and e-mail
        ("", "", "", "Фирсов Г.", "", "89123456789", "firsov@mail.ru", ""),  # by phone, the name agrees
        ("", "", "kedr.ru", "Новая Анна", "", "", "", ""),  # the company by its domain, a new person in it
    )  # fmt: skip
    assert counts(brought(world.workspace, changed, preset="contacts")) == (3, 1, 2, 0, 0)
    firm = Company.objects.get(tax_number="7707083893")
    assert (firm.name, firm.domain, firm.city, firm.version) == ("Кедр-Пак", "kedr.ru", "", 2)
    person = Contact.objects.get(last_name="Ланской")
    assert (person.first_name, person.patronymic, person.city) == ("Виктор", "Петрович", "Пермь")
    assert Employment.objects.get(contact=person).buying_role == "director"
    assert sorted(Employment.objects.filter(company=firm).values_list("contact__last_name", flat=True)) == [
        "Ланской",
        "Новая",
    ]
    assert sorted(
        PointUse.objects.filter(contact__last_name="Фирсов").values_list("point__value", flat=True)
    ) == ["+79123456789", "firsov@mail.ru"]  # fmt: skip


@pytest.mark.shows("I2.import")
def test_a_switchboard_is_shared_and_renames_nobody(world: World, tmp_path: Path) -> None:
    header = ("Компания", "Контакт", "Телефон", "E-mail")
    path = written(
        tmp_path / "a.csv", header, ("Кедр", "Ланской Виктор", "342 200-18-40", "info@kedr.ru"),
        ("Кедр", "Юдина Анна", "342 200-18-40", "info@kedr.ru"), ("Кедр", "", "342 200-18-40", ""),
    )  # fmt: skip
    assert counts(brought(world.workspace, path, preset="contacts")) == (3, 2, 1, 0, 0)
    assert Company.objects.count() == 1
    assert sorted(Contact.objects.values_list("last_name", flat=True)) == ["Ланской", "Юдина"]
    assert ContactPoint.objects.count() == 2
    assert counts(brought(world.workspace, path, preset="contacts")) == (3, 0, 0, 3, 0)


@pytest.mark.shows("I2.import")
def test_several_candidates_are_a_reject_and_not_a_guess(world: World, tmp_path: Path) -> None:
    header = ("Контакт", "E-mail")
    brought(
        world.workspace, written(tmp_path / "a.csv", header, ("Ланской Виктор", "a@kedr.ru"), ("Юдина Анна", "b@kedr.ru")),
        preset="contacts",
    )  # fmt: skip
    data = brought(
        world.workspace,
        written(tmp_path / "b.csv", header, ("Пятый Пётр", "a@kedr.ru, b@kedr.ru")),
        preset="contacts",
    )
    assert data["rejects"] == [
        {"line": 2, "reason": "Several people fit this row: Ланской Виктор, Юдина Анна."}
    ]


@pytest.mark.shows("I2.import")
def test_a_phone_that_is_none_is_noted_when_there_is_another_contact(world: World, tmp_path: Path) -> None:
    header = ("Контакт", "Телефон", "E-mail", "ИНН", "Компания")
    path = written(
        tmp_path / "a.csv", header, ("Ланской Виктор", "200-17", "a@kedr.ru", "", ""), ("Юдина Анна", "200-17", "", "", ""),
        ("Пятый Пётр", "", "info@@kamteh", "", ""), ("", "", "", "590400003", "Кедр"), ("", "", "", "", ""), ("-", "", "", "", ""),
    )  # fmt: skip
    data = brought(world.workspace, path, preset="contacts")
    assert counts(data) == (5, 1, 0, 0, 4)
    assert [reject["reason"] for reject in data["rejects"]] == [
        "Телефон: “200-17” has too few digits for a phone, and there is no other contact.",
        "E-mail: “info@@kamteh” has several @.",
        "ИНН: “590400003” has 9 digits; a tax number has 10 or 12, a registration number 13 or 15.",
        "There is neither a company nor a person in this row.",
    ]
    note = Note.objects.get()
    assert (note.body, note.contact and note.contact.last_name) == (
        "Phone as it stood in the list: 200-17",
        "Ланской",
    )


@pytest.mark.shows("I2.import")
def test_names_in_the_journal_stand_apart_and_can_be_erased(world: World, tmp_path: Path) -> None:
    header = ("Контакт", "E-mail", "Город")
    brought(
        world.workspace,
        written(tmp_path / "a.csv", header, ("Ланской Виктор", "a@kedr.ru", "Пермь")),
        preset="contacts",
    )
    brought(
        world.workspace,
        written(tmp_path / "b.csv", header, ("Ланской Виктор Петрович", "a@kedr.ru", "")),
        preset="contacts",
    )
    person = Contact.objects.get()
    created, changed = Entry.objects.filter(subject_id=person.pk).order_by("id")
    assert created.after == {
        "city": "Пермь", "last_name": {"personal": True}, "first_name": {"personal": True}, "name_key": {"personal": True},
    }  # fmt: skip
    assert changed.after == {"patronymic": {"personal": True}, "name_key": {"personal": True}}
    told = {
        (value.field, value.before, value.after)
        for value in PersonalValue.objects.filter(owner_id=person.pk, entry=changed)
    }
    assert told == {("patronymic", "", "Петрович"), ("name_key", "ланской виктор", "ланской виктор петрович")}
    assert "Ланской" not in str(list(Entry.objects.values()))


@pytest.mark.shows("I2.import", "I2.history")
def test_a_plain_list_of_leads_with_people_won_ones_among_them(world: World, tmp_path: Path) -> None:
    header = (
        "Дата",
        "Компания",
        "Контакт",
        "Телефон",
        "Источник",
        "Сумма",
        "Дата сделки",
        "Клоузер",
        "Комментарий",
        "Менеджер",
    )
    path = written(
        tmp_path / "a.csv", header,
        ("05.03.2026", "Кедр", "Ланской Виктор", "+7 912 345-67-89", "выставка", "", "", "", "просил в марте", "Рябова О."),
        ("06.03.2026", "Сосна", "", "", "сайт", "420 000,50 ₽", "10.04.2026", "Marina", "", ""),
        ("07.03.2026", "Кедр", "Юдина Анна", "", "", "", "", "", "", ""),
    )  # fmt: skip
    data = brought(world.workspace, path, preset="leads")
    assert counts(data) == (3, 2, 1, 0, 0)
    kedr = Lead.objects.get(company__name="Кедр")
    assert (kedr.state, kedr.title_key, kedr.contact and kedr.contact.last_name) == (
        "open",
        "кедр",
        "Ланской",
    )
    assert LeadFact.objects.get(lead=kedr).value == "Рябова О."
    assert Note.objects.get(lead=kedr).body == "просил в марте"
    pine = Lead.objects.get(company__name="Сосна")
    assert (pine.state, pine.won_precision, pine.closer) == ("won", "day", world.people["Marina"])
    assert Deal.objects.get(lead=pine).amount == Decimal("420000.50")
    assert counts(brought(world.workspace, path, preset="leads")) == (3, 0, 0, 3, 0)


@pytest.mark.shows("I2.import")
def test_a_second_open_lead_of_a_company_comes_in_with_its_reason(world: World, tmp_path: Path) -> None:
    path = written(
        tmp_path / "two.csv",
        ("Код лида", "Компания", "Дата"),
        ("k1", "Кедр", "05.03.2026"),
        ("k2", "Кедр", "06.03.2026"),
    )
    assert counts(brought(world.workspace, path, preset="leads")) == (2, 2, 0, 0, 0)
    assert list(Lead.objects.order_by("external_key").values_list("second_reason", flat=True)) == [
        "",
        "two.csv: 3",
    ]
    assert counts(brought(world.workspace, path, preset="leads")) == (2, 0, 0, 2, 0)


@pytest.mark.shows("I2.import", "F26")
def test_what_is_missing_or_unknown_is_said_before_anything_is_read(world: World, tmp_path: Path) -> None:
    path = leads(tmp_path, ("a1", "01-02-2018", "p1", "social"))
    with pytest.raises(WrongUse, match="There is no file nowhere"):
        run(world.workspace, "nowhere.csv")
    with pytest.raises(Invalid, match=r"no preset “olist”\. There are: contacts, leads, deals, olist-leads"):
        run(world.workspace, path, preset="olist")
    with pytest.raises(Invalid, match="no column “won_date”"):
        run(world.workspace, path, preset="olist-deals")
    (tmp_path / "empty.csv").write_text("")
    with pytest.raises(Invalid, match="The file is empty"):
        run(world.workspace, tmp_path / "empty.csv")
    (tmp_path / "a.csv").write_bytes(b"%PDF-1.7 ...")
    with pytest.raises(Invalid, match="This is a PDF"):
        run(world.workspace, tmp_path / "a.csv")
    with pytest.raises(WrongUse, match="One file at a time"):
        run(world.workspace, path, undo="another.csv")


@pytest.mark.shows("I2.import")
def test_without_a_preset_the_header_decides(world: World, tmp_path: Path) -> None:
    assert counts(brought(world.workspace, leads(tmp_path, ("a1", "01-02-2018", "p1", "social")))) == (
        1,
        1,
        0,
        0,
        0,
    )
    assert Batch.objects.get().preset == "olist-leads"
    people = written(tmp_path / "p.csv", ("ФИО", "Почта"), ("Ланской Виктор", "a@kedr.ru"))
    assert counts(brought(world.workspace, people)) == (1, 1, 0, 0, 0)
    assert Batch.objects.order_by("-created_at", "-id")[0].preset == "contacts"
