"""The way of a letter: through every answer and every death of a worker, never lost and never doubled."""

import ssl
from collections.abc import Iterator
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from konveyer.adapters.mail_servers import DnsNames, SendingServers, SentLines
from konveyer.domain.delivery import ports
from konveyer.domain.delivery.models import Mailbox, OutboxMessage, OutboxRecipient
from konveyer.domain.delivery.operations import sending, settling
from konveyer.domain.delivery.operations.mailboxes import (
    MailboxFacts,
    add_mailbox,
    change_mailbox,
    remove_mailbox,
)
from konveyer.domain.delivery.operations.proving import let_send, send_test
from konveyer.domain.delivery.operations.queueing import (
    Letter,
    queue_letter,
    say_it_went,
    send_once_more,
    withdraw_letter,
)
from konveyer.domain.delivery.operations.settling import sweep
from konveyer.domain.delivery.queries.outbox import in_states, letters
from konveyer.domain.delivery.queries.why import why
from konveyer.domain.delivery.rules.outbox import LEASE, MOVES, STATES, WAITS
from konveyer.kit import clock
from konveyer.kit.refusal import Forbidden, Invalid, Refused
from tests.mail_server import PASSWORD, Manners, closed_port, serving
from tests.world import NOON, World

pytestmark = [pytest.mark.django_db, pytest.mark.shows("I4.outbox", "S6")]


class Wall:
    """A clock that the test moves."""

    now = NOON

    def __call__(self) -> datetime:
        return self.now

    def on(self, **by: float) -> datetime:
        self.now += timedelta(**by)
        return self.now


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch) -> Wall:
    made = Wall()
    monkeypatch.setattr(clock, "now", made)
    return made


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Path]:
    """Servers of this machine may be reached this once; the journal and the freeze stand in a folder of the test."""
    was = ports._now.servers, ports._now.names, ports._now.journal
    journal = SentLines(tmp_path / "sent")
    servers = SendingServers(
        private=True, frozen=tmp_path / "frozen", journal=journal, tls=ssl.create_default_context()
    )
    ports.plug(servers=servers, names=DnsNames(["127.0.0.1"], closed_port()), journal=journal)
    yield tmp_path
    ports._now.servers, ports._now.names, ports._now.journal = was


@pytest.fixture
def manners() -> Manners:
    return Manners()


@pytest.fixture
def box(world: World, wall: Wall, house: Path, manners: Manners) -> Iterator[Mailbox]:
    with serving("smtp", manners) as port:
        facts = MailboxFacts(
            address="anna@firm.example", name="Анна Белова, «Север»", password=PASSWORD, provider="own",
            smtp_host="127.0.0.1", smtp_port=port, smtp_security="none", imap_host="127.0.0.1", day_limit=1000,
            hour_limit=1000, gap=0,
        )  # fmt: skip
        yield add_mailbox(actor=world.actor("Igor"), at=NOON, facts=facts)


def queue(
    world: World,
    box: Mailbox,
    cause: str = "one",
    to: tuple[str, ...] = ("oleg@client.example",),
    **more: Any,
) -> OutboxMessage:
    wanted = Letter(
        cause=cause,
        purpose="service",
        to=to,
        **{"subject": "Привет", "text": "Добрый день!\n.\nконец\n", **more},
    )
    return queue_letter(actor=world.actor("Igor"), at=NOON, mailbox=box, wanted=wanted)


def send(box: Mailbox) -> int:
    return sending.send_due(workspace_id=box.workspace_id, mailbox_id=box.pk)


def state(row: OutboxMessage) -> str:
    row.refresh_from_db()
    return row.state


def readers(row: OutboxMessage) -> dict[str, str]:
    return dict(OutboxRecipient.objects.filter(message=row).values_list("address", "state"))


def test_a_letter_goes_whole(world: World, box: Mailbox, manners: Manners) -> None:
    row = queue(world, box)
    assert send(box) == 1
    assert (state(row), row.said, readers(row)) == (
        "accepted",
        "2.0.0 taken",
        {"oleg@client.example": "accepted"},
    )
    [raw] = manners.taken
    read = message_from_bytes(raw, policy=policy.default)
    assert read["From"].addresses[0].addr_spec == "anna@firm.example"
    assert read["To"] == "oleg@client.example"
    assert read["Subject"] == "Привет"
    assert read["Message-ID"] == row.message_id
    assert row.message_id.endswith(".konveyer@firm.example>")
    assert read.get_content().splitlines() == ["Добрый день!", ".", "конец"]
    assert send(box) == 0
    assert len(manners.taken) == 1


def test_one_cause_makes_one_letter(world: World, box: Mailbox, manners: Manners) -> None:
    assert queue(world, box).pk == queue(world, box, subject="Другое").pk
    send(box)
    assert queue(world, box).pk == OutboxMessage.objects.get().pk
    assert send(box) == 0
    assert len(manners.taken) == 1


# ---- answers of servers (F3) -------------------------------------------------------------------------------------------

PUT_OFF, GONE, NEVER, NOBODY_KNOWS = "queued", "accepted", "refused", "unknown"


@pytest.mark.shows("S7", "F3")
@pytest.mark.parametrize(
    ("how", "becomes", "stopped"),
    [
        ({"greeting": "421 4.3.2 too busy"}, PUT_OFF, "trouble"),
        ({"greeting": "554 5.3.2 no service"}, PUT_OFF, "trouble"),
        ({"hangs_up_after": "EHLO"}, PUT_OFF, "trouble"),
        ({"hangs_up_after": "AUTH"}, PUT_OFF, "trouble"),
        ({"hangs_up_after": "MAIL"}, PUT_OFF, ""),
        ({"hangs_up_after": "RCPT"}, PUT_OFF, ""),
        ({"hangs_up_after": "DATA"}, PUT_OFF, ""),
        ({"sign_in": "535 5.7.8 wrong"}, PUT_OFF, "sign_in"),
        ({"sign_in": "454 4.7.0 temporary failure"}, PUT_OFF, "trouble"),
        ({"offers": ("SIZE",)}, PUT_OFF, "sign_in"),
        ({"sender": "421 4.7.0 try later"}, PUT_OFF, ""),
        ({"sender": "451 4.3.0 local error"}, PUT_OFF, ""),
        ({"sender": "550 5.4.5 Daily user sending quota exceeded"}, PUT_OFF, "quota"),
        ({"sender": "452 4.5.3 too many messages today"}, PUT_OFF, "quota"),
        ({"sender": "550 5.7.1 your host is listed by a blocklist"}, PUT_OFF, "reputation"),
        ({"sender": "553 5.7.1 not owned by user"}, PUT_OFF, "sign_in"),
        ({"rcpt": "450 4.2.0 greylisted"}, PUT_OFF, ""),
        ({"rcpt": "451 4.7.1 please try again later"}, PUT_OFF, ""),
        ({"rcpt": "452 4.2.2 mailbox full"}, PUT_OFF, ""),
        ({"rcpt": "421 4.3.2 closing"}, PUT_OFF, ""),
        ({"rcpt": "550 5.1.1 user unknown"}, NEVER, ""),
        ({"rcpt": "550 user not found"}, NEVER, ""),
        ({"rcpt": "551 5.1.6 moved"}, NEVER, ""),
        ({"rcpt": "553 5.1.3 bad address"}, NEVER, ""),
        ({"rcpt": "552 5.2.2 mailbox full"}, NEVER, ""),
        ({"rcpt": "550 5.7.1 blocked by Spamhaus"}, NEVER, "reputation"),
        ({"rcpt": "550 5.4.5 sending limit exceeded"}, PUT_OFF, "quota"),
        ({"data": "421 4.3.2 shutting down"}, PUT_OFF, ""),
        ({"data": "451 4.3.0 disk full"}, PUT_OFF, ""),
        ({"data": "554 5.5.1 no valid recipients"}, NEVER, ""),
        ({"data": "554 5.7.1 spam not wanted"}, NEVER, "reputation"),
        ({"dot": ["421 4.3.2 shutting down"]}, PUT_OFF, ""),
        ({"dot": ["451 4.3.0 try again"]}, PUT_OFF, ""),
        ({"dot": ["452 4.3.1 out of space"]}, PUT_OFF, ""),
        ({"dot": ["550 5.7.1 message looks like spam"]}, NEVER, "reputation"),
        ({"dot": ["552 5.3.4 message too big"]}, NEVER, ""),
        ({"dot": ["554 5.6.0 bad content"]}, NEVER, ""),
        ({"dot": ["250 ok"]}, GONE, ""),
        ({"dot": ["cut"]}, NOBODY_KNOWS, ""),
        ({"dot": ["550 5.1.1 no such user here"]}, NEVER, ""),
        ({"dot": ["25"]}, NOBODY_KNOWS, ""),
        ({"dot": ["bye"]}, NOBODY_KNOWS, ""),
        ({"dot": ["354 once more"]}, NOBODY_KNOWS, ""),
    ],
)  # fmt: skip
def test_every_answer_has_its_state(
    world: World, box: Mailbox, manners: Manners, how: dict[str, Any], becomes: str, stopped: str
) -> None:
    if rcpt := how.pop("rcpt", ""):
        manners.readers = {"oleg@client.example": rcpt}
    for name, value in how.items():
        setattr(manners, name, value)
    row = queue(world, box)
    send(box)
    assert state(row) == becomes, row.said
    box.refresh_from_db()
    assert box.stopped == stopped
    assert row.said
    assert in_states(world.workspace.pk)[becomes] == sum(in_states(world.workspace.pk).values()) == 1


@pytest.mark.shows("F3")
def test_a_letter_put_off_is_tried_for_more_than_thirty_one_hours(
    world: World, box: Mailbox, manners: Manners, wall: Wall
) -> None:
    assert sum(WAITS, timedelta()) >= timedelta(hours=31)
    manners.readers = {"oleg@client.example": "451 4.7.1 later"}
    row, began, tried = queue(world, box), wall.now, 0
    while state(row) == "queued":
        assert row.due_at is not None
        wall.now = max(wall.now, row.due_at)
        tried += send(box)
    assert (state(row), tried) == ("refused", len(WAITS) + 1)
    assert wall.now - began >= timedelta(hours=31)
    assert readers(row) == {"oleg@client.example": "refused"}


def test_a_letter_goes_when_the_server_is_back(
    world: World, box: Mailbox, manners: Manners, wall: Wall
) -> None:
    manners.dot = ["451 4.3.0 try again", "421 4.3.2 busy"]
    row = queue(world, box)
    for minutes in (0, 5, 15):
        wall.on(minutes=minutes)
        send(box)
    assert state(row) == "accepted"
    assert row.attempts == 2
    assert len(manners.taken) == 1


def test_readers_are_told_apart(world: World, box: Mailbox, manners: Manners, wall: Wall) -> None:
    manners.readers = {"b@client.example": "550 5.1.1 unknown", "c@client.example": "450 4.2.0 greylisted"}
    row = queue(world, box, to=("a@client.example", "b@client.example", "c@client.example"))
    send(box)
    assert state(row) == "queued"
    assert readers(row) == {
        "a@client.example": "accepted",
        "b@client.example": "refused",
        "c@client.example": "waiting",
    }
    manners.readers, manners.heard = {}, []
    wall.on(minutes=5)
    send(box)
    assert state(row) == "accepted"
    assert [line for line in manners.heard if line.startswith("rcpt")] == ["rcpt TO:<c@client.example>"]
    assert readers(row)["b@client.example"] == "refused"


# ---- stopped mailboxes, limits -----------------------------------------------------------------------------------------


def test_a_quota_holds_the_mailbox_until_tomorrow(
    world: World, box: Mailbox, manners: Manners, wall: Wall
) -> None:
    manners.sender = "550 5.4.5 Daily sending quota exceeded"
    rows = [queue(world, box, cause=str(number)) for number in range(3)]
    send(box)
    manners.sender = ""
    assert send(box) == 0
    wall.on(hours=11, minutes=59)  # noon in Moscow: a minute is left of the day
    assert send(box) == 0
    wall.on(minutes=1)
    send(box)
    assert {state(row) for row in rows} == {"accepted"}
    assert {row.attempts for row in rows} == {0}


def test_a_word_on_reputation_waits_for_a_person(
    world: World, box: Mailbox, manners: Manners, wall: Wall
) -> None:
    manners.dot = ["554 5.7.1 rejected as spam"]
    first, second = queue(world, box, cause="1"), queue(world, box, cause="2")
    send(box)
    assert (state(first), state(second)) == ("refused", "queued")
    wall.on(days=3)
    assert send(box) == 0
    let_send(actor=world.actor("Igor"), at=wall.now, mailbox_id=box.pk)
    send(box)
    assert state(second) == "accepted"


@pytest.mark.shows("S3")
def test_limits_hold_letters_and_lose_none(world: World, box: Mailbox, manners: Manners, wall: Wall) -> None:
    Mailbox.objects.filter(pk=box.pk).update(day_limit=5, hour_limit=3, gap=60)
    for number in range(7):
        queue(world, box, cause=str(number))
    went: list[datetime] = []
    for _minute in range(26 * 60):
        before = len(manners.taken)
        send(box)
        went += [wall.now] * (len(manners.taken) - before)
        wall.on(minutes=1)
    minutes = [round((moment - NOON).total_seconds() / 60) for moment in went]
    assert minutes == [0, 1, 2, 60, 61, 720, 721]


@pytest.mark.shows("S3")
def test_why_not_sent_yet_and_when_next(world: World, box: Mailbox, manners: Manners, wall: Wall) -> None:
    Mailbox.objects.filter(pk=box.pk).update(hour_limit=2, gap=60)
    rows = [queue(world, box, cause=str(number), to=(f"r{number}@client.example",)) for number in range(4)]
    assert send(box) == 1
    told = {
        number: why(world.workspace.pk, f"r{number}@client.example", wall.now)[0][0] for number in range(4)
    }
    assert [(one.state, one.why) for one in told.values()] == [
        ("accepted", ""), ("queued", "gap"), ("queued", "hour"), ("queued", "hour"),
    ]  # fmt: skip
    for number in (1, 2, 3):
        moment = told[number].at
        assert moment is not None
        wall.now = moment - timedelta(seconds=1)
        assert send(box) == 0
        wall.now = moment
        assert send(box) == 1
        assert state(rows[number]) == "accepted"
    Mailbox.objects.filter(pk=box.pk).update(sealed_password="")
    assert [(one.why, one.at) for one in why(world.workspace.pk, "x@y.example", wall.now)[1]] == [
        ("no_password", None)
    ]


def test_frozen_sends_nothing(world: World, box: Mailbox, manners: Manners, house: Path) -> None:
    (house / "frozen").touch()
    row = queue(world, box)
    send(box)
    assert (state(row), manners.heard) == ("queued", [])
    (house / "frozen").unlink()
    send(box)
    assert state(row) == "accepted"


# ---- workers that die --------------------------------------------------------------------------------------------------


class Killed(BaseException):
    """The worker is gone."""


def killed(*_given: Any, **_named: Any) -> Any:
    raise Killed


@pytest.mark.shows("F1", "F2")
def test_a_worker_killed_before_the_dot_loses_and_doubles_nothing(
    world: World, box: Mailbox, manners: Manners, wall: Wall, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = queue(world, box)
    with monkeypatch.context() as patched:
        patched.setattr(sending, "_at_dot", killed)
        with pytest.raises(Killed):
            send(box)
    assert state(row) == "claimed"
    assert send(box) == 0
    wall.on(seconds=LEASE.total_seconds() + 1)
    assert sweep(workspace_id=world.workspace.pk, now=wall.now) == {"queued": 1, "accepted": 0, "unknown": 0}
    send(box)
    assert state(row) == "accepted"
    assert len(manners.taken) == 1


@pytest.mark.shows("F1", "F2")
@pytest.mark.parametrize("journal_there", [True, False])
def test_a_worker_killed_after_the_dot_leaves_a_letter_that_nobody_sends_again(
    world: World,
    box: Mailbox,
    manners: Manners,
    wall: Wall,
    house: Path,
    monkeypatch: pytest.MonkeyPatch,
    journal_there: bool,
) -> None:
    row = queue(world, box)
    with monkeypatch.context() as patched:
        patched.setattr(settling, "_accepted", killed)
        with pytest.raises(Killed):
            send(box)
    assert (state(row), len(manners.taken)) == ("at_dot", 1)
    if not journal_there:  # another machine died: its journal is not here
        for path in (house / "sent").glob("*"):
            path.unlink()
    wall.on(seconds=LEASE.total_seconds() + 1)
    found = sweep(workspace_id=world.workspace.pk, now=wall.now)
    assert found == {"queued": 0, "accepted": int(journal_there), "unknown": int(not journal_there)}
    assert state(row) == ("accepted" if journal_there else "unknown")
    wall.on(days=2)
    assert send(box) == 0
    assert len(manners.taken) == 1


def test_the_machine_that_sent_knows_what_another_swept(
    world: World, box: Mailbox, manners: Manners, wall: Wall, house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = queue(world, box)
    with monkeypatch.context() as patched:
        patched.setattr(settling, "_accepted", killed)
        with pytest.raises(Killed):
            send(box)
    wall.on(seconds=LEASE.total_seconds() + 1)
    here = ports._now.journal
    ports._now.journal = SentLines(house / "of another machine")
    sweep(workspace_id=world.workspace.pk, now=wall.now)
    assert state(row) == "unknown"
    ports._now.journal = here
    assert sweep(workspace_id=world.workspace.pk, now=wall.now)["accepted"] == 1
    assert (state(row), readers(row)) == ("accepted", {"oleg@client.example": "accepted"})


@pytest.mark.shows("F2")
def test_of_cut_letters_none_goes_again_until_a_person_says_so(
    world: World, box: Mailbox, manners: Manners, wall: Wall
) -> None:
    manners.dot = ["cut", "cut"]
    first, second = queue(world, box, cause="1"), queue(world, box, cause="2")
    while send(box):
        pass
    assert (state(first), state(second)) == ("unknown", "unknown")
    say_it_went(actor=world.actor("Igor"), at=wall.now, message_id=first.pk)
    send_once_more(actor=world.actor("Igor"), at=wall.now, message_id=second.pk)
    send(box)
    assert (state(first), state(second)) == ("accepted", "accepted")
    assert readers(first) == {"oleg@client.example": "accepted"}
    assert [message_from_bytes(raw)["Message-ID"] for raw in manners.taken] == [
        first.message_id, second.message_id, second.message_id,
    ]  # fmt: skip


@pytest.mark.shows("F9")
def test_a_worker_that_comes_late_writes_nothing_stale(
    world: World, box: Mailbox, manners: Manners, wall: Wall, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = queue(world, box)
    was = sending._at_dot

    def late(message: OutboxMessage) -> bool:
        monkeypatch.setattr(sending, "_at_dot", was)  # this once
        wall.on(seconds=LEASE.total_seconds() + 1)
        sweep(workspace_id=world.workspace.pk, now=wall.now)
        return was(message)

    monkeypatch.setattr(sending, "_at_dot", late)
    send(box)
    assert state(row) == "accepted"
    assert len(manners.taken) == 1  # the first time it stood down: the claim was not its own any more
    assert [line.split()[0] for line in manners.heard].count("DATA") == 2


@pytest.mark.shows("F9")
def test_a_refusal_that_comes_late_changes_nothing(
    world: World, box: Mailbox, manners: Manners, wall: Wall
) -> None:
    row = queue(world, box)
    stale = OutboxMessage.objects.get(pk=row.pk)
    stale.token = UUID(int=9)  # the claim of a worker that was swept up after
    settling.settle(
        box,
        stale,
        ports.Handed("recipient", 550, "5.1.1 unknown", {"oleg@client.example": (550, "5.1.1 unknown")}),
    )
    assert (state(row), readers(row)) == ("queued", {"oleg@client.example": "waiting"})


@pytest.mark.shows("F17", "S5")
def test_a_stop_before_the_dot_is_heeded(
    world: World, box: Mailbox, manners: Manners, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = queue(world, box)
    was = sending._at_dot

    def stopped_first(message: OutboxMessage) -> bool:
        Mailbox.objects.filter(pk=box.pk).update(active=False)
        return was(message)

    monkeypatch.setattr(sending, "_at_dot", stopped_first)
    send(box)
    assert (state(row), manners.taken) == ("queued", [])


def test_the_journal_passes_over_a_torn_line(tmp_path: Path) -> None:
    journal, known, torn = SentLines(tmp_path), UUID(int=1), UUID(int=2)
    journal.write(known, "250 ok\nnext")
    with next(tmp_path.glob("*.log")).open("ab") as file:
        file.write(f"{torn} 250 o".encode())
    assert journal.found(known) == "250 ok next"
    assert journal.found(torn) is None
    assert journal.found(UUID(int=3)) is None


# ---- people ------------------------------------------------------------------------------------------------------------


def test_a_waiting_letter_is_taken_back_and_a_gone_one_is_not(world: World, box: Mailbox) -> None:
    first, second = queue(world, box, cause="1"), queue(world, box, cause="2")
    withdraw_letter(actor=world.actor("Igor"), at=NOON, message_id=first.pk)
    send(box)
    assert (state(first), state(second)) == ("withdrawn", "accepted")
    for act in (withdraw_letter, say_it_went, send_once_more):
        with pytest.raises(Refused) as refused:
            act(actor=world.actor("Igor"), at=NOON, message_id=second.pk)
        assert refused.value.code == "moved_on"
        with pytest.raises(Forbidden):
            act(actor=world.actor("Marina"), at=NOON, message_id=second.pk)


def test_a_mailbox_whose_letters_went_stays(world: World, box: Mailbox) -> None:
    other = add_mailbox(
        actor=world.actor("Igor"), at=NOON, facts=MailboxFacts("b@yandex.ru", "B", password="x")
    )
    queue(world, other, cause="waits")
    remove_mailbox(actor=world.actor("Igor"), at=NOON, mailbox_id=other.pk)
    assert not OutboxMessage.objects.exists()
    queue(world, box)
    send(box)
    with pytest.raises(Refused) as refused:
        remove_mailbox(actor=world.actor("Igor"), at=NOON, mailbox_id=box.pk)
    assert refused.value.code == "mailbox_used"
    [one] = letters(world.actor("Igor"), box).rows
    assert [reader.address for reader in one.readers] == ["oleg@client.example"]


def test_a_test_letter_arrives(world: World, box: Mailbox, manners: Manners) -> None:
    row = send_test(actor=world.actor("Igor"), at=NOON, mailbox_id=box.pk, to=" Igor@North.example ")
    send(box)
    assert state(row) == "accepted"
    assert b"anna@firm.example" in manners.taken[0]
    change_mailbox(
        actor=world.actor("Igor"), at=NOON, mailbox_id=box.pk,
        facts=MailboxFacts(address="anna@firm.example", name="A", provider="own", smtp_host="other.example", imap_host="other.example"),
    )  # fmt: skip
    with pytest.raises(Refused):
        send_test(actor=world.actor("Igor"), at=NOON, mailbox_id=box.pk, to="igor@north.example")


@pytest.mark.parametrize(
    "wrong", [{"to": ("nobody",)}, {"subject": " \n "}, {"text": "\n"}, {"subject": "x" * 401}]
)
def test_what_cannot_be_sent_is_not_queued(world: World, box: Mailbox, wrong: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        queue(world, box, **wrong)
    assert not OutboxMessage.objects.exists()


@pytest.mark.shows("F26")
def test_no_header_comes_in_by_the_way(world: World, box: Mailbox, manners: Manners) -> None:
    row = queue(
        world, box, subject="Hello\r\nBcc: all@firm.example\r\n\r\nbody", in_reply_to="<a@b>\nX-Bad: 1"
    )
    good = queue(world, box, cause="two", subject="Hello\r\nBcc: all@firm.example")
    send(box)
    assert state(row) == "refused"  # a header with a line end in it cannot be put together
    assert state(good) == "accepted"
    [raw] = manners.taken
    assert message_from_bytes(raw).keys() == [
        "Date",
        "From",
        "To",
        "Subject",
        "Message-ID",
        "Content-Type",
        "Content-Transfer-Encoding",
        "MIME-Version",
    ]


def test_the_table_holds_the_states(world: World, box: Mailbox) -> None:
    row = queue(world, box)
    for wrong in (
        {"state": "claimed"},
        {"state": "accepted"},
        {"due_at": None},
        {"state": "lost"},
        {"purpose": "spam"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            OutboxMessage.objects.filter(pk=row.pk).update(**wrong)
    assert set(MOVES) == set(STATES)
    assert set().union(*MOVES.values()) <= set(STATES)
