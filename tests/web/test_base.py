"""The base over HTTP: lists, pages, dialogs, search, a new lead; what the second of two people is told."""

import csv
import io
import json
import zipfile
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from konveyer.domain.conveyor.models import Conveyor
from konveyer.domain.journal.models import Entry
from konveyer.domain.leads.models import Lead
from konveyer.domain.leads.operations import assign, open_lead
from konveyer.domain.people.models import Company, Contact, Employment, ListChoice, PointUse
from konveyer.domain.people.operations import Typed, change_company, create_company, create_contact
from konveyer.domain.people.rules.facts import CompanyFacts, PersonFacts
from konveyer.domain.touches.models import Touch
from tests.web.cast import AT, signed_in
from tests.world import World


def kama(world: World) -> Company:
    return create_company(
        actor=world.system, at=AT, facts=CompanyFacts("Камский крепёж", tax_number="7707083893", city="Пермь"),
        points=[Typed("phone", "8 342 200-41-17")],
    )  # fmt: skip


def roman(world: World, company: Company | None = None) -> Contact:
    return create_contact(
        actor=world.system, at=AT, facts=PersonFacts("Кудрин", "Роман", "Андреевич"),
        points=[Typed("phone", "8 912 345-67-89"), Typed("email", "r.kudrin@kama.example")],
        company_id=company.pk if company else None, title="Директор",
    )  # fmt: skip


def lead_of(world: World, owner: str | None = "Alina", amount: str | None = None, **more: Any) -> Lead:
    conveyor = Conveyor.objects.get(workspace=world.workspace, code="new_clients")
    money = Decimal(amount) if amount else None
    made = open_lead(
        actor=world.system, at=more.pop("at", AT), conveyor_id=conveyor.pk, expected_amount=money, **more
    )
    return (
        assign(actor=world.system, at=AT, lead_id=made.pk, member_id=world.people[owner].pk)
        if owner
        else made
    )


def whole(client: Client, address: str, **query: Any) -> str:
    """A whole page, not a part of one."""
    answer = client.get(address, query, headers={"HX-Request": ""})
    assert answer.status_code == 200, plain(answer)[:2000]
    return plain(answer)


def plain(answer: Any) -> str:
    """The text of an answer, its no-break spaces as plain ones."""
    return str(answer.content.decode().replace("\u00a0", " "))


def said(answer: Any) -> dict[str, Any]:
    return dict(json.loads(answer["HX-Trigger"]))


@pytest.mark.shows("I2.base")
def test_lists_show_what_stands_on_a_record(world: World) -> None:
    firm = kama(world)
    person = roman(world, firm)
    lead_of(world, company_id=firm.pk, contact_id=person.pk, amount="420000")
    anna = signed_in(world, "Anna")
    companies = whole(anna, reverse("companies"))
    for words in (
        "Камский крепёж",
        "Пермь",
        "+7 342 200-41-17",
        'href="tel:+73422004117"',
        reverse("company", args=[firm.pk]),
    ):
        assert words in companies
    people = whole(anna, reverse("contacts"))
    for words in (
        "Роман Андреевич Кудрин",
        "Камский крепёж",
        "Директор",
        "+7 912 345-67-89",
        "mailto:r.kudrin@kama.example",
    ):
        assert words in people
    leads = whole(anna, reverse("leads"))
    for words in ("Камский крепёж", "Роман Кудрин", "Lead generation", "Alina", "420,000"):
        assert words in leads


@pytest.mark.shows("I2.base")
def test_filters_narrow_and_say_when_nothing_fits(world: World) -> None:
    firm = kama(world)
    create_company(actor=world.system, at=AT - timedelta(days=40), facts=CompanyFacts("Ёлка"))
    lead_of(world, company_id=firm.pk)
    anna, address = signed_in(world, "Anna"), reverse("companies")
    assert "Ёлка" not in whole(anna, address, q="крепежа")
    assert "Камский" not in whole(anna, address, q="елки")
    assert "Ёлка" not in whole(anna, address, leads="open")
    assert "Камский" not in whole(anna, address, leads="none")
    assert "Ёлка" not in whole(anna, address, **{"from": AT.date().isoformat()})
    nothing = whole(anna, address, q="барнаул")
    assert "Nothing fits" in nothing
    assert 'href="/base/companies/"' in nothing
    part = plain(anna.get(address, {"q": "крепёж"}, headers={"HX-Request": "true", "HX-Target": "list"}))
    assert part.lstrip().startswith('<div id="list"')
    for wrong in ({"leads": "all"}, {"from": "yesterday"}, {"after": "%%%"}):
        assert anna.get(address, wrong, headers={"HX-Request": ""}).status_code == 422


@pytest.mark.shows("I2.base", "S28")
def test_leads_are_filtered_like_the_figures_and_follow_the_view(world: World) -> None:
    firm = kama(world)
    lead_of(world, company_id=firm.pk, amount="5")
    lead_of(world, owner="Pavel", title="Заявка Павла", amount="900")
    lead_of(world, owner=None, title="Из очереди")
    address = reverse("leads")
    alina, anna = signed_in(world, "Alina"), signed_in(world, "Anna")
    own = whole(alina, address)
    assert "Камский" in own
    assert "Из очереди" in own
    assert "Заявка Павла" not in own
    everything = whole(anna, address, sort="-amount")
    assert everything.index("Заявка Павла") < everything.index("Камский") < everything.index("Из очереди")
    assert "Камский" not in whole(anna, address, owner=str(world.people["Pavel"].pk))
    assert "Заявка Павла" in whole(anna, address, q="заявку павла")
    assert "Камский" not in whole(anna, address, q="заявку павла")
    chips = whole(anna, address, without="telemarketer", state="open")
    assert "not stated: telemarketer" in chips
    assert "state=open" in chips
    assert anna.get(address, {"state": "gone"}, headers={"HX-Request": ""}).status_code == 422


@pytest.mark.shows("I2.base")
def test_a_narrow_view_pages_without_a_gap(world: World) -> None:
    for number in range(7):
        lead_of(
            world,
            owner="Alina" if number % 2 else None,
            title=f"Lead {number}",
            at=AT + timedelta(minutes=number),
        )
    from konveyer.domain.leads.rules.lead_filter import LeadFilter
    from konveyer.domain.notes.queries.lead_list import leads

    shown, after = [], None
    for _page in range(4):
        listed = leads(world.actor("Alina"), LeadFilter(), after=after, size=2)
        shown += [line.lead.title for line in listed.lines]
        after = listed.page.after
    assert shown == [f"Lead {number}" for number in range(6, -1, -1)]
    assert after is None
    assert listed.count == 7


@pytest.mark.shows("I2.base", "P7")
@pytest.mark.parametrize(("name", "limit"), [("companies", 26), ("contacts", 26), ("leads", 26)])
def test_lists_ask_a_constant_number_of_queries(world: World, name: str, limit: int) -> None:
    anna, address = signed_in(world, "Anna"), reverse(name)

    def grown(times: int) -> int:
        for number in range(times):
            firm = create_company(
                actor=world.system,
                at=AT,
                facts=CompanyFacts(f"Firm {times}-{number}"),
                points=[Typed("phone", f"8912345{times:02}{number:02}")],
            )
            person = create_contact(
                actor=world.system, at=AT, facts=PersonFacts(f"Name {times}-{number}"), company_id=firm.pk
            )
            lead_of(world, company_id=firm.pk, contact_id=person.pk)
        with CaptureQueriesContext(connection) as queries:
            whole(anna, address)
        return len(queries)

    few, many = grown(2), grown(9)
    assert few == many
    assert many <= limit


@pytest.mark.shows("P7")
def test_pages_ask_a_constant_number_of_queries(world: World) -> None:
    firm = kama(world)
    anna, address = signed_in(world, "Anna"), reverse("company", args=[firm.pk])

    def grown(times: int) -> int:
        for number in range(times):
            person = create_contact(
                actor=world.system,
                at=AT,
                facts=PersonFacts(f"Name {times}-{number}"),
                company_id=firm.pk,
                points=[Typed("phone", "8 342 200-41-17")],
            )
            lead_of(world, company_id=firm.pk, contact_id=person.pk, second_reason=f"reason {number}")
            anna.post(reverse("notes", args=["company", firm.pk]), {"body": f"Note {number}"})
        with CaptureQueriesContext(connection) as queries:
            whole(anna, address)
        return len(queries)

    few, many = grown(1), grown(6)
    assert few == many
    assert many <= 28


@pytest.mark.shows("I2.base")
def test_columns_are_chosen_once_and_stay(world: World) -> None:
    kama(world)
    anna = signed_in(world, "Anna")
    assert "7707083893" not in whole(anna, reverse("companies"))
    dialog = plain(anna.get(reverse("list-columns", args=["companies"])))
    assert 'value="tax_number"' in dialog
    done = anna.post(
        reverse("list-columns", args=["companies"]), {"column": ["tax_number", "city"], "back": "?q=x"}
    )
    assert (done.status_code, done["HX-Redirect"]) == (204, "/base/companies/?q=x")
    shown = whole(anna, reverse("companies"))
    assert "7707083893" in shown
    assert "342 200-41-17" not in shown
    assert "7707083893" not in whole(signed_in(world, "Igor"), reverse("companies"))
    assert anna.post(reverse("list-columns", args=["companies"]), {"column": ["password"]}).status_code == 422
    assert anna.get(reverse("list-columns", args=["secrets"])).status_code == 404
    assert ListChoice.objects.get().columns == ["name", "city", "tax_number"]


@pytest.mark.shows("I2.base", "F26", "I2.journal")
def test_export_by_right_neutral_and_journaled(world: World) -> None:
    create_company(actor=world.system, at=AT, facts=CompanyFacts("=1+1 Ltd", city="@SUM(A1)"))
    lead_of(world, title="+cmd|'/C calc'!A0")
    anna = signed_in(world, "Anna")
    answer = anna.get(reverse("list-export", args=["companies", "csv"]), {"leads": "none"})
    assert answer["Content-Disposition"].startswith('attachment; filename="companies-')
    rows = list(csv.reader(io.StringIO(b"".join(answer).decode("utf-8-sig")), delimiter=";"))  # type: ignore[arg-type]
    assert rows[0][:2] == ["Company", "City"]
    assert rows[1][:2] == ["'=1+1 Ltd", "'@SUM(A1)"]
    book = b"".join(anna.get(reverse("list-export", args=["leads", "xlsx"])))  # type: ignore[arg-type]
    sheet = zipfile.ZipFile(io.BytesIO(book)).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert [entry.after["rows"] for entry in Entry.objects.filter(action="exported").order_by("id")] == [1, 1]
    assert signed_in(world, "Alina").get(reverse("list-export", args=["companies", "csv"])).status_code == 403
    assert (
        signed_in(world, "Lev").get(reverse("list-export", args=["leads", "csv"])).status_code == 403
    )  # works no leads
    assert anna.get(reverse("list-export", args=["companies", "exe"])).status_code == 404


@pytest.mark.shows("I2.base")
def test_a_company_is_made_in_a_dialog_and_mended_field_by_field(world: World) -> None:
    alina, address = signed_in(world, "Alina"), reverse("company-new")
    assert 'hx-target="#dialog"' in plain(alina.get(address))
    wrong = alina.post(address, {"name": "", "tax_number": "7707083894", "phone": "12", "city": "Пермь"})
    assert wrong.status_code == 422
    text = plain(wrong)
    assert "This has to be filled in." in text
    assert "its check digit does not fit" in text
    assert 'value="Пермь"' in text  # nothing that was typed is lost
    done = alina.post(
        address, {"name": "Камский крепёж", "tax_number": "7707083893", "phone": "8 342 200-41-17"}
    )
    firm = Company.objects.get()
    assert (done.status_code, done["HX-Redirect"]) == (204, reverse("company", args=[firm.pk]))
    taken = alina.post(address, {"name": "Другая", "tax_number": "7707083893"})
    assert taken.status_code == 422
    assert "“Камский крепёж” has this tax number already." in plain(taken)
    assert signed_in(world, "Vera").post(address, {"name": "Ещё"}).status_code == 403
    assert Company.objects.count() == 1


@pytest.mark.shows("I2.stale", "I2.bad-input", "I2.base")
def test_the_second_of_two_people_chooses_between_both_values(world: World) -> None:
    firm = kama(world)
    alina, address = signed_in(world, "Alina"), reverse("company-edit", args=[firm.pk])
    assert 'name="version" value="1"' in plain(alina.get(address))
    change_company(
        actor=world.actor("Marina"), at=AT, company_id=firm.pk, version=1,
        facts=CompanyFacts("Камский крепёж", tax_number="7707083893", city="Чайковский"),
    )  # fmt: skip
    typed = {
        "version": "1",
        "name": "Камский крепёж",
        "tax_number": "7707083893",
        "city": "Ижевск",
        "industry": "металл",
    }
    told = alina.post(address, typed)
    text = plain(told)
    assert told.status_code == 409
    for words in (
        "Marina changed this",
        'name="city" value="Чайковский" checked',
        'name="city" value="Ижевск"',
        'name="version" value="2"',
    ):
        assert words in text
    firm.refresh_from_db()
    assert (firm.city, firm.industry, firm.version) == ("Чайковский", "", 2)
    done = alina.post(address, {**typed, "version": "2"})
    assert done.status_code == 204
    firm.refresh_from_db()
    assert (firm.city, firm.industry, firm.version) == ("Ижевск", "металл", 3)


@pytest.mark.shows("I2.base", "I2.journal")
def test_the_page_of_a_company_gathers_everything(world: World) -> None:
    firm = kama(world)
    person = roman(world, firm)
    lead_of(world, company_id=firm.pk, contact_id=person.pk)
    anna = signed_in(world, "Anna")
    anna.post(reverse("notes", args=["company", firm.pk]), {"body": "Звонить после обеда"})
    text = whole(anna, reverse("company", args=[firm.pk]))
    for words in ("7707083893", "Роман Андреевич Кудрин", "Директор", "director", "+7 912 345-67-89", "Звонить после обеда", "Lead generation",
                  "note written", "tax number"):  # fmt: skip
        assert words in text
    bookkeeper = whole(signed_in(world, "Vera"), reverse("company", args=[firm.pk]))
    assert "panel-leads" not in bookkeeper
    assert reverse("company-edit", args=[firm.pk]) not in bookkeeper
    assert anna.get(reverse("company", args=[uuid4()]), headers={"HX-Request": ""}).status_code == 404


@pytest.mark.shows("I2.base")
def test_points_are_added_taken_away_and_tapped(world: World) -> None:
    firm, person = kama(world), roman(world)
    alina, address = signed_in(world, "Alina"), reverse("point-add", args=["contact", person.pk])
    wrong = alina.post(address, {"kind": "phone", "text": "12345"})
    assert wrong.status_code == 422
    assert "The phone is too short" in plain(wrong)
    assert alina.post(address, {"kind": "phone", "text": "8 342 200-41-17"}).status_code == 204
    page = whole(alina, reverse("contact", args=[person.pk]))
    assert "shared with" in page
    assert "Камский крепёж" in page
    use = PointUse.objects.get(contact=person, point__value="+79123456789")
    tap = reverse("tap", args=[use.point_id])
    assert f'data-tap="{tap}?contact={person.pk}"' in page
    done = alina.post(f"{tap}?contact={person.pk}")
    assert (done.status_code, said(done)["toast"]["text"][:8]) == (204, "The call")
    touch = Touch.objects.get()
    assert (touch.channel, touch.outcome, touch.contact, touch.member) == (
        "call",
        "no_answer",
        person,
        world.people["Alina"],
    )
    company_point = PointUse.objects.get(company=firm).point_id
    assert alina.post(f"{reverse('tap', args=[company_point])}?company={firm.pk}").status_code == 204
    assert alina.post(reverse("tap", args=[uuid4()])).status_code == 404
    ask = plain(alina.get(reverse("point-remove", args=[use.pk])))
    assert "+7 912 345-67-89" in ask
    assert alina.post(reverse("point-remove", args=[use.pk])).status_code == 204
    assert not PointUse.objects.filter(pk=use.pk).exists()
    assert alina.post(reverse("point-remove", args=[use.pk])).status_code == 404


@pytest.mark.shows("I2.base")
def test_a_place_of_work_is_found_by_name_changed_and_ended(world: World) -> None:
    firm, person, anna = kama(world), roman(world), signed_in(world, "Anna")
    address = reverse("place-add", args=["company", firm.pk])
    found = plain(
        anna.get(address, {"q": "кудрин"}, headers={"HX-Request": "true", "HX-Target": "candidates"})
    )
    assert str(person.pk) in found
    assert anna.post(address, {"q": "кудрин"}).status_code == 422
    assert (
        anna.post(
            address, {"other": str(person.pk), "title": "Директор", "started_on": "2020-13-40"}
        ).status_code
        == 422
    )
    assert (
        anna.post(
            address, {"other": str(person.pk), "title": "Директор", "started_on": "2020-02-01"}
        ).status_code
        == 204
    )
    assert anna.post(address, {"other": str(person.pk)}).status_code == 422  # works there already
    line = Employment.objects.get()
    change = reverse("place-change", args=[line.pk])
    assert 'value="2020-02-01"' in plain(anna.get(change))
    late = anna.post(change, {"title": "Директор", "started_on": "2020-02-01", "ended_on": "2019-01-01"})
    assert late.status_code == 422
    assert "The end lies before the beginning." in plain(late)
    assert (
        anna.post(
            change, {"title": "Директор", "started_on": "2020-02-01", "ended_on": "2026-01-31"}
        ).status_code
        == 204
    )
    assert "until" in whole(anna, reverse("company", args=[firm.pk]))


@pytest.mark.shows("I2.new-lead")
def test_a_pasted_signature_becomes_a_lead(world: World) -> None:
    alina = signed_in(world, "Alina")
    pasted = (
        "Кудрин Роман Андреевич\nдиректор\nООО «Камский крепёж»\nтел. 8 912 345-67-89\nr.kudrin@kama.example"
    )
    draft = plain(
        alina.post(
            reverse("lead-read"), {"pasted": pasted}, headers={"HX-Request": "true", "HX-Target": "draft"}
        )
    )
    for words in (
        'value="Кудрин"',
        'value="Роман"',
        'value="Андреевич"',
        'value="+79123456789"',
        'value="r.kudrin@kama.example"',
        "Камский крепёж",
    ):
        assert words in draft
    conveyor = Conveyor.objects.get(workspace=world.workspace, code="new_clients")
    fields = {
        "last_name": "Кудрин", "first_name": "Роман", "patronymic": "Андреевич", "company": "Камский крепёж", "position": "директор",
        "phones": "+79123456789", "emails": "r.kudrin@kama.example", "handles": "telegram:kudrin_r", "note": "Из выставки",
        "conveyor": str(conveyor.pk), "origin": "Выставка", "incoming": "1",
    }  # fmt: skip
    done = alina.post(reverse("lead-new"), fields)
    lead = Lead.objects.get()
    assert (done.status_code, done["HX-Redirect"]) == (204, reverse("lead", args=[lead.pk]))
    assert (lead.contact.name, lead.company.name, lead.origin.name, lead.incoming) == (
        "Роман Андреевич Кудрин",
        "Камский крепёж",
        "Выставка",
        True,
    )  # type: ignore[union-attr]
    assert Employment.objects.get().buying_role == "director"
    points = PointUse.objects.filter(contact=lead.contact).values_list("point__kind", "point__value")
    assert set(points) == {
        ("phone", "+79123456789"),
        ("email", "r.kudrin@kama.example"),
        ("telegram", "kudrin_r"),
    }
    from konveyer.domain.notes.models import Note

    assert Note.objects.get(lead=lead).body == "Из выставки"


@pytest.mark.shows("I2.new-lead", "S22")
def test_who_is_in_the_base_already_is_shown_and_the_certain_one_chosen(world: World) -> None:
    firm = kama(world)
    person = roman(world, firm)
    lead = lead_of(world, owner="Pavel", company_id=firm.pk, contact_id=person.pk)
    alina = signed_in(world, "Alina")
    text = plain(
        alina.post(
            reverse("lead-read"),
            {"pasted": "Роман 89123456789"},
            headers={"HX-Request": "true", "HX-Target": "draft"},
        )
    )
    assert f'name="contact_id" value="{person.pk}" checked' in text
    assert "same phone" in text
    assert "Pavel" in text  # who works the open lead, though she may not see it
    assert reverse("lead", args=[lead.pk]) not in text
    only = plain(
        alina.post(
            reverse("lead-read"),
            {"company": "ООО КАМСКИЙ КРЕПЕЖ"},
            headers={"HX-Request": "true", "HX-Target": "duplicates"},
        )
    )
    assert "same name" in only
    assert f'name="company_id" value="{firm.pk}" checked' not in only  # a name alone proves nothing


@pytest.mark.shows("I2.new-lead", "I2.one-open-lead")
def test_an_open_lead_stands_in_the_way_of_a_second(world: World) -> None:
    firm = kama(world)
    lead = lead_of(world, company_id=firm.pk)
    conveyor = str(lead.conveyor_id)
    anna = signed_in(world, "Anna")
    told = anna.post(
        reverse("lead-new"),
        {"company_id": str(firm.pk), "company": firm.name, "phones": "8 912 345-67-89", "conveyor": conveyor},
    )
    text = plain(told)
    assert told.status_code == 422
    for words in (
        "There is an open lead already",
        reverse("lead", args=[lead.pk]),
        "Why is a second one needed?",
    ):
        assert words in text
    assert not PointUse.objects.filter(point__value="+79123456789").exists()  # all or nothing
    done = anna.post(
        reverse("lead-new"),
        {"company_id": str(firm.pk), "company": firm.name, "conveyor": conveyor, "reason": "Другой филиал"},
    )
    assert done.status_code == 204
    assert Lead.objects.filter(company=firm).count() == 2
    alina = signed_in(world, "Alina")
    without = plain(alina.post(reverse("lead-new"), {"company_id": str(firm.pk), "conveyor": conveyor}))
    assert "Whoever heads sales can open a second one." in without


@pytest.mark.shows("I2.bad-input", "F26", "I2.new-lead")
@pytest.mark.parametrize(
    "fields",
    [
        {}, {"note": "only a note"}, {"company": "Фирма", "phones": "12"}, {"last_name": "Кудрин", "emails": "a@b@c"},
        {"company": "x" * 400}, {"last_name": "Кудрин", "conveyor": "nonsense"}, {"company_id": "nonsense"},
        {"contact_id": "01a2066e-07d4-72c2-b7ed-2eb3aaf23537"}, {"last_name": "a" * 200},
    ],
)  # fmt: skip
def test_a_half_filled_or_hostile_lead_leaves_nothing(world: World, fields: dict[str, str]) -> None:
    conveyor = Conveyor.objects.get(workspace=world.workspace, code="new_clients")
    answer = signed_in(world, "Anna").post(reverse("lead-new"), {"conveyor": str(conveyor.pk), **fields})
    assert answer.status_code == 422
    assert 'role="alert"' in plain(answer)
    assert not Lead.objects.exists()
    assert not Contact.objects.exists()
    assert not Company.objects.exists()


@pytest.mark.shows("F26", "I2.bad-input")
def test_hostile_strings_come_back_as_text(world: World) -> None:
    evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    firm = create_company(actor=world.system, at=AT, facts=CompanyFacts(evil, city=evil[:100]))
    anna = signed_in(world, "Anna")
    anna.post(reverse("notes", args=["company", firm.pk]), {"body": evil})
    for address, query in ((reverse("companies"), {"q": evil}), (reverse("company", args=[firm.pk]), {}), (reverse("search"), {"q": evil}),
                           (reverse("leads"), {"q": evil, "origin": evil})):  # fmt: skip
        text = whole(anna, address, **query)
        assert "<script>alert" not in text
        assert "<img src=x" not in text


@pytest.mark.shows("I2.search")
def test_the_palette_finds_and_says_when_nothing_is_found(world: World) -> None:
    firm = kama(world)
    person = roman(world, firm)
    anna, address = signed_in(world, "Anna"), reverse("search")
    text = plain(anna.get(address, {"q": "кудрина"}))
    assert reverse("contact", args=[person.pk]) in text
    assert 'role="option"' in text
    assert "<html" not in text
    phone = plain(anna.get(address, {"q": "8 (342) 200 41 17"}))
    assert reverse("company", args=[firm.pk]) in phone
    assert "+7 342 200-41-17" in phone
    assert "Nobody and nothing" in plain(anna.get(address, {"q": "барнаул"}))
    assert (
        plain(anna.get(address, {"q": ""})).strip() == '<div id="found-none" hx-swap-oob="innerHTML"></div>'
    )
    assert "<html" in whole(anna, address, q="кудрин")
    assert Client().get(address).status_code == 302


@pytest.mark.shows("I2.stale", "I2.base", "I2.bad-input")
def test_notes_on_a_page(world: World) -> None:
    firm = kama(world)
    alina, marina = signed_in(world, "Alina"), signed_in(world, "Marina")
    address = reverse("notes", args=["company", firm.pk])
    empty = alina.post(address, {"body": "  "})
    assert empty.status_code == 422
    assert "Write something first." in plain(empty)
    assert "Звонить" in plain(alina.post(address, {"body": "Звонить после обеда"}))
    from konveyer.domain.notes.models import Note

    note = Note.objects.get()
    edit = reverse("note-edit", args=[note.pk])
    assert marina.post(edit, {"body": "Чужая", "version": "1"}).status_code == 403
    assert signed_in(world, "Anna").post(edit, {"body": "Утром", "version": "1"}).status_code == 200
    told = alina.post(edit, {"body": "Вечером", "version": "1"})
    assert told.status_code == 409
    for words in ("Утром", "Вечером", 'name="version" value="2"', "Anna changed it"):
        assert words in plain(told)
    assert alina.post(reverse("note-remove", args=[note.pk])).status_code == 200
    assert not Note.objects.exists()
    assert alina.post(reverse("notes", args=["secrets", firm.pk]), {"body": "x"}).status_code == 404


@pytest.mark.shows("I2.base", "F26")
def test_a_file_goes_out_as_a_download_only(world: World, tmp_path: Any) -> None:
    from konveyer.adapters.files.folder import FolderStore
    from konveyer.domain.notes import ports
    from konveyer.domain.notes.models import File

    kept = ports.store()
    ports.use(FolderStore(tmp_path / "files"))
    firm, alina = kama(world), signed_in(world, "Alina")
    address = reverse("files", args=["company", firm.pk])
    pdf = io.BytesIO(b"%PDF-1.7 contract")
    pdf.name = "Договор.pdf"
    assert "Договор.pdf" in plain(alina.post(address, {"file": pdf}))
    page = io.BytesIO(b"<html><script>alert(1)</script>")
    page.name = "x.pdf"
    refused = alina.post(address, {"file": page})
    assert refused.status_code == 422
    assert "programs, scripts and web pages" in plain(refused)
    assert alina.post(address, {}).status_code == 422
    file = File.objects.get()
    answer = alina.get(reverse("file", args=[file.pk]))
    assert b"".join(answer) == b"%PDF-1.7 contract"  # type: ignore[arg-type]
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert signed_in(world, "Marina").post(reverse("file-remove", args=[file.pk])).status_code == 403
    assert alina.post(reverse("file-remove", args=[file.pk])).status_code == 200
    assert alina.get(reverse("file", args=[file.pk])).status_code == 404
    ports.use(kept)


@pytest.mark.shows("F25")
def test_dialogs_open_by_their_address_alone(world: World) -> None:
    firm = kama(world)
    anna = signed_in(world, "Anna")
    for address in (reverse("company-new"), reverse("contact-new"), reverse("lead-new"), reverse("company-edit", args=[firm.pk]),
                    reverse("point-add", args=["company", firm.pk]), reverse("list-columns", args=["leads"])):  # fmt: skip
        assert "<html" in whole(anna, address)
    done = anna.post(reverse("company-new"), {"name": "Без скрипта"}, headers={"HX-Request": ""})
    assert (done.status_code, done["Location"]) == (
        302,
        reverse("company", args=[Company.objects.latest("created_at").pk]),
    )
