"""Tables of delivery."""

from django.db import models
from django.db.models import Q

from konveyer.domain.delivery.rules.outbox import (
    ACCEPTED,
    AT_DOT,
    CLAIMED,
    QUEUED,
    REFUSED,
    UNKNOWN,
    WITHDRAWN,
)
from konveyer.domain.workspace.models import Member
from konveyer.kit.rows import WorkspaceKey, WorkspaceRow, created_at, in_workspace

SECURITIES = ["tls", "starttls", "none"]
WAITS, RUNS, DONE = "waiting", "running", "done"


class Mailbox(WorkspaceRow):
    """An address that letters go out from and answers come in to.

    The password is sealed with a key outside the database and never shown again; `sealed_password` is empty while
    none is kept. A mailbox without `member` is everybody's. `steps` and `domain` are what the last trial found
    (`rules.steps`, `rules.domain_records`); a trial is asked for, taken up by the worker, and done.
    """

    address = models.CharField(max_length=254)  # as in the From line, lower case
    name = models.CharField(max_length=120)  # whom the reader sees
    member = WorkspaceKey(Member, null=True, blank=True)
    provider = models.CharField(max_length=20)
    login = models.CharField(max_length=254)
    sealed_password = models.TextField(blank=True)
    smtp_host = models.CharField(max_length=253)
    smtp_port = models.PositiveIntegerField()
    smtp_security = models.CharField(max_length=8)
    imap_host = models.CharField(max_length=253)
    imap_port = models.PositiveIntegerField()
    imap_security = models.CharField(max_length=8)
    selector = models.CharField(max_length=63, blank=True)  # of the DKIM key in the DNS
    active = models.BooleanField(default=True)
    day_limit = models.PositiveIntegerField(default=40)
    hour_limit = models.PositiveIntegerField(default=15)
    gap = models.PositiveIntegerField(default=60)  # seconds between two letters
    stopped = models.CharField(
        max_length=10, blank=True
    )  # quota, trouble, reputation or sign_in: why it sends nothing now
    stopped_until = models.DateTimeField(null=True, blank=True)  # nothing: until a person has looked
    stopped_said = models.CharField(max_length=500, blank=True)
    trial = models.CharField(max_length=7, default="", blank=True)
    tried_at = models.DateTimeField(null=True, blank=True)
    steps = models.JSONField(default=list)
    domain = models.JSONField(default=list)
    created_by = WorkspaceKey(Member, null=True, blank=True)
    created_at = created_at()

    class Meta:
        db_table = "mailbox"
        constraints = [
            in_workspace("mailbox"),
            models.UniqueConstraint(fields=["workspace", "address"], name="mailbox_address"),
            models.CheckConstraint(
                condition=~Q(address="") & ~Q(name="") & ~Q(login="") & ~Q(smtp_host="") & ~Q(imap_host=""),
                name="mailbox_filled",
            ),
            models.CheckConstraint(
                condition=Q(smtp_port__range=(1, 65535), imap_port__range=(1, 65535))
                & Q(smtp_security__in=SECURITIES, imap_security__in=SECURITIES),
                name="mailbox_servers",
            ),
            models.CheckConstraint(
                condition=Q(
                    day_limit__gte=1,
                    hour_limit__gte=1,
                    day_limit__lte=100_000,
                    hour_limit__lte=100_000,
                    gap__lte=86_400,
                ),
                name="mailbox_limits",
            ),
            models.CheckConstraint(
                condition=Q(stopped="", stopped_until__isnull=True)
                | Q(stopped__in=["quota", "trouble"], stopped_until__isnull=False)
                | Q(stopped__in=["reputation", "sign_in"], stopped_until__isnull=True),
                name="mailbox_stopped",
            ),
            models.CheckConstraint(
                condition=Q(trial__in=["", WAITS, RUNS], tried_at__isnull=True)
                | Q(trial__in=[WAITS, RUNS, DONE], tried_at__isnull=False),
                name="mailbox_trial",
            ),
        ]

    def __str__(self) -> str:
        return self.address


class OutboxMessage(WorkspaceRow):
    """A letter on its way out, in exactly one state (`rules.outbox`). One cause makes one letter.

    Everything that the letter says is fixed when it is queued, its Message-ID too. `token` and `lease_until` are the
    claim of one worker; nothing changes a claimed letter but under its token. `attempts` counts those put off.
    """

    mailbox = WorkspaceKey(Mailbox)
    cause = models.CharField(max_length=120)
    purpose = models.CharField(max_length=11)
    message_id = models.CharField(max_length=320)
    sender = models.CharField(max_length=254)
    sender_name = models.CharField(max_length=120)
    subject = models.CharField(max_length=400)
    text = models.TextField()
    in_reply_to = models.CharField(max_length=998, blank=True)
    references = models.TextField(blank=True)
    state = models.CharField(max_length=9, default=QUEUED)
    due_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    token = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    about = models.CharField(max_length=10, blank=True)  # whom the last answer was about (`rules.answers`)
    said = models.CharField(max_length=500, blank=True)
    created_by = WorkspaceKey(Member, null=True, blank=True)
    created_at = created_at()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "outbox_message"
        constraints = [
            in_workspace("outbox_message"),
            models.UniqueConstraint(fields=["workspace", "cause"], name="outbox_message_cause"),
            models.UniqueConstraint(fields=["workspace", "message_id"], name="outbox_message_message_id"),
            models.CheckConstraint(
                condition=Q(state=QUEUED, due_at__isnull=False, token__isnull=True, lease_until__isnull=True, settled_at__isnull=True)
                | Q(state__in=[CLAIMED, AT_DOT], due_at__isnull=False, token__isnull=False, lease_until__isnull=False, settled_at__isnull=True)
                | Q(state__in=[ACCEPTED, REFUSED, UNKNOWN, WITHDRAWN], due_at__isnull=True, lease_until__isnull=True, settled_at__isnull=False),
                name="outbox_message_state",
            ),
            models.CheckConstraint(
                condition=Q(purpose__in=["question", "answer", "service", "advertising"]), name="outbox_message_purpose"
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(
                fields=["workspace", "mailbox", "due_at"], name="outbox_message_due", condition=Q(state=QUEUED)
            ),
            models.Index(
                fields=["workspace", "lease_until"], name="outbox_message_leased", condition=Q(state__in=[CLAIMED, AT_DOT])
            ),
            models.Index(fields=["workspace", "mailbox", "settled_at"], name="outbox_message_settled"),
            models.Index(fields=["workspace", "mailbox", "-created_at", "-id"], name="outbox_message_log"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.subject


class OutboxRecipient(WorkspaceRow):
    """One reader of a letter: what the server said to this address. waiting → accepted or refused."""

    message = WorkspaceKey(OutboxMessage, on_delete=models.CASCADE)
    address = models.CharField(max_length=254)
    state = models.CharField(max_length=8, default="waiting")
    status = models.CharField(max_length=11, blank=True)  # RFC 3463
    said = models.CharField(max_length=500, blank=True)

    class Meta:
        db_table = "outbox_recipient"
        constraints = [
            in_workspace("outbox_recipient"),
            models.UniqueConstraint(
                fields=["workspace", "message", "address"], name="outbox_recipient_address"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "accepted", "refused"]) & ~Q(address=""),
                name="outbox_recipient_state",
            ),
        ]
        indexes = [models.Index(fields=["workspace", "address"], name="outbox_recipient_of")]
