"""Tables of the conveyor as drawn."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from konveyer.domain.workspace.models import Member, Role
from konveyer.kit.rows import WorkspaceKey, WorkspaceRow, created_at, in_workspace


class Conveyor(WorkspaceRow):
    """A way from stranger to client. Its stages live in versions; new leads take the live one."""

    code = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField(default=0)
    active = models.BooleanField(default=True)
    created_at = created_at()

    class Meta:
        db_table = "conveyor"
        constraints = [
            in_workspace("conveyor"),
            models.UniqueConstraint(fields=["workspace", "code"], name="conveyor_code"),
        ]

    def __str__(self) -> str:
        return self.name


class Version(WorkspaceRow):
    """The conveyor as it stood from one day on. Published versions never change; at most one is live, one a draft.

    `revision` counts the savings of a draft: who saves over somebody's change is told.
    """

    conveyor = WorkspaceKey(Conveyor)
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=7, default="draft")
    revision = models.PositiveIntegerField(default=1, db_default=1)
    published_at = models.DateTimeField(null=True, blank=True)
    created_at = created_at()

    class Meta:
        db_table = "conveyor_version"
        constraints = [
            in_workspace("conveyor_version"),
            models.UniqueConstraint(
                fields=["workspace", "conveyor", "number"], name="conveyor_version_number"
            ),
            models.UniqueConstraint(
                fields=["workspace", "conveyor"], name="conveyor_one_live_version", condition=Q(state="live")
            ),
            models.UniqueConstraint(
                fields=["workspace", "conveyor"], name="conveyor_one_draft", condition=Q(state="draft")
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "live", "retired"]), name="conveyor_version_state"
            ),
        ]


class Stage(WorkspaceRow):
    """One step: one owner role, one result, what we give and what we get.

    `key` stays the same through renaming and through versions. Passing the stage marked `win_point` sets
    the lead won; stages after it are delivery. `sla_hours` are working hours; None means no limit.
    """

    conveyor_version = WorkspaceKey(Version, related_name="stages")
    key = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField()
    role = WorkspaceKey(Role)
    helper_codes = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    result = models.CharField(max_length=200, blank=True)
    give = models.CharField(max_length=200, blank=True)
    get = models.CharField(max_length=200, blank=True)
    sla_hours = models.PositiveIntegerField(null=True, blank=True)
    wip_limit = models.PositiveIntegerField(null=True, blank=True)
    win_point = models.BooleanField(default=False)

    class Meta:
        db_table = "stage"
        constraints = [
            in_workspace("stage"),
            models.UniqueConstraint(fields=["workspace", "conveyor_version", "key"], name="stage_key"),
            models.UniqueConstraint(
                fields=["workspace", "conveyor_version", "position"],
                name="stage_position",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(
                fields=["workspace", "conveyor_version"],
                name="stage_one_win_point",
                condition=Q(win_point=True),
            ),
        ]
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name


class GateCondition(WorkspaceRow):
    """What must be known before a lead may leave the stage forward. Gates ask nobody: they read lead facts.

    `fact` is the kind of LeadFact that answers; `ask` says how the gate dialog asks for it. With `expected`
    the fact must equal it (a code word, a yes). `number` is the least count for counting conditions.
    """

    stage = WorkspaceKey(Stage, on_delete=models.CASCADE, related_name="gate")
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=20)
    fact = models.CharField(max_length=60)
    label = models.CharField(max_length=200)
    hint = models.CharField(max_length=300, blank=True)
    ask = models.CharField(max_length=8, default="text")
    choices = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    expected = models.CharField(max_length=200, blank=True)
    number = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)

    class Meta:
        db_table = "gate_condition"
        constraints = [
            in_workspace("gate_condition"),
            models.UniqueConstraint(fields=["workspace", "stage", "fact"], name="gate_condition_fact"),
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        "filled",
                        "questionnaire",
                        "code_word",
                        "touches",
                        "meeting_held",
                        "qualified",
                        "document_signed",
                        "invoice_paid",
                    ]
                ),
                name="gate_condition_kind",
            ),
            models.CheckConstraint(
                condition=Q(ask__in=["text", "choice", "number", "date", "yes", "nothing"]),
                name="gate_condition_ask",
            ),
        ]
        ordering = ["position"]


class RefusalRoute(WorkspaceRow):
    """Where a lead goes when it does not go on: a reason with a destination."""

    conveyor_version = WorkspaceKey(Version, related_name="refusals")
    code = models.CharField(max_length=40)
    label = models.CharField(max_length=120)
    destination = models.CharField(max_length=14)
    to_conveyor = WorkspaceKey(Conveyor, null=True, blank=True)
    rest_days = models.PositiveIntegerField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        db_table = "refusal_route"
        constraints = [
            in_workspace("refusal_route"),
            models.UniqueConstraint(
                fields=["workspace", "conveyor_version", "code"], name="refusal_route_code"
            ),
            models.CheckConstraint(
                condition=Q(destination__in=["nurture", "other_conveyor", "disqualified", "lost"]),
                name="refusal_route_destination",
            ),
            models.CheckConstraint(
                condition=~Q(destination="other_conveyor") | Q(to_conveyor__isnull=False),
                name="refusal_route_has_conveyor",
            ),
        ]
        ordering = ["position"]


class StageMap(WorkspaceRow):
    """What became of the leads inside when a version was published: a former stage and where its leads went.

    `to_stage` null: they stay to the end in the version they stand in. `leads`: how many it concerned then.
    """

    version = WorkspaceKey(Version)
    from_stage = WorkspaceKey(Stage)
    to_stage = WorkspaceKey(Stage, null=True, blank=True)
    leads = models.PositiveIntegerField()

    class Meta:
        db_table = "stage_map"
        constraints = [
            in_workspace("stage_map"),
            models.UniqueConstraint(fields=["workspace", "version", "from_stage"], name="stage_map_of_stage"),
            models.CheckConstraint(condition=~Q(from_stage=models.F("to_stage")), name="stage_map_goes_on"),
        ]


class CriteriaSet(WorkspaceRow):
    """What makes a lead of a conveyor qualified. Never changed: the highest number counts, verdicts name theirs.

    `items`: fields of rules.criteria.Criterion; `wanted`: how many of the wishes among them must hold.
    """

    conveyor = WorkspaceKey(Conveyor, on_delete=models.CASCADE)
    number = models.PositiveIntegerField()
    items = models.JSONField(default=list)
    wanted = models.PositiveSmallIntegerField(default=0)
    created_by = WorkspaceKey(Member, null=True, blank=True)
    created_at = created_at()

    class Meta:
        db_table = "criteria_set"
        constraints = [
            in_workspace("criteria_set"),
            models.UniqueConstraint(fields=["workspace", "conveyor", "number"], name="criteria_set_number"),
        ]
