"""The words that people agree to."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from konveyer.domain.consent.models import ConsentText
from konveyer.domain.consent.rules.ledger import PURPOSES
from konveyer.domain.journal.operations import record
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.refusal import Invalid, Stale


def write_text(
    *, actor: Actor, at: datetime, purpose: str, language: str, title: str, body: str
) -> ConsentText:
    """The next version for the purpose and language; former ones stay for whoever agreed to them. Raises Invalid, Stale."""
    actor.require(Right.SETTINGS_MANAGE)
    if purpose not in PURPOSES or language not in ("ru", "en"):
        raise Invalid("consent_purpose", _("There is no such purpose."), fields={"purpose": "unknown"})
    for name, text in (("title", title), ("body", body)):
        if not text.strip():
            raise Invalid(
                "consent_text", _("A consent needs its title and its words."), fields={name: "empty"}
            )
    same = ConsentText.objects.filter(workspace_id=actor.workspace_id, purpose=purpose, language=language)
    last = same.aggregate(last=Max("number"))["last"] or 0
    try:
        with transaction.atomic():
            made = ConsentText.objects.create(
                workspace_id=actor.workspace_id, purpose=purpose, language=language, number=last + 1,
                title=title.strip()[:200], body=body.strip(), created_by_id=actor.member_id, created_at=at,
            )  # fmt: skip
            record(
                actor=actor, at=at, subject="consent_text", subject_id=made.pk, action="created",
                after={"name": made.title, "purpose": purpose, "language": language, "version": made.number},
            )  # fmt: skip
    except IntegrityError as twice:
        raise Stale(
            "consent_text_twice", _("Somebody wrote a new version at the same moment. Look at it first.")
        ) from twice
    return made
