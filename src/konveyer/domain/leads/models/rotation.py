"""Rotation: who gets the leads that nobody was named for."""

from django.db import models
from django.db.models import Q

from konveyer.domain.conveyor.models import Conveyor
from konveyer.domain.workspace.models import Member, Role
from konveyer.kit.rows import WorkspaceKey, WorkspaceRow, created_at, in_workspace


class RotationRule(WorkspaceRow):
    """For leads of a conveyor that come to a role: the first rule by `position` that speaks of the lead decides.

    `segment`: fields of rules.rotation.Segment. `last` got the lead before; the next one is behind him in the order.
    """

    conveyor = WorkspaceKey(Conveyor, on_delete=models.CASCADE)
    role = WorkspaceKey(Role, on_delete=models.CASCADE)
    position = models.PositiveSmallIntegerField(default=1)
    name = models.CharField(max_length=120)
    how = models.CharField(max_length=5)
    segment = models.JSONField(default=dict)
    last = WorkspaceKey(Member, null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = created_at()

    class Meta:
        db_table = "rotation_rule"
        constraints = [
            in_workspace("rotation_rule"),
            models.CheckConstraint(condition=Q(how__in=["order", "load"]), name="rotation_how"),
            models.CheckConstraint(condition=~Q(name=""), name="rotation_named"),
        ]
        indexes = [
            models.Index(fields=["workspace", "conveyor", "role", "position"], name="rotation_of_role")
        ]


class RotationPlace(WorkspaceRow):
    """A member's place in the turn of a rule. A rule without places turns among all who hold the role."""

    rule = WorkspaceKey(RotationRule, on_delete=models.CASCADE)
    member = WorkspaceKey(Member, on_delete=models.CASCADE)
    position = models.PositiveSmallIntegerField()

    class Meta:
        db_table = "rotation_place"
        constraints = [
            in_workspace("rotation_place"),
            models.UniqueConstraint(fields=["workspace", "rule", "member"], name="rotation_place_once"),
        ]
