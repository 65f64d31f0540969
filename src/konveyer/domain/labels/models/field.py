"""Fields of a workspace's own, and the values that records have in them."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from konveyer.domain.labels.models.tag import OF_ONE
from konveyer.domain.labels.rules.fields import FIELD_KINDS, SUBJECTS
from konveyer.domain.leads.models import Lead
from konveyer.domain.people.models import Company, Contact
from konveyer.kit.rows import WorkspaceKey, WorkspaceRow, created_at, in_workspace

TYPED = ("text", "number", "day", "yes", "option")
# Which of the typed columns a value of each kind fills.
COLUMN = {
    "text": "text", "long_text": "text", "link": "text", "number": "number", "money": "number", "date": "day",
    "yes": "yes", "choice": "option", "choices": "option",
}  # fmt: skip


def _only(column: str) -> Q:
    return Q(**{f"{name}__isnull": name != column for name in TYPED})


class CustomField(WorkspaceRow):
    """A field that this workspace added to companies, to people or to leads. `key` never changes: filters, files and
    the API name the field by it. Retired: its values stay and are shown, nobody is asked for it any more."""

    subject = models.CharField(max_length=8)
    key = models.CharField(max_length=40)
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=10)
    hint = models.CharField(max_length=200, blank=True)
    required = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)
    retired_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = created_at()

    class Meta:
        db_table = "custom_field"
        constraints = [
            in_workspace("custom_field"),
            models.UniqueConstraint(fields=["workspace", "subject", "key"], name="custom_field_key"),
            models.UniqueConstraint(
                fields=["workspace", "id", "subject", "kind"], name="custom_field_typed"
            ),  # what values refer to
            models.CheckConstraint(condition=Q(subject__in=SUBJECTS), name="custom_field_subject"),
            models.CheckConstraint(condition=Q(kind__in=FIELD_KINDS), name="custom_field_kind"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(key=""), name="custom_field_named"),
        ]

    def __str__(self) -> str:
        return self.name


class FieldOption(WorkspaceRow):
    """One of the answers that a field of choice offers. Retired: it stays where it was chosen."""

    field = WorkspaceKey(CustomField)
    name = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField(default=0)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "field_option"
        constraints = [
            in_workspace("field_option"),
            models.UniqueConstraint("workspace", "field", Lower("name"), name="field_option_name"),
            models.UniqueConstraint(fields=["workspace", "field", "id"], name="field_option_of_field"),
            models.CheckConstraint(condition=~Q(name=""), name="field_option_named"),
        ]

    def __str__(self) -> str:
        return self.name


class FieldValue(WorkspaceRow):
    """What one record has in one field; of a choice of several, a row for each. Empty fields have no row.

    `kind` and `subject` repeat those of the field: a key over all four columns holds them together, so that a check
    can say which typed column is filled. Money has its currency beside it.
    """

    field = WorkspaceKey(CustomField)
    kind = models.CharField(max_length=10)
    subject = models.CharField(max_length=8)
    company = WorkspaceKey(Company, null=True, blank=True)
    contact = WorkspaceKey(Contact, null=True, blank=True)
    lead = WorkspaceKey(Lead, null=True, blank=True)
    text = models.TextField(null=True, blank=True)
    number = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    day = models.DateField(null=True, blank=True)
    yes = models.BooleanField(null=True, blank=True)
    option = WorkspaceKey(FieldOption, null=True, blank=True)

    class Meta:
        db_table = "field_value"
        constraints = [
            in_workspace("field_value"),
            models.CheckConstraint(condition=OF_ONE, name="field_value_of_one"),
            models.CheckConstraint(
                condition=Q(subject="company", company__isnull=False)
                | Q(subject="contact", contact__isnull=False)
                | Q(subject="lead", lead__isnull=False),
                name="field_value_subject",
            ),
            *(
                models.CheckConstraint(condition=~Q(kind=kind) | _only(column), name=f"field_value_{kind}")
                for kind, column in COLUMN.items()
            ),
            models.CheckConstraint(
                condition=(Q(kind="money") & ~Q(currency="")) | (~Q(kind="money") & Q(currency="")),
                name="field_value_currency",
            ),
            models.CheckConstraint(condition=Q(text__isnull=True) | ~Q(text=""), name="field_value_filled"),
            *(
                models.UniqueConstraint(
                    fields=["workspace", subject, "field"],
                    name=f"field_value_once_{subject}",
                    condition=Q(**{f"{subject}__isnull": False}) & ~Q(kind="choices"),
                )
                for subject in SUBJECTS
            ),
            *(
                models.UniqueConstraint(
                    fields=["workspace", subject, "field", "option"],
                    name=f"field_value_each_{subject}",
                    condition=Q(kind="choices", **{f"{subject}__isnull": False}),
                )
                for subject in SUBJECTS
            ),
        ]
        indexes = [
            models.Index(fields=["workspace", "field", "option"], name="field_value_option", condition=Q(option__isnull=False)),
            models.Index(fields=["workspace", "field", "number"], name="field_value_number", condition=Q(number__isnull=False)),
            models.Index(fields=["workspace", "field", "day"], name="field_value_day", condition=Q(day__isnull=False)),
            models.Index(fields=["workspace", "field", "yes"], name="field_value_yes", condition=Q(yes__isnull=False)),
            models.Index(
                F("workspace"), F("field"), Lower(models.functions.Left("text", 100)),
                name="field_value_text", condition=Q(text__isnull=False),
            ),
        ]  # fmt: skip
