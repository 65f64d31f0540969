"""Tables of consents. The database refuses to change an entry; a merge may give it to the record that stays."""

from django.db import models
from django.db.models import F, Q

from konveyer.domain.consent.rules.ledger import DONE, PURPOSES, SOURCES
from konveyer.domain.people.models import Contact, ContactPoint
from konveyer.domain.workspace.models import Member
from konveyer.kit.rows import WorkspaceKey, WorkspaceRow, created_at, in_workspace


class ConsentText(WorkspaceRow):
    """The words that people agree to: one version for one purpose in one language. Never changed; the next version follows."""

    purpose = models.CharField(max_length=12)
    language = models.CharField(max_length=2)
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    body = models.TextField()
    created_by = WorkspaceKey(Member, null=True, blank=True)
    created_at = created_at()

    class Meta:
        db_table = "consent_text"
        constraints = [
            in_workspace("consent_text"),
            models.UniqueConstraint(
                fields=["workspace", "purpose", "language", "number"], name="consent_text_number"
            ),
            models.CheckConstraint(condition=Q(purpose__in=PURPOSES), name="consent_text_purpose"),
            models.CheckConstraint(condition=Q(language__in=["ru", "en"]), name="consent_text_language"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(body=""), name="consent_text_filled"),
        ]

    def __str__(self) -> str:
        return self.title


class Consent(WorkspaceRow):
    """One entry of the ledger. `at` is when it happened, `created_at` when it was written down.

    `address` is the network address from which it came, `place` the page, form or paper; `point` None: whichever
    contact point. A consent names its text version; confirmations and withdrawals need none.
    """

    contact = WorkspaceKey(Contact)
    point = WorkspaceKey(ContactPoint, null=True, blank=True)
    purpose = models.CharField(max_length=12)
    done = models.CharField(max_length=9)
    text = WorkspaceKey(ConsentText, null=True, blank=True)
    source = models.CharField(max_length=8)
    place = models.CharField(max_length=300, blank=True)
    address = models.CharField(max_length=45, blank=True)
    note = models.CharField(max_length=300, blank=True)
    member = WorkspaceKey(Member, null=True, blank=True)
    at = models.DateTimeField()
    created_at = created_at()

    class Meta:
        db_table = "consent"
        constraints = [
            in_workspace("consent"),
            models.CheckConstraint(condition=Q(purpose__in=PURPOSES), name="consent_purpose"),
            models.CheckConstraint(condition=Q(done__in=DONE), name="consent_done"),
            models.CheckConstraint(condition=Q(source__in=SOURCES), name="consent_source"),
            models.CheckConstraint(
                condition=~Q(done="given") | Q(text__isnull=False), name="consent_has_text"
            ),
            models.CheckConstraint(condition=Q(at__lte=F("created_at")), name="consent_not_ahead"),
        ]
        indexes = [
            models.Index(fields=["workspace", "contact", "at", "id"], name="consent_of_contact"),
            models.Index(
                fields=["workspace", "point"], name="consent_of_point", condition=Q(point__isnull=False)
            ),
        ]
