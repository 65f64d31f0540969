"""The lead and where it came from."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Cast, Coalesce

from konveyer.domain.catalog.models import LEVELS, Product
from konveyer.domain.conveyor.models import Conveyor, RefusalRoute, Stage, Version
from konveyer.domain.people.models import Company, Contact
from konveyer.domain.workspace.models import Member, Role
from konveyer.kit.rows import WorkspaceKey, WorkspaceRow, created_at, in_workspace

OPEN_STATES = ("open", "on_hold")
ON_BOARD = Q(state__in=("open", "won"), closed_at__isnull=True)


class Origin(WorkspaceRow):
    """A source of leads as it is reported: organic search, a fair, a recommendation."""

    key = models.CharField(max_length=120)
    name = models.CharField(max_length=120)

    class Meta:
        db_table = "origin"
        constraints = [
            in_workspace("origin"),
            models.UniqueConstraint(fields=["workspace", "key"], name="origin_key"),
        ]

    def __str__(self) -> str:
        return self.name


class EntryPage(WorkspaceRow):
    """The page through which a lead came, ours or somebody's: an address or an id from outside."""

    key = models.CharField(max_length=300)
    name = models.CharField(max_length=300)

    class Meta:
        db_table = "entry_page"
        constraints = [
            in_workspace("entry_page"),
            models.UniqueConstraint(fields=["workspace", "key"], name="entry_page_key"),
        ]

    def __str__(self) -> str:
        return self.name


class Lead(WorkspaceRow):
    """One pass of one contact or company through one conveyor towards one product level.

    `arrived_on` and `won_on` are the workspace's local days of `arrived_at` and `won_at`: reports count by
    them. `state` is fixed by the stage and by what happened: open, on_hold, won (the win point is passed,
    also while delivery goes on), lost. An open lead has an owner with a next task, or stands in a role's
    queue, whose next step is to sort it.
    `credit_from_deals`: the telemarketer and closer were read from a list of won deals, so nothing is known
    of theirs that was not won.
    """

    conveyor = WorkspaceKey(Conveyor)
    conveyor_version = WorkspaceKey(Version)
    stage = WorkspaceKey(Stage)
    level = models.CharField(max_length=10, default="core")
    state = models.CharField(max_length=8, default="open")
    contact = WorkspaceKey(Contact, null=True, blank=True)
    company = WorkspaceKey(Company, null=True, blank=True)
    title = models.CharField(max_length=200, blank=True)
    title_key = models.CharField(max_length=370)
    product = WorkspaceKey(Product, null=True, blank=True)
    expected_amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3)

    owner = WorkspaceKey(Member, null=True, blank=True)
    queue = WorkspaceKey(Role, null=True, blank=True)
    next_task = WorkspaceKey("leads.Task", null=True, blank=True)
    telemarketer = WorkspaceKey(Member, null=True, blank=True)
    closer = WorkspaceKey(Member, null=True, blank=True)
    credit_from_deals = models.BooleanField(default=False)

    origin = WorkspaceKey(Origin, null=True, blank=True)
    page = WorkspaceKey(EntryPage, null=True, blank=True)
    incoming = models.BooleanField(default=False)
    recommender = WorkspaceKey(Contact, null=True, blank=True)  # whose recommendation brought it (R36)
    self_reported = models.CharField(max_length=200, blank=True)
    second_reason = models.CharField(max_length=300, blank=True)
    parent = WorkspaceKey("leads.Lead", null=True, blank=True)  # the won lead this one follows (R16)

    arrived_at = models.DateTimeField()
    arrived_precision = models.CharField(max_length=6, default="second")
    arrived_on = models.DateField()
    entered_stage_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)  # SLA of the stage
    first_touch_at = models.DateTimeField(null=True, blank=True)
    won_at = models.DateTimeField(null=True, blank=True)
    won_precision = models.CharField(max_length=6, blank=True)
    won_on = models.DateField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    refusal = WorkspaceKey(RefusalRoute, null=True, blank=True)
    refusal_note = models.CharField(max_length=500, blank=True)
    wake_on = models.DateField(null=True, blank=True)
    temperature = models.CharField(max_length=6, default="cold")

    external_key = models.CharField(max_length=120, null=True, blank=True)
    history = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    created_at = created_at()
    # Minor units, -1 for unknown: what the list sorts by, since numbers of this type keep their index.
    amount_key = models.GeneratedField(
        expression=Coalesce(Cast(F("expected_amount") * 100, models.BigIntegerField()), -1),
        output_field=models.BigIntegerField(),
        db_persist=True,
    )

    class Meta:
        db_table = "lead"
        constraints = [
            in_workspace("lead"),
            models.UniqueConstraint(fields=["workspace", "external_key"], name="lead_external_key"),
            models.UniqueConstraint(
                fields=["workspace", "company", "conveyor", "level"],
                name="lead_one_open_per_company",
                condition=Q(state__in=OPEN_STATES, company__isnull=False, second_reason=""),
            ),
            models.UniqueConstraint(
                fields=["workspace", "contact", "conveyor", "level"],
                name="lead_one_open_per_contact",
                condition=Q(
                    state__in=OPEN_STATES, company__isnull=True, contact__isnull=False, second_reason=""
                ),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "on_hold", "won", "lost"]), name="lead_state"
            ),
            models.CheckConstraint(condition=Q(level__in=LEVELS), name="lead_level"),
            models.CheckConstraint(
                condition=~Q(state="open")
                | Q(queue__isnull=False)
                | Q(owner__isnull=False, next_task__isnull=False),
                name="lead_not_dropped",
            ),
            models.CheckConstraint(
                condition=~Q(state="on_hold") | Q(wake_on__isnull=False), name="lead_on_hold_wakes"
            ),
            models.CheckConstraint(
                condition=~Q(state="lost") | Q(closed_at__isnull=False, refusal__isnull=False),
                name="lead_lost_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(state="won", won_at__isnull=False, won_on__isnull=False)
                | (~Q(state="won") & Q(won_at__isnull=True, won_on__isnull=True)),
                name="lead_won_has_moment",
            ),
            models.CheckConstraint(
                condition=Q(temperature__in=["cold", "warm", "hot", "client", "vip"]), name="lead_temperature"
            ),
        ]
        indexes = [
            models.Index(fields=["workspace", "-arrived_at", "-id"], name="lead_by_time"),
            models.Index(
                fields=["workspace", "stage", "-arrived_at", "-id"],
                name="lead_by_stage",
                condition=Q(state="open"),
            ),
            models.Index(
                fields=["workspace", "owner", "-arrived_at", "-id"],
                name="lead_by_owner",
                condition=Q(owner__isnull=False),
            ),
            models.Index(
                fields=["workspace", "queue", "-arrived_at", "-id"],
                name="lead_in_queue",
                condition=Q(queue__isnull=False),
            ),
            models.Index(
                fields=["workspace", "company"], name="lead_of_company", condition=Q(company__isnull=False)
            ),
            models.Index(
                fields=["workspace", "contact"], name="lead_of_contact", condition=Q(contact__isnull=False)
            ),
            models.Index(
                fields=["workspace", "recommender"],
                name="lead_recommended",
                condition=Q(recommender__isnull=False),
            ),
            models.Index(
                fields=["workspace", "parent"], name="lead_of_parent", condition=Q(parent__isnull=False)
            ),
            models.Index(
                fields=["workspace", "next_task"], name="lead_of_task", condition=Q(next_task__isnull=False)
            ),
            models.Index(
                fields=["workspace", "origin", "-arrived_at"],
                name="lead_by_origin",
                condition=Q(origin__isnull=False),
            ),
            models.Index(
                fields=["workspace", "page", "-arrived_at"],
                name="lead_by_page",
                condition=Q(page__isnull=False),
            ),
            models.Index(
                fields=["workspace", "telemarketer", "-arrived_at"],
                name="lead_by_telemarketer",
                condition=Q(telemarketer__isnull=False),
            ),
            models.Index(
                fields=["workspace", "closer", "-arrived_at"],
                name="lead_by_closer",
                condition=Q(closer__isnull=False),
            ),
            models.Index(fields=["workspace", "title_key", "id"], name="lead_by_name"),
            models.Index(fields=["workspace", "amount_key", "id"], name="lead_by_amount"),
            models.Index(fields=["workspace", "arrived_on"], name="lead_by_day"),
            models.Index(
                fields=["workspace", "won_on"], name="lead_by_win", condition=Q(won_on__isnull=False)
            ),
            # The board: what stands in a stage and on whose desk, the most urgent first; and what it is worth, without the leads.
            models.Index(
                fields=["workspace", "stage", "due_at", "id"],
                name="lead_on_board",
                include=["first_touch_at", "level", "currency", "expected_amount", "product", "state"],
                condition=ON_BOARD,
            ),
            models.Index(
                fields=["workspace", "owner", "stage", "due_at", "id"],
                name="lead_on_desk",
                condition=ON_BOARD & Q(owner__isnull=False),
            ),
            models.Index(
                fields=["workspace", "stage", "due_at", "id"],
                name="lead_waiting",
                condition=ON_BOARD & Q(owner__isnull=True),
            ),
            models.Index(
                fields=["workspace", "arrived_at"],
                name="lead_unanswered",
                condition=Q(state="open", incoming=True, first_touch_at__isnull=True),
            ),
            models.Index(fields=["workspace", "wake_on"], name="lead_asleep", condition=Q(state="on_hold")),
            models.Index(
                fields=["workspace", "stage", "due_at", "id"],
                name="lead_untouched",
                condition=ON_BOARD & Q(first_touch_at__isnull=True),
            ),
            models.Index(
                fields=["workspace", "level", "stage", "due_at", "id"],
                name="lead_other_level",
                condition=ON_BOARD & ~Q(level="core"),
            ),
            models.Index(
                fields=["workspace", "telemarketer", "stage", "due_at", "id"],
                name="lead_brought",
                condition=ON_BOARD & Q(telemarketer__isnull=False),
            ),
            models.Index(
                fields=["workspace", "closer", "stage", "due_at", "id"],
                name="lead_closing",
                condition=ON_BOARD & Q(closer__isnull=False),
            ),
            models.Index(
                fields=["workspace", "due_at"],
                name="lead_due",
                condition=Q(state="open", due_at__isnull=False),
            ),
        ]
