"""Tables of touches."""

from django.db import models
from django.db.models import Q

from konveyer.domain.leads.models import Lead, Task
from konveyer.domain.people.models import Company, Contact, ContactPoint
from konveyer.domain.workspace.models import Member
from konveyer.kit.rows import WorkspaceKey, WorkspaceRow, created_at, in_workspace

CHANNELS = ("call", "mail", "meeting", "webinar", "message", "letter")
OUTCOMES = (
    "no_answer",
    "busy",
    "wrong_number",
    "gatekeeper",
    "refusal",
    "later",
    "interest",
    "agreed",
    "do_not_call",
    "talked",
    "sent",
    "delivered",
    "replied",
    "held",
    "not_held",
)


class Touch(WorkspaceRow):
    """An attempt at, or an exchange with, a client. `counted` follows R6: an exchange, not a mere attempt.

    The number of a touch is never stored: it is its place among the counted ones by `happened_at`.
    """

    contact = WorkspaceKey(Contact, null=True, blank=True)
    company = WorkspaceKey(Company, null=True, blank=True)
    lead = WorkspaceKey(Lead, null=True, blank=True)
    task = WorkspaceKey(Task, null=True, blank=True)
    point = WorkspaceKey(ContactPoint, null=True, blank=True)
    member = WorkspaceKey(Member, null=True, blank=True)
    channel = models.CharField(max_length=8)
    direction = models.CharField(max_length=3)
    outcome = models.CharField(max_length=12)
    happened_at = models.DateTimeField()
    precision = models.CharField(max_length=6, default="second")
    seconds = models.PositiveIntegerField(null=True, blank=True)
    reached = models.BooleanField(default=False)
    counted = models.BooleanField(default=False)
    automatic = models.BooleanField(default=False)
    note = models.TextField(blank=True)
    history = models.BooleanField(default=False)
    created_at = created_at()

    class Meta:
        db_table = "touch"
        constraints = [
            in_workspace("touch"),
            models.CheckConstraint(condition=Q(channel__in=CHANNELS), name="touch_channel"),
            models.CheckConstraint(condition=Q(direction__in=["in", "out"]), name="touch_direction"),
            models.CheckConstraint(condition=Q(outcome__in=OUTCOMES), name="touch_outcome"),
            models.CheckConstraint(
                condition=Q(contact__isnull=False) | Q(company__isnull=False) | Q(lead__isnull=False),
                name="touch_with_somebody",
            ),
        ]
        indexes = [
            models.Index(
                fields=["workspace", "lead", "happened_at"],
                name="touch_of_lead",
                condition=Q(lead__isnull=False),
            ),
            models.Index(
                fields=["workspace", "contact", "happened_at"],
                name="touch_of_contact",
                condition=Q(contact__isnull=False),
            ),
            models.Index(
                fields=["workspace", "company"], name="touch_of_company", condition=Q(company__isnull=False)
            ),
            models.Index(fields=["workspace", "task"], name="touch_of_task", condition=Q(task__isnull=False)),
            models.Index(
                fields=["workspace", "point"], name="touch_of_point", condition=Q(point__isnull=False)
            ),
            models.Index(
                fields=["workspace", "member", "happened_at"],
                name="touch_of_member",
                condition=Q(member__isnull=False),
            ),
            models.Index(
                fields=["workspace", "happened_at"],
                name="touch_meeting_held",
                condition=Q(channel="meeting", outcome="held"),
            ),
        ]
