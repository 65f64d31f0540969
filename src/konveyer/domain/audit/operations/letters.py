"""The weekly letter: sent once a week to each reader, switched off by himself."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from konveyer.domain.audit.models import LetterChoice, SentLetter
from konveyer.domain.audit.ports import post
from konveyer.domain.audit.queries.letter import compose, may_read, readers
from konveyer.domain.journal.operations import record
from konveyer.domain.workspace.models import Member, Workspace
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.kit.refusal import Forbidden


@transaction.atomic
def send_letters(*, actor: Actor, at: datetime, address: str) -> int:
    """Send this week's letter to every reader who has not had it; how many went. `address`: of the audit's screen.

    The row says that it was handed to the post, in the transaction that hands it over: nobody gets two.
    """
    zone = ZoneInfo(Workspace.objects.only("timezone").get(pk=actor.workspace_id).timezone)
    today = at.astimezone(zone).date()
    monday = today - timedelta(days=today.weekday())
    sent = 0
    for member in readers(actor.workspace_id):
        if member.user is None:
            continue
        letter = compose(actor.workspace_id, member.user.language, address)
        if letter is None:
            return 0
        _row, new = SentLetter.objects.get_or_create(
            workspace_id=actor.workspace_id, member=member, week=monday, defaults={"sent_at": at, "codes": letter.codes}
        )  # fmt: skip
        if new:
            post().send(member.user.email, letter.subject, letter.text)
            sent += 1
    return sent


@transaction.atomic
def switch_letter(*, actor: Actor, at: datetime, off: bool) -> None:
    """Have the letter, or not. Raises Forbidden for who would not get it anyway."""
    rows = Member.objects.filter(workspace_id=actor.workspace_id)
    member = rows.filter(pk=actor.member_id).first() if actor.member_id else None
    if member is None or not may_read(member):
        raise Forbidden(
            "letter_of_others", _("The weekly letter goes to those who read the audit and give work.")
        )
    row, new = LetterChoice.objects.get_or_create(
        workspace_id=actor.workspace_id, member=member, defaults={"off": off}
    )  # fmt: skip
    if not new and row.off == off:
        return
    row.off = off
    row.save(update_fields=["off"])
    record(
        actor=actor, at=at, subject="member", subject_id=member.pk, action="letter_off" if off else "letter_on",
    )  # fmt: skip
