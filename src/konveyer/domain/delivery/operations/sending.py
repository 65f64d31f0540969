"""Sending what is due of one mailbox. Nothing is lost and nothing doubled, whatever dies when.

A letter is claimed under a token; just before its body goes out `at_dot` is committed under that token, in the same
statement that asks once more whether it may still go; after the receiver's 250 a line is written to the local journal,
then `accepted` is committed. What a dead worker left is put right by `sweep`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from konveyer.domain.delivery.models import Mailbox, OutboxMessage, OutboxRecipient
from konveyer.domain.delivery.operations.settling import give_back, rest, settle, stop_mailbox
from konveyer.domain.delivery.ports import Door, Handed, Line, NotOpened, servers
from konveyer.domain.delivery.queries.outbox import budget
from konveyer.domain.delivery.rules.answers import TROUBLE, meaning
from konveyer.domain.delivery.rules.composing import Draft, Unsound, compose
from konveyer.domain.delivery.rules.limits import next_letter
from konveyer.domain.delivery.rules.outbox import AT_DOT, CLAIMED, LEASE, QUEUED
from konveyer.domain.hooks.ports import Frozen, Unreadable, sealer
from konveyer.kit import clock, tenancy
from konveyer.kit.rows import only

AT_ONCE = 20  # letters of one connection, where no gap is asked between two


def send_due(*, workspace_id: UUID, mailbox_id: UUID) -> int:
    """Send the mailbox's due letters as far as its limits go; returns how many were tried. Call it outside a transaction."""
    tried = 0
    while claimed := _claim(workspace_id, mailbox_id, clock.now()):
        mailbox, messages = claimed
        tried += len(messages)
        if not _send(mailbox, messages):
            break
    return tried


def _claim(workspace_id: UUID, mailbox_id: UUID, now: datetime) -> tuple[Mailbox, list[OutboxMessage]] | None:
    """The row of the mailbox is locked meanwhile: two workers together do not overstep its limits."""
    with tenancy.enter(workspace_id):
        mailbox = only(Mailbox.objects.filter(workspace_id=workspace_id, pk=mailbox_id).select_for_update())
        if mailbox is None or not _sends(mailbox, now):
            return None
        due = OutboxMessage.objects.filter(
            workspace_id=workspace_id, mailbox=mailbox, state=QUEUED, due_at__lte=now
        )
        room = _room(mailbox, now)
        found = list(due.select_for_update(skip_locked=True).order_by("due_at", "id")[:room]) if room else []
        token = uuid4()
        for row in found:
            row.state, row.token, row.lease_until = CLAIMED, token, now + LEASE
        OutboxMessage.objects.bulk_update(found, ["state", "token", "lease_until"])
        return (mailbox, found) if found else None


def _sends(mailbox: Mailbox, now: datetime) -> bool:
    if mailbox.stopped_until and mailbox.stopped_until <= now:
        mailbox.stopped, mailbox.stopped_until, mailbox.stopped_said = "", None, ""
        mailbox.save(update_fields=["stopped", "stopped_until", "stopped_said"])
    return mailbox.active and bool(mailbox.sealed_password) and not mailbox.stopped


def _room(mailbox: Mailbox, now: datetime) -> int:
    """How many letters may go right now."""
    limits, used, zone = budget(mailbox, now)
    if next_letter(limits, used, now, zone).limit:
        return 0
    in_hour = sum(moment > now - timedelta(hours=1) for moment in used.moments)
    return 1 if limits.gap else min(AT_ONCE, limits.day - used.today, limits.hour - in_hour)


def _send(mailbox: Mailbox, messages: list[OutboxMessage]) -> bool:
    """Hand the claimed letters over; False when the mailbox is to rest."""
    waiting = list(messages)
    try:
        with _opened(mailbox) as line:
            while waiting and line.open:
                _hand_over(mailbox, waiting.pop(0), line)
    except NotOpened as problem:
        told = meaning(problem.code, problem.said, problem.stage)
        give_back(waiting, told, problem.said)
        stop_mailbox(mailbox, told, problem.said)
        if told.about == TROUBLE:
            rest(mailbox, problem.said)
        return False
    except Frozen:
        give_back(waiting, None, "sending is frozen")
        return False
    give_back(waiting, None, "")
    return True


@contextmanager
def _opened(mailbox: Mailbox) -> Iterator[Line]:
    try:
        password = sealer().unseal(mailbox.sealed_password)
    except Unreadable as error:
        raise NotOpened("sign_in", 535, "the kept password was sealed with another key") from error
    door = Door(mailbox.smtp_host, mailbox.smtp_port, mailbox.smtp_security, mailbox.login, password)
    with servers().sending(door) as line:
        yield line


def _hand_over(mailbox: Mailbox, message: OutboxMessage, line: Line) -> None:
    with tenancy.enter(message.workspace_id):
        rows = OutboxRecipient.objects.filter(
            workspace_id=message.workspace_id, message=message, state="waiting"
        )
        addresses = list(rows.order_by("address").values_list("address", flat=True))
    try:
        data = compose(_draft(message, addresses))
    except (Unsound, ValueError) as problem:
        settle(mailbox, message, Handed("composing", 554, f"the letter cannot be put together: {problem}"))
        return
    settle(
        mailbox,
        message,
        line.hand_over(message.pk, message.sender, addresses, data, lambda: _at_dot(message)),
    )


def _draft(message: OutboxMessage, addresses: list[str]) -> Draft:
    return Draft(
        message.message_id, clock.now(), message.sender_name, message.sender, addresses, message.subject, message.text,
        message.in_reply_to, message.references,
    )  # fmt: skip


def _at_dot(message: OutboxMessage) -> bool:
    """Commit that the body goes out now; False when the claim is lost or the letter may not go any more."""
    with tenancy.enter(message.workspace_id):
        rows = OutboxMessage.objects.filter(
            workspace_id=message.workspace_id, pk=message.pk, token=message.token, state=CLAIMED,
            mailbox__active=True, mailbox__stopped="",
        )  # fmt: skip
        return rows.update(state=AT_DOT, lease_until=clock.now() + LEASE) == 1
