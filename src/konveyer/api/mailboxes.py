"""Mailboxes: the addresses that letters go out from. Passwords go in and never come out."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Router, Schema, Status
from pydantic import Field

from konveyer.api.auth import ApiRequest
from konveyer.api.shapes import After, Given, Limit, Line, Listed, Name, Short, listed, opened
from konveyer.domain.delivery.models import Mailbox, OutboxMessage
from konveyer.domain.delivery.operations import mailboxes as operations
from konveyer.domain.delivery.operations import proving, queueing
from konveyer.domain.delivery.operations.mailboxes import MailboxFacts
from konveyer.domain.delivery.operations.trials import ask_for_trial
from konveyer.domain.delivery.queries import mailboxes as queries
from konveyer.domain.delivery.queries import outbox
from konveyer.kit import clock

router = Router(tags=["mailboxes"])


class StepOut(Schema):
    """One step of the last trial; `failure` is a code, empty when the step went well."""

    way: str
    step: str
    failure: str
    said: str


class RecordOut(Schema):
    """What the domain says in the DNS, and what to publish instead."""

    kind: str
    name: str
    state: str
    reason: str
    found: str
    publish: str


class MailboxOut(Schema):
    """A mailbox with what its last trial found."""

    id: UUID
    address: str
    name: str
    member_id: UUID | None
    provider: str
    login: str
    smtp_host: str
    smtp_port: int
    smtp_security: str
    imap_host: str
    imap_port: int
    imap_security: str
    selector: str
    active: bool
    day_limit: int
    hour_limit: int
    gap: int
    stopped: str
    stopped_until: datetime | None
    stopped_said: str
    state: str = Field(description="off, no_password, trying, stopped, untried, fails or works")
    tried_at: datetime | None
    steps: list[StepOut]
    domain: list[RecordOut]

    @staticmethod
    def resolve_state(row: Mailbox) -> str:
        """From the row and its last trial."""
        return queries.state(row)


class MailboxIn(Given):
    """Empty servers are those of the provider, an empty provider is told by the address, an empty password leaves the kept one."""

    address: Line
    name: Name
    password: Line = ""
    provider: Short = ""
    member_id: UUID | None = None
    login: Line = ""
    smtp_host: Line = ""
    smtp_port: int | None = Field(None, ge=1, le=65535)
    smtp_security: Short = ""
    imap_host: Line = ""
    imap_port: int | None = Field(None, ge=1, le=65535)
    imap_security: Short = ""
    selector: Short = ""
    active: bool = True
    day_limit: int = Field(40, ge=1, le=100_000)
    hour_limit: int = Field(15, ge=1, le=100_000)
    gap: int = Field(60, ge=0, le=86_400, description="seconds between two letters")


class LetterReaderOut(Schema):
    """One reader of a letter."""

    address: str
    state: str
    status: str
    said: str


class OutboxLetterOut(Schema):
    """A letter of the outbox."""

    id: UUID
    mailbox_id: UUID
    purpose: str
    message_id: str
    subject: str
    state: str = Field(description="queued, claimed, at_dot, accepted, refused, unknown or withdrawn")
    due_at: datetime | None
    attempts: int
    about: str
    said: str
    created_at: datetime
    settled_at: datetime | None


class OutboxLetterWithReaders(OutboxLetterOut):
    """With what the server said to each address."""

    readers: list[LetterReaderOut]


class TestLetterIn(Given):
    """Where the test letter goes."""

    to: Line


class LetterSettleIn(Given):
    """What a person says of the letter."""

    say: Literal["went", "again", "back"] = Field(description="it arrived; send it again; take it back")


@router.get("/mailboxes", response=list[MailboxOut], summary="Mailboxes")
def list_mailboxes(request: ApiRequest) -> list[Mailbox]:
    """By address."""
    return queries.mailboxes(request.actor)


@router.post("/mailboxes", response={201: MailboxOut}, summary="Keep a mailbox")
def post_mailbox(request: ApiRequest, body: MailboxIn) -> Status[Mailbox]:
    """It is tried out at once when a password is given."""
    facts = MailboxFacts(**body.dict())
    return Status(201, operations.add_mailbox(actor=request.actor, at=clock.now(), facts=facts))


@router.get("/mailboxes/{uuid:mailbox_id}", response=MailboxOut, summary="A mailbox")
def get_mailbox(request: ApiRequest, mailbox_id: UUID) -> Mailbox:
    """With what its last trial found."""
    return queries.mailbox(request.actor, mailbox_id)


@router.put("/mailboxes/{uuid:mailbox_id}", response=MailboxOut, summary="Change a mailbox")
def put_mailbox(request: ApiRequest, mailbox_id: UUID, body: MailboxIn) -> Mailbox:
    """All of it. Another server or login without a password forgets the kept one."""
    facts = MailboxFacts(**body.dict())
    return operations.change_mailbox(actor=request.actor, at=clock.now(), mailbox_id=mailbox_id, facts=facts)


@router.post("/mailboxes/{uuid:mailbox_id}/trial", response={202: MailboxOut}, summary="Try a mailbox out")
def post_trial(request: ApiRequest, mailbox_id: UUID) -> Status[Mailbox]:
    """Asked for; look at the mailbox until its state is no longer `trying`."""
    return Status(202, ask_for_trial(actor=request.actor, at=clock.now(), mailbox_id=mailbox_id))


@router.post(
    "/mailboxes/{uuid:mailbox_id}/test-letter", response={202: OutboxLetterOut}, summary="Send a test letter"
)
def post_test_letter(request: ApiRequest, mailbox_id: UUID, body: TestLetterIn) -> Status[OutboxMessage]:
    """Queued; look at the letters of the mailbox for what comes of it."""
    at = clock.now()
    return Status(202, proving.send_test(actor=request.actor, at=at, mailbox_id=mailbox_id, to=body.to))


@router.post("/mailboxes/{uuid:mailbox_id}/go-on", response=MailboxOut, summary="Let a stopped mailbox send")
def post_go_on(request: ApiRequest, mailbox_id: UUID) -> Mailbox:
    """After a look at why it was stopped."""
    return proving.let_send(actor=request.actor, at=clock.now(), mailbox_id=mailbox_id)


@router.get(
    "/mailboxes/{uuid:mailbox_id}/letters",
    response=Listed[OutboxLetterWithReaders],
    summary="Letters of a mailbox",
)
def list_letters(
    request: ApiRequest, mailbox_id: UUID, after: After | None = None, limit: Limit = 50
) -> dict[str, Any]:
    """Newest first."""
    row = queries.mailbox(request.actor, mailbox_id)
    page = outbox.letters(request.actor, row, after=opened(after, "letters"), size=limit)
    return listed(page.rows, _with_readers, page.after, "letters")


@router.post("/letters/{uuid:message_id}/settle", response=OutboxLetterOut, summary="Decide on a letter")
def post_settle(request: ApiRequest, message_id: UUID, body: LetterSettleIn) -> OutboxMessage:
    """A letter of unknown fate arrived or goes again; a waiting one is taken back. Refused when it has moved on."""
    decide = {
        "went": queueing.say_it_went,
        "again": queueing.send_once_more,
        "back": queueing.withdraw_letter,
    }[body.say]
    return decide(actor=request.actor, at=clock.now(), message_id=message_id)


@router.delete("/mailboxes/{uuid:mailbox_id}", response={204: None}, summary="Remove a mailbox")
def delete_mailbox(request: ApiRequest, mailbox_id: UUID) -> Status[None]:
    """With its password."""
    operations.remove_mailbox(actor=request.actor, at=clock.now(), mailbox_id=mailbox_id)
    return Status(204, None)


def _with_readers(one: outbox.Written) -> OutboxLetterWithReaders:
    readers = [LetterReaderOut.from_orm(reader) for reader in one.readers]
    return OutboxLetterWithReaders(**OutboxLetterOut.from_orm(one.letter).dict(), readers=readers)
