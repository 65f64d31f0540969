"""Tables of the audit: runs, what each of them found, benchmarks that the workspace set for itself."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from konveyer.domain.audit.rules.verdict import VERDICTS
from konveyer.domain.workspace.models import Member
from konveyer.kit.rows import WorkspaceKey, WorkspaceRow, in_workspace


class Run(WorkspaceRow):
    """One going-through of all checks: asked for by a member, a command or the clock, then done by the worker."""

    asked_at = models.DateTimeField()
    asked_by = WorkspaceKey(Member, null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "audit_run"
        constraints = [
            in_workspace("audit_run"),
            models.UniqueConstraint(
                fields=["workspace"], name="audit_run_one_waits", condition=Q(done_at__isnull=True)
            ),
        ]
        indexes = [
            models.Index(
                fields=["workspace", "-done_at"], name="audit_run_done", condition=Q(done_at__isnull=False)
            )
        ]


class Finding(WorkspaceRow):
    """What a check came to in a run, with the bounds that held then and the figures of its sentence."""

    run = WorkspaceKey(Run, on_delete=models.CASCADE)
    code = models.CharField(max_length=40)
    rule = models.CharField(max_length=4)
    verdict = models.CharField(max_length=15)
    measured = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    good = models.DecimalField(max_digits=20, decimal_places=6)
    weak = models.DecimalField(max_digits=20, decimal_places=6)
    sample = models.PositiveIntegerField()
    figures = models.JSONField(default=dict)

    class Meta:
        db_table = "audit_finding"
        constraints = [
            in_workspace("audit_finding"),
            models.UniqueConstraint(fields=["workspace", "run", "code"], name="audit_finding_once"),
            models.CheckConstraint(condition=Q(verdict__in=VERDICTS), name="audit_finding_verdict"),
            models.CheckConstraint(
                condition=Q(measured__isnull=False) | Q(verdict__in=["not_enough_data", "no_data"]),
                name="audit_finding_measured",
            ),
        ]


class Benchmark(WorkspaceRow):
    """Bounds of a check that the workspace set instead of the method's."""

    code = models.CharField(max_length=40)
    good = models.DecimalField(max_digits=20, decimal_places=6)
    weak = models.DecimalField(max_digits=20, decimal_places=6)
    version = models.PositiveIntegerField(default=1)
    set_by = WorkspaceKey(Member, null=True, blank=True)
    set_at = models.DateTimeField()

    class Meta:
        db_table = "audit_benchmark"
        constraints = [
            in_workspace("audit_benchmark"),
            models.UniqueConstraint(fields=["workspace", "code"], name="audit_benchmark_once"),
            models.CheckConstraint(condition=Q(good__gte=0, weak__gte=0), name="audit_benchmark_positive"),
        ]


class LetterChoice(WorkspaceRow):
    """Whether a member wants the weekly letter; no row means yes."""

    member = WorkspaceKey(Member, on_delete=models.CASCADE)
    off = models.BooleanField(default=True)

    class Meta:
        db_table = "audit_letter_choice"
        constraints = [
            in_workspace("audit_letter_choice"),
            models.UniqueConstraint(fields=["workspace", "member"], name="audit_letter_choice_once"),
        ]


class SentLetter(WorkspaceRow):
    """The letter of a week (its Monday) was handed to the post for a member; `codes` of the findings in it."""

    member = WorkspaceKey(Member, on_delete=models.CASCADE)
    week = models.DateField()
    codes = ArrayField(models.CharField(max_length=40), default=list)
    sent_at = models.DateTimeField()

    class Meta:
        db_table = "audit_letter"
        constraints = [
            in_workspace("audit_letter"),
            models.UniqueConstraint(fields=["workspace", "member", "week"], name="audit_letter_once_a_week"),
        ]
