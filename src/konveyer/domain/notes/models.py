"""Tables of notes and files."""

from typing import Any

from django.db import models
from django.db.models import Q

from konveyer.domain.deals.models import Deal
from konveyer.domain.leads.models import Lead
from konveyer.domain.people.models import Company, Contact
from konveyer.domain.workspace.models import Member
from konveyer.kit.rows import WorkspaceKey, WorkspaceRow, created_at, in_workspace

SUBJECTS = ("contact", "company", "lead", "deal")


def of_one_record(table: str) -> models.CheckConstraint:
    """Exactly one of the four keys is filled."""
    condition = Q()
    for chosen in SUBJECTS:
        condition |= Q(**{f"{name}__isnull": name != chosen for name in SUBJECTS})
    return models.CheckConstraint(condition=condition, name=f"{table}_of_one_record")


def by_record(table: str) -> list[models.Index]:
    """An index per key, for the rows that use it."""
    return [
        models.Index(
            fields=["workspace", name, "-created_at"],
            name=f"{table}_of_{name}",
            condition=Q(**{f"{name}__isnull": False}),
        )
        for name in SUBJECTS
    ]


class OnRecord(WorkspaceRow):
    """Something kept on a contact, a company, a lead or a deal."""

    contact = WorkspaceKey(Contact, null=True, blank=True)
    company = WorkspaceKey(Company, null=True, blank=True)
    lead = WorkspaceKey(Lead, null=True, blank=True)
    deal = WorkspaceKey(Deal, null=True, blank=True)
    member = WorkspaceKey(Member, null=True, blank=True)
    created_at: Any = created_at()

    class Meta:
        abstract = True


class Note(OnRecord):
    """A text somebody of ours wrote down; never a touch."""

    body = models.TextField()
    history = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "note"
        constraints = [
            in_workspace("note"),
            of_one_record("note"),
            models.CheckConstraint(condition=~Q(body=""), name="note_filled"),
        ]
        indexes = by_record("note")


class File(OnRecord):
    """A file stored under a random name in KONVEYER_HOME/files."""

    name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    stored_as = models.CharField(max_length=80)

    class Meta:
        db_table = "file"
        constraints = [
            in_workspace("file"),
            of_one_record("file"),
            models.UniqueConstraint(fields=["workspace", "stored_as"], name="file_stored_as"),
        ]
        indexes = by_record("file")
