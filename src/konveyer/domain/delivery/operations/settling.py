"""Writing down what came of letters that were claimed, and putting right what a dead worker left."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from konveyer.domain.delivery.models import Mailbox, OutboxMessage, OutboxRecipient
from konveyer.domain.delivery.ports import Handed, sent_journal
from konveyer.domain.delivery.rules import answers
from konveyer.domain.delivery.rules.answers import Meaning, meaning
from konveyer.domain.delivery.rules.limits import tomorrow
from konveyer.domain.delivery.rules.outbox import (
    ACCEPTED,
    AT_DOT,
    CLAIMED,
    QUEUED,
    REFUSED,
    UNKNOWN,
    wait_after,
)
from konveyer.domain.workspace.models import Workspace
from konveyer.kit import clock, tenancy
from konveyer.kit.live import announce

REST = timedelta(minutes=2)
EVIDENCE = timedelta(days=1)  # how long the local journal is asked about a letter of unknown fate


def settle(mailbox: Mailbox, message: OutboxMessage, handed: Handed) -> None:
    """The fate of one letter after a try. Only under the token of the claim: who comes late changes nothing."""
    if handed.stood_down:
        give_back([message], None, handed.said)
        return
    told = Meaning(answers.LATER) if handed.lost else meaning(handed.code, handed.said, handed.stage)
    with tenancy.enter(message.workspace_id):
        ours = _claimed(message).select_for_update().exists()
        if (
            ours or told.outcome == answers.ACCEPTED
        ):  # that it was taken is evidence, whoever holds the letter now
            _readers(message, handed, told)
            _decide(message, handed, told)
            announce(message.workspace_id, "mailbox", message.mailbox_id)
    stop_mailbox(mailbox, told, handed.said)


def _decide(message: OutboxMessage, handed: Handed, told: Meaning) -> None:
    if handed.lost and handed.stage == "body":
        _become(message, UNKNOWN, told, handed.said or "the connection broke before the answer came")
    elif told.outcome == answers.ACCEPTED:
        _accepted(message, handed)
    elif told.outcome == answers.REFUSED:
        _become(message, REFUSED, told, handed.said)
    else:
        _put_off(message, told, handed.said)


def give_back(messages: Iterable[OutboxMessage], told: Meaning | None, said: str) -> None:
    """Claimed letters into the queue again: put off when a try failed, at once when there was none."""
    for message in messages:
        with tenancy.enter(message.workspace_id):
            if told is not None and told.about == answers.TROUBLE:
                _put_off(message, told, said)
            else:
                _claimed(message).update(state=QUEUED, token=None, lease_until=None, said=said[:500])
            announce(message.workspace_id, "mailbox", message.mailbox_id)


def stop_mailbox(mailbox: Mailbox, told: Meaning, said: str) -> None:
    """A quota stops the mailbox until tomorrow; a word on reputation and a failed sign-in until a person has looked."""
    if told.about in (answers.QUOTA, answers.REPUTATION, answers.SIGN_IN):
        _stop(mailbox, told.about, said)


def rest(mailbox: Mailbox, said: str) -> None:
    """The server is not to be had: its letters are not tried one by one meanwhile."""
    _stop(mailbox, answers.TROUBLE, said)


def _stop(mailbox: Mailbox, about: str, said: str) -> None:
    now = clock.now()
    with tenancy.enter(mailbox.workspace_id):
        zone = Workspace.objects.values_list("timezone", flat=True).get(pk=mailbox.workspace_id)
        until = {answers.QUOTA: tomorrow(now, zone), answers.TROUBLE: now + REST}.get(about)
        rows = Mailbox.objects.filter(workspace_id=mailbox.workspace_id, pk=mailbox.pk)
        rows.update(stopped=about, stopped_until=until, stopped_said=said[:500])
        announce(mailbox.workspace_id, "mailbox", mailbox.pk)


def sweep(*, workspace_id: UUID, now: datetime) -> dict[str, int]:
    """Claims that ended: claimed letters go back to the queue; one at the dot has gone if the local journal says so, and
    else nobody knows. Returns how many became what."""
    with tenancy.enter(workspace_id):
        rows = OutboxMessage.objects.filter(workspace_id=workspace_id, lease_until__lt=now).select_for_update(
            skip_locked=True
        )
        back = rows.filter(state=CLAIMED).values_list("pk", flat=True)
        returned = OutboxMessage.objects.filter(workspace_id=workspace_id, pk__in=list(back)).update(
            state=QUEUED, token=None, lease_until=None
        )
        found = {QUEUED: returned, ACCEPTED: 0, UNKNOWN: 0}
        for message in rows.filter(state=AT_DOT):
            said = sent_journal().found(message.pk)
            state = ACCEPTED if said is not None else UNKNOWN
            words = said if said is not None else "the worker died after the letter had begun to go out"
            _become(message, state, Meaning(answers.ACCEPTED), words)
            _readers(
                message, Handed("body", 250 if state == ACCEPTED else 0, words), Meaning(answers.ACCEPTED)
            )
            found[state] += 1
            announce(workspace_id, "mailbox", message.mailbox_id)
        found[ACCEPTED] += _evidence(workspace_id, now)
        return found


def _evidence(workspace_id: UUID, now: datetime) -> int:
    """Letters of unknown fate of which the journal of this machine knows: another one had swept them meanwhile."""
    rows = OutboxMessage.objects.filter(
        workspace_id=workspace_id, state=UNKNOWN, settled_at__gt=now - EVIDENCE
    )
    settled = 0
    for message in rows:
        if (said := sent_journal().found(message.pk)) is not None:
            settled += rows.filter(pk=message.pk).update(state=ACCEPTED, said=said[:500])
            _readers(message, Handed("body", 250, said), Meaning(answers.ACCEPTED))
            announce(workspace_id, "mailbox", message.mailbox_id)
    return settled


def _accepted(message: OutboxMessage, handed: Handed) -> None:
    """Readers whom the server put off get the letter later. The receiver's 250 settles also what was swept meanwhile."""
    if [code for code, _said in handed.recipients.values() if 400 <= code < 500]:
        _put_off(message, Meaning(answers.LATER), "some of the readers were put off")
    elif not _become(message, ACCEPTED, Meaning(answers.ACCEPTED), handed.said):
        OutboxMessage.objects.filter(workspace_id=message.workspace_id, pk=message.pk, state=UNKNOWN).update(
            state=ACCEPTED, said=handed.said[:500]
        )


def _claimed(message: OutboxMessage) -> QuerySet[OutboxMessage]:
    return OutboxMessage.objects.filter(
        workspace_id=message.workspace_id, pk=message.pk, token=message.token, state__in=[CLAIMED, AT_DOT]
    )


def _become(message: OutboxMessage, state: str, told: Meaning, said: str) -> int:
    return _claimed(message).update(
        state=state, token=None, lease_until=None, due_at=None, settled_at=clock.now(), about=told.about if state == REFUSED else "",
        said=said[:500],
    )  # fmt: skip


def _put_off(message: OutboxMessage, told: Meaning, said: str) -> None:
    """A quota and a stopped mailbox are no attempts: the letter waits until the mailbox sends again."""
    counts = told.about == answers.TROUBLE
    wait = wait_after(message.attempts + 1) if counts else None
    if counts and wait is None:
        words = said or "given up: the server was not to be had for more than a day"
        if _become(message, REFUSED, told, words):
            _waiting(message).update(state="refused", said=words[:500])
        return
    now = clock.now()
    _claimed(message).update(
        state=QUEUED, token=None, lease_until=None, attempts=message.attempts + counts, due_at=now + wait if wait else now,
        about=told.about, said=said[:500],
    )  # fmt: skip


def _waiting(message: OutboxMessage) -> QuerySet[OutboxRecipient]:
    return OutboxRecipient.objects.filter(workspace_id=message.workspace_id, message=message, state="waiting")


def _readers(message: OutboxMessage, handed: Handed, told: Meaning) -> None:
    """What the server said to each address; those it took wait on while the letter itself is put off."""
    rows = _waiting(message)
    for address, (code, said) in handed.recipients.items():
        if meaning(code, said, "recipient").outcome == answers.REFUSED:
            rows.filter(address=address).update(
                state="refused", status=answers.enhanced(said), said=f"{code} {said}"[:500]
            )
    if handed.stage == "body" and not handed.lost and 200 <= handed.code < 300:
        taken = [address for address, (code, _said) in handed.recipients.items() if 200 <= code < 300]
        (rows.filter(address__in=taken) if handed.recipients else rows).update(
            state="accepted", said=handed.said[:500]
        )
    elif told.outcome == answers.REFUSED:
        rows.update(state="refused", status=told.status, said=f"{handed.code} {handed.said}"[:500])
