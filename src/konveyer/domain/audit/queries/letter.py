"""The weekly letter of one reader: what stands in it, who gets it."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import override

from konveyer.domain.audit.models import Finding, LetterChoice, Run
from konveyer.domain.audit.queries.checks import checks
from konveyer.domain.audit.queries.reading import evidence_of
from konveyer.domain.audit.rules import telling
from konveyer.domain.audit.rules.choosing import Candidate, choose, how_far
from konveyer.domain.audit.rules.verdict import WORST_FIRST, Verdict
from konveyer.domain.audit.rules.words import VERDICTS
from konveyer.domain.workspace.models import Member, Workspace
from konveyer.domain.workspace.queries import actor_of
from konveyer.domain.workspace.rules.rights import Right

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Letter:
    """A letter ready to go; `codes` of the findings in it."""

    subject: str
    text: str
    codes: list[str]


def compose(workspace_id: UUID, language: str, address: str) -> Letter | None:
    """From the last run, in the reader's language; None while nothing is bad or weak. `address`: of the audit's screen."""
    firm = Workspace.objects.only("name", "currency").get(pk=workspace_id)
    runs = Run.objects.filter(workspace_id=workspace_id, done_at__isnull=False).order_by("-done_at", "-pk")
    last = runs.first()
    if last is None or last.done_at is None:
        return None
    found = {
        row.code: row
        for row in Finding.objects.filter(workspace_id=workspace_id, run=last)
        if row.code in checks()
    }
    before = runs.filter(done_at__lte=last.done_at - WEEK + timedelta(hours=12)).first()
    rows = Finding.objects.filter(workspace_id=workspace_id, run=before) if before else Finding.objects.none()
    codes = choose(_candidates(found, {row.code: Verdict(row.verdict) for row in rows}))
    if not codes:
        return None
    with override(language):
        parts = [_told(found[code], language, firm.currency) for code in codes]
        subject = _("The audit of %(firm)s: what to look at this week") % {"firm": firm.name}
        foot = _("All findings: %(address)s\nYou can switch this letter off there.") % {"address": address}
        return Letter(subject, "\n\n".join([*parts, foot]) + "\n", codes)


def _candidates(found: dict[str, Finding], before: dict[str, Verdict]) -> list[Candidate]:
    return [
        Candidate(
            code, Verdict(row.verdict), how_far(row.measured, row.good),
            code in before and WORST_FIRST.index(Verdict(row.verdict)) < WORST_FIRST.index(before[code]),
            max((Decimal(str(value or 0)) for name, value in row.figures.items() if name == "stake_money"), default=Decimal(0)),
        )
        for code, row in found.items()
        if row.measured is not None
    ]  # fmt: skip


def _told(row: Finding, language: str, currency: str) -> str:
    check = checks()[row.code]
    verdict = Verdict(row.verdict)
    lines = [
        f"{check.title} ({check.rule}) – {VERDICTS[verdict]}",
        evidence_of(check, verdict, row.sample, row.figures, language, currency),
    ]
    if row.figures.get("stake_money"):
        sum_ = telling.figure(row.figures["stake_money"], "stake_money", language, currency)
        lines.append(_("At stake: %(sum)s.") % {"sum": sum_})
    return "\n".join([*lines, f"→ {check.action}"])


def may_read(member: Member) -> bool:
    """The letter is for who reads the audit and gives work: owner and head of sales."""
    actor = actor_of(member.pk, member.workspace_id)
    return actor.may(Right.AUDIT_READ) and actor.may(Right.LEADS_ASSIGN) and actor.seen_members is None


def wants(workspace_id: UUID, member_id: UUID) -> bool:
    """Whether he has not switched it off."""
    return not LetterChoice.objects.filter(workspace_id=workspace_id, member_id=member_id, off=True).exists()


def readers(workspace_id: UUID) -> list[Member]:
    """Who gets the letter, with their accounts."""
    off = LetterChoice.objects.filter(workspace_id=workspace_id, off=True).values("member_id")
    rows = Member.objects.filter(
        workspace_id=workspace_id, active=True, user__isnull=False, user__is_active=True
    )
    return [one for one in rows.exclude(pk__in=off).select_related("user").order_by("pk") if may_read(one)]
