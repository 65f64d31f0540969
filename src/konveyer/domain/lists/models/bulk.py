"""One action on many records: what was asked, and what became of each of them."""

from django.db import models
from django.db.models import Q

from konveyer.domain.labels.models.tag import OF_ONE
from konveyer.domain.leads.models import Lead
from konveyer.domain.lists.rules.actions import ACTIONS, STATES, STEP_STATES
from konveyer.domain.lists.rules.selection import LISTS
from konveyer.domain.people.models import Company, Contact
from konveyer.domain.workspace.models import Member
from konveyer.kit.rows import WorkspaceKey, WorkspaceRow, created_at, in_workspace


class BulkAction(WorkspaceRow):
    """Header. `params` are ids and values of the action; `query` the selection it was asked for ({} for picked records).

    `state`: gathering, trying (both may be the worker's), tried, running, done, undoing, undone. Counts are of records:
    `total`, `ready` looked at in the present state, `changed`, `kept`; after taking back `restored`, `left_over`.
    """

    member = WorkspaceKey(Member, null=True, blank=True)
    list = models.CharField(max_length=10)
    action = models.CharField(max_length=10)
    params = models.JSONField(default=dict)
    query = models.JSONField(default=dict)
    state = models.CharField(max_length=10, default="gathering")
    total = models.PositiveIntegerField(default=0)
    ready = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)
    restored = models.PositiveIntegerField(default=0)
    left_over = models.PositiveIntegerField(default=0)
    created_at = created_at()
    done_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "bulk_action"
        constraints = [
            in_workspace("bulk_action"),
            models.CheckConstraint(condition=Q(list__in=LISTS), name="bulk_action_list"),
            models.CheckConstraint(condition=Q(action__in=ACTIONS), name="bulk_action_action"),
            models.CheckConstraint(condition=Q(state__in=STATES), name="bulk_action_state"),
            models.CheckConstraint(
                condition=~Q(state__in=["done", "undoing", "undone"]) | Q(done_at__isnull=False),
                name="bulk_action_done",
            ),
        ]
        indexes = [models.Index(fields=["workspace", "-created_at", "-id"], name="bulk_action_by_time")]


class BulkStep(WorkspaceRow):
    """One record of an action. `before` and `after` are what the action changed of it, by ids and plain values.

    `state`: waiting; would, wont (after the trial); changed, kept; restored, left (after taking back). `why` is the code
    of the refusal, `said` its sentence in the language of who asked.
    """

    action = WorkspaceKey(BulkAction)
    company = WorkspaceKey(Company, null=True, blank=True)
    contact = WorkspaceKey(Contact, null=True, blank=True)
    lead = WorkspaceKey(Lead, null=True, blank=True)
    state = models.CharField(max_length=8, default="waiting")
    why = models.CharField(max_length=40, blank=True)
    said = models.CharField(max_length=300, blank=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta:
        db_table = "bulk_step"
        constraints = [
            in_workspace("bulk_step"),
            models.CheckConstraint(condition=OF_ONE, name="bulk_step_of_one"),
            models.CheckConstraint(condition=Q(state__in=STEP_STATES), name="bulk_step_state"),
            *(
                models.UniqueConstraint(
                    fields=["workspace", "action", kind],
                    name=f"bulk_step_once_{kind}",
                    condition=Q(**{f"{kind}__isnull": False}),
                )
                for kind in ("company", "contact", "lead")
            ),
        ]
        indexes = [
            models.Index(fields=["workspace", "action", "state", "id"], name="bulk_step_next"),
            *(
                models.Index(
                    fields=["workspace", kind],
                    name=f"bulk_step_{kind}",
                    condition=Q(**{f"{kind}__isnull": False}),
                )
                for kind in ("company", "contact", "lead")
            ),
        ]
