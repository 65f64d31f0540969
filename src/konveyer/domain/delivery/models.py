"""Tables of delivery."""

from django.db import models
from django.db.models import Q

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
                condition=Q(trial__in=["", WAITS, RUNS], tried_at__isnull=True)
                | Q(trial__in=[WAITS, RUNS, DONE], tried_at__isnull=False),
                name="mailbox_trial",
            ),
        ]

    def __str__(self) -> str:
        return self.address
