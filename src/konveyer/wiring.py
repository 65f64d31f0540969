"""The one map of who reacts to what: event → handlers, port → adapter."""

from pathlib import Path

from django.conf import settings

from konveyer.adapters.files.folder import FolderStore
from konveyer.adapters.mail_servers import DnsNames, SendingServers, SentLines
from konveyer.adapters.outbound import PinnedClient
from konveyer.adapters.post import SettingsPost
from konveyer.adapters.sealing import FernetSealer
from konveyer.adapters.tables.for_imports import FileTables
from konveyer.api import announcing
from konveyer.domain.audit import ports as audit
from konveyer.domain.delivery import ports as delivery
from konveyer.domain.hooks import ports as hooks
from konveyer.domain.imports import ports as imports
from konveyer.domain.leads.events import (
    HandoffAccepted,
    HandoffReturned,
    HandoffSent,
    LeadAskedAgain,
    LeadAssigned,
    LeadFactOf,
    LeadHeld,
    LeadJudged,
    LeadLost,
    LeadMoved,
    LeadNoted,
    LeadOpened,
    LeadReopened,
    LeadWoken,
    LeadWon,
)
from konveyer.domain.notes import ports
from konveyer.domain.people.events import CompanyRenamed, ContactRenamed
from konveyer.domain.staff.events import MemberLeaving, MemberLeft, ZoneChanged
from konveyer.domain.touches.events import TouchRecorded
from konveyer.domain.workspace.events import WorkspaceFounded
from konveyer.kit.events import subscribe


def plug() -> None:
    """Connect the parts; calling it again changes nothing. Django must be set up."""
    ports.use(FolderStore(Path(settings.HOME) / "files"))
    imports.plug(FileTables())
    audit.plug(SettingsPost())
    hooks.plug(
        sealer=FernetSealer(settings.SEAL_KEY),
        outbound=PinnedClient(private=settings.ALLOW_PRIVATE_HOOKS, frozen=settings.SENDING_FROZEN),
    )
    sent = SentLines(Path(settings.HOME) / "sent-journal")
    servers = SendingServers(
        private=settings.ALLOW_PRIVATE_MAIL, frozen=settings.SENDING_FROZEN, journal=sent
    )
    delivery.plug(servers=servers, names=DnsNames(), journal=sent)
    announcing.subscribe_all()
    subscribe(WorkspaceFounded, _install_presets)
    subscribe(MemberLeaving, _refuse_open_work)
    subscribe(MemberLeft, _end_sessions)
    subscribe(ZoneChanged, _rebuild_days)
    subscribe(LeadWon, _win_deal)
    subscribe(LeadWon, _next_level)
    subscribe(LeadLost, _lose_deal)
    subscribe(LeadHeld, _hold_deal)
    subscribe(LeadWoken, _reopen_deal)
    subscribe(LeadReopened, _reopen_deal)
    for event in LEAD_NEWS:
        subscribe(event, _refresh_screens)
    subscribe(LeadNoted, _note_lead)
    subscribe(LeadAskedAgain, _record_inquiry)
    subscribe(TouchRecorded, _refresh_after_touch)
    subscribe(CompanyRenamed, _company_renamed)
    subscribe(ContactRenamed, _contact_renamed)


LEAD_NEWS: tuple[type[LeadFactOf], ...] = (
    LeadOpened, LeadMoved, LeadJudged, LeadAssigned, LeadWon, LeadLost, LeadHeld, LeadWoken, LeadReopened, HandoffSent, HandoffAccepted,
    HandoffReturned,
)  # fmt: skip


def _refresh_screens(event: LeadFactOf) -> None:
    from konveyer.kit.live import announce

    announce(event.actor.workspace_id, "lead", event.lead_id)


def _refresh_after_touch(event: TouchRecorded) -> None:
    from konveyer.kit.live import announce

    if event.lead_id is not None:
        announce(event.actor.workspace_id, "lead", event.lead_id)


def _refuse_open_work(event: MemberLeaving) -> None:
    from konveyer.domain.leads.operations.leaving import on_leaving

    on_leaving(event)


def _end_sessions(event: MemberLeft) -> None:
    if event.user_id:
        from konveyer.web.sign_in.sessions import end_all

        end_all(event.user_id)


def _rebuild_days(event: ZoneChanged) -> None:
    from konveyer.domain.leads.operations.zone import on_zone

    on_zone(event)


def _install_presets(event: WorkspaceFounded) -> None:
    from konveyer.domain.conveyor.operations import install_presets

    install_presets(actor=event.actor, at=event.at, language=event.language)


def _win_deal(event: LeadWon) -> None:
    from konveyer.domain.deals.operations import win_deal_of_lead

    win_deal_of_lead(actor=event.actor, at=event.at, lead_id=event.lead_id)


def _next_level(event: LeadWon) -> None:
    from konveyer.domain.leads.operations import open_next_level

    open_next_level(actor=event.actor, at=event.at, lead_id=event.lead_id)


def _lose_deal(event: LeadLost) -> None:
    from konveyer.domain.deals.operations import lose_deal_of_lead

    lose_deal_of_lead(actor=event.actor, at=event.at, lead_id=event.lead_id, reason=event.reason)


def _hold_deal(event: LeadHeld) -> None:
    from konveyer.domain.deals.operations import hold_deal_of_lead

    hold_deal_of_lead(actor=event.actor, at=event.at, lead_id=event.lead_id, wake_on=event.wake_on)


def _reopen_deal(event: LeadReopened | LeadWoken) -> None:
    from konveyer.domain.deals.operations import reopen_deal_of_lead

    reopen_deal_of_lead(actor=event.actor, at=event.at, lead_id=event.lead_id)


def _note_lead(event: LeadNoted) -> None:
    from konveyer.domain.notes.operations import add_note
    from konveyer.domain.notes.rules.subject import Subject

    add_note(actor=event.actor, at=event.at, subject=Subject("lead", event.lead_id), body=event.text)


def _record_inquiry(event: LeadAskedAgain) -> None:
    from konveyer.domain.touches.operations import record_inquiry

    record_inquiry(actor=event.actor, at=event.at, lead_id=event.lead_id, note=event.text)


def _company_renamed(event: CompanyRenamed) -> None:
    from konveyer.domain.leads.operations.retitle import company_renamed

    company_renamed(
        workspace_id=event.actor.workspace_id, company_id=event.company_id, name_key=event.name_key
    )


def _contact_renamed(event: ContactRenamed) -> None:
    from konveyer.domain.leads.operations.retitle import contact_renamed

    contact_renamed(
        workspace_id=event.actor.workspace_id, contact_id=event.contact_id, name_key=event.name_key
    )
