"""Mailboxes: the addresses that letters go out from. Passwords go in and never come out."""

from datetime import datetime
from uuid import UUID

from ninja import Router, Schema, Status
from pydantic import Field

from konveyer.api.auth import ApiRequest
from konveyer.api.shapes import Given, Line, Name, Short
from konveyer.domain.delivery.models import Mailbox
from konveyer.domain.delivery.operations import mailboxes as operations
from konveyer.domain.delivery.operations.mailboxes import MailboxFacts
from konveyer.domain.delivery.operations.trials import ask_for_trial
from konveyer.domain.delivery.queries import mailboxes as queries
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
    state: str = Field(description="off, no_password, trying, untried, fails or works")
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


@router.delete("/mailboxes/{uuid:mailbox_id}", response={204: None}, summary="Remove a mailbox")
def delete_mailbox(request: ApiRequest, mailbox_id: UUID) -> Status[None]:
    """With its password."""
    operations.remove_mailbox(actor=request.actor, at=clock.now(), mailbox_id=mailbox_id)
    return Status(204, None)
