"""Tags: names, putting on, taking off, two made one, out of use, and what the database itself refuses."""

import pytest
from django.db import IntegrityError, connection, transaction

from konveyer.domain.journal.models import Entry
from konveyer.domain.labels.models import Tag, TagUse
from konveyer.domain.labels.operations import change_tag, create_tag, merge_tags, retire_tag, tag_record
from konveyer.domain.labels.queries.tags import borne, counted, tags
from konveyer.domain.labels.rules.label_filter import LabelFilter, parse
from konveyer.domain.labels.rules.tags import key_of, names_in, wrong_in
from konveyer.domain.leads.rules.lead_filter import LeadFilter
from konveyer.domain.notes.queries.lead_list import leads
from konveyer.domain.notes.queries.people_lists import companies, contacts
from konveyer.domain.notes.rules.base_filter import BaseFilter
from konveyer.domain.people.models import Company
from konveyer.domain.people.operations import create_company, create_contact
from konveyer.domain.people.rules.facts import CompanyFacts, PersonFacts
from konveyer.kit.refusal import Forbidden, Invalid, NotFound, Stale
from tests.refusals import refused
from tests.unit.leads.test_thread import opened
from tests.world import NOON, World


def firm(world: World, name: str) -> Company:
    return create_company(actor=world.actor("Anna"), at=NOON, facts=CompanyFacts(name))


def put(
    world: World, company: Company, *names: str, by: str = "Anna", off: tuple[Tag, ...] = ()
) -> list[str]:
    return tag_record(
        actor=world.actor(by),
        at=NOON,
        kind="company",
        pk=company.pk,
        add=names,
        remove=[tag.pk for tag in off],
    )


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("expo 2026, VIP;  repeat", ["expo 2026", "VIP", "repeat"]),
        ("VIP, vip ,ViP", ["VIP"]),
        ("#хит\nёлка, Елка", ["хит", "ёлка"]),
        (" , ;; ", []),
    ],
)
def test_a_line_is_read_as_names_each_once(text: str, names: list[str]) -> None:
    assert names_in(text) == names


def test_what_cannot_be_a_name_is_said() -> None:
    assert (wrong_in(" # "), wrong_in("x" * 61), wrong_in("a;b"), wrong_in("ok")) == (
        "empty", "too_long", "separator", "",
    )  # fmt: skip
    assert key_of("  ЁЖ \t 2 ") == "еж 2"


def test_a_filter_reads_back_what_it_wrote_and_refuses_the_rest(world: World) -> None:
    tag = create_tag(actor=world.actor("Anna"), at=NOON, name="expo")
    wanted = LabelFilter((tag.pk,))
    assert parse(wanted.as_query()) == wanted
    assert parse({"tag": f"{tag.pk},{tag.pk}"}) == wanted
    assert not LabelFilter().narrows
    with pytest.raises(Invalid):
        parse({"tag": "expo"})
    with pytest.raises(Invalid):
        parse({"tag": ",".join([str(tag.pk)] * 21)})


@pytest.mark.django_db
@pytest.mark.shows("I3.tags-fields")
def test_tags_are_put_on_by_name_and_taken_off(world: World) -> None:
    kama = firm(world, "Kama")
    assert put(world, kama, "expo 2026", "VIP") == ["expo 2026", "VIP"]
    vip = Tag.objects.get(name="VIP")
    assert put(world, kama, "vip", "repeat", off=(vip,)) == [
        "expo 2026",
        "repeat",
        "VIP",
    ]  # named last, it stays
    assert put(world, kama, off=(vip,)) == ["expo 2026", "repeat"]
    said = Entry.objects.filter(subject_id=kama.pk, action="tagged").order_by("id").last()
    assert said is not None
    assert (said.before, said.after) == (
        {"tags": ["expo 2026", "repeat", "VIP"]}, {"tags": ["expo 2026", "repeat"]},
    )  # fmt: skip
    assert len({tag.color for tag in tags(world.actor("Anna"))}) == 3  # new ones tell each other apart


@pytest.mark.django_db
@pytest.mark.shows("I3.tags-fields")
def test_lists_are_narrowed_to_all_tags_asked(world: World) -> None:
    anna = world.actor("Anna")
    one, two = firm(world, "One"), firm(world, "Two")
    put(world, one, "expo", "VIP")
    put(world, two, "expo")
    person = create_contact(actor=anna, at=NOON, facts=PersonFacts("Kudrin"))
    tag_record(actor=anna, at=NOON, kind="contact", pk=person.pk, add=["VIP"])
    lead = opened(world, by="Anna", company=one)
    tag_record(actor=anna, at=NOON, kind="lead", pk=lead.pk, add=["VIP"])
    expo, vip = (Tag.objects.get(name=name) for name in ("expo", "VIP"))
    both = LabelFilter((expo.pk, vip.pk))
    assert [line.record for line in companies(anna, BaseFilter(labels=both)).lines] == [one]
    assert [line.record for line in companies(anna, BaseFilter(labels=LabelFilter((expo.pk,)))).lines] == [
        one,
        two,
    ]
    people = contacts(anna, BaseFilter(labels=LabelFilter((vip.pk,))))
    assert [(line.record, line.tags) for line in people.lines] == [(person, [vip])]
    found = leads(anna, LeadFilter(), labels=LabelFilter((vip.pk,)))
    assert [(line.lead, line.tags) for line in found.lines] == [(lead, [vip])]
    assert leads(anna, LeadFilter(), labels=LabelFilter((expo.pk,))).count == 0


@pytest.mark.django_db
@pytest.mark.shows("I3.tags-fields")
def test_two_tags_become_one_on_every_record(world: World) -> None:
    anna = world.actor("Anna")
    one, two, lead = (
        firm(world, "One"),
        firm(world, "Two"),
        opened(world, by="Anna", company=firm(world, "Three")),
    )
    put(world, one, "fair", "expo")
    put(world, two, "fair")
    tag_record(actor=anna, at=NOON, kind="lead", pk=lead.pk, add=["fair"])
    fair, expo = (Tag.objects.get(name=name) for name in ("fair", "expo"))
    merge_tags(actor=anna, at=NOON, tag_id=fair.pk, into_id=expo.pk)
    assert not Tag.objects.filter(name="fair").exists()
    workspace = world.workspace.pk
    assert borne(workspace, "company", [one.pk, two.pk]) == {one.pk: [expo], two.pk: [expo]}
    assert borne(workspace, "lead", [lead.pk]) == {lead.pk: [expo]}
    row = counted(anna)[0]
    assert (row.tag, row.companies, row.contacts, row.leads) == (expo, 2, 0, 1)
    with pytest.raises(Invalid):
        merge_tags(actor=anna, at=NOON, tag_id=expo.pk, into_id=expo.pk)


@pytest.mark.django_db
def test_renamed_coloured_retired_by_who_draws_conveyors(world: World) -> None:
    anna = world.actor("Anna")
    tag = create_tag(actor=world.actor("Alina"), at=NOON, name="Expo")
    with pytest.raises(Forbidden):
        change_tag(actor=world.actor("Alina"), at=NOON, tag_id=tag.pk, version=1, name="Fair", color="red")
    changed = change_tag(actor=anna, at=NOON, tag_id=tag.pk, version=1, name="Fair", color="red")
    assert (changed.name, changed.color, changed.version) == ("Fair", "red", 2)
    with pytest.raises(Stale):
        change_tag(actor=anna, at=NOON, tag_id=tag.pk, version=1, name="Other")
    create_tag(actor=anna, at=NOON, name="other")
    with refused("tag_taken"):
        change_tag(actor=anna, at=NOON, tag_id=tag.pk, version=2, name="OTHER")
    retire_tag(actor=anna, at=NOON, tag_id=tag.pk)
    assert [one.name for one in tags(anna)] == ["other"]
    retire_tag(actor=anna, at=NOON, tag_id=tag.pk, retired=False)
    assert [one.name for one in tags(anna)] == ["Fair", "other"]


@pytest.mark.django_db
def test_whose_right_it_is_and_how_many(world: World) -> None:
    kama = firm(world, "Kama")
    with pytest.raises(Forbidden):
        put(world, kama, "x", by="Vera")
    lead = opened(world, by="Anna", company=kama, owner_id=world.people["Pavel"].pk)
    with pytest.raises(NotFound):
        tag_record(actor=world.actor("Marina"), at=NOON, kind="lead", pk=lead.pk, add=["x"])
    with pytest.raises(Invalid):
        put(world, kama, *(f"tag {number}" for number in range(31)))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "insert into tag_use (workspace_id, tag_id, at) select workspace_id, tag_id, at from tag_use",
        "insert into tag_use (workspace_id, tag_id, at, company_id) select workspace_id, tag_id, at, company_id from tag_use",
        "update tag_use set tag_id = uuidv7()",
        "update tag set color = 'pink'",
        "update tag set name_key = ''",
        "delete from tag",
    ],
)
def test_the_database_itself_refuses(world: World, statement: str) -> None:
    put(world, firm(world, "Kama"), "expo")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"{statement}; set constraints all immediate")
    assert TagUse.objects.count() == 1
