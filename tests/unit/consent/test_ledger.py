"""The ledger of consents: what stands, what is refused, what the database holds."""

from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from konveyer.domain.consent.models import Consent, ConsentText
from konveyer.domain.consent.operations import confirm, give, withdraw, write_text
from konveyer.domain.consent.queries.ledger import entries, may_address, stands, texts
from konveyer.domain.duplicates.operations import merge, undo_merge
from konveyer.domain.journal.models import Entry
from konveyer.domain.people.models import Contact, PointUse
from konveyer.domain.people.operations import Typed, create_contact
from konveyer.domain.people.rules.facts import PersonFacts
from konveyer.kit.refusal import Forbidden, Invalid, NotFound, Refused
from tests.world import NOON, World

pytestmark = pytest.mark.django_db
LATER, LAST = NOON + timedelta(hours=1), NOON + timedelta(hours=2)


def text(world: World, purpose: str = "advertising", body: str = "I agree to letters.") -> ConsentText:
    return write_text(actor=world.system, at=NOON, purpose=purpose, language="en", title="Letters", body=body)


def roman(world: World) -> Contact:
    points = [Typed("email", "r@kama.example"), Typed("phone", "+7 912 345-67-89")]
    return create_contact(actor=world.system, at=NOON, facts=PersonFacts("Kudrin", "Roman"), points=points)


def agreed(world: World, contact: Contact, words: ConsentText, **more: object) -> Consent:
    given = {"source": "form", "place": "https://north.example/book", "address": "203.0.113.7", **more}
    return give(actor=world.actor("Alina"), at=LATER, contact_id=contact.pk, text_id=words.pk, **given)  # type: ignore[arg-type]


@pytest.mark.shows("I3.consent", "S10")
def test_given_confirmed_withdrawn_and_each_version_stays(world: World) -> None:
    contact, first = roman(world), text(world)
    second = text(world, body="I agree to letters and calls.")
    assert [(one.number, one.body) for one in texts(world.workspace.pk)] == [
        (2, second.body),
        (1, first.body),
    ]
    assert [one.pk for one in texts(world.workspace.pk, newest=True)] == [second.pk]
    assert not may_address(world.workspace.pk, contact.pk, "advertising")
    agreed(world, contact, first)
    assert may_address(world.workspace.pk, contact.pk, "advertising")
    assert not may_address(world.workspace.pk, contact.pk, "calls"), "each purpose apart"
    confirm(actor=world.system, at=LATER, contact_id=contact.pk, purpose="advertising", address="203.0.113.7")
    withdraw(
        actor=world.actor("Alina"),
        at=LAST,
        contact_id=contact.pk,
        purpose="advertising",
        source="mail",
        place="reply",
    )
    assert not may_address(world.workspace.pk, contact.pk, "advertising")
    ledger = [
        (one.done, one.source, one.place, one.address, one.text_id)
        for one in entries(world.workspace.pk, contact.pk)
    ]
    assert ledger == [
        ("given", "form", "https://north.example/book", "203.0.113.7", first.pk),
        ("confirmed", "mail", "", "203.0.113.7", None), ("withdrawn", "mail", "reply", "", None),
    ]  # fmt: skip
    (standing,) = stands(world.workspace.pk, contact.pk)
    assert (standing.given.text.body, standing.confirmed is not None, standing.withdrawn.at) == (
        first.body,
        True,
        LAST,
    )
    again = give(actor=world.system, at=LAST, contact_id=contact.pk, text_id=second.pk, source="form")
    assert may_address(world.workspace.pk, contact.pk, "advertising")
    assert stands(world.workspace.pk, contact.pk)[0].given == again
    told = list(
        Entry.objects.filter(subject_id=contact.pk, action__startswith="consent")
        .order_by("id")
        .values_list("action", flat=True)
    )
    assert told == ["consent_given", "consent_confirmed", "consent_withdrawn", "consent_given"]


@pytest.mark.shows("I3.consent")
def test_a_consent_may_be_for_one_address_alone(world: World) -> None:
    contact, words = roman(world), text(world)
    mail, phone = (use.point_id for use in PointUse.objects.filter(contact=contact).order_by("position"))
    agreed(world, contact, words, point_id=mail)
    assert may_address(world.workspace.pk, contact.pk, "advertising", mail)
    assert not may_address(world.workspace.pk, contact.pk, "advertising", phone)
    with pytest.raises(Refused):
        withdraw(actor=world.system, at=LAST, contact_id=contact.pk, purpose="advertising", source="call")
    withdraw(
        actor=world.system,
        at=LAST,
        contact_id=contact.pk,
        purpose="advertising",
        source="call",
        point_id=mail,
    )
    assert not may_address(world.workspace.pk, contact.pk, "advertising", mail)


@pytest.mark.shows("I3.consent", "I1.rights")
def test_what_is_refused(world: World) -> None:
    contact, words = roman(world), text(world)
    with pytest.raises(Forbidden):
        write_text(actor=world.actor("Anna"), at=NOON, purpose="calls", language="en", title="x", body="y")
    with pytest.raises(Forbidden):
        give(actor=world.actor("Vera"), at=NOON, contact_id=contact.pk, text_id=words.pk, source="form")
    other = PointUse.objects.get(contact=roman_again(world)).point_id
    for wrong, code in (
        ({"source": "paper", "place": " "}, "consent_place"), ({"source": "rumour"}, "consent_source"),
        ({"text_id": contact.pk}, "consent_text_unknown"), ({"given_at": LAST + timedelta(days=1)}, "consent_ahead"),
        ({"point_id": other}, "consent_point"),
    ):  # fmt: skip
        with pytest.raises(Invalid) as refused:
            give(
                **{
                    "actor": world.system,
                    "at": LAST,
                    "contact_id": contact.pk,
                    "text_id": words.pk,
                    "source": "form",
                    **wrong,
                }
            )  # type: ignore[arg-type]
        assert refused.value.code == code
    with pytest.raises(NotFound):
        give(actor=world.system, at=NOON, contact_id=words.pk, text_id=words.pk, source="form")
    with pytest.raises(Refused):
        withdraw(actor=world.system, at=LAST, contact_id=contact.pk, purpose="advertising", source="mail")
    for wrong in ({"purpose": "fun"}, {"language": "de"}, {"title": " "}, {"body": ""}):
        with pytest.raises(Invalid):
            write_text(
                **{
                    "actor": world.system,
                    "at": NOON,
                    "purpose": "calls",
                    "language": "en",
                    "title": "x",
                    "body": "y",
                    **wrong,
                }
            )  # type: ignore[arg-type]
    assert Consent.objects.count() == 0


def roman_again(world: World) -> Contact:
    return create_contact(
        actor=world.system,
        at=NOON,
        facts=PersonFacts("Kudrin", "Roman"),
        points=[Typed("email", "x@kama.example")],
    )


@pytest.mark.shows("I3.consent")
@pytest.mark.parametrize(
    "sql",
    [
        "update consent set at = at - interval '1 day'", "update consent set done = 'withdrawn'", "update consent set place = ''",
        "update consent_text set body = 'other words'", "truncate consent", "truncate consent_text cascade",
        "insert into consent (workspace_id, contact_id, purpose, done, source, place, address, note, at) select workspace_id, contact_id, purpose, 'given', source, '', '', '', at from consent limit 1",
        "insert into consent (workspace_id, contact_id, purpose, done, source, place, address, note, at) select workspace_id, contact_id, purpose, 'withdrawn', source, '', '', '', now() + interval '1 day' from consent limit 1",
    ],
)  # fmt: skip
def test_the_database_keeps_the_ledger(world: World, sql: str) -> None:
    agreed(world, roman(world), text(world))
    with pytest.raises((DatabaseError, IntegrityError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert entries(world.workspace.pk, Contact.objects.get().pk)[0].place == "https://north.example/book"


@pytest.mark.shows("I3.consent", "I3.duplicates")
def test_the_ledger_follows_a_merge_and_comes_back(world: World) -> None:
    kept, gone, words = roman(world), roman_again(world), text(world)
    agreed(world, gone, words)
    made = merge(actor=world.system, at=LAST, kind="contact", kept=kept.pk, gone=[gone.pk])[0]
    assert may_address(world.workspace.pk, kept.pk, "advertising")
    undo_merge(actor=world.system, at=LAST, merge_id=made.pk)
    assert not may_address(world.workspace.pk, kept.pk, "advertising")
    assert may_address(world.workspace.pk, gone.pk, "advertising")


def test_the_moment_of_a_former_day(world: World) -> None:
    made = agreed(world, roman(world), text(world), given_at=NOON - timedelta(days=2))
    assert isinstance(made.at, datetime)
    assert (made.at, made.created_at) == (NOON - timedelta(days=2), LATER)
