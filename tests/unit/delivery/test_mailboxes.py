"""Mailboxes: kept with sealed passwords, tried out by the worker, told in words."""

import ssl
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from konveyer.adapters.mail_servers import DnsNames, SendingServers, SentLines
from konveyer.domain.delivery import ports
from konveyer.domain.delivery.models import Mailbox
from konveyer.domain.delivery.operations.mailboxes import (
    MailboxFacts,
    add_mailbox,
    change_mailbox,
    remove_mailbox,
)
from konveyer.domain.delivery.operations.trials import LEASE, ask_for_trial, try_waiting
from konveyer.domain.delivery.queries.mailboxes import mailboxes, records, state, steps
from konveyer.domain.journal.models import Entry
from konveyer.kit import tenancy
from konveyer.kit.refusal import Forbidden, Invalid, NotFound, Refused
from tests.mail_server import PASSWORD, Manners, closed_port, naming, serving
from tests.world import NOON, World

pytestmark = [pytest.mark.django_db, pytest.mark.shows("I4.mailboxes")]
YANDEX = MailboxFacts(address=" Anna@Yandex.ru", name="Anna  Belova", password=PASSWORD)


@pytest.fixture
def plugged(tmp_path: Path) -> Iterator[None]:
    """This once servers of this machine may be reached; no name server answers until a test says so."""
    was = ports._now.servers, ports._now.names, ports._now.journal
    ports.plug(
        servers=SendingServers(
            private=True,
            frozen=tmp_path / "frozen",
            journal=SentLines(tmp_path),
            tls=ssl.create_default_context(),
        ),
        names=DnsNames(["127.0.0.1"], closed_port()),
        journal=SentLines(tmp_path),
    )
    yield
    ports._now.servers, ports._now.names, ports._now.journal = was


def facts(smtp: int, imap: int, **more: object) -> MailboxFacts:
    return MailboxFacts(
        **{
            "address": "anna@firm.example", "name": "Anna", "password": PASSWORD, "provider": "own",
            "smtp_host": "127.0.0.1", "smtp_port": smtp, "smtp_security": "none",
            "imap_host": "127.0.0.1", "imap_port": imap, "imap_security": "none", **more,
        }  # type: ignore[arg-type]
    )  # fmt: skip


def add(world: World, wanted: MailboxFacts = YANDEX) -> Mailbox:
    return add_mailbox(actor=world.actor("Igor"), at=NOON, facts=wanted)


def test_the_provider_is_told_by_the_address(world: World) -> None:
    row = add(world)
    assert (row.address, row.name, row.login, row.provider) == (
        "anna@yandex.ru",
        "Anna Belova",
        "anna@yandex.ru",
        "yandex",
    )
    assert (row.smtp_host, row.smtp_port, row.smtp_security) == ("smtp.yandex.ru", 465, "tls")
    assert (row.imap_host, row.imap_port, row.imap_security) == ("imap.yandex.ru", 993, "tls")
    assert state(row) == "untried" or state(row) == "trying"


def test_a_firm_s_domain_is_asked_who_takes_its_mail(world: World, plugged: None) -> None:
    with naming({("firm.example", "MX"): ["10 emx.mail.ru."]}) as port:
        ports._now.names = DnsNames(["127.0.0.1"], port)
        row = add(world, MailboxFacts(address="anna@firm.example", name="Anna"))
    assert (row.provider, row.smtp_host, row.selector) == ("mailru", "smtp.mail.ru", "mailru")
    assert state(row) == "no_password"


def test_without_an_answer_the_servers_are_asked_for(world: World, plugged: None) -> None:
    with pytest.raises(Invalid) as refused:
        add(world, MailboxFacts(address="anna@firm.example", name="Anna"))
    assert "smtp_host" in refused.value.fields


def test_the_password_is_nowhere_to_be_read(world: World) -> None:
    row = add(world)
    assert PASSWORD not in row.sealed_password
    with connection.cursor() as cursor:
        cursor.execute("select row_to_json(m)::text from mailbox m")
        assert PASSWORD not in str(cursor.fetchall())
        cursor.execute("select coalesce(json_agg(e)::text, '') from journal_entry e")
        assert PASSWORD not in str(cursor.fetchall())
    assert PASSWORD not in repr(YANDEX)


def test_another_server_does_not_get_the_kept_password(world: World) -> None:
    row = add(world)
    kept = change_mailbox(
        actor=world.actor("Igor"), at=NOON, mailbox_id=row.pk, facts=MailboxFacts(address="anna@yandex.ru", name="Anna B.")
    )  # fmt: skip
    assert kept.sealed_password
    moved = change_mailbox(
        actor=world.actor("Igor"),
        at=NOON,
        mailbox_id=row.pk,
        facts=MailboxFacts(address="anna@yandex.ru", name="Anna B.", smtp_host="evil.example"),
    )
    assert moved.sealed_password == ""
    assert state(moved) == "no_password"
    entry = Entry.objects.filter(subject="mailbox", action="changed").order_by("-id").first()
    assert entry is not None
    assert entry.after == {"smtp_host": "evil.example", "password": "forgotten"}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"address": "anna@"}, "address"),
        ({"name": " "}, "name"),
        ({"provider": "aol"}, "provider"),
        ({"smtp_host": "https://smtp.yandex.ru"}, "smtp_host"),
        ({"imap_host": "imap yandex ru"}, "imap_host"),
        ({"smtp_port": 70000}, "smtp_port"),
        ({"imap_port": 22}, "imap_port"),
        ({"smtp_security": "ssl3"}, "smtp_security"),
        ({"login": "anna\r\nQUIT"}, "login"),
        ({"selector": "two words"}, "selector"),
        ({"member_id": uuid4()}, "member_id"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(
    world: World, wrong: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        add(world, MailboxFacts(**{"address": "anna@yandex.ru", "name": "Anna", **wrong}))  # type: ignore[arg-type]
    assert field in refused.value.fields
    assert not Mailbox.objects.exists()


def test_an_address_is_kept_once(world: World) -> None:
    add(world)
    with pytest.raises(Refused) as refused:
        add(world)
    assert refused.value.code == "mailbox_there"
    assert Mailbox.objects.count() == 1


def test_a_line_end_cannot_come_into_the_name(world: World) -> None:
    row = add(world, MailboxFacts(address="anna@yandex.ru", name="Anna\r\nBcc: all@firm.example"))
    assert row.name == "Anna Bcc: all@firm.example"


def test_who_may(world: World) -> None:
    row = add(world)
    for name in ("Alina", "Marina", "Vera", "Lev"):
        actor = world.actor(name)
        for act in (
            lambda: mailboxes(actor),  # noqa: B023
            lambda: add_mailbox(actor=actor, at=NOON, facts=YANDEX),  # noqa: B023
            lambda: ask_for_trial(actor=actor, at=NOON, mailbox_id=row.pk),  # noqa: B023
            lambda: remove_mailbox(actor=actor, at=NOON, mailbox_id=row.pk),  # noqa: B023
        ):
            with pytest.raises(Forbidden):
                act()
    assert [one.pk for one in mailboxes(world.actor("Anna"))] == [row.pk]
    with pytest.raises(NotFound):
        ask_for_trial(actor=world.actor("Igor"), at=NOON, mailbox_id=uuid4())


def test_the_worker_tries_what_waits(world: World, plugged: None) -> None:
    smtp, imap = Manners(), Manners(sign_in="NO Your account is not enabled for IMAP use")
    said = {
        ("firm.example", "MX"): ["10 mail.firm.example."],
        ("firm.example", "TXT"): ['"v=spf1 a:127.0.0.1 -all"'],
        ("_dmarc.firm.example", "TXT"): ['"v=DMARC1; p=none"'],
    }
    with ExitStack() as stack:
        ports._now.names = DnsNames(["127.0.0.1"], stack.enter_context(naming(said)))
        ports_of = [stack.enter_context(serving(kind, how)) for kind, how in (("smtp", smtp), ("imap", imap))]
        row = add(world, facts(*ports_of, selector="mail"))
        assert state(row) in {"trying", "untried"}
        assert try_waiting(workspace_id=world.workspace.pk, at=NOON) == 1
        row.refresh_from_db()
        assert state(row) == "fails"
        assert [step.failure for step in steps(row, "sending")] == [""] * 5
        assert [step.failure for step in steps(row, "reading")] == ["", "", "", "switched_off"]
        told = {one["kind"]: (one["state"], one["publish"]) for one in records(row)}
        assert told == {
            "mx": ("good", ""),
            "spf": ("good", ""),
            "dkim": ("missing", ""),
            "dmarc": ("weak", ""),
        }
        imap.sign_in = ""
        ask_for_trial(actor=world.actor("Igor"), at=NOON, mailbox_id=row.pk)
        assert try_waiting(workspace_id=world.workspace.pk, at=NOON) == 1
        row.refresh_from_db()
        assert state(row) == "works"
    assert try_waiting(workspace_id=world.workspace.pk, at=NOON) == 0


def test_silent_name_servers_are_said(world: World, plugged: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("konveyer.adapters.mail_servers.names.PATIENCE", 0.2)
    row = add(world, facts(closed_port(), closed_port()))
    try_waiting(workspace_id=world.workspace.pk, at=NOON)
    row.refresh_from_db()
    assert {one["state"] for one in records(row)} == {"unknown"}
    assert state(row) == "fails"


def test_a_trial_of_a_dead_worker_is_taken_up_again(
    world: World, plugged: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("konveyer.adapters.mail_servers.names.PATIENCE", 0.2)
    row = add(world, facts(closed_port(), closed_port()))
    Mailbox.objects.filter(pk=row.pk).update(trial="running", tried_at=NOON)
    assert try_waiting(workspace_id=world.workspace.pk, at=NOON + LEASE) == 0
    assert try_waiting(workspace_id=world.workspace.pk, at=NOON + LEASE + timedelta(seconds=1)) == 1


def test_the_table_holds_the_rules(world: World) -> None:
    row = add(world)
    for wrong in (
        {"smtp_port": 0},
        {"imap_security": "ssl"},
        {"login": ""},
        {"trial": "done", "tried_at": None},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Mailbox.objects.filter(pk=row.pk).update(**wrong)


def test_the_twin_sees_nothing(world: World) -> None:
    add(world)
    with tenancy.enter(world.twin.pk):
        assert not Mailbox.objects.exists()
