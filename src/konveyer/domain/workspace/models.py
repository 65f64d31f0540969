"""Tables of the workspace package."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from konveyer.kit.ids import uuid7
from konveyer.kit.rows import WorkspaceKey, WorkspaceRow, created_at, in_workspace


class Workspace(models.Model):
    """One company's Konveyer. Not secret in itself: sign-in reads it before a workspace is entered."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    language = models.CharField(max_length=2, default="ru")
    currency = models.CharField(max_length=3, default="RUB")
    timezone = models.CharField(max_length=60, default="Europe/Moscow")
    team_size = models.CharField(max_length=3, default="1")
    talk_seconds = models.PositiveIntegerField(default=20)
    created_at = created_at()

    class Meta:
        db_table = "workspace"
        constraints = [
            models.CheckConstraint(condition=Q(language__in=["ru", "en"]), name="workspace_language"),
            models.CheckConstraint(condition=Q(team_size__in=["1", "2-5", "6+"]), name="workspace_team_size"),
        ]

    def __str__(self) -> str:
        return self.name


class Users(BaseUserManager):  # type: ignore[type-arg]
    """Accounts by e-mail, always lower case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user: User = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        found: User = self.get(email=(username or "").strip().lower())
        return found


class User(AbstractBaseUser):
    """A person who can sign in; a member of one or more workspaces."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField(max_length=254, unique=True)
    language = models.CharField(max_length=2, default="ru")
    theme = models.CharField(max_length=5, default="auto")
    single_keys = models.BooleanField(default=True)
    is_active = models.BooleanField(default=True)
    created_at = created_at()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = Users()

    class Meta:
        db_table = "account"
        constraints = [
            models.CheckConstraint(condition=Q(theme__in=["auto", "light", "dark"]), name="account_theme"),
            models.CheckConstraint(condition=Q(language__in=["ru", "en"]), name="account_language"),
        ]


class Team(WorkspaceRow):
    """Members with a head; scopes the view "team"."""

    name = models.CharField(max_length=120)
    head = WorkspaceKey("workspace.Member", null=True, blank=True)

    class Meta:
        db_table = "team"
        constraints = [
            in_workspace("team"),
            models.UniqueConstraint(fields=["workspace", "name"], name="team_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Role(WorkspaceRow):
    """A role as data: its rights and whose records it sees."""

    code = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    rights = ArrayField(models.CharField(max_length=40), default=list)
    view = models.CharField(max_length=4, default="own")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        db_table = "role"
        constraints = [
            in_workspace("role"),
            models.UniqueConstraint(fields=["workspace", "code"], name="role_code"),
            models.CheckConstraint(condition=Q(view__in=["own", "team", "all"]), name="role_view"),
        ]

    def __str__(self) -> str:
        return self.name


class Member(WorkspaceRow):
    """Somebody of ours: with a user he can sign in; a person known only from an imported list cannot."""

    user = models.ForeignKey(User, on_delete=models.RESTRICT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=200)
    name_key = models.CharField(max_length=200)
    external_key = models.CharField(max_length=120, null=True, blank=True)
    team = WorkspaceKey(Team, null=True, blank=True)
    deputy = WorkspaceKey("workspace.Member", null=True, blank=True)
    timezone = models.CharField(max_length=60, blank=True)
    active = models.BooleanField(default=True)
    away_until = models.DateField(null=True, blank=True)
    roles = models.ManyToManyField(Role, through="workspace.MemberRole", related_name="members")
    created_at = created_at()

    class Meta:
        db_table = "member"
        constraints = [
            in_workspace("member"),
            models.UniqueConstraint(fields=["workspace", "user"], name="member_user"),
            models.UniqueConstraint(fields=["workspace", "external_key"], name="member_external_key"),
        ]

    def __str__(self) -> str:
        return self.name


class MemberRole(WorkspaceRow):
    """A member holds a role; he may hold several."""

    member = WorkspaceKey(Member, on_delete=models.CASCADE)
    role = WorkspaceKey(Role, on_delete=models.RESTRICT)

    class Meta:
        db_table = "member_role"
        constraints = [
            in_workspace("member_role"),
            models.UniqueConstraint(fields=["workspace", "member", "role"], name="member_role_once"),
        ]


class Frame(WorkspaceRow):
    """A limit for a role or for one member (R28); the member's own frame wins over his roles'."""

    role = WorkspaceKey(Role, null=True, blank=True)
    member = WorkspaceKey(Member, null=True, blank=True)
    kind = models.CharField(max_length=30)
    number = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    text = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "frame"
        constraints = [
            in_workspace("frame"),
            models.CheckConstraint(
                condition=Q(role__isnull=True, member__isnull=False)
                | Q(role__isnull=False, member__isnull=True),
                name="frame_of_one",
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=["discount_percent", "open_leads", "hours", "daily_calls", "export", "view"]
                ),
                name="frame_kind",
            ),
            models.UniqueConstraint(
                fields=["workspace", "role", "member", "kind"], name="frame_once", nulls_distinct=False
            ),
        ]


class Invitation(WorkspaceRow):
    """A place offered to somebody by e-mail; the link is single use."""

    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=200)
    role_codes = ArrayField(models.CharField(max_length=40), default=list)
    team = WorkspaceKey(Team, null=True, blank=True)
    token_hash = models.CharField(max_length=64)
    invited_by = WorkspaceKey(Member)
    created_at = created_at()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "invitation"
        constraints = [
            in_workspace("invitation"),
            models.UniqueConstraint(fields=["workspace", "token_hash"], name="invitation_token"),
        ]


class AccessToken(WorkspaceRow):
    """A personal token for the API: it acts as its member, within its scopes. Only the hash is kept."""

    member = WorkspaceKey(Member, on_delete=models.CASCADE)
    name = models.CharField(max_length=120)
    token_hash = models.CharField(max_length=64)
    hint = models.CharField(max_length=12)
    scopes = ArrayField(models.CharField(max_length=40), default=list)
    created_at = created_at()
    expires_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "access_token"
        constraints = [
            in_workspace("access_token"),
            models.UniqueConstraint(fields=["workspace", "token_hash"], name="access_token_hash"),
        ]


class AnsweredRequest(WorkspaceRow):
    """An API request with an Idempotency-Key and the answer it got; the same key gets the same answer."""

    member = WorkspaceKey(Member, on_delete=models.CASCADE)
    key = models.CharField(max_length=200)
    body_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    answer = models.JSONField(null=True, blank=True)
    created_at = created_at()

    class Meta:
        db_table = "answered_request"
        constraints = [
            in_workspace("answered_request"),
            models.UniqueConstraint(fields=["workspace", "member", "key"], name="answered_request_key"),
        ]
