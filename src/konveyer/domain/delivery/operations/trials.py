"""Trying a mailbox out: asked for, taken up by the worker, done outside any transaction, written down."""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from konveyer.domain.delivery.models import DONE, RUNS, WAITS, Mailbox
from konveyer.domain.delivery.ports import Door, NoAnswer, names, servers
from konveyer.domain.delivery.queries.mailboxes import mailbox
from konveyer.domain.delivery.rules import domain_records
from konveyer.domain.delivery.rules.domain_records import Record
from konveyer.domain.delivery.rules.providers import PROVIDERS, domain_of, free
from konveyer.domain.delivery.rules.steps import Step
from konveyer.domain.hooks.ports import Unreadable, sealer
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.kit import tenancy
from konveyer.kit.enqueue import enqueue
from konveyer.kit.live import announce
from konveyer.kit.refusal import Refused

JOB = "delivery.try"
LEASE = timedelta(minutes=5)  # longer than a trial may take: one taken up before that is of a dead worker


def ask_for_trial(*, actor: Actor, at: datetime, mailbox_id: UUID) -> Mailbox:
    """Have the mailbox tried out; the worker does it. Raises Refused without a password, NotFound, Forbidden."""
    row = mailbox(actor, mailbox_id)
    if not row.sealed_password:
        raise Refused("no_password", _("No password is kept for this mailbox: give it first."))
    if row.trial not in (WAITS, RUNS):
        row.trial = WAITS
        row.save(update_fields=["trial"])
    enqueue(JOB, workspace_id=actor.workspace_id)
    return row


def try_waiting(*, workspace_id: UUID, at: datetime) -> int:
    """Try every mailbox that waits for it; returns how many. Opens its own transactions: call it outside one."""
    tried = 0
    while row := _take(workspace_id, at):
        steps = _steps(row)
        _write(row, at, steps, _records(row))
        tried += 1
    return tried


def _take(workspace_id: UUID, at: datetime) -> Mailbox | None:
    with tenancy.enter(workspace_id):
        rows = Mailbox.objects.filter(workspace_id=workspace_id).select_for_update(skip_locked=True)
        row = rows.filter(trial=WAITS).first() or rows.filter(trial=RUNS, tried_at__lt=at - LEASE).first()
        if row is not None:
            row.trial, row.tried_at = RUNS, at
            row.save(update_fields=["trial", "tried_at"])
        return row


def _steps(row: Mailbox) -> list[Step]:
    try:
        password = sealer().unseal(row.sealed_password)
    except Unreadable:
        return [Step(way, "sign_in", "sealed_otherwise") for way in ("sending", "reading")]
    smtp = Door(row.smtp_host, row.smtp_port, row.smtp_security, row.login, password)
    imap = Door(row.imap_host, row.imap_port, row.imap_security, row.login, password)
    return [*servers().try_sending(smtp, row.address), *servers().try_reading(imap)]


def _records(row: Mailbox) -> list[Record]:
    """MX, SPF, DKIM and DMARC of the address's domain; none for free addresses, of which the provider takes care."""
    if free(row.address):
        return []
    domain = domain_of(row.address)
    try:
        known = PROVIDERS.get(row.provider)
        include = known.include if known else ""
        return [
            domain_records.mx(domain, names().exchangers(domain)),
            domain_records.spf(domain, names().texts, include=include, host=row.smtp_host),
            domain_records.dkim(domain, names().texts, selector=row.selector),
            domain_records.dmarc(domain, names().texts, address=row.address),
        ]
    except NoAnswer:
        return [Record(kind, domain, "unknown", "silent") for kind in domain_records.KINDS]


def _write(row: Mailbox, at: datetime, steps: list[Step], records: list[Record]) -> None:
    with tenancy.enter(row.workspace_id):
        Mailbox.objects.filter(workspace_id=row.workspace_id, pk=row.pk, trial=RUNS).update(
            trial=DONE,
            tried_at=at,
            steps=[step.as_data() for step in steps],
            domain=[found.as_data() for found in records],
        )
        announce(row.workspace_id, "mailbox", row.pk)
