"""Setting mailboxes up. Passwords are sealed, written and never read back; another server does not get the old one."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from konveyer.domain.delivery.models import Mailbox, OutboxMessage
from konveyer.domain.delivery.operations.trials import ask_for_trial
from konveyer.domain.delivery.ports import NoAnswer, names
from konveyer.domain.delivery.queries.mailboxes import mailbox
from konveyer.domain.delivery.rules.outbox import QUEUED, WITHDRAWN
from konveyer.domain.delivery.rules.providers import OWN, PROVIDERS, domain_of, provider_of
from konveyer.domain.delivery.rules.settings import (
    read_address,
    read_limit,
    read_login,
    read_selector,
    read_server,
)
from konveyer.domain.hooks.ports import sealer
from konveyer.domain.journal.operations import changes, record
from konveyer.domain.people.rules.facts import one_line
from konveyer.domain.workspace.models import Member
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.refusal import Invalid, Refused

MOST = 500
TOLD = (
    "address", "name", "member_id", "provider", "login", "smtp_host", "smtp_port", "smtp_security", "imap_host", "imap_port",
    "imap_security", "selector", "active", "day_limit", "hour_limit", "gap",
)  # fmt: skip
SERVERS = ("smtp_host", "smtp_port", "smtp_security", "imap_host", "imap_port", "imap_security", "login")


@dataclass(frozen=True)
class MailboxFacts:
    """What is asked of a mailbox. Empty servers are those of the provider; an empty provider is told by the address,
    an empty login is the address, an empty password leaves the one that is kept."""

    address: str
    name: str
    password: str = field(default="", repr=False)
    provider: str = ""
    member_id: UUID | None = None
    login: str = ""
    smtp_host: str = ""
    smtp_port: int | None = None
    smtp_security: str = ""
    imap_host: str = ""
    imap_port: int | None = None
    imap_security: str = ""
    selector: str = ""
    active: bool = True
    day_limit: int = 40
    hour_limit: int = 15
    gap: int = 60


def add_mailbox(*, actor: Actor, at: datetime, facts: MailboxFacts) -> Mailbox:
    """Keep a mailbox and try it out. Raises Invalid, Refused, Forbidden without mailboxes.manage."""
    actor.require(Right.MAILBOXES_MANAGE)
    if Mailbox.objects.filter(workspace_id=actor.workspace_id).count() >= MOST:
        raise Refused("too_many", _("There are enough mailboxes already: remove one first."))
    row = Mailbox(workspace_id=actor.workspace_id, created_by_id=actor.member_id, created_at=at)
    _fill(row, actor, facts)
    if facts.password:
        row.sealed_password = sealer().seal(facts.password)
    _save(row)
    record(actor=actor, at=at, subject="mailbox", subject_id=row.pk, action="created", after=_told(row))
    if row.sealed_password and row.active:
        ask_for_trial(actor=actor, at=at, mailbox_id=row.pk)
    return row


def change_mailbox(*, actor: Actor, at: datetime, mailbox_id: UUID, facts: MailboxFacts) -> Mailbox:
    """Set everything of a mailbox. When a server or the login changes and no password is given, the kept one is
    forgotten: it was meant for the former server. Raises Invalid, Refused, NotFound, Forbidden."""
    row = mailbox(actor, mailbox_id)
    before, former = _told(row), row.sealed_password
    _fill(row, actor, facts)
    after = _told(row)
    if facts.password:
        row.sealed_password = sealer().seal(facts.password)
    elif any(before[name] != after[name] for name in SERVERS):
        row.sealed_password = ""
    _save(row)
    was, became = changes(before, after)
    if row.sealed_password != former:
        became["password"] = "given" if facts.password else "forgotten"
    if became:
        record(
            actor=actor,
            at=at,
            subject="mailbox",
            subject_id=row.pk,
            action="changed",
            before=was,
            after=became,
        )
    if row.sealed_password and row.active and set(became) & {*SERVERS, "password", "active", "address"}:
        ask_for_trial(actor=actor, at=at, mailbox_id=row.pk)
    return row


def remove_mailbox(*, actor: Actor, at: datetime, mailbox_id: UUID) -> None:
    """Forget the mailbox, its password and the letters that nobody got. Raises Refused when letters went from it,
    NotFound, Forbidden."""
    row = mailbox(actor, mailbox_id)
    before, letters = _told(row), OutboxMessage.objects.filter(workspace_id=actor.workspace_id, mailbox=row)
    if letters.exclude(state__in=[QUEUED, WITHDRAWN]).exists():
        raise Refused(
            "mailbox_used",
            _("Letters went from this mailbox and stay readable here: take it out of use instead."),
        )
    letters.delete()
    row.delete()
    record(actor=actor, at=at, subject="mailbox", subject_id=mailbox_id, action="removed", before=before)


def _fill(row: Mailbox, actor: Actor, facts: MailboxFacts) -> None:
    row.address = read_address(facts.address)
    row.name = one_line(facts.name)
    if not row.name or len(row.name) > 120:
        raise Invalid("name", _("Name whom the reader sees as the sender."), fields={"name": "invalid"})
    row.provider = facts.provider or _provider(row.address, facts)
    if row.provider not in {*PROVIDERS, OWN}:
        raise Invalid("provider", _("There is no such provider here."), fields={"provider": "invalid"})
    row.login = read_login(facts.login or row.address)
    known = PROVIDERS.get(row.provider)
    for way, preset in (("smtp", known.smtp if known else None), ("imap", known.imap if known else None)):
        asked = [getattr(facts, f"{way}_{part}") for part in ("host", "port", "security")]
        server = read_server(way, *asked, preset=preset)
        for part in ("host", "port", "security"):
            setattr(row, f"{way}_{part}", getattr(server, part))
    row.selector = read_selector(facts.selector or (known.selector if known else ""))
    row.member = _member(actor, facts.member_id)
    row.active = facts.active
    for name, most in (("day_limit", 100_000), ("hour_limit", 100_000), ("gap", 86_400)):
        setattr(row, name, read_limit(name, getattr(facts, name), most))


def _provider(address: str, facts: MailboxFacts) -> str:
    """By the address; a firm's own domain is asked who takes its mail, unless the servers are named."""
    by_address = provider_of(address)
    if by_address != OWN or (facts.smtp_host and facts.imap_host):
        return by_address
    try:
        return provider_of(address, names().exchangers(domain_of(address)))
    except NoAnswer:
        return OWN


def _member(actor: Actor, member_id: UUID | None) -> Member | None:
    if member_id is None:
        return None
    found = Member.objects.filter(workspace_id=actor.workspace_id, pk=member_id, active=True).first()
    if found is None:
        raise Invalid("member", _("There is no such member at work here."), fields={"member_id": "unknown"})
    return found


def _save(row: Mailbox) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if "mailbox_address" not in str(error):
            raise
        words = _("There is a mailbox with this address already.")
        raise Refused("mailbox_there", words, fields={"address": words}) from error


def _told(row: Mailbox) -> dict[str, Any]:
    return {name: getattr(row, name) for name in TOLD}
