"""Search everywhere, on real PostgreSQL as the application role."""

from functools import partial

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from konveyer.domain.conveyor.models import Conveyor
from konveyer.domain.leads.models import Lead
from konveyer.domain.leads.operations import open_lead
from konveyer.domain.leads.queries.search import Found, matching_leads, search_everywhere
from konveyer.domain.people.models import Company, Contact
from konveyer.domain.people.operations import Typed, create_company, create_contact
from konveyer.domain.people.rules.facts import CompanyFacts, PersonFacts
from konveyer.domain.people.rules.looking import look
from konveyer.domain.workspace.rules.actor import for_workspace
from konveyer.kit import tenancy
from tests.again import again
from tests.world import NOON, World


@pytest.fixture
def base(world: World) -> World:
    """Two firms, three people, a lead of Alina; the twin has look-alikes with the same words and phone."""
    again("something to find", partial(fill_both, world))
    return world


def fill_both(world: World) -> None:
    fill(world, world.workspace.pk)
    with tenancy.enter(world.twin.pk):
        fill(world, world.twin.pk)


def fill(world: World, workspace_id: object) -> None:
    actor = for_workspace(workspace_id, "command")  # type: ignore[arg-type]
    kama = create_company(
        actor=actor, at=NOON, points=[Typed("phone", "8 342 200-41-17"), Typed("email", "info@kama.example")],
        facts=CompanyFacts("ООО «Камский крепёж»", tax_number="7707083893", domain="kama.example", city="Пермь"),
    )  # fmt: skip
    create_company(actor=actor, at=NOON, facts=CompanyFacts("Мебельная фабрика «Ёлка»", city="Казань"))
    roman = create_contact(
        actor=actor, at=NOON, facts=PersonFacts("Кудрин", "Роман", "Андреевич"), company_id=kama.pk, title="Директор",
        points=[Typed("phone", "+7 912 345-67-89"), Typed("email", "r.kudrin@kama.example"), Typed("telegram", "@kudrin_r")],
    )  # fmt: skip
    create_contact(actor=actor, at=NOON, facts=PersonFacts("Салтыков-Щедрин", "Пётр"))
    create_contact(
        actor=actor, at=NOON, facts=PersonFacts("Smith", "Alice"), points=[Typed("phone", "+44 20 7946 0018")]
    )
    conveyor = Conveyor.objects.filter(workspace_id=workspace_id).order_by("position").first()
    assert conveyor
    open_lead(actor=actor, at=NOON, conveyor_id=conveyor.pk, contact_id=roman.pk, company_id=kama.pk)
    open_lead(actor=actor, at=NOON, conveyor_id=conveyor.pk, title="Заявка на обучение кладовщиков")


def everywhere(world: World, text: str, who: str = "Anna") -> Found:
    return search_everywhere(look(text), world.actor(who))


def shown(found: Found) -> list[str]:
    leads = [f"lead:{lead.company.name if lead.company else lead.title}" for lead in found.leads]
    return [
        *leads,
        *(company.name for company in found.companies),
        *(str(contact) for contact in found.contacts),
    ]


KAMA, ELKA = "ООО «Камский крепёж»", "Мебельная фабрика «Ёлка»"
ROMAN, PETR = "Роман Андреевич Кудрин", "Пётр Салтыков-Щедрин"
KAMA_LEAD, WORDS_LEAD = f"lead:{KAMA}", "lead:Заявка на обучение кладовщиков"


@pytest.mark.shows("I2.search")
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("камский", [KAMA_LEAD, KAMA]),
        ("крепежа", [KAMA_LEAD, KAMA]),  # word form
        ("КРЕПЁЖ", [KAMA_LEAD, KAMA]),  # ё = е, capitals
        ("креп", [KAMA_LEAD, KAMA]),  # as you type
        ('ооо "камск', [KAMA_LEAD, KAMA]),
        ("елка", [ELKA]),
        ("фабрики", [ELKA]),
        ("мебельной фабрикой", [ELKA]),
        ("казань", [ELKA]),
        ("7707083893", [KAMA_LEAD, KAMA]),
        ("кудр", [KAMA_LEAD, ROMAN]),
        ("роман кудрин", [KAMA_LEAD, ROMAN]),
        ("кудрин р", [KAMA_LEAD, ROMAN]),
        ("рома андр куд", [KAMA_LEAD, ROMAN]),
        ("петру", [PETR]),
        ("щедрин", [PETR]),
        ("салтыков-щ", [PETR]),
        ("smiths", ["Alice Smith"]),
        ("обучения кладовщика", [WORDS_LEAD]),
        ("кладов", [WORDS_LEAD]),
        ("8 912 345-67-89", [KAMA_LEAD, ROMAN]),
        ("345 67 89", [KAMA_LEAD, ROMAN]),
        ("6789", [KAMA_LEAD, ROMAN]),
        ("(342) 200", [KAMA_LEAD, KAMA]),
        ("+4420", ["Alice Smith"]),
        ("r.kud@", []),
        ("r.kudrin@", [KAMA_LEAD, ROMAN]),
        ("info@kama", [KAMA_LEAD, KAMA]),
        ("@kama.example", [KAMA_LEAD, KAMA, ROMAN]),
        ("kama.ex", [KAMA_LEAD, KAMA, ROMAN]),
        ("@kudrin_r", []),
        ("барнаул", []),
        ("", []),
    ],
)
def test_what_is_typed_finds(base: World, text: str, expected: list[str]) -> None:
    assert shown(everywhere(base, text)) == expected


@pytest.mark.shows("I2.search", "I2.workspaces")
def test_a_twin_with_the_same_words_is_never_found(base: World) -> None:
    home = {"company": set(Company.objects.values_list("pk", flat=True)), "contact": set(Contact.objects.values_list("pk", flat=True)),
            "lead": set(Lead.objects.values_list("pk", flat=True))}  # fmt: skip
    for text in ("камский", "кудрин", "+79123456789", "kama.example", "кладовщик", "пермь"):
        found = everywhere(base, text)
        assert not found.nothing
        assert {row.pk for row in found.companies} <= home["company"]
        assert {row.pk for row in found.contacts} <= home["contact"]
        assert {row.pk for row in found.leads} <= home["lead"]
    with tenancy.enter(base.twin.pk):
        other = search_everywhere(look("камский"), for_workspace(base.twin.pk))
        assert [row.pk for row in other.companies] == [Company.objects.get(name=KAMA).pk]
        assert other.companies[0].pk not in home["company"]


@pytest.mark.shows("I2.workspaces", "I2.search")
def test_the_functions_keep_to_the_entered_workspace_whoever_asks(base: World) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select rolname, p.prosecdef, p.proconfig from pg_proc p join pg_roles r on r.oid = p.proowner "
                       "where proname in ('search_names', 'search_points')")  # fmt: skip
        rows = cursor.fetchall()
        assert len(rows) == 2
        assert all(row[:2] == ("konveyer_search", True) for row in rows)
        assert all("search_path=public, pg_temp" in row[2] for row in rows)
        cursor.execute("select rolcanlogin, rolsuper from pg_roles where rolname = 'konveyer_search'")
        assert cursor.fetchone() == (False, False)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select set_config('konveyer.workspace', '', true)")
        with pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute("select * from search_names('company', '{камский}', '{}', 'камский', 20)")


@pytest.mark.shows("I2.search", "F25")
def test_leads_follow_the_view(base: World) -> None:
    lead = Lead.objects.get(company__name=KAMA)
    lead.owner, lead.queue, lead.state = base.people["Alina"], lead.queue, lead.state
    lead.save()
    assert shown(everywhere(base, "камский", "Alina")) == [KAMA_LEAD, KAMA]
    assert shown(everywhere(base, "камский", "Pavel")) == [KAMA]  # own view: not his
    assert shown(everywhere(base, "камский", "Anna")) == [KAMA_LEAD, KAMA]
    assert shown(everywhere(base, "камский", "Vera")) == [KAMA]  # a bookkeeper works no leads
    assert matching_leads(look("камский"), base.actor("Pavel"), 100) == []
    assert matching_leads(look("крепежи"), base.actor("Alina"), 100) == [lead.pk]


@pytest.mark.shows("I2.search")
def test_twenty_rows_at_most_and_a_constant_number_of_queries(world: World) -> None:
    actor = world.system
    for number in range(30):
        company = create_company(actor=actor, at=NOON, facts=CompanyFacts(f"Завод {number}"))
        contact = create_contact(actor=actor, at=NOON, facts=PersonFacts("Завод", f"Пётр {number}"))
        conveyor = Conveyor.objects.earliest("position")
        open_lead(actor=actor, at=NOON, conveyor_id=conveyor.pk, company_id=company.pk, contact_id=contact.pk)
    with CaptureQueriesContext(connection) as queries:
        found = everywhere(world, "завод")
    assert (len(found.leads), len(found.companies), len(found.contacts)) == (7, 7, 6)
    assert len(queries) <= 10


@pytest.mark.shows("F26")
@pytest.mark.parametrize(
    "text",
    [
        "'; drop table lead; --",
        "к:* & !м | (",
        "\\'\\",
        "%",
        "_",
        "a" * 5000,
        "к" * 200 + " " + "м" * 200,
        "$1 %s {}",
    ],
)
def test_hostile_text_finds_nothing_and_breaks_nothing(base: World, text: str) -> None:
    assert everywhere(base, text).nothing
    assert Lead.objects.count() == 2
