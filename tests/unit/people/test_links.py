"""Who came through whom: links, circles, ends, merging; recommendations that bring leads."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from konveyer.domain.duplicates.operations import merge, undo_merge
from konveyer.domain.journal.models import Entry
from konveyer.domain.leads.models import Lead
from konveyer.domain.leads.operations import recommend
from konveyer.domain.notes.queries.people_lists import contacts
from konveyer.domain.notes.queries.recommended import Brought, brought
from konveyer.domain.notes.rules.base_filter import BaseFilter
from konveyer.domain.people.models import Contact, ContactLink
from konveyer.domain.people.operations import create_contact
from konveyer.domain.people.operations.links import end_link, link_contacts, remove_link
from konveyer.domain.people.queries.links import links_of
from konveyer.domain.people.rules.facts import PersonFacts
from konveyer.kit.refusal import Forbidden, Invalid, Stale
from tests.refusals import refused
from tests.unit.leads.test_thread import company, opened
from tests.world import NOON, World

pytestmark = pytest.mark.django_db


def person(world: World, name: str) -> Contact:
    return create_contact(actor=world.actor("Anna"), at=NOON, facts=PersonFacts(name))


def link(
    world: World, contact: Contact, by: Contact, kind: str = "recommended", who: str = "Anna"
) -> ContactLink:
    return link_contacts(actor=world.actor(who), at=NOON, contact_id=contact.pk, by_id=by.pk, kind=kind)


@pytest.mark.shows("I3.points", "R36")
def test_a_link_is_read_both_ways_and_stays_when_it_ends(world: World) -> None:
    anna, boris, vera = (person(world, name) for name in ("Anna", "Boris", "Vera"))
    first = link(world, boris, anna)
    link(world, vera, anna, "referred")
    assert [row.by for row in links_of(world.actor("Anna"), boris.pk).by] == [anna]
    assert {row.contact for row in links_of(world.actor("Anna"), anna.pk).through} == {boris, vera}
    end_link(actor=world.actor("Anna"), at=NOON, link_id=first.pk, ended_on=date(2026, 11, 1))
    assert [row.contact for row in links_of(world.actor("Anna"), anna.pk).through] == [
        vera,
        boris,
    ]  # ended ones last
    again = link(world, boris, anna)
    remove_link(actor=world.actor("Anna"), at=NOON, link_id=again.pk)
    assert ContactLink.objects.filter(contact=boris).count() == 1
    said = Entry.objects.filter(subject_id=anna.pk, action="linked").order_by("id").first()
    assert said is not None
    assert said.after["contact_id"] == str(boris.pk)


@pytest.mark.shows("I3.points")
def test_nobody_recommends_himself_and_no_circle_closes(world: World) -> None:
    one, two, three = (person(world, name) for name in ("One", "Two", "Three"))
    with pytest.raises(Invalid):
        link(world, one, one)
    link(world, two, one)
    link(world, three, two)
    with refused("link_circle"):
        link(world, one, three, "referred")
    with refused("linked"):
        link(world, two, one)
    with pytest.raises(Forbidden):
        link(world, three, one, who="Vera")


@pytest.mark.shows("I3.points", "R36")
def test_a_recommendation_is_a_source_of_its_own_and_is_counted(world: World) -> None:
    friend = person(world, "Friend")
    lead = opened(world, by="Anna", company=company(world, "Kama"))
    client = person(world, "Client")
    Lead.objects.filter(pk=lead.pk).update(contact=client)
    anna = world.actor("Anna")
    changed = recommend(actor=anna, at=NOON, lead_id=lead.pk, by_id=friend.pk, version=lead.version)
    assert (changed.recommender, changed.origin.key if changed.origin else "") == (friend, "recommendation")
    assert ContactLink.objects.get().contact == client
    assert brought(anna, friend.pk) == Brought(leads=1, won=0)
    assert {line.record.last_name: line.brought.leads for line in contacts(anna, BaseFilter()).lines} == {
        "Client": 0, "Friend": 1,
    }  # fmt: skip
    with pytest.raises(Stale):
        recommend(actor=anna, at=NOON, lead_id=lead.pk, by_id=None, version=lead.version)
    with refused("recommends_self"):
        recommend(actor=anna, at=NOON, lead_id=lead.pk, by_id=client.pk)
    assert recommend(actor=anna, at=NOON, lead_id=lead.pk, by_id=None).recommender_id is None
    assert brought(anna, friend.pk) == Brought()


@pytest.mark.shows("I3.points", "I3.duplicates")
def test_merging_two_who_are_linked_takes_the_link_away_and_brings_it_back(world: World) -> None:
    one, two = person(world, "Kudrin"), person(world, "Kudrina")
    made = link(world, two, one)
    merged = merge(actor=world.actor("Anna"), at=NOON, kind="contact", kept=one.pk, gone=[two.pk])[0]
    assert not ContactLink.objects.exists()
    undo_merge(actor=world.actor("Anna"), at=NOON, merge_id=merged.pk)
    assert (ContactLink.objects.get().pk, ContactLink.objects.get().contact_id) == (made.pk, two.pk)


@pytest.mark.parametrize(
    "statement",
    [
        "update contact_link set by_id = contact_id", "update contact_link set kind = 'liked'",
        "update contact_link set started_on = '2026-02-01', ended_on = '2026-01-01'",
        "insert into contact_link (workspace_id, contact_id, by_id, kind, note)"
        " select workspace_id, contact_id, by_id, kind, '' from contact_link",
    ],
)  # fmt: skip
def test_the_database_itself_refuses(world: World, statement: str) -> None:
    link(world, person(world, "One"), person(world, "Two"))
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
